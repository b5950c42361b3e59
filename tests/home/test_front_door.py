"""The front door: a postcode leads to a wijk, whatever somebody types."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from home.forms import PostcodeForm
from tests.checked_client import TypingClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["1951", "1951AB", "1951 AB", "1951ab", " 1951  ab ", "1951\u00a0AB", "1951\tAB"]
)
def test_a_postcode_as_people_write_it(typed: str) -> None:
    form = PostcodeForm({"postcode": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["postcode"] == "1951"


@pytest.mark.parametrize(
    "typed", ["", "   ", "0951", "195", "19511", "1951 A", "1951 ABC", "AB 1951", "velsen", "١٩٥١"]
)
def test_what_is_no_postcode_gets_a_sentence(typed: str) -> None:
    form = PostcodeForm({"postcode": typed})
    assert not form.is_valid()
    assert "bijvoorbeeld 1951" in form.errors["postcode"][0]


@given(st.text(max_size=60))
def test_any_text_is_a_postcode_or_gets_a_sentence(typed: str) -> None:
    form = PostcodeForm({"postcode": typed})
    if form.is_valid():
        assert form.cleaned_data["postcode"].isascii()
        assert len(form.cleaned_data["postcode"]) == 4
    else:
        assert form.errors["postcode"]


@given(st.integers(1000, 9999), st.from_regex(r"\A ?[A-Za-z]{2}\Z"))
def test_every_real_form_is_accepted(digits: int, letters: str) -> None:
    form = PostcodeForm({"postcode": f"{digits}{letters}"})
    assert form.is_valid()
    assert form.cleaned_data["postcode"] == str(digits)


def test_one_wijk(client: Client) -> None:
    response = client.get("/nl/", {"postcode": "1951 AB"})
    assert [page.wijk.slug for page in response.context["postcode_wijk_pages"]] == ["velsen-noord"]


def test_several_wijken_to_choose_from(client: Client) -> None:
    response = client.get("/nl/", {"postcode": "1971"})
    assert len(response.context["postcode_wijk_pages"]) > 1


def test_a_postcode_elsewhere_is_no_error_but_is_said(client: Client) -> None:
    response = client.get("/nl/", {"postcode": "9999"})
    assert response.status_code == 200
    assert response.context["postcode_wijk_pages"] == []
    assert "9999" in response.content.decode()


def test_a_mistake_keeps_what_was_typed_and_names_the_field(client: Client) -> None:
    html = client.get("/nl/", {"postcode": "19x1"}).content.decode()
    assert 'value="19x1"' in html
    assert 'aria-invalid="true"' in html
    assert "bijvoorbeeld 1951" in html


def test_without_a_postcode_there_is_no_error(client: Client) -> None:
    html = client.get("/nl/").content.decode()
    assert 'aria-invalid="true"' not in html


def test_in_english_the_wijken_are_english_pages(client: Client) -> None:
    response = client.get("/en/", {"postcode": "1951"})
    (page,) = response.context["postcode_wijk_pages"]
    assert page.url == "/en/wijken/velsen-noord/"


class AnyPostcode(HypothesisTestCase):
    client_class = TypingClient

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.text(max_size=60))
    def test_the_page_answers(self, typed: str) -> None:
        assert self.client.get("/nl/", {"postcode": typed}).status_code == 200

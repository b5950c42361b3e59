"""Search: in the reader's language, with synonyms, and without remembering who asked."""

import json
import string
from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.models import Page
from wagtail.search.query import Or

from core.models import ZoektermZonderResultaat
from home import search as home_search
from home.models import Synoniemen
from home.search import clean_query, log_nothing_found, with_synonyms
from tests.checked_client import TypingClient
from tests.html import Document

pytestmark = pytest.mark.django_db
NOTHING = "qzxqzxq"


def titles(client: Client, query: str, language: str = "nl", **more: str) -> list[str]:
    """The titles of the pages that were found."""
    response = client.get(f"/{language}/zoeken/", {"q": query, **more})
    assert response.status_code == 200
    results = response.context["results"]
    return [hit.title for hit in results.pages] if results else []


def logged() -> list[tuple[str, str, int]]:
    return list(ZoektermZonderResultaat.objects.values_list("term", "language", "count").order_by("pk"))


def test_a_wijk_is_found_by_name(client: Client) -> None:
    assert "Velserbroek" in titles(client, "velserbroek")


def test_only_pages_in_the_readers_language(client: Client) -> None:
    for language in ("nl", "en"):
        response = client.get(f"/{language}/zoeken/", {"q": "Velsen-Noord"})
        hits = list(response.context["results"].pages)
        assert hits
        assert all(hit.url.startswith(f"/{language}/") for hit in hits)


def test_what_is_not_live_is_not_found(client: Client) -> None:
    page = Page.objects.get(slug="velserbroek", locale__language_code="nl")
    assert page.title in titles(client, "velserbroek")
    page.unpublish()
    assert page.title not in titles(client, "velserbroek")


def test_people_are_found_by_what_they_are_for(client: Client) -> None:
    response = client.get("/nl/zoeken/", {"q": "wijkagent"})
    assert response.context["results"].contacten
    assert "wijkagent" in response.content.decode().lower()


def test_people_in_english_keep_their_dutch_facts(client: Client) -> None:
    response = client.get("/en/zoeken/", {"q": "police"})
    for contact in response.context["results"].contacten:
        assert contact.locale.language_code == "nl"
        assert contact.words.locale.language_code == "en"


def test_a_synonym_finds_the_same(client: Client) -> None:
    word = "velserbroek"
    assert titles(client, "qwoordq") == []
    Synoniemen.objects.create(language="nl", terms=f"qwoordq, {word}")
    assert set(titles(client, "qwoordq")) == set(titles(client, word)) != set()
    assert titles(client, "Qwoordq") != []
    # In Dutch only.
    assert titles(client, "qwoordq", "en") == []


def test_the_synonyms_of_the_demo_lead_somewhere(client: Client) -> None:
    assert Synoniemen.objects.filter(language="nl").count() > 10
    assert Synoniemen.objects.filter(language="en").exists()


@pytest.mark.parametrize("terms", ["fiets, rijwiel\nkar;  tweewieler ,, ", "FIETS,rijwiel,kar,tweewieler"])
def test_synonyms_as_people_write_them(terms: str) -> None:
    assert Synoniemen(terms=terms).term_list == ["fiets", "rijwiel", "kar", "tweewieler"]


def test_many_synonyms_do_not_make_an_endless_question() -> None:
    Synoniemen.objects.create(language="nl", terms=", ".join(f"woord{number}" for number in range(80)))
    question = with_synonyms("woord1", "nl")
    assert isinstance(question, Or)
    assert len(question.subqueries) <= home_search.MAX_VARIANTS


def test_an_empty_question_shows_the_form_and_keeps_nothing(client: Client) -> None:
    for query in ("", "   ", "\x00\x00", "\u200f"):
        assert titles(client, query) == []
    assert logged() == []


def test_nothing_found_helps_on(client: Client) -> None:
    response = client.get("/nl/zoeken/", {"q": NOTHING})
    assert response.context["results"].is_empty
    document = Document(response.content.decode())
    main = document.first("main")
    assert NOTHING in main.all_text
    assert len([link for link in document.all("a") if link.inside("main")]) >= 2


def test_nothing_found_is_counted_per_day_and_language(client: Client) -> None:
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        for query in (NOTHING, NOTHING.upper(), f"  {NOTHING} "):
            titles(client, query)
        titles(client, NOTHING, "en")
    with time_machine.travel("2026-11-23 12:00:00+00:00", tick=False):
        titles(client, NOTHING)
    assert logged() == [(NOTHING, "nl", 3), (NOTHING, "en", 1), (NOTHING, "nl", 1)]
    assert set(ZoektermZonderResultaat.objects.values_list("on", flat=True)) == {
        date(2026, 11, 22),
        date(2026, 11, 23),
    }


@pytest.mark.parametrize(
    "query",
    [
        "iemand@example.nl",
        "0251 23 45 67",
        "+31 6 12-34-56-78",
        "123456789",
        "NL12 BANK 0123 4567 89",
        "01-02-1980",
        "1951 AB 12",
        "1951ab",
        "Dorpsstraat 12, 1951 AB",
    ],
)
def test_what_looks_like_personal_data_is_not_kept(client: Client, query: str) -> None:
    titles(client, f"{NOTHING} {query}")
    log_nothing_found(query, "nl")
    assert logged() == []


def test_nobody_fills_the_log(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(home_search, "MAX_LOGGED_PER_DAY", 3)
    for letter in string.ascii_lowercase:
        log_nothing_found(f"{NOTHING}{letter}", "nl")
    log_nothing_found(f"{NOTHING}a", "nl")
    assert [count for _term, _language, count in logged()] == [2, 1, 1]


def test_a_long_question_is_cut(client: Client) -> None:
    long = "wijk " * 2000
    assert len(clean_query(long)) <= home_search.MAX_LENGTH
    assert client.get("/nl/zoeken/", {"q": long}).status_code == 200


def test_what_was_asked_is_shown_safely(client: Client) -> None:
    html = client.get("/nl/zoeken/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "999999999999999999999", "\x00", "1.5", "١"])
def test_any_page_of_results(client: Client, page: str) -> None:
    assert titles(client, "wijk", page=page)


def test_only_looking_is_possible(client: Client) -> None:
    assert client.post("/nl/zoeken/", {"q": "wijk"}).status_code in (403, 405)


def test_suggestions_are_pages_of_the_language(client: Client) -> None:
    response = client.get("/nl/zoeken/suggesties/", {"q": "velsen"})
    suggestions = json.loads(response.content)["suggestions"]
    assert 0 < len(suggestions) <= 6
    for suggestion in suggestions:
        assert set(suggestion) == {"title", "url"}
        assert client.get(suggestion["url"]).status_code == 200


@pytest.mark.parametrize("query", ["", "v", " ", NOTHING, "\x00\x00"])
def test_no_suggestions(client: Client, query: str) -> None:
    assert json.loads(client.get("/nl/zoeken/suggesties/", {"q": query}).content) == {"suggestions": []}
    assert logged() == []


def test_a_new_title_is_found_without_building_the_index_again(client: Client, page_at) -> None:
    page = page_at("/nl/privacy/")
    page.title = "Zilverzwaluwen"
    page.save_revision().publish()
    assert "Zilverzwaluwen" in titles(client, "zilverzwaluwen")
    call_command("update_index", verbosity=0)
    assert "Zilverzwaluwen" in titles(client, "zilverzwaluwen")


signs = st.sampled_from(
    list("\"'*^:()-+{}[]~|&!<>\\/%_;,.\x00\x1a") + [" AND ", " OR ", " NOT ", " NEAR/2 ", "wijk"]
)
questions = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(signs, st.text(max_size=4)), max_size=12).map("".join),
    st.text(st.characters(min_codepoint=0x590, max_codepoint=0x6FF), max_size=40),
)


@given(questions)
def test_any_text_becomes_a_clean_question(text: str) -> None:
    query = clean_query(text)
    assert len(query) <= home_search.MAX_LENGTH
    assert query == " ".join(query.split())
    assert query.isprintable() or not query
    assert clean_query(query) == query


class AnyQuestion(HypothesisTestCase):
    """Whatever somebody types, a page answers."""

    client_class = TypingClient

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(question=questions, language=st.sampled_from(["nl", "en"]))
    def test_search(self, question: str, language: str) -> None:
        assert self.client.get(f"/{language}/zoeken/", {"q": question}).status_code == 200

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(question=questions)
    def test_suggestions(self, question: str) -> None:
        response = self.client.get("/nl/zoeken/suggesties/", {"q": question})
        assert isinstance(response.json()["suggestions"], list)

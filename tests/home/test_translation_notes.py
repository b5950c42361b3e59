"""What readers are told about a translation: one line, and never more than is known."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from wagtail.models import Page

from core.models import SiteInstellingen, Vertaalstand
from tests.caches import empty_the_caches
from tests.html import Document
from tests.translated import front_door, in_language

pytestmark = pytest.mark.django_db
PATH = "/en/privacy/"


@pytest.fixture
def english() -> Any:
    return Page.objects.get(slug="privacy", locale__language_code="en")


def stand(page: Page, **fields: object) -> None:
    row = Vertaalstand.objects.get(translation_key=page.translation_key, locale_id=page.locale_id)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    # In a test nothing is committed, so nothing is told that it changed.
    empty_the_caches()


def note(client: Client, path: str = PATH) -> str:
    """The line above the page; empty when there is none."""
    found = [
        each
        for each in Document(client.get(path).content.decode()).all("p")
        if "wijk-vertaalnoot" in each.attrs.get("class", "")
    ]
    assert len(found) <= 1
    return " ".join(found[0].all_text.split()) if found else ""


def test_nothing_is_said_where_there_is_nothing_to_say(client: Client, english: Page) -> None:
    assert note(client) == ""
    assert note(client, "/nl/privacy/") == ""
    Vertaalstand.objects.all().delete()
    empty_the_caches()
    assert note(client) == ""


def test_text_of_a_computer_that_nobody_checked(client: Client, english: Page) -> None:
    stand(english, is_machine=True)
    assert "translated by a computer" in note(client)
    assert 'href="/nl/privacy/"' in client.get(PATH).content.decode()
    stand(english, checked_at=datetime(2026, 11, 3, 12, tzinfo=UTC), is_native=True)
    assert note(client) == ""
    assert "3 November 2026" in client.get(PATH).content.decode()


def test_dutch_is_newer(client: Client, english: Page, page_at) -> None:
    dutch = page_at("/nl/privacy/")
    dutch.intro = "Een heel nieuwe inleiding."
    dutch.save_revision().publish()
    assert "The Dutch text is newer" in note(client)
    stand(english, is_machine=True)
    assert "The Dutch text is newer" in note(client)
    assert "translated by a computer" in note(client)


def test_a_copy_with_dutch_words_is_not_passed_off_as_a_translation(client: Client, page_at) -> None:
    in_language(page_at("/nl/privacy/"), "ar")
    document = Document(client.get("/ar/privacy/").content.decode())
    assert [each for each in document.all("p") if "wijk-vertaalnoot" in each.attrs.get("class", "")]


def test_a_mistake_is_reported_without_an_account(client: Client, english: Page) -> None:
    stand(english, is_machine=True)
    settings = SiteInstellingen.objects.get()
    settings.email = ""
    settings.save()
    empty_the_caches()
    html = client.get(PATH).content.decode()
    assert "mailto:wijken" not in html
    assert "14 0255" in note(client)
    settings.email = "wijken@example.nl"
    settings.save()
    empty_the_caches()
    links = [link.attrs["href"] for link in Document(client.get(PATH).content.decode()).all("a")]
    (mail,) = [unquote(link) for link in links if link.startswith("mailto:wijken@example.nl")]
    assert english.title in mail
    assert "/en/privacy/" in mail


def test_a_page_in_simple_dutch_speaks_of_the_ordinary_page(client: Client, page_at) -> None:
    front_door("nl-x-b1")
    assert "eenvoudig Nederlands" in note(client, "/nl-x-b1/privacy/")
    simple = in_language(page_at("/nl/privacy/"), "nl-x-b1", suffix=" eenvoudig")
    assert note(client, "/nl-x-b1/privacy/") == ""
    stand(simple, is_machine=True)
    assert "eenvoudiger gemaakt" in note(client, "/nl-x-b1/privacy/")
    assert "vertaald" not in note(client, "/nl-x-b1/privacy/")


def wordings(client: Client, path: str) -> list[tuple[str, str]]:
    """(words, address) of the links to the same text in other Dutch."""
    found = Document(client.get(path).content.decode())
    lines = [each for each in found.all("p") if "wijk-anders" in each.attrs.get("class", "")]
    return [(" ".join(link.all_text.split()), link.attrs["href"]) for line in lines for link in line.all("a")]


def test_ordinary_and_simple_dutch_lead_to_each_other(client: Client, page_at) -> None:
    assert wordings(client, "/nl/privacy/") == []
    front_door("nl-x-b1")
    assert wordings(client, "/nl/privacy/") == [], "A page that stands in is not simple."
    simple = in_language(page_at("/nl/privacy/"), "nl-x-b1", suffix=" eenvoudig")
    there = [("Lees deze tekst in makkelijke taal", "/nl-x-b1/privacy/")]
    assert wordings(client, "/nl/privacy/") == there
    assert wordings(client, "/nl-x-b1/privacy/") == [("Lees de gewone tekst", "/nl/privacy/")]
    assert wordings(client, "/en/privacy/") == []
    # The note above an unchecked text leads back already.
    stand(simple, is_machine=True)
    assert wordings(client, "/nl-x-b1/privacy/") == []
    assert "Lees de gewone tekst" in note(client, "/nl-x-b1/privacy/")
    simple.unpublish()
    empty_the_caches()
    assert wordings(client, "/nl/privacy/") == []


def test_a_part_of_a_page_leads_to_the_same_part(client: Client, page_at) -> None:
    front_door("nl-x-b1")
    in_language(page_at("/nl/wijken/velsen-noord/monitor/"), "nl-x-b1", suffix=" eenvoudig")
    ((_words, url),) = wordings(client, "/nl/wijken/velsen-noord/monitor/tijdlijn/?soort=x")
    assert url == "/nl-x-b1/wijken/velsen-noord/monitor/tijdlijn/?soort=x"


def test_the_other_wording_costs_no_query(client: Client, page_at, django_assert_num_queries) -> None:
    front_door("nl-x-b1")
    in_language(page_at("/nl/privacy/"), "nl-x-b1", suffix=" eenvoudig")
    client.get("/nl/privacy/")
    with django_assert_num_queries(0):
        assert wordings(client, "/nl/privacy/")


def test_the_line_costs_no_query(client: Client, english: Page, django_assert_max_num_queries) -> None:
    stand(english, is_machine=True)
    client.get("/en/toegankelijkheid/")
    with django_assert_max_num_queries(4):
        client.get(PATH)

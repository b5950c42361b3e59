"""Pieces of HTML that are drawn once: always those of the content, the day and the language as they are."""

import itertools

import pytest
import time_machine
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from core import cache as core_cache
from core.cache import drawn_anew, drawn_once
from tests.caches import empty_the_caches
from tests.html import Document
from wijken.models import Contactpersoon

pytestmark = pytest.mark.django_db
TEXT_PAGE = "/nl/privacy/"
# A query string keeps a page out of the page cache, so these are put together for every visitor.
UNCACHED = "?a=1"
_numbers = itertools.count()


def another() -> str:
    """A piece of HTML that differs each time it is drawn."""
    return str(next(_numbers))


def test_a_piece_is_drawn_once_for_each_key_version_and_day() -> None:
    first = drawn_once(("a",), another)
    assert drawn_once(("a",), another) == first
    assert drawn_once(("b",), another) != first
    assert drawn_once(("a",), another) == first
    core_cache._renew()
    second = drawn_once(("a",), another)
    assert second != first
    with time_machine.travel("2030-01-01 12:00:00+00:00", tick=False):
        assert drawn_once(("a",), another) != second


def test_pieces_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_cache, "MAX_DRAWN", 3)
    for number in range(10):
        drawn_once((number,), another)
        assert len(core_cache._drawn[1]) <= 3


def test_other_content_and_changing_templates_are_drawn_anew(settings) -> None:
    kept = drawn_once(("a",), lambda: "kept")
    with drawn_anew():
        assert drawn_once(("a",), lambda: "preview") == "preview"
    settings.DEBUG = True
    assert drawn_once(("a",), lambda: "template at work") == "template at work"
    settings.DEBUG = False
    assert drawn_once(("a",), lambda: "other") == kept


def test_once_draws_for_each_language_and_key_and_keeps_its_variables_inside() -> None:
    piece = Template(
        "{% load i18n wijk_tags %}{% once 'x' key %}{% translate 'Zoeken' as word %}{{ word }} {{ seen }}"
        "{% endonce %}|{{ word|default:'' }}"
    )

    def drawn(key: int, seen: str) -> str:
        return piece.render(Context({"key": key, "seen": seen, "word": ""}))

    assert drawn(1, "first") == drawn(1, "later") == "Zoeken first|"
    assert drawn(2, "second") == "Zoeken second|"
    with translation.override("en"):
        assert drawn(1, "third") == "Search third|"


def uncached(client: Client, path: str) -> str:
    response = client.get(path if "?" in path else f"{path}{UNCACHED}")
    assert "X-Cache" not in response.headers
    return response.content.decode()


def test_a_page_that_is_put_together_shows_what_is_published(
    client: Client, page_at, django_capture_on_commit_callbacks
) -> None:
    """Its text, its card on other pages and its name in the menu."""
    news = page_at("/nl/nieuws/").get_children().live().specific().order_by("-nieuwspage__date")[0]
    paths = (news.url, "/nl/nieuws/", "/nl/")
    for path in paths:
        uncached(client, path)
    with django_capture_on_commit_callbacks(execute=True):
        news.title = "Alles is vandaag anders"
        news.body = [("heading", "Een kop van vandaag")]
        news.save_revision().publish()
    assert "Een kop van vandaag" in uncached(client, news.url)
    for path in paths:
        assert "Alles is vandaag anders" in uncached(client, path), path
    with django_capture_on_commit_callbacks(execute=True):
        news.unpublish()
    for path in ("/nl/nieuws/", "/nl/"):
        assert "Alles is vandaag anders" not in uncached(client, path), path


def test_a_page_that_is_put_together_shows_the_register(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    paths = ("/nl/wijken/velsen-noord/", "/nl/contact/?wijk=velsen-noord", "/nl/zoeken/?q=wijkagent")
    for path in paths:
        uncached(client, path)
    with django_capture_on_commit_callbacks(execute=True):
        for contact in Contactpersoon.objects.source():
            contact.telefoon = "0255 000 000"
            contact.save()
    for path in paths:
        assert "0255 000 000" in uncached(client, path), path


def test_each_visitor_has_their_own_choice_words_and_place_in_the_menu(client: Client) -> None:
    chosen = Document(uncached(client, "/nl/nieuws/?wijk=velsen-noord"))
    everything = Document(uncached(client, "/nl/nieuws/"))
    for document, slug in ((chosen, "velsen-noord"), (everything, None)):
        selected = [row.attrs["value"] for row in document.all("option") if "selected" in row.attrs]
        assert [value for value in selected if value] == ([slug] if slug else [])
        feeds = {a.attrs["href"] for a in document.all("a") if "wijk-feed" in a.attrs.get("class", "")}
        assert feeds == {f"/nl/nieuws/feed/?wijk={slug}" if slug else "/nl/nieuws/feed/"}
    for path, current in (("/nl/nieuws/", "/nl/nieuws/"), ("/nl/wijken/", "/nl/wijken/"), (TEXT_PAGE, None)):
        menu = [
            a.attrs["href"]
            for a in Document(uncached(client, path)).all("a")
            if "wijk-nav__link" in a.attrs.get("class", "") and a.attrs.get("aria-current")
        ]
        assert menu == ([current] if current else [])
    uncached(client, "/nl/zoeken/?q=mijngeheim")
    uncached(client, "/nl/?postcode=1234ZZ")
    kept = "".join(core_cache._drawn[1].values()) + repr(list(core_cache._drawn[1]))
    assert "mijngeheim" not in kept
    assert "1234" not in kept
    assert UNCACHED not in kept


def test_a_preview_leaves_nothing_behind_and_takes_nothing(desk: Client, client: Client, page_at) -> None:
    page = page_at(TEXT_PAGE)
    before = uncached(client, TEXT_PAGE)
    page.body = [("heading", "Nog niet voor iedereen")]
    page.save_revision()
    preview = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "Nog niet voor iedereen" in preview.content.decode()
    assert uncached(client, TEXT_PAGE) == before


def test_the_style_guide_leaves_nothing_behind(client: Client) -> None:
    before = uncached(client, TEXT_PAGE)
    empty_the_caches()
    client.get("/styleguide/")
    assert uncached(client, TEXT_PAGE) == before


def test_a_page_that_is_not_translated_leaves_no_words_behind(client: Client, page_at) -> None:
    """An alias draws Dutch words among Arabic ones."""
    path = "/nl/wijken/velsen-noord/"
    arabic = Locale.objects.create(language_code="ar")
    page_at(path).copy_for_translation(arabic, copy_parents=True, alias=True)
    empty_the_caches()
    dutch = uncached(client, path)
    shown = uncached(client, path.replace("/nl/", "/ar/"))
    empty_the_caches()
    assert uncached(client, path.replace("/nl/", "/ar/")) == shown
    assert uncached(client, path) == dutch

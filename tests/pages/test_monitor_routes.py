"""Every view of the monitor: its queries, its page in each language, and a wijk with very many actions."""

import os
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from inline_snapshot_django import snapshot_queries
from wagtail.models import Locale

from tests.caches import empty_the_caches
from tests.html import Document, faults, fetched_urls, foreign
from tests.many_actions import add_actions, add_monitor
from tests.pages.test_every_page_type import heading, in_arabic
from wijken.models import MonitorPage, Plek, Wijk
from wijken.monitor.tabs import TABS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SNAPSHOTS = Path(__file__).parent / "snapshots" / "monitor"
MOST = {"nl": 15, "en": 17}
MONITOR = "/wijken/velsen-noord/monitor/"
ROUTES = ["overzicht", "tijdlijn", "geld", "plekken", "plek", "cijfers"]
each_route = pytest.mark.parametrize("route", ROUTES)


@pytest.fixture
def today():
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        yield


def address(route: str, language: str = "nl", *, wijk: str = "velsen-noord") -> str:
    above = f"/{language}/wijken/{wijk}/monitor/"
    if route == "plek":
        plek = Plek.objects.source().filter(wijk__slug=wijk, acties__isnull=False).order_by("naam")[0]
        return f"{above}plek/{plek.pk}/"
    return above if route == "overzicht" else f"{above}{route}/"


def cold_queries(client: Client, url: str) -> list[str]:
    """The queries of a first visit, with everything empty that is not kept per process."""
    client.get(url)
    empty_the_caches()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


@each_route
def test_queries_of_a_first_visit(route: str, client: Client) -> None:
    """Run with UPDATE_SNAPSHOTS=1 to write the snapshots again, then review them."""
    url = address(route)
    client.get(url)
    empty_the_caches()
    with snapshot_queries() as queries:
        assert client.get(url).status_code == 200
    assert len(queries) <= MOST["nl"], "\n".join(map(str, queries))
    made = "".join(f"{query}\n" for query in queries).replace("(", "").replace(")", "")
    file = SNAPSHOTS / f"{route}.sql"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(made)
    assert file.exists(), "Geen snapshot: draai met UPDATE_SNAPSHOTS=1."
    assert made == file.read_text()


@each_route
def test_few_queries_in_another_language(route: str, client: Client) -> None:
    assert len(cold_queries(client, address(route, "en"))) <= MOST["en"]


def test_a_hundred_times_the_actions_ask_no_more_queries(client: Client) -> None:
    few, many = Wijk.objects.get(slug="velserbroek"), Wijk.objects.get(slug="driehuis")
    for wijk, number in ((few, 20), (many, 2000)):
        add_monitor(wijk)
        add_actions(wijk, number)
    for route in ROUTES:
        of_few = cold_queries(client, address(route, wijk=few.slug))
        of_many = cold_queries(client, address(route, wijk=many.slug))
        assert len(of_many) <= len(of_few) <= MOST["nl"], route


@each_route
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_in_each_language(route: str, language: str, client: Client) -> None:
    if language == "ar":
        in_arabic(MonitorPage.objects.get(wijk__slug="velsen-noord", locale__language_code="nl"))
    url = address(route, language)
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    document = Document(html)
    assert document.first("html").attrs["dir"] == ("rtl" if language == "ar" else "ltr")
    assert faults(html) == []
    assert foreign(fetched_urls(document)) == []
    assert not response.cookies


@each_route
def test_it_says_where_it_is(route: str, client: Client) -> None:
    url = address(route, "en")
    document = Document(client.get(url, {"status": "te-laat"}).content.decode())
    links = {
        (link.attrs.get("rel"), link.attrs.get("hreflang")): link.attrs.get("href", "")
        for link in document.all("link")
    }
    assert links["canonical", None].endswith(url)
    assert links["alternate", "nl"].endswith(url.replace("/en/", "/nl/"))
    languages = [link for link in document.all("a") if link.attrs.get("hreflang") == "nl"]
    # What somebody chose goes along to the other language.
    dutch = f"{url.replace('/en/', '/nl/')}?status=te-laat"
    assert [link.attrs["href"] for link in languages] == [dutch] * len(languages)
    current = [
        element.all_text for element in document.elements if element.attrs.get("aria-current") == "page"
    ]
    title = document.first("title").all_text
    if route == "overzicht":
        assert (
            heading(document)
            == MonitorPage.objects.get(
                slug="monitor", url_path__endswith=MONITOR, locale__language_code="en"
            ).title
        )
    else:
        # The crumb of the view itself, after a link to the monitor.
        assert heading(document) in title
        assert heading(document) in current
        assert any(link.attrs.get("href") == f"/en{MONITOR}" for link in document.all("a"))


def test_each_tab_leads_to_its_own_view(client: Client) -> None:
    document = Document(client.get(f"/nl{MONITOR}").content.decode())
    tabs = [link for link in document.all("a") if "wijk-tabs__link" in link.attrs.get("class", "")]
    assert len(tabs) == len(TABS)
    for tab in tabs:
        response = client.get(tab.attrs["href"])
        marked = [
            link.attrs["href"]
            for link in Document(response.content.decode()).all("a")
            if "wijk-tabs__link" in link.attrs.get("class", "") and "aria-current" in link.attrs
        ]
        assert marked == [tab.attrs["href"]]


def test_an_untranslated_monitor_has_its_views_in_dutch(client: Client) -> None:
    """An alias in Arabic: read from left to right, with the Dutch address as the one to keep."""
    locale, _made = Locale.objects.get_or_create(language_code="ar")
    page = MonitorPage.objects.get(wijk__slug="velsen-noord", locale__language_code="nl")
    in_arabic(page.get_parent().specific)
    page.copy_for_translation(locale, alias=True)
    document = Document(client.get(address("tijdlijn", "ar")).content.decode())
    assert (document.first("main").attrs["lang"], document.first("main").attrs["dir"]) == ("nl", "ltr")
    canonical = [link.attrs["href"] for link in document.all("link") if link.attrs.get("rel") == "canonical"]
    assert canonical[0].endswith(address("tijdlijn", "nl"))


@pytest.mark.parametrize(
    "tail", ["onzin/", "plek/", "plek/0/", "plek/999999/", "plek/abc/", "tijdlijn/2/", "tijdlijn/a/b/c/"]
)
def test_an_address_that_is_no_view(tail: str, client: Client) -> None:
    assert client.get(f"/nl{MONITOR}{tail}").status_code == 404

"""Each page type: its queries, and the page itself in Dutch, English and Arabic."""

import os
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from inline_snapshot_django import snapshot_queries
from wagtail.models import Locale, Page

from core.models import BasePage
from tests.caches import empty_the_caches
from tests.examples import PAGE_TYPES, example
from tests.html import Document, faults, fetched_urls, foreign
from tests.translated import in_language

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SNAPSHOTS = Path(__file__).parent / "snapshots"
MAX_QUERIES = 25
each_page_type = pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)


@pytest.fixture
def today():
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        yield


def in_arabic(page: BasePage) -> BasePage:
    """An Arabic copy of a page and of everything above it, published."""
    return in_language(page, "ar")


@each_page_type
def test_queries_of_a_first_visit(model: type[BasePage], client: Client) -> None:
    """With every cache empty. Run with UPDATE_SNAPSHOTS=1 to write the snapshots again, then review them."""
    url = example(model).url
    # What Django keeps per process is no query of the page.
    client.get(url)
    empty_the_caches()
    with snapshot_queries() as queries:
        response = client.get(url)
    assert response.status_code == 200
    assert len(queries) <= MAX_QUERIES, "\n".join(map(str, queries))
    # PostgreSQL has the parts of a union in brackets.
    made = "".join(f"{query}\n" for query in queries).replace("(", "").replace(")", "")
    file = SNAPSHOTS / f"{model.__name__}.sql"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(made)
    assert file.exists(), "Geen snapshot: draai met UPDATE_SNAPSHOTS=1."
    assert made == file.read_text()


def test_no_snapshot_of_a_page_type_that_is_gone() -> None:
    names = {file.stem for file in SNAPSHOTS.glob("*.sql")}
    assert names == {model.__name__ for model in PAGE_TYPES}


def check_page(page: Page, client: Client, *, language: str, direction: str) -> Document:
    response = client.get(page.url)
    assert response.status_code == 200, page.url
    assert response.headers["Content-Language"] == language
    html = response.content.decode()
    document = Document(html)
    root = document.first("html")
    assert (root.attrs["lang"], root.attrs["dir"]) == (language, direction)
    assert faults(html) == []
    assert foreign(fetched_urls(document)) == []
    assert not response.cookies
    return document


def heading(document: Document) -> str:
    return " ".join(document.first("h1").all_text.split())


@each_page_type
def test_in_dutch(model: type[BasePage], client: Client) -> None:
    page = example(model)
    document = check_page(page, client, language="nl", direction="ltr")
    kop = getattr(page, "kop", "") or page.title
    assert kop in heading(document)
    description = [
        meta.attrs.get("content") for meta in document.all("meta") if meta.attrs.get("name") == "description"
    ]
    assert description == [page.intro]


@each_page_type
def test_in_english(model: type[BasePage], client: Client) -> None:
    page = example(model, "en")
    document = check_page(page, client, language="en", direction="ltr")
    assert (getattr(page, "kop", "") or page.title) in heading(document)
    dutch = example(model)
    assert page.intro != dutch.intro
    links = {link.attrs.get("hreflang"): link.attrs.get("href", "") for link in document.all("link")}
    assert links["nl"].endswith(page.get_translation(Locale.objects.get(language_code="nl")).url)
    assert links["en"].endswith(page.url)


@each_page_type
def test_in_arabic_from_right_to_left(model: type[BasePage], client: Client) -> None:
    page = in_arabic(example(model))
    check_page(page, client, language="ar", direction="rtl")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_the_demo(language: str, client: Client) -> None:
    found = {}
    pages = Page.objects.live().filter(depth__gte=2, locale__language_code=language)
    assert pages.count() > 60
    for page in pages:
        response = client.get(page.url)
        html = response.content.decode()
        wrong = faults(html) + foreign(fetched_urls(Document(html)))
        if response.status_code != 200:
            wrong.append(str(response.status_code))
        if wrong:
            found[page.url] = wrong
    assert found == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_link_on_every_page_leads_somewhere(language: str, client: Client) -> None:
    broken: dict[str, str] = {}
    tried: set[str] = set()
    for page in Page.objects.live().filter(depth__gte=2, locale__language_code=language):
        document = Document(client.get(page.url).content.decode())
        for link in document.all("a"):
            url = (
                link.attrs.get("href", "")
                .partition("#")[0]
                .replace("http://testserver", "")
                .replace("http://localhost", "")
            )
            if not url.startswith("/") or url in tried:
                continue
            tried.add(url)
            status = client.get(url).status_code
            if status != 200:
                broken[url] = f"{status}, from {page.url}"
    assert len(tried) > 60
    assert broken == {}


def test_a_draft_is_not_shown(client: Client, page_at) -> None:
    page = page_at("/nl/privacy/")
    page.title = "Nog niet klaar"
    page.save_revision()
    assert "Nog niet klaar" not in client.get("/nl/privacy/").content.decode()


def test_an_untranslated_page_shows_dutch_with_its_own_language(client: Client, page_at) -> None:
    """A tree alias: the address is Arabic, the text Dutch and marked as such."""
    locale, _made = Locale.objects.get_or_create(language_code="ar")
    home = in_arabic(page_at("/nl/"))
    source = page_at("/nl/privacy/")
    alias = source.copy_for_translation(locale, alias=True)
    assert alias.live
    response = client.get(f"{home.url}privacy/")
    html = response.content.decode()
    document = Document(html)
    root, main = document.first("html"), document.first("main")
    assert (root.attrs["lang"], root.attrs["dir"]) == ("ar", "rtl")
    assert (main.attrs.get("lang"), main.attrs.get("dir")) == ("nl", "ltr")
    canonical = [link.attrs["href"] for link in document.all("link") if link.attrs.get("rel") == "canonical"]
    assert len(canonical) == 1
    assert canonical[0].endswith("/nl/privacy/")

"""Each page type in each language of the site: what the page says of its language and of the other ones."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from config.languages import READY
from tests.examples import PAGE_TYPES, example
from tests.html import Document, faults
from tests.own_database import own_database
from tests.pseudo import copy_examples

pytestmark = pytest.mark.django_db
DEMO = ("nl", "en")
# A private code means nothing to a search engine.
FOR_SEARCH_ENGINES = {code for code in READY if "-x-" not in code}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module", autouse=True)
def all_languages(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), own_database():
        for code in READY:
            if code not in DEMO:
                copy_examples(code)
        yield


def address(model: Any, language_code: str) -> str:
    """Slugs are the same in every language."""
    return str(example(model).url).replace("/nl/", f"/{language_code}/", 1)


@pytest.mark.parametrize("language_code", READY)
def test_every_page_type(language_code: str, client: Client) -> None:
    direction = "rtl" if language_code == "ar" else "ltr"
    for model in PAGE_TYPES:
        path = address(model, language_code)
        response = client.get(path)
        assert response.status_code == 200, path
        assert response.headers["Content-Language"] == language_code
        assert not response.cookies
        html = response.content.decode()
        assert faults(html) == [], path
        document = Document(html)
        root, main = document.first("html"), document.first("main")
        assert (root.attrs["lang"], root.attrs["dir"]) == (language_code, direction), path
        assert "lang" not in main.attrs, path
        links = [(link.attrs.get("rel"), link.attrs) for link in document.all("link")]
        assert [attrs["href"] for rel, attrs in links if rel == "canonical"] == [f"{settings.SITE_URL}{path}"]
        alternates = {a["hreflang"]: a["href"] for rel, a in links if rel == "alternate" and "hreflang" in a}
        dutch = f"{settings.SITE_URL}{address(model, 'nl')}"
        assert alternates == {
            "x-default": dutch,
            **{code: f"{settings.SITE_URL}{address(model, code)}" for code in FOR_SEARCH_ENGINES},
        }, path
        (locale,) = [m for m in document.all("meta") if m.attrs.get("property") == "og:locale"]
        assert locale.attrs["content"] == language_code, path
        menu = [a for a in document.all("a") if "wijk-talen__link" in a.attrs.get("class", "")]
        assert {a.attrs["hreflang"]: a.attrs["href"] for a in menu} == {
            code: address(model, code) for code in READY
        }, path
        assert [a.attrs["hreflang"] for a in menu if a.attrs.get("aria-current")] == [language_code], path


def test_the_site_map_has_every_page_in_every_language(client: Client) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    urls = {url.findtext(f"{SITEMAP}loc"): url for url in root.iter(f"{SITEMAP}url")}
    for model in PAGE_TYPES:
        alternates = {code: f"{settings.SITE_URL}{address(model, code)}" for code in FOR_SEARCH_ENGINES}
        alternates["x-default"] = alternates["nl"]
        for code in READY:
            entry = urls[f"{settings.SITE_URL}{address(model, code)}"]
            named = {link.attrib["hreflang"]: link.attrib["href"] for link in entry if link.attrib}
            assert named == alternates, (model, code)


@pytest.mark.parametrize("language_code", READY)
@pytest.mark.parametrize("tail", ["zoeken/", "zoeken/?q=wijk", "zoeken/?q=qqqqqq", "er-is-niets/"])
def test_what_is_no_page(tail: str, language_code: str, client: Client) -> None:
    response = client.get(f"/{language_code}/{tail}")
    assert response.status_code == (404 if tail == "er-is-niets/" else 200)
    html = response.content.decode()
    assert faults(html) == []
    root = Document(html).first("html")
    direction = "rtl" if language_code == "ar" else "ltr"
    assert (root.attrs["lang"], root.attrs["dir"]) == (language_code, direction)

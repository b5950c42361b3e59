"""What a text page weighs on the way to a visitor: HTML, CSS and script, compressed."""

import gzip
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from core.page_index import address_of
from participatie.models import Loting
from tests.examples import PAGE_TYPES, example
from tests.html import Document
from tests.participatie import draws

pytestmark = pytest.mark.django_db
KB = 1000
TEXT_PAGE = "/nl/privacy/"


def own_files(document: Document, tag: str, name: str) -> list[Path]:
    urls = [element.attrs.get(name, "") for element in document.all(tag)]
    found = []
    for url in urls:
        if url.startswith("/static/") and url.endswith((".css", ".js")):
            path = finders.find(url.removeprefix("/static/"))
            assert path, url
            found.append(Path(path))
    return found


def brotli_size(files: list[Path]) -> int:
    """Static files are compressed once, as hard as it goes."""
    return sum(len(brotli.compress(file.read_bytes(), quality=11)) for file in files)


def weigh(client: Client, path: str) -> dict[str, int]:
    zipped = client.get(path, headers={"accept-encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    document = Document(gzip.decompress(zipped.content).decode())
    return {
        "html": len(zipped.content),
        "css": brotli_size(own_files(document, "link", "href")),
        "js": brotli_size(own_files(document, "script", "src")),
    }


@pytest.fixture
def plain_client() -> Client:
    return Client()


def test_a_text_page(plain_client: Client) -> None:
    weight = weigh(plain_client, TEXT_PAGE)
    assert weight["css"] > 0
    assert weight["css"] <= 12 * KB, weight
    assert weight["js"] <= 10 * KB, weight
    assert sum(weight.values()) <= 30 * KB, weight


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_no_page_is_heavy(plain_client: Client, model) -> None:
    """Pages with a map and many cards too."""
    weight = weigh(plain_client, example(model).url or "")
    assert sum(weight.values()) <= 40 * KB, weight


@pytest.mark.parametrize("tail", ["", "uitleg/", "zaal/"])
def test_a_draw_with_everything_on_it(plain_client: Client, tail: str) -> None:
    loting = Loting.objects.get(slug="velsen-noord")
    draws.drawn(loting)
    weight = weigh(plain_client, f"{address_of(loting.pages.get(locale__language_code='nl'))}trekking/{tail}")
    assert sum(weight.values()) <= 40 * KB, weight

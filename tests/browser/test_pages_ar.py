"""Every page type from right to left, with a text in Arabic letters on all of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.visit import visitor
from tests.examples import PAGE_TYPES, example
from tests.own_database import own_database
from tests.pseudo import arabic, write_all

pytestmark = pytest.mark.browser
LANGUAGE = "ar"
WIJK = "/ar/wijken/velsen-noord"
OTHER_PATHS = [
    "/ar/zoeken/",
    "/ar/zoeken/?q=qqqqqq",
    "/ar/?postcode=1971",
    "/ar/?postcode=abc",
    "/ar/aanplakplaatsen/print/",
    *(f"{WIJK}/monitor/{part}/" for part in ("tijdlijn", "geld", "plekken", "cijfers", "data")),
    f"{WIJK}/loting/aanmelden/",
    f"{WIJK}/loting/gegevens/",
    f"{WIJK}/loting/mijn/",
    f"{WIJK}/loting/niet/",
    "/ar/deze-pagina-is-er-niet/",
]
# Where the parts of a number stand: the distance from its first sign to its last, in the order of reading.
SPAN = """([selector, number]) => {
    const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
    const places = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.data.indexOf(number);
        if (start < 0) continue;
        const left = (at) => {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return range.getBoundingClientRect().left;
        };
        places.push(left(start + number.length - 1) - left(start));
    }
    return places;
}"""


@pytest.fixture(scope="module")
def addresses(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    with django_db_blocker.unblock(), own_database():
        write_all(LANGUAGE, arabic)
        yield [example(model, LANGUAGE).url or "" for model in PAGE_TYPES]


def test_every_page_type(browser: Any, site_url: str, addresses: list[str]) -> None:
    with visitor(browser, site_url) as someone:
        for path in [*addresses, *OTHER_PATHS]:
            someone.look_at(path)
            assert someone.page.evaluate("getComputedStyle(document.body).direction") == "rtl", path
    # The browser itself reports that the last address is not there.
    assert [line for line in someone.trouble if "the server responded with a status of 404" not in line] == []


@pytest.mark.parametrize("number", ["14 0255"])
def test_a_number_reads_from_left_to_right(
    number: str, browser: Any, site_url: str, addresses: list[str]
) -> None:
    """Also where a translator wrote it down without a thought about direction."""
    with visitor(browser, site_url) as someone:
        page = someone.goto("/ar/")
        assert number in page.locator("main .wijk-kader").first.inner_text()
        places = page.evaluate(SPAN, ["body", number])
    assert len(places) > 2
    assert min(places) > 0

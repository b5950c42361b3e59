"""Every page type in Dutch: accessible at 1280 and 320 px, complete in itself, without a trace."""

import pytest

from tests.browser.visit import visitor
from tests.examples import PAGE_TYPES, example

pytestmark = pytest.mark.browser
LANGUAGE = "nl"
OTHER_PATHS = [
    "/nl/?postcode=1971",
    "/nl/?postcode=9999",
    "/nl/?postcode=abc",
    "/nl/zoeken/",
    "/nl/zoeken/?q=afval",
    "/nl/zoeken/?q=qqqqqq",
    "/nl/nieuws/?wijk=velsen-noord&thema=schoon&page=999",
    "/nl/contact/?wijk=velsen-noord",
    "/nl/aanplakplaatsen/print/",
    "/nl/wijken/velsen-noord/actieplan/actie-7-stratingplantsoen-rustiger-rijden/kaart/",
    "/nl/wijken/velsen-noord/samen-gezellig/",
    "/nl/deze-pagina-is-er-niet/",
]


@pytest.fixture(scope="module")
def addresses(django_db_setup, django_db_blocker) -> list[str]:
    with django_db_blocker.unblock():
        return [example(model, LANGUAGE).url or "" for model in PAGE_TYPES]


def test_every_page_type(browser, site_url: str, addresses: list[str]) -> None:
    with visitor(browser, site_url) as someone:
        for path in addresses:
            someone.look_at(path)
    assert someone.trouble == []


def test_search_results_filters_and_errors(browser, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        for path in OTHER_PATHS:
            someone.look_at(path)
    # The browser itself reports that the last address is not there.
    assert [line for line in someone.trouble if "the server responded with a status of 404" not in line] == []

"""Every page type in English, and the style guide in both directions."""

import pytest

from tests.browser.visit import WIDE, visitor
from tests.examples import PAGE_TYPES, example

pytestmark = pytest.mark.browser
LANGUAGE = "en"


@pytest.fixture(scope="module")
def addresses(django_db_setup, django_db_blocker) -> list[str]:
    with django_db_blocker.unblock():
        return [example(model, LANGUAGE).url or "" for model in PAGE_TYPES]


def test_every_page_type(browser, site_url: str, addresses: list[str]) -> None:
    with visitor(browser, site_url) as someone:
        for path in [
            *addresses,
            "/en/zoeken/?q=waste",
            "/en/zoeken/?q=qqqqqq",
            "/en/deze-pagina-is-er-niet/",
        ]:
            someone.look_at(path)
    assert [line for line in someone.trouble if "the server responded with a status of 404" not in line] == []


@pytest.mark.parametrize("path", ["/styleguide/", "/styleguide/?richting=rtl"])
def test_every_component_in_every_state(browser, site_url: str, path: str) -> None:
    with visitor(browser, site_url) as someone:
        someone.look_at(path)
    assert someone.trouble == []


@pytest.mark.parametrize("scheme", ["active", "none"])
def test_forced_colours_and_print_keep_the_page_whole(browser, site_url: str, scheme: str) -> None:
    with visitor(browser, site_url, forced_colors=scheme) as someone:
        page = someone.goto("/en/")
        someone.check_fits()
        someone.at(WIDE)
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        assert not page.locator("nav").first.is_visible()
    assert someone.trouble == []

"""The description of the open data, with everything that can be opened open."""

import pytest

from tests.browser.visit import NARROW, WIDE, visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_description_of_the_open_data(browser, site_url: str, language: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(f"/{language}/wijken/velsen-noord/monitor/data/")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for size in (WIDE, NARROW):
            someone.at(size)
            someone.check_accessible()
            someone.check_fits()
        someone.check_no_cookies()
        someone.at(WIDE)
        with page.expect_download() as downloading:
            page.get_by_role("link", name="CSV").first.click()
        assert downloading.value.suggested_filename.startswith("velsen-noord-acties-")
    assert someone.trouble == []

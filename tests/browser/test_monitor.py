"""The monitor in a real browser: every view narrow and wide, and without script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from wagtail.models import Locale

from tests.browser.visit import NARROW, visitor
from tests.pages.test_every_page_type import in_arabic
from wijken.models import MonitorPage, Plek

pytestmark = pytest.mark.browser
MONITOR = "/nl/wijken/velsen-noord/monitor/"
VIEWS = ["", "tijdlijn/", "tijdlijn/?page=2", "geld/", "plekken/", "cijfers/", "plek/{plek}/"]
CHOSEN = [
    "?status=te-laat&trekker=velison-wonen",
    "?status=klaar&plan=samen-gezellig",
    "tijdlijn/?plan=samen-gezellig",
    "?page=2",
]


@pytest.fixture(scope="module")
def plek(django_db_setup, django_db_blocker) -> int:
    with django_db_blocker.unblock():
        return Plek.objects.source().get(naam="Stratingplantsoen").pk


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_view(browser, site_url: str, plek: int, language: str) -> None:
    with visitor(browser, site_url) as someone:
        for view in VIEWS:
            someone.look_at(f"/{language}{MONITOR[3:]}{view.format(plek=plek)}")
    assert someone.trouble == []


def test_what_somebody_chose(browser, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        for view in [*(f"{MONITOR}{tail}" for tail in CHOSEN), "/nl/wijken/zee-en-duinwijk/monitor/"]:
            someone.look_at(view)
    assert someone.trouble == []


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, NARROW], ids=["wide", "narrow"])
def test_choosing_without_script(browser, site_url: str, size) -> None:
    with visitor(browser, site_url, java_script_enabled=False, viewport=size) as someone:
        page = someone.goto(MONITOR)
        late = page.locator(".wijk-standen__vak--te-laat a")
        number = int(late.locator("bdi").inner_text())
        late.click()
        page.wait_for_url("**status=te-laat**")
        expect(page.locator("[role=status]", has_text=f"{number} acties")).to_be_visible()

        page.locator("main select[name=trekker]").select_option("velison-wonen")
        page.locator("main form:has(select[name=trekker]) [type=submit]").click()
        page.wait_for_url(re.compile(r"status=te-laat.*trekker=velison-wonen"))
        rows = page.locator(".wijk-actie")
        expect(rows).to_have_count(3)

        page.locator(".wijk-keus__weg", has_text="te laat").click()
        page.wait_for_url(lambda url: "status" not in url and "trekker=velison-wonen" in url)
        expect(rows).to_have_count(4)
    assert someone.trouble == []


def test_the_list_on_paper(browser, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(MONITOR)
        page.emulate_media(media="print")
        expect(page.locator(".wijk-actie").first).to_be_visible()
        expect(page.locator("main time").first).to_be_visible()
        for hidden in (".wijk-tabs", ".wijk-filter", ".wijk-bladeren"):
            expect(page.locator(hidden)).to_be_hidden()


@pytest.fixture
def arabic_monitor(site_url: str, django_db_setup, django_db_blocker) -> Iterator[str]:
    """An Arabic monitor that the running site can see; taken away afterwards."""
    with django_db_blocker.unblock():
        source = MonitorPage.objects.get(wijk__slug="velsen-noord", locale__language_code="nl")
        copy = in_arabic(source)
        try:
            yield copy.url
        finally:
            copy.get_ancestors().get(depth=2).specific.delete()
            Locale.objects.get(language_code="ar").delete()


def test_from_right_to_left(browser, site_url: str, arabic_monitor: str, plek: int) -> None:
    with visitor(browser, site_url) as someone:
        for view in VIEWS:
            someone.look_at(f"{arabic_monitor}{view.format(plek=plek)}")
        assert someone.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert someone.trouble == []


def test_a_long_word_for_a_state_fits(browser, site_url: str) -> None:
    """As in Polish; the words of every language are in the catalogues, not in this demo."""
    with visitor(browser, site_url, viewport=NARROW) as someone:
        page = someone.goto(MONITOR)
        page.evaluate(
            "document.querySelectorAll('.wijk-standen__naam').forEach(name => name.append(' Zaplanowanego'))"
        )
        someone.check_fits()
    assert someone.trouble == []

"""Answering about a seat in a real browser: by keyboard, at 320 px, from right to left, without script."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from participatie.models import Bezetting, Zetelaanbod
from participatie.seats.actions import answer, offer_seats
from tests.browser.visit import NARROW, WIDE, visitor
from tests.caches import empty_the_caches
from tests.desk import account
from tests.participatie.drawn import small_draw
from tests.participatie.own import page_of
from tests.participatie.seats.books import offers, seat_url
from tests.translated import front_door, in_language

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def asked(site_url: str, database_to_lose: None) -> Iterator[list[Zetelaanbod]]:
    """Three offers, on a page in Dutch and Arabic. The running site has the real time."""
    loting = small_draw()
    offer_seats(loting=loting, by=account("lotingbeheerder"))
    front_door("ar")
    in_language(loting.pages.get(locale__language_code="nl"), "ar")
    empty_the_caches()
    yield offers(loting)


def look(someone: Any, name: str) -> None:
    """Wide and narrow, as it is now."""
    for size in (WIDE, NARROW):
        someone.at(size)
        someone.check_accessible()
        someone.check_fits()
        if SHOTS:
            someone.page.screenshot(path=Path(SHOTS) / f"{name}-{size['width']}.png", full_page=True)
    someone.check_no_cookies()


def press(page: Any, selector: str) -> None:
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_page_of_it_by_keyboard(
    browser: Any, site_url: str, asked: list[Zetelaanbod], language: str
) -> None:
    own = seat_url(asked[0], language_code=language)
    assert own.startswith(f"/{language}/")
    with visitor(browser, site_url, viewport=NARROW) as someone:
        page = someone.goto(own)
        look(someone, f"zetel-{language}")
        press(page, "main a[href$='/aannemen/']")
        page.wait_for_url("**/aannemen/")
        look(someone, f"aannemen-{language}")
        expect(page.locator("[name=genoemd][value=nee]")).to_be_checked()
        page.locator("[name=genoemd][value=nee]").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("[name=genoemd][value=ja]")).to_be_checked()
        page.locator("[name=naam]").fill("De burgemeester")
        press(page, "main form [type=submit]")
        expect(page.get_by_role("alert")).to_be_focused()
        look(someone, f"fout-{language}")
        page.locator("[name=naam]").fill("Aafke")
        press(page, "main form [type=submit]")
        expect(page.get_by_role("status")).to_be_visible()
        look(someone, f"aangenomen-{language}")
        expect(page.locator("main")).to_contain_text("Aafke")
        press(page, "main a[href$='/genoemd/']")
        page.wait_for_url("**/genoemd/")
        look(someone, f"genoemd-{language}")
        page.locator("[name=genoemd][value=nee]").check()
        press(page, "main form [type=submit]")
        page.wait_for_url(f"**{own}")
        press(page, "main a[href$='/weigeren/']")
        page.wait_for_url("**/weigeren/")
        look(someone, f"weigeren-{language}")
        press(page, "main form [type=submit]")
        page.wait_for_url(f"**{own}")
        look(someone, f"geweigerd-{language}")
    assert someone.trouble == []


def test_without_script(browser: Any, site_url: str, asked: list[Zetelaanbod]) -> None:
    own = seat_url(asked[1])
    with visitor(browser, site_url, java_script_enabled=False, viewport=NARROW) as someone:
        page = someone.goto(own)
        page.get_by_role("link", name="Ja, ik wil de zetel").click()
        page.get_by_role("button", name="Ja, ik neem de zetel aan").click()
        expect(page.locator("main")).to_contain_text("U hebt de zetel aangenomen")
        assert someone.context.cookies() == []
    assert someone.trouble == []
    assert Bezetting.objects.get(aanbod=asked[1]).genoemd_als == ""


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_who_represents_the_wijk(
    browser: Any, site_url: str, asked: list[Zetelaanbod], language: str
) -> None:
    answer(aanbod=asked[0], accepts=True, kanaal="web", named_as="Aafke")
    answer(aanbod=asked[1], accepts=True, kanaal="web")
    empty_the_caches()
    loting = asked[0].zetel.loting
    with visitor(browser, site_url, viewport=NARROW) as someone:
        someone.goto(page_of(loting, language))
        expect(someone.page.locator("section[aria-labelledby=vertegenwoordiging]")).to_contain_text("Aafke")
        look(someone, f"leden-{language}")
        someone.goto(page_of(loting, language).removesuffix("klein/"))
        expect(someone.page.locator("section[aria-labelledby=vertegenwoordiging]")).to_contain_text("Aafke")
        look(someone, f"leden-wijk-{language}")
    assert someone.trouble == []

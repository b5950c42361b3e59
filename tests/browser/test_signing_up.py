"""Signing up in a real browser: by keyboard, without script, in three languages, and what it looks like."""

import re
from collections.abc import Iterator
from functools import partial
from operator import ne
from typing import Any

import pytest
from captcha.models import CaptchaStore
from playwright.sync_api import expect

from core.open_forms import MIN_SECONDS
from participatie.models import Aanmelding, Conceptaanmelding, Loting
from tests.browser.visit import NARROW, WIDE, Visitor, visitor
from tests.caches import empty_the_caches
from tests.own_database import own_database
from tests.translated import in_language

pytestmark = pytest.mark.browser
PAGE = "wijken/velsen-noord/loting/"
TYPED = {
    "naam": "Aafke Lindeveld",
    "postcode": "1951 XA",
    "huisnummer": "1",
    "mail": "aafke@example.nl",
}


@pytest.fixture(scope="module", autouse=True)
def site_to_lose(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A site with an Arabic loting, and with what visitors leave there."""
    with django_db_blocker.unblock(), own_database():
        yield


@pytest.fixture
def pages(site_url: str, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The page of the loting in three languages; what visitors made there goes afterwards."""
    with django_db_blocker.unblock():
        last = Aanmelding.objects.latest("pk").pk
        page = Loting.objects.get(slug="velsen-noord").pages.get(locale__language_code="nl")
        arabic = page.get_translation_or_none(in_language(page, "ar").locale)
        empty_the_caches()
        yield {"nl": f"/nl/{PAGE}", "en": f"/en/{PAGE}", "ar": arabic.url}
        Conceptaanmelding.objects.all().delete()
        Aanmelding.objects.filter(pk__gt=last).delete()
        CaptchaStore.objects.all().delete()
        empty_the_caches()


@pytest.fixture
def answer(django_db_blocker: Any) -> Any:
    """What a person reads in the image on a page."""

    def read(page: Any) -> str:
        with django_db_blocker.unblock():
            key = page.locator("input[name=code_sleutel]").get_attribute("value")
            return CaptchaStore.objects.get(hashkey=key).response

    return read


def look(someone: Visitor) -> None:
    """The page as it stands, narrow and wide."""
    someone.check_fits()
    someone.check_accessible()


def answer_question(page: Any) -> None:
    """Fill in what is asked, by keyboard only."""
    main = page.locator("main form")
    for name, value in TYPED.items():
        if main.locator(f"[name={name}]").count():
            main.locator(f"[name={name}]").focus()
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(value)
    if main.locator("[type=radio]").count():
        main.locator("[type=radio]").first.focus()
        page.keyboard.press("Space")


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_the_whole_way_by_keyboard(
    browser: Any, pages: dict[str, str], site_url: str, answer: Any, language: str
) -> None:
    with visitor(browser, site_url, viewport=NARROW) as someone:
        page = someone.goto(pages[language])
        look(someone)
        page.locator("main a[href$='/aanmelden/']").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/aanmelden/")
        look(someone)
        page.locator("main button[value=vragen]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/naam/")
        # The first question, sent empty.
        page.locator("main form button").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_focused()
        look(someone)
        for _question in range(9):
            answer_question(page)
            before = page.url
            page.locator("main form button").first.focus()
            page.keyboard.press("Enter")
            page.wait_for_url(partial(ne, before))
            look(someone)
        assert page.url.endswith("/controle/")
        page.locator("[name=code]").fill(answer(page))
        page.wait_for_timeout(1000 * MIN_SECONDS)
        page.locator("[name=code]").press("Enter")
        page.wait_for_url("**/ontvangen/")
        look(someone)
        expect(page.locator(".wijk-bon__nummer")).to_be_visible()
        someone.check_no_cookies()
        # The back button after sending leads to the receipt again.
        page.go_back()
        page.reload()
        page.wait_for_url("**/ontvangen/")
    assert someone.trouble == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_all_on_one_page_without_script(
    browser: Any, pages: dict[str, str], site_url: str, answer: Any, size: dict[str, int]
) -> None:
    with visitor(browser, site_url, java_script_enabled=False, viewport=size) as someone:
        page = someone.goto(f"{pages['nl']}aanmelden/")
        page.get_by_role("button", name="Alles op één bladzijde").click()
        page.get_by_role("button", name="Verder naar nakijken").click()
        alert = page.get_by_role("alert")
        expect(alert).to_be_focused()
        expect(page).to_have_title(re.compile("^Fout: Alle vragen – "))
        alert.get_by_role("link", name="Vul uw naam in.").click()
        for name, value in TYPED.items():
            page.locator(f"main [name={name}]").fill(value)
        for name in ("oud_genoeg", "kenmerk_leeftijd", "kenmerk_woning"):
            page.locator(f"main [name={name}]").first.check()
        page.get_by_role("button", name="Verder naar nakijken").click()
        page.wait_for_url("**/controle/")
        expect(page.locator("main")).to_contain_text("Aafke Lindeveld")
        page.get_by_role("link", name=re.compile("Wijzig.*Hoe heet u")).click()
        page.get_by_label("Voornaam en achternaam").fill("Mieke Ander")
        page.get_by_role("button", name="Bewaren", exact=True).click()
        page.wait_for_url("**/controle/")
        page.locator("[name=code]").fill("00000")
        page.get_by_role("button", name="Verstuur").click()
        expect(page.get_by_role("alert")).to_contain_text("Deze cijfers kloppen niet.")
        page.locator("[name=code]").fill(answer(page))
        page.wait_for_timeout(1000 * MIN_SECONDS)
        page.get_by_role("button", name="Verstuur").click()
        page.wait_for_url("**/ontvangen/")
        expect(page.locator("main")).to_contain_text("Mieke Ander")
        assert someone.context.cookies() == []
    assert someone.trouble == []


def test_the_other_states_are_accessible(browser: Any, pages: dict[str, str], site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        someone.look_at(f"{pages['nl']}aanmelden/{'x' * 32}/")
        someone.look_at(f"{pages['ar']}aanmelden/{'x' * 32}/")
        someone.look_at(pages["nl"])
        page = someone.goto(f"{pages['nl']}aanmelden/")
        page.get_by_role("button", name="Alles op één bladzijde").click()
        form = page.url.removeprefix(site_url)
        someone.look_at(form)
        someone.look_at(f"{form}adres/")
    assert [one for one in someone.trouble if "410" not in one] == []

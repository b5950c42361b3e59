"""One's own data in a real browser: by keyboard, at 320 px, from right to left, without a cookie."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.open_forms import MIN_SECONDS
from participatie.models import Loting
from tests.browser.visit import NARROW, WIDE, visitor
from tests.participatie.own import own_url, page_of, sign_up
from tests.translated import front_door, in_language

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def own(site_url: str, database_to_lose: None) -> Iterator[Any]:
    """Makes a personal link of somebody who signed up, in a language."""
    loting = Loting.objects.get(slug="velsen-noord")
    now = timezone.now()
    # The running site has the real time.
    Loting.objects.filter(pk=loting.pk).update(
        opent_op=now - timedelta(days=9),
        sluit_op=now + timedelta(days=9),
        trekking_op=now + timedelta(days=29),
    )
    loting.refresh_from_db()
    front_door("ar")
    in_language(loting.pages.get(locale__language_code="nl"), "ar")

    def make(language_code: str, *, doel: str = "beheren") -> str:
        made = sign_up(loting, telefoon="06 12345678", taal=language_code)
        return own_url(made, doel=doel, language_code=language_code)

    yield make


def look(someone: Any, name: str) -> None:
    """Wide and narrow, as it is now."""
    for size in (WIDE, NARROW):
        someone.at(size)
        someone.check_accessible()
        someone.check_fits()
        if SHOTS:
            someone.page.screenshot(path=Path(SHOTS) / f"{name}-{size['width']}.png", full_page=True)
    someone.check_no_cookies()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_page_of_it(browser: Any, site_url: str, own: Any, language: str) -> None:
    with visitor(browser, site_url, java_script_enabled=True) as someone:
        page = someone.goto(own(language, doel="bevestigen"))
        look(someone, f"bevestigen-{language}")
        page.locator("main [type=submit]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("main form")).to_have_count(0)
        look(someone, f"bevestigd-{language}")

        link = own(language)
        someone.goto(f"{link}wijzigen/")
        look(someone, f"wijzigen-{language}")
        page.locator("#id_naam").fill("")
        page.locator("#id_postcode").fill("SW1A")
        page.locator("#id_postcode").press("Enter")
        expect(page.get_by_role("alert")).to_be_focused()
        look(someone, f"fouten-{language}")
        page.locator("#id_naam").fill("Aafke L.")
        page.locator("#id_postcode").fill("1951 XA")
        page.locator("main form [type=submit]").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_be_visible()
        look(someone, f"overzicht-{language}")
        with page.expect_download() as download:
            page.locator("button[value=html]").click()
        assert download.value.suggested_filename.endswith(".html")

        someone.goto(f"{link}intrekken/")
        look(someone, f"intrekken-{language}")
        page.locator("main form [type=submit]").click()
        look(someone, f"ingetrokken-{language}")
        someone.goto(f"{link}wissen/")
        look(someone, f"wissen-{language}")
        page.locator("main form [type=submit]").click()
        look(someone, f"gewist-{language}")
        someone.goto(link)
        look(someone, f"onbekend-{language}")
    # The last page is one that is not there, and says so.
    assert [trouble for trouble in someone.trouble if "404" not in trouble] == []


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_asking_a_link(browser: Any, site_url: str, own: Any, language: str) -> None:
    address = f"{page_of(Loting.objects.get(slug='velsen-noord'), language)}mijn/"
    with visitor(browser, site_url, java_script_enabled=False) as someone:
        page = someone.goto(address)
        page.locator("main form [type=submit]").click()
        expect(page.locator("#id_bonnummer_error")).to_be_visible()
        page.locator("#id_bonnummer").fill("abcde fghjk")
        page.locator("#id_mail").fill("aafke@example.nl")
        page.wait_for_timeout(MIN_SECONDS * 1000 + 200)
        page.locator("#id_mail").press("Enter")
        expect(page.locator("main form")).to_have_count(0)
        expect(page.locator("[role=alert]")).to_have_count(0)
    assert someone.trouble == []
    with visitor(browser, site_url) as someone:
        page = someone.goto(address)
        look(someone, f"vragen-{language}")
        page.locator("main form [type=submit]").click()
        expect(page.get_by_role("alert")).to_be_focused()
        look(someone, f"vragen-fouten-{language}")
        someone.goto(f"{address}?gevraagd=ja")
        look(someone, f"gevraagd-{language}")
    assert someone.trouble == []


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_mails_fit(browser: Any, own: Any, language: str) -> None:
    from participatie import actions, mails
    from tests.participatie.own import mails_to
    from tests.participatie.people import answers

    loting = Loting.objects.get(slug="velsen-noord")
    made = sign_up(loting, taal=language)
    mails.reminder(aanmelding=made, persoon=made.persoon)
    mails.new_link(aanmelding=made, persoon=made.persoon)
    mails.draft_link(loting=loting, to="aafke@example.nl", language=language, token="x" * 32)
    actions.correct(
        aanmelding=made,
        answers=answers(loting, taal=language, naam="A", mail="nieuw@example.nl", kenmerk_woning="anders"),
    )
    made.refresh_from_db()
    actions.withdraw(aanmelding=made)
    found = [*mails_to("aafke@example.nl"), *mails_to("nieuw@example.nl")]
    context = browser.new_context()
    page = context.new_page()
    for number, mail in enumerate(found):
        for width in (320, 700):
            page.set_viewport_size({"width": width, "height": 700})
            page.set_content(mail.html)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"mail-{language}-{number}-{width}.png", full_page=True)
    context.close()
    assert len(found) == 7

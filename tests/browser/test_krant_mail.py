"""The wijkkrant by mail in a real browser: by keyboard, without script, at 320 px, from right to left."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.urls import reverse
from playwright.sync_api import expect

from core.models import OutboxMail, User
from core.open_forms import MIN_SECONDS
from core.outbox import recipient_index
from home.krant import mailing
from home.krant.edition_mail import edition_mail
from home.krant.subscribing import token_of
from home.models import Abonnee, EditiePage, Mailing, WijkkrantPage
from tests.browser.visit import NARROW, WIDE, visitor
from tests.desk import allow_unknown_variables
from tests.home.krant.subscribers import many, path_in, published, subscribed
from tests.translated import front_door, in_language

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")
# The narrowest that Wagtail's own desk is made for.
PHONE = {"width": 400, "height": 800}
ME = "fatima@example.nl"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    # Wagtail's own templates ask for variables that are not there.
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def krant(site_url: str, database_to_lose: None) -> Iterator[Any]:
    front_door("ar")
    in_language(WijkkrantPage.objects.get(wijk__slug="velsen-noord", locale__language_code="nl"), "ar")
    yield lambda language: f"/{language}/wijken/velsen-noord/wijkkrant/"


def look(someone: Any, name: str, *, narrow: dict[str, int] = NARROW) -> None:
    for size in (WIDE, narrow):
        someone.at(size)
        someone.check_accessible()
        someone.check_fits()
        if SHOTS:
            someone.page.screenshot(path=Path(SHOTS) / f"{name}-{size['width']}.png", full_page=True)


def newest() -> OutboxMail:
    return OutboxMail.objects.filter(recipient_index=recipient_index(ME)).latest("pk")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_page_of_it(browser: Any, site_url: str, krant: Any, language: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(f"{krant(language)}abonneren/")
        expect(page.locator("#id_taal")).to_have_value(language)
        look(someone, f"vragen-{language}")
        page.locator("#id_mail").fill("geen adres")
        page.locator("#id_mail").press("Enter")
        expect(page.get_by_role("alert")).to_be_focused()
        look(someone, f"fouten-{language}")
        page.locator("#id_mail").fill(ME)
        page.locator("#id_code").fill(CaptchaStore.objects.latest("pk").response)
        page.wait_for_timeout(MIN_SECONDS * 1000 + 200)
        page.locator("#id_code").press("Enter")
        expect(page.locator("main form")).to_have_count(0)
        look(someone, f"kijk-in-uw-mail-{language}")

        someone.goto(path_in(newest(), "bevestigen"))
        look(someone, f"bevestigen-{language}")
        page.locator("main [type=submit]").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_be_visible()
        look(someone, f"bevestigd-{language}")

        someone.goto(path_in(newest(), "afmelden"))
        look(someone, f"stoppen-{language}")
        page.locator("#id_taal").select_option("en")
        page.locator("main [type=submit]").last.click()
        expect(page.get_by_role("status")).to_be_visible()
        look(someone, f"andere-taal-{language}")
        page.locator("main [type=submit]").first.click()
        expect(page.locator("main form")).to_have_count(0)
        look(someone, f"gestopt-{language}")
        someone.goto(f"{krant(language)}afmelden/x.y/")
        look(someone, f"onbekend-{language}")
        someone.check_no_cookies()
    assert not Abonnee.objects.exists()
    # The last page is one that is not there, and says so.
    assert [trouble for trouble in someone.trouble if "404" not in trouble] == []


def test_all_of_it_without_a_script(browser: Any, site_url: str, krant: Any) -> None:
    with visitor(browser, site_url, java_script_enabled=False) as someone:
        page = someone.goto(f"{krant('nl')}abonneren/")
        page.locator("main form").get_by_role("button", name="Mail mij de krant").click()
        expect(page.locator("#id_mail_error")).to_be_visible()
        page.locator("#id_mail").fill(ME)
        page.locator("#id_code").fill(CaptchaStore.objects.latest("pk").response)
        page.wait_for_timeout(MIN_SECONDS * 1000 + 200)
        page.locator("#id_mail").press("Enter")
        expect(page.locator("main form")).to_have_count(0)
        someone.goto(path_in(newest(), "bevestigen"))
        page.locator("main [type=submit]").click()
        someone.goto(path_in(newest(), "afmelden"))
        page.locator("main [type=submit]").first.click()
        expect(page.locator("main form")).to_have_count(0)
        someone.check_no_cookies()
    assert someone.trouble == []
    assert not Abonnee.objects.exists()


def test_the_mail_itself(browser: Any, site_url: str, krant: Any) -> None:
    page_nl = EditiePage.objects.get(editie=published(), locale__language_code="nl")
    in_language(page_nl, "ar")
    for language in ("nl", "ar"):
        made = subscribed(f"{language}@example.nl", taal=language)
        html = edition_mail(published(), language).for_reader(token_of(made)).html
        with visitor(browser, site_url) as someone:
            someone.page.set_content(html)
            look(someone, f"mail-{language}")
        # A mail is no page of a site: it has no landmarks.
        assert [each for each in someone.trouble if not re.search("landmark|region", each)] == []


def test_the_desk(browser: Any, site_url: str, krant: Any) -> None:
    user = User.objects.create_superuser("beheer", "beheer@example.nl", "een-lang-wachtwoord")
    many(12, languages=("nl", "ar", "en"))
    address = reverse("krant_mail", args=[published().pk])
    with visitor(browser, site_url) as someone:
        page = someone.goto(f"/admin/login/?next={address}")
        page.locator("#id_username").fill("beheer")
        page.locator("#id_password").fill("een-lang-wachtwoord")
        page.locator("#id_password").press("Enter")
        expect(page.locator("iframe.desk-mail-preview")).to_be_visible()
        look(someone, "desk-voor", narrow=PHONE)
        page.get_by_role("button", name="Verstuur naar").click()
        expect(page.get_by_role("alert").first).to_be_visible()
        look(someone, "desk-fout", narrow=PHONE)
        page.locator("#id_per_minuut").fill("5")
        page.locator("#id_bekeken").check()
        page.get_by_role("button", name="Verstuur naar").click()
        expect(page.get_by_role("button", name="Pauzeer")).to_be_visible()
        assert Mailing.objects.get().door == user
        mailing.write_mailings()
        page.reload()
        look(someone, "desk-onderweg", narrow=PHONE)
        page.get_by_role("button", name="Pauzeer").click()
        expect(page.get_by_role("button", name="Ga verder")).to_be_visible()
        look(someone, "desk-pauze", narrow=PHONE)
    assert someone.trouble == []

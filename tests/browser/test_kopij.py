"""Sending in kopij in a real browser: with and without script, with a picture, in two directions."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from core.open_forms import MIN_SECONDS
from home.models import Kopij, WijkkrantPage
from tests.browser.visit import NARROW, WIDE, Visitor, visitor
from tests.caches import empty_the_caches
from tests.core.pictures import jpeg
from tests.desk import allow_unknown_variables
from tests.home.krant.kopij import edition, editor, made
from tests.own_database import own_database
from tests.translated import in_language

pytestmark = pytest.mark.browser
PHONE = {"width": 400, "height": 800}


@pytest.fixture(scope="module", autouse=True)
def site_to_lose(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), own_database():
        yield


@pytest.fixture
def forms(site_url: str, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The form in two languages."""
    with django_db_blocker.unblock():
        edition()
        page = WijkkrantPage.objects.get(wijk__slug="velsen-noord", locale__language_code="nl")
        arabic = page.get_translation_or_none(in_language(page, "ar").locale)
        empty_the_caches()
        yield {"nl": f"{page.url}kopij/", "ar": f"{arabic.url}kopij/"}
        Kopij.objects.all().delete()
        CaptchaStore.objects.all().delete()
        empty_the_caches()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "IMG_0001.jpg"
    file.write_bytes(jpeg((2000, 1500)))
    return file


def look(someone: Visitor) -> None:
    """As it stands, narrow and wide."""
    for size in (NARROW, WIDE):
        someone.at(size)
        someone.check_fits()
        someone.check_accessible()


def answer(page: Any, blocker: Any) -> str:
    """What a person reads in the image."""
    with blocker.unblock():
        key = page.locator("input[name=code_sleutel]").get_attribute("value")
        return CaptchaStore.objects.get(hashkey=key).response


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_whole_way(
    browser: Any,
    forms: dict[str, str],
    site_url: str,
    photo: Path,
    django_db_blocker: Any,
    language: str,
    script: bool,
) -> None:
    with visitor(browser, site_url, java_script_enabled=script) as someone:
        page = someone.goto(forms[language])
        check = look if script else Visitor.check_no_cookies
        check(someone)
        page.locator("[name=titel]").fill("De zonnebloemen 🌻")
        page.locator("[name=tekst]").fill("Wij zaaiden zonnebloemen.\n\nWie zaait er mee?")
        if script:
            expect(page.locator("[data-wijk-teller]")).to_contain_text(re.compile(r"5.?9\d\d|٥.?٩"))
        page.locator("[name=foto1]").set_input_files(photo)
        page.wait_for_timeout(1000 * MIN_SECONDS)
        # Enter in a field sends the form; the name and the words about the picture are missing.
        page.locator("[name=titel]").press("Enter")
        page.wait_for_selector(".wijk-foutlijst")
        check(someone)
        expect(page.locator(".wijk-fotoslot__foto img")).to_be_visible()
        assert page.locator("[name=titel]").input_value() == "De zonnebloemen 🌻"
        page.locator("[name=foto1_beschrijving]").fill("Zonnebloemen langs een muur")
        page.locator("[name=foto1_toestemming]").first.check()
        page.locator("[name=naam]").fill("Aafke Lindeveld")
        page.locator("[name=code]").fill(answer(page, django_db_blocker))
        page.locator("[name=code]").press("Enter")
        page.wait_for_url("**/ontvangen/**")
        check(someone)
        expect(page.locator(".wijk-bon__nummer")).to_be_visible()
        with django_db_blocker.unblock():
            assert Kopij.objects.latest("pk").fotos.count() == 1
        someone.check_no_cookies()
        assert someone.trouble == []


def test_the_pages_beside_it(
    browser: Any, forms: dict[str, str], site_url: str, django_db_blocker: Any
) -> None:
    from home.krant.kopij.actions import secret_of

    with django_db_blocker.unblock():
        secret = secret_of(made(photos=1, taal="ar").bonnummer)
    with visitor(browser, site_url) as someone:
        for form in forms.values():
            for rest in ("gegevens/", "teruggenomen/", f"terugnemen/{secret}/", f"ontvangen/{secret}/"):
                someone.look_at(f"{form}{rest}")
        assert someone.trouble == []


def test_the_desk(
    browser: Any,
    forms: dict[str, str],
    site_url: str,
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Wagtail's own templates ask for variables that are not there.
    allow_unknown_variables(monkeypatch)
    with django_db_blocker.unblock():
        kopij = made(photos=2, telefoon="06 12345678")
        made(taal="ar", teksttaal="ar", titel="مرحبا")
        client = Client()
        client.force_login(editor())
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site_url}]
        )
        for address in (
            f"{reverse('krant_kopij')}?staat=alle",
            f"{reverse('krant_kopij')}?staat=later",
            reverse("krant_kopij_item", args=[kopij.pk]),
            reverse("krant_kopij_later", args=[kopij.pk]),
            reverse("krant_kopij_enter", args=["velsen-noord"]),
            reverse("krant_kopij_processing"),
        ):
            someone.goto(address)
            for size in (WIDE, PHONE):
                someone.at(size)
                before = len(someone.trouble)
                someone.check_accessible()
                # The frame of the desk is Wagtail's.
                someone.trouble[before:] = [
                    found
                    for found in someone.trouble[before:]
                    if "w-breadcrumbs" not in found and "sidebar" not in found
                ]
                someone.check_fits()
        assert someone.trouble == []

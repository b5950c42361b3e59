"""Languages as a reader meets them: the menu with all of them, and the lines about a translation."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from wagtail.models import Locale, Page

from core.models import Vertaalstand
from home.models import HomePage
from tests.browser.visit import NARROW, WIDE, visitor

pytestmark = pytest.mark.browser
MADE = ("ar", "pl", "tr", "uk")


@pytest.fixture(scope="module")
def languages(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Front doors in more languages, and an English page by a computer; gone again afterwards."""
    with django_db_blocker.unblock():
        home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
        for code in MADE:
            locale, _made = Locale.objects.get_or_create(language_code=code)
            home.copy_for_translation(locale).save_revision().publish()
        english = Page.objects.get(slug="privacy", locale__language_code="en")
        stand = Vertaalstand.objects.get(translation_key=english.translation_key, locale=english.locale)
        stand.is_machine = True
        stand.save()
    yield
    with django_db_blocker.unblock():
        stand.is_machine = False
        stand.save()
        for door in HomePage.objects.filter(locale__language_code__in=MADE):
            door.delete()
        Locale.objects.filter(language_code__in=MADE).delete()


@pytest.mark.parametrize("path", ["/nl/", "/ar/", "/ar/wijken/velsen-noord/", "/ar/privacy/", "/en/privacy/"])
def test_the_line_about_a_translation(path: str, browser, site_url: str, languages) -> None:
    with visitor(browser, site_url) as someone:
        someone.look_at(path)
    assert someone.trouble == []


@pytest.mark.parametrize("path", ["/nl/privacy/", "/ar/privacy/"])
def test_the_menu_of_languages(path: str, browser, site_url: str, languages) -> None:
    """A row on a wide screen; on a narrow one behind a button that works without script."""
    with visitor(browser, site_url) as someone:
        page = someone.goto(path)
        polish = page.locator(".wijk-talen__link[hreflang=pl]")
        someone.at(WIDE)
        assert polish.is_visible()
        assert not page.locator(".wijk-talen__knop").is_visible()
        someone.at(NARROW)
        assert not polish.is_visible()
        page.locator(".wijk-talen__knop").click()
        assert polish.is_visible()
        someone.check_accessible()
        someone.check_fits()
        polish.click()
        page.wait_for_url("**/pl/privacy/")
    assert someone.trouble == []


def test_the_menu_works_without_script(browser, site_url: str, languages) -> None:
    with visitor(browser, site_url, java_script_enabled=False, viewport=NARROW) as someone:
        page = someone.goto("/nl/privacy/")
        page.locator(".wijk-talen__knop").press("Enter")
        page.locator(".wijk-talen__link[hreflang=ar]").click()
        page.wait_for_url("**/ar/privacy/")

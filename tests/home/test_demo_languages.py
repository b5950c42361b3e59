"""The demo in more languages: its main pages, each marked as made by a machine."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from wagtail.models import Locale, Page

from home.demo.content import TRANSLATIONS
from home.demo.translating import catalogue
from tests.caches import empty_the_caches
from tests.html import Document

pytestmark = pytest.mark.django_db
SOME = ["nl-x-b1", "pl", "tr", "ar", "uk", "bg", "ro"]
MAIN = [
    "",
    "contact/",
    "wijken/velsen-noord/",
    "wijken/velsen-noord/monitor/",
    "wijken/velsen-noord/actieplan/",
]


def test_a_language_that_nobody_read_says_so(client: Client) -> None:
    call_command("demo_talen", "ar", verbosity=0)
    # Nothing is committed here, so what was remembered goes by hand.
    empty_the_caches()
    for path in MAIN:
        response = client.get(f"/ar/{path}")
        assert response.status_code == 200
        html = response.content.decode()
        root = Document(html).first("html")
        assert (root.attrs["lang"], root.attrs["dir"]) == ("ar", "rtl")
        assert "تمت ترجمة هذا النص بواسطة حاسوب، ولم يراجعه إنسان بعد." in html, path


def test_again_adds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_talen", "pl")
    before = Page.objects.count()
    call_command("demo_talen", "pl")
    assert Page.objects.count() == before
    assert capsys.readouterr().out.splitlines()[-1] == "pl: 0 pagina's en gegevens erbij."


def test_a_language_that_the_site_does_not_know() -> None:
    with pytest.raises(CommandError, match="tlh"):
        call_command("demo_talen", "tlh")
    assert not Locale.objects.filter(language_code="tlh").exists()


@pytest.mark.parametrize("language", SOME)
def test_every_catalogue_is_whole_and_keeps_its_numbers_and_phone(language: str) -> None:
    assert (TRANSLATIONS / f"{language}.po").exists()
    for source, text in catalogue(language).items():
        assert source.count("<b>") == text.count("<b>"), source
        assert source.count("14 0255") == text.count("14 0255"), source

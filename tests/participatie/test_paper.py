"""The sign-up form on paper: one side of A4, in every language, with the questions of the web."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from wagtail.models import Locale

from home.models import HomePage
from participatie.models import Loting, LotingPage
from participatie.signup.questions import questions_of
from tests.caches import empty_the_caches
from tests.pdfs import Pdf, needs_pango

pytestmark = [pytest.mark.django_db, needs_pango()]


def open_front_door(language_code: str) -> None:
    """A language in which nothing is translated but the first page."""
    locale, _is_new = Locale.objects.get_or_create(language_code=language_code)
    home = HomePage.objects.get(locale__language_code="nl")
    if not home.has_translation(locale):
        home.copy_for_translation(locale).save_revision().publish()
        empty_the_caches()


def paper(client: Client, loting: Loting, language_code: str) -> Pdf:
    open_front_door(language_code)
    page = LotingPage.objects.get(loting=loting, locale__language_code="nl")
    response = client.get((page.url or "").replace("/nl/", f"/{language_code}/", 1) + "papier.pdf")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies
    return Pdf(response.content)


@pytest.mark.parametrize("language_code", [code for code, _name in settings.LANGUAGES])
def test_it_is_one_side_that_everyone_can_read(client: Client, loting: Loting, language_code: str) -> None:
    made = paper(client, loting, language_code)
    with translation.override(language_code):
        questions = questions_of(loting, language_code=language_code)
    assert len(made) == 1
    assert str(made.file.Root.Lang) == language_code
    assert 'pdfuaid:part="1"' in made.metadata()
    assert made.unmarked() == []
    tags = made.tags()
    assert (tags.count("H1"), tags.count("H2")) == (1, len(questions))
    choices = sum(len(each.options) for each in questions) + 2 + len(settings.LANGUAGES)
    assert tags.count("LI") == choices


def test_its_questions_are_those_of_the_web_in_order(client: Client, loting: Loting) -> None:
    made = paper(client, loting, "nl")
    questions = questions_of(loting, language_code="nl")
    text = made.text()
    places = [text.index(f"{each.number}. {each.title}") for each in questions]
    assert places == sorted(places)
    for words in ("14 0255", f"{settings.SITE_URL}/nl/wijken/velsen-noord/loting/aanmelden/"):
        assert words in text
    assert [bool(str(each.Alt)) for each in made.elements() if each.S == "/Figure"] == [True]

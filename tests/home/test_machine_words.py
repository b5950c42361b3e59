"""Words from registers that a computer translated and nobody checked: the page that shows them says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page

from core.models import TranslatableSnippet, Vertaalstand, attach_words
from core.reading import is_by_machine
from participatie.models import Antwoordoptie, Kenmerk, Loting
from tests.caches import empty_the_caches
from tests.html import Document
from tests.participatie.signing import begin
from tests.translated import front_door, in_language
from wijken.models import Contactpersoon, Organisatie, Thema

pytestmark = pytest.mark.django_db
WIJK = "/en/wijken/velsen-noord/"


def line(language_code: str = "en") -> str:
    with override(language_code):
        return gettext(
            "Sommige woorden op deze pagina zijn vertaald door een computer. "
            "Een mens heeft ze nog niet nagekeken."
        )


def stand(instance: Any, language_code: str = "en", **fields: object) -> None:
    locale = Locale.objects.get(language_code=language_code)
    found = Vertaalstand.objects.filter(translation_key=instance.translation_key, locale=locale)
    assert found.update(**fields)
    empty_the_caches()


def lines(client: Client, path: str) -> str:
    """What stands under a page about its translation."""
    document = Document(client.get(path).content.decode())
    found = [each for each in document.all("p") if each.attrs.get("class") == "wijk-bijgewerkt"]
    return " ".join(" ".join(each.all_text.split()) for each in found)


@pytest.fixture
def organisatie() -> Organisatie:
    """One that is named on the page of a wijk, in English words."""
    contact = Contactpersoon.objects.source().filter(wijken__slug="velsen-noord").first()
    assert contact
    found: Organisatie = contact.organisatie
    return found


def test_words_of_a_computer_are_told_until_a_person_checked_them(
    client: Client, organisatie: Organisatie
) -> None:
    assert line() not in lines(client, WIJK)
    stand(organisatie, is_machine=True)
    for _again in range(2):
        # The second time from pieces that are kept.
        assert lines(client, WIJK).count(line()) == 1
    assert line() not in lines(client, "/en/privacy/")
    assert "computer" not in lines(client, "/nl/wijken/velsen-noord/")
    stand(organisatie, checked_at=datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert line() not in lines(client, WIJK)


def test_a_page_that_is_a_computers_own_says_it_once(client: Client, organisatie: Organisatie) -> None:
    page = Page.objects.get(slug="velsen-noord", locale__language_code="en", depth=4)
    stand(organisatie, is_machine=True)
    stand(page, is_machine=True)
    html = client.get(WIJK).content.decode()
    assert "translated by a computer" in html
    assert line() not in html


def test_beside_a_page_that_a_person_checked(client: Client, organisatie: Organisatie) -> None:
    page = Page.objects.get(slug="velsen-noord", locale__language_code="en", depth=4)
    stand(page, checked_at=datetime(2026, 11, 3, 12, tzinfo=UTC))
    stand(organisatie, is_machine=True)
    said = lines(client, WIJK)
    assert "3 November 2026" in said
    assert line() in said


def test_where_there_is_no_page(client: Client) -> None:
    contact = Contactpersoon.objects.source().exclude(functie="").first()
    assert contact
    attach_words("en", [contact])
    path = f"/en/zoeken/?q={contact.words.functie}"
    assert contact.words.functie in client.get(path).content.decode()
    assert line() not in lines(client, path)
    stand(contact, is_machine=True)
    assert line() in lines(client, path)


def test_at_a_question_of_a_form_and_at_its_answers(client: Client) -> None:
    loting = Loting.objects.get(slug="velsen-noord")
    kenmerk = Kenmerk.objects.source().filter(loting=loting).first()
    assert kenmerk
    option = Antwoordoptie.objects.source().filter(kenmerk=kenmerk).first()
    with time_machine.travel(loting.opent_op + timedelta(days=1)):
        form = begin(client, page="/en/wijken/velsen-noord/loting/")
        path = f"{form}kenmerk-{kenmerk.code}/"
        assert line() not in lines(client, path)
        for machine, own in ((kenmerk, option), (option, kenmerk)):
            stand(machine, is_machine=True)
            stand(own, is_machine=False)
            assert line() in lines(client, path)


def test_simple_dutch_is_not_called_a_translation(client: Client, page_at: Any) -> None:
    front_door("nl-x-b1")
    in_language(page_at("/nl/wijken/velsen-noord/"), "nl-x-b1", suffix=" eenvoudig")
    contact = Contactpersoon.objects.source().filter(wijken__slug="velsen-noord").first()
    assert contact
    locale = Locale.objects.get(language_code="nl-x-b1")
    simple = contact.copy_for_translation(locale)
    simple.functie = "Helpt u"
    simple.save()
    stand(simple, "nl-x-b1", is_machine=True)
    said = lines(client, "/nl-x-b1/wijken/velsen-noord/")
    assert "Sommige woorden op deze pagina zijn door een computer eenvoudiger gemaakt." in said
    assert "vertaald" not in said


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_both_ways_to_fetch_words_know_it(language: str, django_assert_num_queries: Any) -> None:
    source: list[TranslatableSnippet] = list(Thema.objects.source().order_by("pk"))
    stand(source[0], is_machine=True)
    with django_assert_num_queries(1):
        together = Thema.objects.order_by("pk").worded(language)
    with django_assert_num_queries(0 if language == "nl" else 1):
        attach_words(language, source)
    known = [is_by_machine(row.words_language) for row in together]
    assert known == [is_by_machine(row.words_language) for row in source]
    assert known == [language == "en", *[False] * (len(source) - 1)]

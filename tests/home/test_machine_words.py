"""Words that a computer translated and nobody checked, of registers and of other pages.

They are marked where they stand, and the page that shows them says so.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page

from core.cache import one_version
from core.models import TranslatableSnippet, Vertaalstand, attach_words
from core.page_index import language_of
from core.reading import MACHINE_ATTRIBUTE, is_by_machine
from participatie.models import Antwoordoptie, Kenmerk, Loting
from tests.caches import empty_the_caches
from tests.html import Document
from tests.participatie.signing import begin
from tests.translated import front_door, in_language
from wijken.models import ActiePage, Contactpersoon, FocusopgavePage, Organisatie, Thema

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


def machine_page(path: str) -> Any:
    """A page whose words become a computer's."""
    language_code, *_rest, slug = path.strip("/").split("/")
    page = Page.objects.get(slug=slug, locale__language_code=language_code, url_path__endswith=path[3:])
    stand(page, language_code, is_machine=True)
    return page


def marked(client: Client, path: str) -> list[str]:
    """The words on a page that have the mark, in order."""
    document = Document(client.get(path).content.decode())
    found = [each for name in ("a", "li", "span", "option") for each in document.all(name)]
    return [" ".join(each.all_text.split()) for each in found if MACHINE_ATTRIBUTE in each.attrs]


@pytest.mark.parametrize(
    ("translated", "shown_on"),
    [
        pytest.param("/en/wijken/velsen-noord/", "/en/wijken/velsen-noord/loting/", id="breadcrumb"),
        pytest.param("/en/nieuws/", "/en/privacy/", id="menu"),
        pytest.param("/en/privacy/", "/en/nieuws/", id="footer"),
        pytest.param("/en/privacy/", "/en/zoeken/?q=privacy", id="search"),
        pytest.param("/en/wijken/velsen-noord/wijkplatform/", "/en/wijken/velsen-noord/", id="link"),
        pytest.param("/en/wijken/velsen-noord/", "/en/?postcode=1951", id="card"),
    ],
)
def test_titles_of_other_pages(client: Client, translated: str, shown_on: str) -> None:
    assert line() not in lines(client, shown_on)
    assert marked(client, shown_on) == []
    page = machine_page(translated)
    for _again in range(2):
        assert lines(client, shown_on).count(line()) == 1
        assert any(page.title in words for words in marked(client, shown_on))
    assert "computer" not in lines(client, shown_on.replace("/en/", "/nl/"))
    stand(page, checked_at=datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert line() not in lines(client, shown_on)


def test_the_own_title_of_a_page_is_told_once(client: Client) -> None:
    page = machine_page("/en/wijken/velsen-noord/loting/")
    html = client.get(page.url).content.decode()
    assert "translated by a computer" in html
    assert line() not in html


def test_a_server_can_send_the_language_of_the_page(client: Client) -> None:
    """Servers take no other kind of text in a header than plain text."""
    page = machine_page("/en/nieuws/")
    sent = client.get(page.url).headers["Content-Language"]
    assert (sent, type(sent)) == ("en", str)


def test_titles_of_actions_on_the_monitor(client: Client) -> None:
    named = FocusopgavePage.objects.live().filter(locale__language_code="en").first()
    action = ActiePage.objects.live().filter(locale__language_code="en").first()
    assert named
    assert action
    for page, path in ((named, ""), (action, "tijdlijn/"), (action, "geld/")):
        stand(page, is_machine=True)
        address = f"/en/wijken/velsen-noord/monitor/{path}"
        assert any(page.title in words for words in marked(client, address)), path
        assert line() in lines(client, address)
        stand(page, is_machine=False)
        assert line() not in lines(client, address)


def test_the_index_knows_it_without_a_query(django_assert_num_queries: Any) -> None:
    page = machine_page("/en/nieuws/")
    other: Any = Page.objects.get(slug="privacy", locale__language_code="en")
    assert is_by_machine(language_of(page))
    with one_version(), django_assert_num_queries(0):
        assert is_by_machine(language_of(page))
        assert not is_by_machine(language_of(other))

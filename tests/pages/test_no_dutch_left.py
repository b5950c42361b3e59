"""A pseudo-language in which every translated text stands in brackets: what stands outside is not translated.

Words that are marked with another language are honest about it, and facts are the same in every language.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import trans_real

from config.languages import READY
from core.models import BasePage, SiteInstellingen
from home.models import ContactPage, HomePage, NieuwsIndexPage
from tests.caches import empty_the_caches
from tests.examples import PAGE_TYPES, example
from tests.own_database import own_database
from tests.pseudo import bracketed, write_all
from wijken.models import (
    AanplakplaatsenPage,
    ActiePage,
    ActieplanPage,
    MonitorPage,
    Organisatie,
    Plek,
    Stuurgroep,
    TerugblikPage,
    Wijk,
    Wijkteam,
)

pytestmark = pytest.mark.django_db
LANGUAGE = "pl"
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
SHOWN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder"}
ADDRESS = re.compile(r"https?://\S+")
# Also code to copy, and names of columns: those are the same in every language.
NO_TEXT = {"code", "script", "style", "textarea"}
WORD = re.compile(r"[^\W\d_]{4,}")


class Bracketed(trans_real.DjangoTranslation):
    """A catalogue that has every text."""

    def gettext(self, message: str) -> str:
        context, mark, text = message.rpartition(trans_real.CONTEXT_SEPARATOR)
        return f"⟦{text}⟧" if text else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    catalogues: Any = getattr(trans_real, "_translations")  # noqa: B009
    monkeypatch.setitem(catalogues, LANGUAGE, Bracketed(LANGUAGE))
    empty_the_caches()
    yield
    empty_the_caches()


class Reader(HTMLParser):
    """What somebody gets to read or hear of a page in the pseudo-language."""

    VOID = {"area", "br", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(html)

    @property
    def language(self) -> str:
        return self.stack[-1][1] if self.stack else LANGUAGE

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        language = found.get("lang") or found.get("xml:lang") or self.language
        if language == LANGUAGE:
            self.texts += [found[name] for name in SHOWN_ATTRIBUTES & set(found)]
        if tag not in self.VOID:
            self.stack.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in {opened for opened, _language in self.stack}:
            return
        while self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.language == LANGUAGE and not NO_TEXT & {tag for tag, _language in self.stack}:
            self.texts.append(data)


def outside_brackets(html: str) -> set[str]:
    """The words that no translation put there, in lower case."""
    # A text may hold tags, so brackets are looked for in the text as a whole.
    text = ADDRESS.sub(" ", "\n".join(Reader(html).texts))
    while (shorter := BRACKETED.sub(" ", text)) != text:
        text = shorter
    return {word.lower() for word in WORD.findall(text)}


def facts() -> set[str]:
    """Words that are the same in every language: names, and what the municipality calls itself."""
    site = SiteInstellingen.objects.get()
    names = [site.gemeente_naam, site.telefoon_uren, READY[LANGUAGE], "JSON"]
    for model in (Wijk, Wijkteam, Organisatie, Plek, Stuurgroep):
        names += [row.naam for row in model.objects.all()]
    names += [wijk.kern for wijk in Wijk.objects.all()]
    return {word.lower() for name in names for word in WORD.findall(name)}


@pytest.fixture(scope="module", autouse=True)
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of each type and all words of registers, in the pseudo-language."""
    with django_db_blocker.unblock(), own_database():
        write_all(LANGUAGE, bracketed)
        yield


def address(model: type[BasePage], tail: str = "") -> str:
    return str(example(model, LANGUAGE).url) + tail


def left_in_dutch(html: str) -> set[str]:
    return outside_brackets(html) - facts()


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_text_on_a_translated_page_is_translated(
    model: type[BasePage], client: Client, pseudo: None
) -> None:
    response = client.get(address(model))
    assert response.status_code == 200
    html = response.content.decode()
    assert html.count("⟦") > 20
    assert left_in_dutch(html) == set()


@pytest.mark.parametrize(
    ("model", "tail"),
    [
        (HomePage, "?postcode=1951"),
        (HomePage, "?postcode=1971"),
        (HomePage, "?postcode=9999"),
        (HomePage, "?postcode=abc"),
        (HomePage, "zoeken/"),
        (HomePage, "zoeken/?q=afval"),
        (HomePage, "zoeken/?q=qqqqqq"),
        (HomePage, "er-is-niets/"),
        (ContactPage, "?wijk=velsen-noord&thema=schoon"),
        (NieuwsIndexPage, "?wijk=velsen-noord&thema=schoon&page=999"),
        (NieuwsIndexPage, "feed/"),
        (AanplakplaatsenPage, "print/"),
        (ActiePage, "kaart/"),
        (ActiePage, "feed/"),
        (ActieplanPage, "feed/"),
        (MonitorPage, "?status=te-laat&trekker=velison-wonen"),
        (MonitorPage, "tijdlijn/"),
        (MonitorPage, "geld/"),
        (MonitorPage, "plekken/"),
        (MonitorPage, "cijfers/"),
        (MonitorPage, "data/"),
        (TerugblikPage, "antwoord/"),
        (TerugblikPage, "papier/"),
    ],
)
def test_every_text_of_a_view_is_translated(
    model: type[BasePage], tail: str, client: Client, pseudo: None
) -> None:
    html = client.get(address(model, tail)).content.decode()
    assert "⟦" in html
    assert left_in_dutch(html) == set()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Naar de inhoud</p>", {"naar", "inhoud"}),
        ('<p aria-label="Zoeken">⟦Zoeken⟧</p>', {"zoeken"}),
        ("<p>⟦Bel <b>⟦nu⟧</b> direct⟧</p>", set()),
        ('<p lang="nl">Zoeken <b>meer</b></p><p>⟦ja⟧</p>', set()),
        ('<br><img alt="Kaart" src="x"><script>let zoeken</script>', {"kaart"}),
    ],
)
def test_the_reader_finds_what_is_outside(html: str, found: set[str]) -> None:
    assert outside_brackets(html) == found

"""A pseudo-language in which every translated text stands in brackets: what stands outside is not translated.

Words that are marked with another language are honest about it, and facts are the same in every language.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import polib
import pytest
from django.test import Client
from django.utils.translation import trans_real
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.models import BasePage, SiteInstellingen
from tests.caches import empty_the_caches
from tests.examples import PAGE_TYPES, example
from tests.translated import front_door
from tools.messages import catalogue_path
from wijken.models import Organisatie, Plek, Stuurgroep, Wijk, Wijkteam

pytestmark = pytest.mark.django_db
LANGUAGE = "pl"
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
SHOWN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder"}
ADDRESS = re.compile(r"https?://\S+")
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
        language = found.get("lang", self.language)
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
        if self.language == LANGUAGE and not {"script", "style"} & {tag for tag, _language in self.stack}:
            self.texts.append(data)


def outside_brackets(html: str) -> set[str]:
    """The words that no translation put there, in lower case."""
    # A text may hold tags, so brackets are looked for in the text as a whole.
    text = ADDRESS.sub(" ", "\n".join(Reader(html).texts))
    while (shorter := BRACKETED.sub(" ", text)) != text:
        text = shorter
    return {word.lower() for word in WORD.findall(text)}


@pytest.fixture(scope="module")
def interface_words() -> set[str]:
    """The Dutch words of the interface: every text in the code that is to be translated."""
    texts = (entry.msgid for entry in polib.pofile(str(catalogue_path("en"))))
    return {word.lower() for text in texts for word in WORD.findall(re.sub(r"%\(\w+\)s|<[^>]*>", " ", text))}


def facts() -> set[str]:
    """Words that are the same in every language: names, and what the municipality calls itself."""
    site = SiteInstellingen.objects.get()
    names = [site.gemeente_naam, site.telefoon_uren]
    for model in (Wijk, Wijkteam, Organisatie, Plek, Stuurgroep):
        names += [row.naam for row in model.objects.all()]
    names += [wijk.kern for wijk in Wijk.objects.all()]
    return {word.lower() for name in names for word in WORD.findall(name)}


def in_brackets(page: BasePage) -> BasePage:
    """The page in the pseudo-language, as a translator makes it."""
    locale = Locale.objects.get(language_code=LANGUAGE)
    source, _made = TranslationSource.update_or_create_from_instance(page)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=locale,
            context_id=segment.context_id,
            defaults={"data": f"⟦{segment.string.data}⟧", "translation_type": "machine"},
        )
    translation.save_target(publish=False)
    result: Any = translation.get_target_instance()
    result.get_latest_revision().publish()
    empty_the_caches()
    result.refresh_from_db()
    return result


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_text_around_a_translated_page_is_translated(
    model: type[BasePage], client: Client, pseudo: None, interface_words: set[str]
) -> None:
    front_door(LANGUAGE)
    page = in_brackets(example(model))
    response = client.get(page.url)
    assert response.status_code == 200
    html = response.content.decode()
    assert html.count("⟦") > 20
    assert outside_brackets(html) & interface_words - facts() == set()


@pytest.mark.parametrize("path", ["zoeken/", "zoeken/?q=afval", "zoeken/?q=qqqqqq", "er-is-niets/"])
def test_every_text_beside_the_pages_is_translated(
    path: str, client: Client, pseudo: None, interface_words: set[str]
) -> None:
    front_door(LANGUAGE)
    html = client.get(f"/{LANGUAGE}/{path}").content.decode()
    assert outside_brackets(html) & interface_words - facts() - {"afval"} == set()


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

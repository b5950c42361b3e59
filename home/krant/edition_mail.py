"""The mail of an edition: its articles by rubriek with their first sentences, in the language of the reader.

Written once for each language; only the link to stop differs from one subscriber to the next. No pictures and
no addresses that tell who followed them: nobody is watched while reading.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from core import outbox
from core.page_index import page_index
from core.reading import reading_in, words_language
from core.translation_states.states import standing_of_row, with_standing
from home.krant.subscriber_mails import KrantAddress, krant_address
from home.models import ArtikelPage, Editie, EditiePage

# What stands where the signed part of the link to stop will be. No word and no signature looks like it.
STOP_TOKEN = "AFMELDEN.HIER"  # noqa: S105


class NotOnTheSiteError(Exception):
    """An edition without a page that everybody may see: there is nothing to lead to yet, or not any more."""


@dataclass(frozen=True)
class Teaser:
    """An article in the mail: its first sentences, and the language these are in."""

    title: str
    intro: str
    url: str
    language: str


@dataclass(frozen=True)
class Section:
    """A rubriek of the edition with its articles, in the order of the paper."""

    name: str
    teasers: list[Teaser]


@dataclass(frozen=True)
class EditionMail:
    """The mail of an edition in one language, as good as finished."""

    language: str
    words: outbox.Written
    krant: KrantAddress

    def stop_url(self, token: str) -> str:
        return self.krant.to_stop(token)

    def for_reader(self, token: str) -> outbox.Written:
        """With the link to stop of one subscriber."""
        return outbox.Written(
            self.words.subject,
            self.words.text.replace(STOP_TOKEN, token),
            self.words.html.replace(STOP_TOKEN, token),
        )


def edition_mail(editie: Editie, language: str) -> EditionMail:
    """The mail of an edition in a language. NotOnTheSiteError while its page is not public."""
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    index = page_index()
    rows = EditiePage.objects.filter(editie=editie).order_by("pk")
    page = next((row for row in rows if row.pk in index.by_pk), None)
    if page is None:
        raise NotOnTheSiteError
    with reading_in(language), override(language):
        edition_url = _url(page, language)
        articles = _articles(page, language)
        sections = _sections(articles, language)
    krant = krant_address(editie.wijk, language)
    context = {
        "editie": editie,
        "wijk": editie.wijk,
        "sections": sections,
        "edition_url": edition_url,
        "pdf_url": f"{edition_url}krant.pdf",
        "krant_url": krant.url,
        "stop_url": krant.to_stop(STOP_TOKEN),
        "is_partly_dutch": any(words_language(article) != language for article in articles),
        "is_by_machine": any(standing_of_row(article).is_unchecked_machine for article in articles),
    }
    mail = outbox.written(template="krant_editie", context=context, language=language)
    return EditionMail(language, mail, krant)


def _articles(page: EditiePage, language: str) -> list[ArtikelPage]:
    """What a reader of a language sees of an edition, in the order of the paper, with its standing."""
    index = page_index()
    below = [child.pk for child in index.children(index.translations(page), language)]
    rows = ArtikelPage.objects.filter(pk__in=below).select_related("locale").defer("body")
    found = {row.pk: row for row in with_standing(rows)}
    return [found[pk] for pk in below if pk in found]


def _sections(articles: list[ArtikelPage], language: str) -> list[Section]:
    """A rubriek stands where its first article is in the paper."""
    sections: dict[str, Section] = {}
    for article in articles:
        section = sections.setdefault(article.rubriek, Section(article.get_rubriek_display(), []))
        section.teasers.append(
            Teaser(article.title, article.intro, _url(article, language), words_language(article))
        )
    return list(sections.values())


def _url(page: ArtikelPage | EditiePage, language: str) -> str:
    index = page_index()
    path = index.address_in(page, language) or index.addresses.get(page.pk, "")
    return f"{settings.SITE_URL}{path}"

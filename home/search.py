"""Search in the reader's language: pages and people, with synonyms and a memory for what was not found."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page as ResultPage
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, get_page_models
from wagtail.query import PageQuerySet
from wagtail.search.query import Or, PlainText, SearchQuery

from core.cache import remembered
from core.models import BasePage, ZoektermZonderResultaat, attach_words
from core.page_index import address_of, language_of
from core.pagination import paginate
from home.models.synoniemen import Synoniemen
from wijken.models import Contactpersoon

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_LENGTH = 100
PER_PAGE = 10
MAX_CONTACTS = 4
# Beyond this many different terms a day somebody is playing, not searching.
MAX_LOGGED_PER_DAY = 500
MAX_VARIANTS = 12

# What a visitor calls the pages they can find; all other pages are just pages.
KINDS = {
    "actiepage": _("Actie"),
    "actieplanpage": _("Actieplan"),
    "artikelpage": _("Artikel in de wijkkrant"),
    "editiepage": _("Wijkkrant"),
    "focusopgavepage": _("Focusopgave"),
    "nieuwspage": _("Nieuws"),
    "perspectiefpage": _("Perspectief"),
    "verhaalpage": _("Verhaal"),
    "wijkkrantpage": _("Wijkkrant"),
    "wijkpage": _("Wijk"),
    "wijkplatformpage": _("Wijkplatform"),
    "wijkraadplegingpage": _("Wijkraadpleging"),
    "wijkteampage": _("Wijkteam"),
    "werkplanpage": _("Werkplan"),
}


@dataclass(frozen=True)
class Hit:
    """One page that was found: what it is called, what kind it is and what it is about."""

    pk: int
    title: str
    url: str
    intro: str
    kind: "StrOrPromise"
    # Of title and intro.
    words_language: str


@dataclass(frozen=True)
class Results:
    """What a search found: a page of results, whom to turn to, and the question as it was read."""

    query: str
    pages: ResultPage
    contacten: list[Contactpersoon]
    suggestions: list[Page] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.pages.paginator.count and not self.contacten


def clean_query(raw: str) -> str:
    """The question without control characters and double spaces, at most 100 characters."""
    visible = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in raw[: MAX_LENGTH * 4])
    return " ".join(visible.split())[:MAX_LENGTH].strip()


def plain_words(query: str) -> str:
    """The words of a question. Other signs mean something to the search engines and nothing to people."""
    return " ".join(re.sub(r"[^\w\s'’-]+", " ", query).split()).strip("'’- ")


def with_synonyms(query: str, language_code: str) -> SearchQuery:
    """The question, or one in which a word is replaced by another that means the same."""
    query = plain_words(query)
    variants = {query}
    lowered = f" {query.lower()} "
    for group in Synoniemen.objects.filter(language=language_code):
        for term in group.term_list:
            if f" {term} " in lowered:
                variants |= {lowered.replace(f" {term} ", f" {other} ").strip() for other in group.term_list}
    chosen = sorted({plain_words(variant) for variant in variants} - {query, ""})[: MAX_VARIANTS - 1]
    plain = PlainText(query)
    return Or([plain, *(PlainText(variant) for variant in chosen)]) if chosen else plain


def search(request: HttpRequest, query: str, language_code: str) -> Results:
    """Search live public pages and contacts in one language; `?page=` of the request pages the result."""
    pages: Any = []
    contacten: list[Contactpersoon] = []
    locale = Locale.objects.filter(language_code=language_code).first()
    if locale and plain_words(query):
        question = with_synonyms(query, language_code)
        pages = findable(locale).search(question)
        contacten = list(Contactpersoon.objects.filter(locale_id=locale.pk).search(question)[:MAX_CONTACTS])
    result = paginate(pages, request, per_page=PER_PAGE)
    result.object_list = hits(list(result.object_list))
    found = Results(query, result, _source_rows(contacten, language_code))
    if found.is_empty:
        log_nothing_found(query, language_code)
        return replace(found, suggestions=suggest_any(query, language_code))
    return found


def findable(locale: Locale) -> PageQuerySet[Page]:
    """The pages of one language that a visitor may find. The front door itself is on every page already."""
    # Filters on the page's own columns only: the search engines know no other.
    pages: PageQuerySet[Page] = Page.objects.live().public().filter(locale_id=locale.pk, depth__gt=2)
    return pages


def hits(pages: list[Page]) -> list[Hit]:
    """What to show of each page, in the same order."""
    intros = remembered("intros", _intros)
    return [
        Hit(
            pk=page.pk,
            title=page.title,
            url=address_of(page),
            intro=intros.get(page.pk, ""),
            kind=KINDS.get(page.cached_content_type.model, _("Pagina")),
            words_language=language_of(page),
        )
        for page in pages
    ]


def _intros() -> dict[int, str]:
    """The leads of all pages by primary key: one query, however many kinds of pages there are."""
    # Without an order of their own: a database cannot combine ordered halves.
    first, *others = (
        model._default_manager.order_by().values_list("pk", "intro")
        for model in get_page_models()
        if issubclass(model, BasePage)
    )
    return dict(first.union(*others, all=True))


def _source_rows(found: list[Contactpersoon], language_code: str) -> list[Contactpersoon]:
    if not found:
        return []
    by_key = remembered(f"contacten-by-key:{language_code}", lambda: _contacten(language_code))
    return [by_key[row.translation_key] for row in found if row.translation_key in by_key]


def _contacten(language_code: str) -> dict[UUID, Contactpersoon]:
    """The register with its words in a language."""
    rows = list(Contactpersoon.objects.source().select_related("organisatie"))
    attach_words(language_code, rows, [row.organisatie for row in rows])
    return {row.translation_key: row for row in rows}


def suggest(query: str, language_code: str, *, limit: int = 6) -> list[Page]:
    """Pages whose title starts to match what somebody is typing."""
    query = plain_words(query)
    if len(query) < 2:
        return []
    locale = Locale.objects.filter(language_code=language_code).first()
    return list(findable(locale).autocomplete(query, fields=["title"])[:limit]) if locale else []


def suggest_any(query: str, language_code: str) -> list[Page]:
    """Pages whose title has a word that starts like the longest word of the question."""
    longest = max(plain_words(query).split(), key=len, default="")
    # Half a word still finds its compounds and other endings, which Dutch has many of.
    return suggest(longest[: max(4, len(longest) // 2)], language_code, limit=4)


def log_nothing_found(query: str, language_code: str) -> None:
    """Count a search that found nothing. Anything that looks like somebody's data is not kept."""
    term = query.lower()[:80]
    # An e-mail address, a long number, or a postcode with its letters: one street, or one house.
    if "@" in term or re.search(r"(\d\W*){5}|[1-9]\d{3}\s*[a-z]{2}\b", term):
        return
    today = timezone.localdate()
    terms = ZoektermZonderResultaat.objects.filter(on=today)
    if terms.filter(term=term, language=language_code).update(count=F("count") + 1):
        return
    if terms.count() < MAX_LOGGED_PER_DAY:
        ZoektermZonderResultaat.objects.get_or_create(term=term, language=language_code, on=today)

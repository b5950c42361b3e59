"""Search in the reader's language: pages and people, with synonyms and a memory for what was not found."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.paginator import Page as ResultPage
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.query import Or, PlainText, SearchQuery

from core.models import ZoektermZonderResultaat, attach_words
from core.pagination import paginate
from core.querysets import readable_in
from home.models.synoniemen import Synoniemen
from wijken.models import Contactpersoon

MAX_LENGTH = 100
PER_PAGE = 10
MAX_CONTACTS = 4
# Beyond this many different terms a day somebody is playing, not searching.
MAX_LOGGED_PER_DAY = 500
MAX_VARIANTS = 12


@dataclass(frozen=True)
class Results:
    """What a search found: a page of results, whom to turn to, and the question as it was read."""

    query: str
    pages: ResultPage
    contacten: list[Contactpersoon]

    @property
    def is_empty(self) -> bool:
        return not self.pages.paginator.count and not self.contacten


def clean_query(raw: str) -> str:
    """The question without control characters and double spaces, at most 100 characters."""
    visible = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in raw[: MAX_LENGTH * 4])
    return " ".join(visible.split())[:MAX_LENGTH].strip()


def with_synonyms(query: str, language_code: str) -> SearchQuery:
    """The question, or one in which a word is replaced by another that means the same."""
    variants = {query}
    lowered = f" {query.lower()} "
    for group in Synoniemen.objects.filter(language=language_code):
        for term in group.term_list:
            if f" {term} " in lowered:
                variants |= {lowered.replace(f" {term} ", f" {other} ").strip() for other in group.term_list}
    chosen = sorted(variants - {query})[: MAX_VARIANTS - 1]
    plain = PlainText(query)
    return Or([plain, *(PlainText(variant) for variant in chosen)]) if chosen else plain


def search(request: HttpRequest, query: str, language_code: str) -> Results:
    """Search live public pages and contacts in one language; `?page=` of the request pages the result."""
    question = with_synonyms(query, language_code)
    pages = (
        Page.objects.live().public().filter(locale__language_code=language_code, depth__gt=2).search(question)
    )
    result = paginate(pages, request, per_page=PER_PAGE)
    result.object_list = specific(list(result.object_list))
    contacten = list(
        Contactpersoon.objects.filter(locale__language_code=language_code).search(question)[:MAX_CONTACTS]
    )
    found = Results(query, result, _source_rows(contacten, language_code))
    if found.is_empty:
        log_nothing_found(query, language_code)
    return found


def specific(pages: list[Page]) -> list[Page]:
    """Pages as their own type, in the same order, without their bodies."""
    by_pk = {
        page.pk: page
        for page in Page.objects.filter(pk__in=[page.pk for page in pages])
        .select_related("locale")
        .specific()
    }
    return [by_pk[page.pk] for page in pages if page.pk in by_pk]


def _source_rows(found: list[Contactpersoon], language_code: str) -> list[Contactpersoon]:
    by_key = {
        row.translation_key: row
        for row in Contactpersoon.objects.source()
        .filter(translation_key__in=[row.translation_key for row in found])
        .select_related("organisatie")
    }
    rows = [by_key[row.translation_key] for row in found if row.translation_key in by_key]
    attach_words(language_code, rows, [row.organisatie for row in rows])
    return rows


def suggest(query: str, language_code: str, *, limit: int = 6) -> list[Page]:
    """Pages whose title starts to match what somebody is typing."""
    if len(query) < 2:
        return []
    pages = readable_in(Page.objects, language_code).filter(depth__gt=2)
    return list(pages.autocomplete(query, fields=["title"])[:limit])


def log_nothing_found(query: str, language_code: str) -> None:
    """Count a search that found nothing. Anything that looks like somebody's data is not kept."""
    term = query.lower()[:80]
    if "@" in term or re.search(r"(\d\W*){5}", term):
        return
    today = timezone.localdate()
    terms = ZoektermZonderResultaat.objects.filter(on=today)
    if terms.filter(term=term, language=language_code).update(count=F("count") + 1):
        return
    if terms.count() < MAX_LOGGED_PER_DAY:
        ZoektermZonderResultaat.objects.get_or_create(term=term, language=language_code, on=today)

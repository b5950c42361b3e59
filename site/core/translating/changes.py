"""Which pages changed in Dutch since they were translated."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.segments.extract import extract_segments

from core.translating.page_text import texts_of


def changed_pages(
    languages: Collection[str], *, since: datetime, until: datetime
) -> dict[str, list[tuple[Page, Page]]]:
    """{language: pairs of a Dutch page and its translation} of what was published in Dutch in that time.

    Only pages with a text that their translation does not have; what was never translated is other work.
    Pages that were not published in that time cost no queries.
    """
    published = (
        Page.objects.live()
        .filter(locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True)
        .filter(last_published_at__gt=since, last_published_at__lte=until)
        .order_by("path")
    )
    dutch: dict[UUID, Page] = {page.translation_key: page for page in published.specific()}
    followed = set(
        Translation.objects.filter(
            enabled=True, source__object_id__in=dutch, target_locale__language_code__in=languages
        ).values_list("source__object_id", "target_locale__language_code")
    )
    known = _translated_texts(dutch, languages)
    pages = {
        (page.translation_key, page.locale.language_code): page
        for page in Page.objects.filter(
            translation_key__in=dutch, locale__language_code__in=languages, alias_of__isnull=True
        ).select_related("locale")
    }
    found: dict[str, list[tuple[Page, Page]]] = defaultdict(list)
    for key, page in dutch.items():
        texts = {text for group in texts_of(extract_segments(page)).values() for text in group}
        for language in languages:
            place = (key, language)
            if place in followed and place in pages and known[place] and texts - known[place]:
                found[language].append((page, pages[place]))
    return dict(found)


def _translated_texts(keys: Collection[UUID], languages: Collection[str]) -> dict[tuple[UUID, str], set[str]]:
    """{(page, language): the Dutch texts that have a good translation}"""
    rows = StringTranslation.objects.filter(
        context__object_id__in=keys, locale__language_code__in=languages, has_error=False
    ).values_list("context__object_id", "locale__language_code", "translation_of__data")
    known: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    for key, language, text in rows:
        known[(key, language)].add(text)
    return known

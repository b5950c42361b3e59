"""Translates the demo the way a translator does: string by string, from a gettext catalogue."""

from collections.abc import Iterable, Iterator

import polib
from django.db.models import Model
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.models import TranslatableSnippet
from home.demo.content import TRANSLATIONS, ContentError


def catalogue(language_code: str) -> dict[str, str]:
    """{source text: translation}. ContentError when the file is missing or a text is empty or fuzzy."""
    file = TRANSLATIONS / f"{language_code}.po"
    if not file.exists():
        raise ContentError(f"De vertaling {file.name} ontbreekt.")
    entries = polib.pofile(str(file))
    if unfinished := [entry.msgid for entry in entries if not entry.translated() and not entry.obsolete]:
        raise ContentError(f"{file.name}: {len(unfinished)} teksten zijn niet af, zoals {unfinished[0]!r}.")
    return {entry.msgid: entry.msgstr for entry in entries if not entry.obsolete}


def source_strings(instances: Iterable[Model]) -> Iterator[str]:
    """Every text of these pages and snippets that a translator has to translate."""
    for instance in instances:
        source, _created = TranslationSource.update_or_create_from_instance(instance)
        for segment in _segments(source):
            yield segment.string.data


def translate(instance: Page | TranslatableSnippet, locale: Locale, texts: dict[str, str]) -> None:
    """Make the translation of one page or snippet and publish it. ContentError when a text is missing."""
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    translated = []
    for segment in _segments(source):
        text = texts.get(segment.string.data)
        if text is None:
            raise ContentError(f"{locale.language_code}: geen vertaling voor {segment.string.data!r}.")
        translated.append(
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
        )
    StringTranslation.objects.bulk_create(translated, ignore_conflicts=True)
    if isinstance(instance, Page):
        # wagtail-localize publishes when the transaction ends, with what it then remembers of the tree: pages
        # made in between would be lost from sight. Published here, one by one, every page knows its children.
        translation.save_target(publish=False)
        translation.get_target_instance().get_latest_revision().publish()
    else:
        translation.save_target(publish=True)


def _segments(source: TranslationSource) -> Iterable[StringSegment]:
    return StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")

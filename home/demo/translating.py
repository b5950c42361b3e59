"""Translates the demo the way a translator does: string by string, from a gettext catalogue."""

from collections.abc import Iterable, Iterator

import polib
from django.db.models import Model
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.models import TranslatableSnippet
from home.demo.content import TRANSLATIONS, ContentError

# The name of the tool, as translators see it.
MACHINE = "computer"


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


def can_translate(instance: Page | TranslatableSnippet, locale: Locale, texts: dict[str, str]) -> bool:
    """Is every text of it in the catalogue, and can its translation stand below that of its parent?"""
    parent = instance.get_parent() if isinstance(instance, Page) and instance.depth > 2 else None
    return (parent is None or parent.has_translation(locale)) and all(
        text in texts for text in source_strings([instance])
    )


def translate(
    instance: Page | TranslatableSnippet, locale: Locale, texts: dict[str, str], *, by_machine: bool = False
) -> None:
    """Make the translation of one page or snippet and publish it. ContentError when a text is missing.

    What no person has read beside the Dutch is marked as made by a machine.
    """
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
                translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
                if by_machine
                else StringTranslation.TRANSLATION_TYPE_MANUAL,
                tool_name=MACHINE if by_machine else "",
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

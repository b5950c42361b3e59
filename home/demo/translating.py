"""Translates the demo the way a translator does: string by string, from a gettext catalogue."""

from collections.abc import Iterable, Iterator

import polib
from django.db.models import Model
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.models import TranslatableSnippet
from core.translation_states.texts import texts_of
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
        yield from texts_of(instance)


def translate(
    instance: Page | TranslatableSnippet,
    locale: Locale,
    texts: dict[str, str],
    *,
    by_machine: bool = False,
    publish: bool = True,
) -> None:
    """Make the translation of one page or snippet and publish it. ContentError when a text is missing.

    What no person has read beside the Dutch is marked as made by a machine. A snippet has no draft.
    """
    source = _source(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    translated = {}
    for segment in _segments(source):
        text = texts.get(segment.string.data)
        if text is None:
            raise ContentError(f"{locale.language_code}: geen vertaling voor {segment.string.data!r}.")
        translated[segment.string_id, segment.context_id] = StringTranslation(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
            if by_machine
            else StringTranslation.TRANSLATION_TYPE_MANUAL,
            tool_name=MACHINE if by_machine else "",
        )
    # What stands there already is the translation of an earlier text, offered to whoever translates this one.
    StringTranslation.objects.bulk_create(
        translated.values(),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "tool_name", "has_error", "field_error"],
    )
    if isinstance(instance, Page):
        # wagtail-localize publishes when the transaction ends, with what it then remembers of the tree: pages
        # made in between would be lost from sight. Published here, one by one, every page knows its children.
        translation.save_target(publish=False)
        if publish:
            translation.get_target_instance().get_latest_revision().publish()
    else:
        translation.save_target(publish=True)


def _source(instance: Page | TranslatableSnippet) -> TranslationSource:
    """The texts of it for translators; reading them again for every language would be most of the work."""
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is None or [segment.string.data for segment in _segments(source)] != texts_of(instance):
        source, _created = TranslationSource.update_or_create_from_instance(instance)
    return source


def _segments(source: TranslationSource) -> Iterable[StringSegment]:
    return StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")

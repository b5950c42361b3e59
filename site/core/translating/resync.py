"""A re-sync with the Dutch text that keeps every translation it can.

wagtail-localize finds a translation by the exact Dutch text in the exact place. A block that was copied or
made anew, or one comma, and the translation is out of sight. Here it is put back: the same text wherever it
went, and a nearly equal text as a suggestion that waits for a translator.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from core.translating.keeping import Reden, is_manual, is_suggestion, keep, suggest

# How much alike two Dutch texts are (0 to 1) before the translation of one helps with the other.
ALIKE_IN_PLACE = 0.5
ALIKE_ELSEWHERE = 0.75

type Place = tuple[int, int | None]


@dataclass(frozen=True)
class Text:
    """A Dutch text on a page as it is now."""

    string_id: int
    context_id: int
    text: str
    path: str
    field_path: str

    @property
    def place(self) -> Place:
        return (self.string_id, self.context_id)


def install() -> None:
    """Let every re-sync keep translations, whoever asks for it.

    All ways in which wagtail-localize reads a source again end in `refresh_segments`, and it gives no signal.
    """
    plain = TranslationSource.refresh_segments
    if getattr(plain, "keeps_translations", False):
        return

    @functools.wraps(plain)
    def refresh_segments(source: TranslationSource) -> None:
        with transaction.atomic():
            plain(source)
            reattach(source)

    refresh_segments.keeps_translations = True  # type: ignore[attr-defined]
    TranslationSource.refresh_segments = refresh_segments  # type: ignore[method-assign]


def reattach(source: TranslationSource) -> None:
    """Give the texts of a source their translations back, in every language, and keep what finds no place."""
    texts = current_texts(source)
    by_locale: dict[int, list[StringTranslation]] = defaultdict(list)
    rows = StringTranslation.objects.filter(context__object_id=source.object_id)
    for row in rows.select_related("translation_of", "context", "locale").order_by("-updated_at", "-pk"):
        by_locale[row.locale_id].append(row)
    for found in by_locale.values():
        _reattach(texts, found)


def current_texts(source: TranslationSource) -> list[Text]:
    """The Dutch texts of a source, each place once, in the order of the page."""
    segments = (
        StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")
    )
    texts = (
        Text(
            segment.string_id,
            segment.context_id,
            segment.string.data,
            segment.context.path,
            segment.context.field_path,
        )
        for segment in segments
    )
    return list({text.place: text for text in texts}.values())


def _reattach(texts: Sequence[Text], rows: Sequence[StringTranslation]) -> None:
    """One language; the newest translations come first."""
    places = {text.place for text in texts}
    held = {_place(row) for row in rows}
    missing = [text for text in texts if text.place not in held]
    usable = [row for row in rows if row.data.strip() and not is_suggestion(row)]
    loose = [row for row in usable if _place(row) not in places and is_manual(row)]
    settled: set[int] = set()
    if missing:
        missing = _by_exact_text(missing, [row for row in usable if not row.has_error], places, settled)
        loose = [row for row in loose if row.pk not in settled]
        missing = _by_likeness(missing, loose, settled, at_least=ALIKE_IN_PLACE, in_place=True)
        _by_likeness(missing, loose, settled, at_least=ALIKE_ELSEWHERE, in_place=False)
    keep(loose, Reden.BRON)


def _by_exact_text(
    missing: Iterable[Text], rows: Iterable[StringTranslation], places: set[Place], settled: set[int]
) -> list[Text]:
    """The same Dutch text in another place: its translation goes with it. Returns what is still missing."""
    by_string: dict[int, list[StringTranslation]] = defaultdict(list)
    for row in rows:
        by_string[row.translation_of_id].append(row)
    left, copies = [], []
    for text in missing:
        candidates = by_string.get(text.string_id)
        if not candidates:
            left.append(text)
            continue
        # Rather a person's words than a machine's, from where they are not used, of the same field.
        best = max(
            candidates,
            key=lambda row: (
                is_manual(row),
                _place(row) not in places,
                _field(row) == text.field_path,
                row.updated_at,
            ),
        )
        settled.update(row.pk for row in candidates if row.data == best.data)
        copies.append(_copy(best, text))
    for copy in copies:
        copy.save()
    return left


def _by_likeness(
    missing: Sequence[Text],
    loose: Sequence[StringTranslation],
    settled: set[int],
    *,
    at_least: float,
    in_place: bool,
) -> list[Text]:
    """Offer translations of texts that look alike, the closest first. Returns what is still missing."""
    pairs = [
        (likeness, position, row.pk)
        for position, text in enumerate(missing)
        for row in loose
        if row.pk not in settled
        and (not in_place or row.context_id == text.context_id)
        and (likeness := alike(text.text, row.translation_of.data, at_least)) >= at_least
    ]
    rows = {row.pk: row for row in loose}
    taken: set[int] = set()
    for _likeness, position, pk in sorted(pairs, reverse=True):
        if position in taken or pk in settled:
            continue
        text = missing[position]
        suggest(rows[pk], string_id=text.string_id, context_id=text.context_id).save()
        taken.add(position)
        settled.add(pk)
    return [text for position, text in enumerate(missing) if position not in taken]


def alike(one: str, other: str, at_least: float = 0.0) -> float:
    """How much alike two texts are, from 0 to 1; 0 as soon as it is clear that it is less than asked."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < at_least or matcher.quick_ratio() < at_least:
        return 0.0
    return matcher.ratio()


def _field(row: StringTranslation) -> str:
    return row.context.field_path if row.context else ""


def _place(row: StringTranslation) -> Place:
    return (row.translation_of_id, row.context_id)


def _copy(row: StringTranslation, text: Text) -> StringTranslation:
    names: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("locale_id", "data", "translation_type", "tool_name", "last_translated_by_id")
    }
    return StringTranslation(translation_of_id=text.string_id, context_id=text.context_id, **names)

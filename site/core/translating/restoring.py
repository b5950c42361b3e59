"""Putting a kept translation back where it belongs."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringTranslation, Translation

from core.models import BewaardeVertaling
from core.translating.keeping import suggest
from core.translating.resync import ALIKE_IN_PLACE, Text, alike, current_texts


class Outcome(models.TextChoices):
    """What became of a kept translation."""

    RESTORED = "teruggezet", _("De vertaling staat weer op haar plek. Publiceer de pagina om haar te tonen.")
    SUGGESTED = (
        "voorstel",
        _("Het Nederlands is intussen anders. De vertaling staat als voorstel klaar: kijk haar na."),
    )
    TAKEN = "bezet", _("Het Nederlands is intussen anders, en er staat al een andere vertaling.")
    NO_PLACE = "geen plek", _("Deze tekst hoort bij niets wat nu op de pagina staat.")


def translation_of(kept: BewaardeVertaling) -> Translation | None:
    """The translation that a kept text was part of; None when its page is gone."""
    found: Translation | None = (
        Translation.objects.filter(
            source__object_id=kept.object_key, target_locale__language_code=kept.language_code, enabled=True
        )
        .select_related("source", "target_locale")
        .first()
    )
    return found


@transaction.atomic
def restore(kept: BewaardeVertaling, *, user: Any) -> Outcome:
    """Put a kept translation back: as it was where the Dutch is the same, as a suggestion where it is not."""
    translation = translation_of(kept)
    if translation is None:
        return Outcome.NO_PLACE
    texts = current_texts(translation.source)
    same = [text for text in texts if text.text == kept.source_text]
    if same:
        place = next((text for text in same if text.path == kept.path), same[0])
        found = _row(translation, place) or StringTranslation(
            translation_of_id=place.string_id,
            context_id=place.context_id,
            locale_id=translation.target_locale_id,
        )
        found.data = kept.text
        found.translation_type, found.tool_name = StringTranslation.TRANSLATION_TYPE_MANUAL, ""
        found.last_translated_by, found.has_error, found.field_error = user, False, ""
        found.save()
        return _done(kept, Outcome.RESTORED)
    near = _nearest(kept, [text for text in texts if text.path == kept.path])
    if near is None:
        return Outcome.NO_PLACE
    row = _row(translation, near)
    if row is not None and not row.has_error:
        return Outcome.TAKEN
    if row is not None:
        row.delete()
    old = StringTranslation(
        data=kept.text,
        locale_id=translation.target_locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        last_translated_by_id=kept.translated_by_id,
    )
    suggest(old, string_id=near.string_id, context_id=near.context_id).save()
    return _done(kept, Outcome.SUGGESTED)


def _nearest(kept: BewaardeVertaling, texts: list[Text]) -> Text | None:
    """The text of the same place that is most like what was translated; the only one needs no likeness."""
    if len(texts) == 1:
        return texts[0]
    likely = [(alike(kept.source_text, text.text), position) for position, text in enumerate(texts)]
    best, position = max(likely, default=(0.0, 0))
    return texts[position] if best >= ALIKE_IN_PLACE else None


def _row(translation: Translation, place: Text) -> StringTranslation | None:
    found: StringTranslation | None = StringTranslation.objects.filter(
        translation_of_id=place.string_id,
        context_id=place.context_id,
        locale_id=translation.target_locale_id,
    ).first()
    return found


def _done(kept: BewaardeVertaling, outcome: Outcome) -> Outcome:
    kept.restored_at = timezone.now()
    kept.save()
    return outcome

"""What was written on a translated page itself, while it did not follow the Dutch one.

A translator may stop the translation and edit the page as any other. Starting it again would put the old
translations over that work; here it is read back first.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import RevisionMixin
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.translating.keeping import Reden, keep, keep_text

type Texts = dict[str, list[str]]


@receiver(pre_save, sender=Translation, dispatch_uid="core.read_back_page_text")
def on_start_again(instance: Translation, raw: bool = False, **kwargs: Any) -> None:
    """The page is about to follow the Dutch one again."""
    if raw or not instance.enabled or instance.pk is None:
        return
    if Translation.objects.filter(pk=instance.pk, enabled=False).exists():
        read_back(instance)


@receiver(pre_delete, sender=Translation, dispatch_uid="core.keep_page_text")
def on_end(instance: Translation, **kwargs: Any) -> None:
    """The page stops being a translation: with its page, or to show the Dutch one."""
    rows = StringTranslation.objects.filter(
        context__object_id=instance.source.object_id, locale_id=instance.target_locale_id
    )
    keep(rows.select_related("context", "translation_of", "locale"), Reden.VERWIJDERD)
    found = _page(instance)
    if found:
        page, user_id = found
        _keep_unknown(instance, _texts(page), user_id)


def read_back(translation: Translation) -> int:
    """Make translations of what stands on the page and is not known yet. Returns how many.

    What has no counterpart in the Dutch text any more is kept.
    """
    found = _page(translation)
    if found is None:
        return 0
    page, user_id = found
    texts = _texts(page)
    segments: dict[str, list[StringSegment]] = defaultdict(list)
    rows = StringSegment.objects.filter(source_id=translation.source_id).select_related("string", "context")
    for segment in rows.order_by("order"):
        segments[segment.context.path].append(segment)
    count = 0
    for path, written in texts.items():
        places = segments.get(path, [])
        # Of a text that was cut up in other pieces nobody can say which piece is which.
        if len(places) == len(written):
            count += sum(
                _write(translation, place, text, user_id)
                for place, text in zip(places, written, strict=True)
                if text != place.string.data
            )
    _keep_unknown(translation, texts, user_id)
    return count


def _write(translation: Translation, segment: StringSegment, text: str, user_id: int | None) -> bool:
    place: dict[str, Any] = {
        "translation_of_id": segment.string_id,
        "context_id": segment.context_id,
        "locale_id": translation.target_locale_id,
    }
    if StringTranslation.objects.filter(**place, data=text, has_error=False).exists():
        return False
    StringTranslation.objects.update_or_create(
        **place,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by_id": user_id,
            "has_error": False,
            "field_error": "",
        },
    )
    return True


def _keep_unknown(translation: Translation, texts: Texts, user_id: int | None) -> None:
    """Keep the texts that are neither a translation nor Dutch."""
    source = translation.source
    known = set(
        StringTranslation.objects.filter(
            context__object_id=source.object_id, locale_id=translation.target_locale_id
        ).values_list("data", flat=True)
    )
    known |= set(
        String.objects.filter(segments__source=source, locale_id=source.locale_id).values_list(
            "data", flat=True
        )
    )
    unknown = [(path, text) for path, written in texts.items() for text in written if text not in known]
    keep_text(
        unknown,
        object_key=source.object_id,
        language_code=translation.target_locale.language_code,
        user_id=user_id,
    )


def _page(translation: Translation) -> tuple[Any, int | None] | None:
    """The translated page or snippet as it was last written, and by whom. None when there is none."""
    model: Any = translation.source.specific_content_type.model_class()
    page = model._default_manager.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()
    if page is None:
        return None
    if revision := page.latest_revision if isinstance(page, RevisionMixin) else None:
        return revision.as_object(), revision.user_id
    # An alias has no words of its own, unless it was a page before.
    return None if getattr(page, "alias_of_id", None) else (page, None)


def _texts(page: Any) -> Texts:
    return texts_of(extract_segments(page))


def texts_of(segments: Iterable[Any]) -> Texts:
    """{path: texts in their order} of what wagtail-localize takes from a page."""
    texts: Texts = defaultdict(list)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment.string.data)
    return texts

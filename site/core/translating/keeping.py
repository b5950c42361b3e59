"""No translation that a person wrote is ever thrown away.

Whatever overwrites or deletes one, in the editor, by a file, by a re-sync or with the page itself, a copy
goes to `BewaardeVertaling`, from where a translator can put it back.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, TranslatableObject

from core.models import BewaardeVertaling

# Marks a translation of a Dutch text that has changed since. It is never shown on a page: see `suggest`.
EARLIER = "eerdere vertaling"

Reden = BewaardeVertaling.Reden


def is_suggestion(row: StringTranslation) -> bool:
    """Is this an earlier translation offered to the translator, and not yet accepted?"""
    return bool(row.has_error and row.tool_name == EARLIER)


def is_manual(row: StringTranslation) -> bool:
    """Did a person write this, for the Dutch text it belongs to?"""
    return row.translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL and not is_suggestion(row)


def suggest(row: StringTranslation, *, string_id: int, context_id: int) -> StringTranslation:
    """An unsaved copy of a translation for another Dutch text, that waits for a translator.

    wagtail-localize shows a translation with an error in its editor and leaves it out of the page, until
    somebody saves it: just what a text that may no longer be right should do.
    """
    return StringTranslation(
        translation_of_id=string_id,
        context_id=context_id,
        locale_id=row.locale_id,
        data=row.data,
        translation_type=row.translation_type,
        tool_name=EARLIER,
        last_translated_by_id=row.last_translated_by_id,
        has_error=True,
        field_error=_("Het Nederlands is gewijzigd. Kijk deze vertaling na en sla haar op."),
    )


def keep(rows: Iterable[StringTranslation], reason: str) -> int:
    """Keep what persons wrote among these translations; what is kept already stays. Returns how many."""
    found = [row for row in rows if row.context_id and row.data.strip() and is_manual(row)]
    if not found:
        return 0
    contexts: list[Any] = [row.context for row in found]
    titles = _titles({context.object_id for context in contexts})
    kept = [
        BewaardeVertaling(
            object_key=context.object_id,
            title=titles[context.object_id],
            language_code=row.locale.language_code,
            path=context.path,
            source_text=row.translation_of.data,
            text=row.data,
            reason=reason,
            translated_by_id=row.last_translated_by_id,
            translated_at=row.updated_at,
        )
        for row, context in zip(found, contexts, strict=True)
    ]
    store(kept)
    return len(kept)


def keep_text(
    texts: Iterable[tuple[str, str]], *, object_key: Any, language_code: str, user_id: int | None
) -> None:
    """Keep (path, text) pairs that stood on a translated page and nowhere else."""
    title = _titles({object_key})[object_key]
    store(
        [
            BewaardeVertaling(
                object_key=object_key,
                title=title,
                language_code=language_code,
                path=path,
                text=text,
                reason=Reden.PAGINA,
                translated_by_id=user_id,
                translated_at=timezone.now(),
            )
            for path, text in texts
        ]
    )


def store(rows: list[BewaardeVertaling]) -> None:
    """Store kept translations; one that is kept already stays as it is."""
    for row in rows:
        row.digest = row.fingerprint()
    BewaardeVertaling.objects.bulk_create(rows, ignore_conflicts=True)


def _titles(keys: set[Any]) -> dict[Any, str]:
    """What the objects are called in Dutch; empty for one that is gone."""
    objects = TranslatableObject.objects.filter(pk__in=keys)
    named = {
        item.pk: source.object_repr
        for item in objects.prefetch_related("sources")
        if (source := next(iter(item.sources.all()), None))
    }
    return {key: named.get(key, "") for key in keys}


@receiver(pre_save, sender=StringTranslation, dispatch_uid="core.keep_overwritten")
def on_overwrite(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Somebody's words are about to make room for others."""
    fields = kwargs.get("update_fields")
    if raw or instance.pk is None or (fields is not None and "data" not in fields):
        return
    before = StringTranslation.objects.filter(pk=instance.pk).exclude(data=instance.data)
    keep(before.select_related("context", "translation_of", "locale"), Reden.OVERSCHREVEN)


@receiver(pre_delete, sender=StringTranslation, dispatch_uid="core.keep_deleted")
def on_delete(instance: StringTranslation, **kwargs: Any) -> None:
    """Somebody's words are about to go: by their own hand, or with the page or the language."""
    keep([instance], Reden.VERWIJDERD)

"""Keeps the register of translations exact: called whenever words go live, in any language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.models.translatable import TranslatableSnippet, snippet_models
from core.models.vertaalstand import Brontekst, Vertaalstand
from core.translation_states.texts import digest_of, texts_of


def keep(instance: Page | TranslatableSnippet) -> None:
    """Note the words of a page or snippet that are live now. An alias has none of its own."""
    if isinstance(instance, Page):
        if instance.alias_of_id or instance.depth < 2:
            return
        instance = instance.specific
    with transaction.atomic():
        if instance.locale.language_code == settings.LANGUAGE_CODE:
            _keep_source(instance)
        else:
            _keep_translation(instance)


def forget(instance: Page | TranslatableSnippet) -> None:
    """A page or snippet is gone: so is what was known of it, and with the source all of its translations."""
    stands = Vertaalstand.objects.filter(translation_key=instance.translation_key)
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        stands.delete()
        Brontekst.objects.filter(translation_key=instance.translation_key).delete()
    else:
        stands.filter(locale_id=instance.locale_id).delete()
        _prune(instance.translation_key)


def _keep_source(instance: Any) -> Brontekst:
    """Make the words of the source the current ones. Two queries when they did not change."""
    texts = texts_of(instance)
    digest, key = digest_of(texts), instance.translation_key
    current: Brontekst | None = (
        Brontekst.objects.select_for_update().filter(translation_key=key, is_current=True).first()
    )
    if current and current.digest == digest:
        return current
    if current:
        Brontekst.objects.filter(pk=current.pk).update(is_current=False)
    version: Brontekst
    version, _created = Brontekst.objects.update_or_create(
        translation_key=key,
        digest=digest,
        defaults={"texts": texts, "is_current": True, "current_since": timezone.now()},
    )
    _prune(key)
    return version


def _prune(key: Any) -> None:
    """Away with old versions that no translation is made from any more."""
    Brontekst.objects.filter(translation_key=key, is_current=False, translations__isnull=True).delete()


def _keep_translation(instance: Any) -> None:
    key, locale_id = instance.translation_key, instance.locale_id
    before = (
        Vertaalstand.objects.select_related("source").filter(translation_key=key, locale_id=locale_id).first()
    )
    texts = texts_of(instance)
    digest = digest_of(texts)
    made = _made_by_segments(key, locale_id) or _made_by_hand(instance, texts, before)
    if made is None:
        return
    stand = before or Vertaalstand(translation_key=key, locale_id=locale_id)
    stand.source, stand.total, stand.missing = made.source, made.total, made.missing
    if stand.digest != digest:
        # A person who improves some of it has not looked at all of it: what a computer made keeps its label,
        # unless somebody checked it since.
        checked_at = stand.checked_at
        is_new = made.machine_at is not None and (checked_at is None or made.machine_at > checked_at)
        stand.is_machine = is_new or (stand.is_machine and checked_at is None)
        stand.checked_at, stand.checked_by, stand.is_native = None, None, False
        stand.digest, stand.published_at = digest, timezone.now()
    stand.save()
    _prune(key)


@dataclass(frozen=True)
class Made:
    """How a translation was made: from which words, how many of them, and when a computer did the last."""

    source: Brontekst
    total: int
    missing: int
    machine_at: datetime | None = None


def kept_by_segments(key: Any, locale_id: int) -> QuerySet[Translation]:
    """The translation text by text, if that is how it is made and not as a page of its own."""
    translations: QuerySet[Translation] = Translation.objects.filter(
        source__object_id=key,
        source__locale__language_code=settings.LANGUAGE_CODE,
        target_locale_id=locale_id,
        enabled=True,
    )
    return translations


def _made_by_segments(key: Any, locale_id: int) -> Made | None:
    """Of a translation that wagtail-localize keeps: what it was made from, and how."""
    translation = kept_by_segments(key, locale_id).first()
    if translation is None:
        return None
    used = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale_id, has_error=False
    )
    segments = list(
        StringSegment.objects.filter(source=translation.source_id)
        .order_by("order")
        .annotate(kind=Subquery(used.values("translation_type")), at=Subquery(used.values("updated_at")))
        .values_list("string__data", "kind", "at")
    )
    by_machine = [at for _text, kind, at in segments if kind == StringTranslation.TRANSLATION_TYPE_MACHINE]
    return Made(
        source=_version(key, [text for text, _kind, _at in segments]),
        total=len(segments),
        missing=sum(1 for _text, kind, _at in segments if kind is None),
        machine_at=max(by_machine, default=None),
    )


def _made_by_hand(instance: Any, texts: list[str], before: Vertaalstand | None) -> Made | None:
    """Of a translation that is edited as a page of its own: from the words that were there when it began."""
    if before:
        source = before.source
    else:
        original = type(instance)._default_manager.filter(
            translation_key=instance.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        row = original.first()
        if row is None:
            return None
        source = _keep_source(row)
    # A copy in which nobody wrote anything is no translation yet.
    missing = len(texts) if digest_of(texts) == source.digest else 0
    return Made(source=source, total=len(texts), missing=missing)


def _version(key: Any, texts: list[str]) -> Brontekst:
    """The version with these words, made when it is not known yet."""
    version: Brontekst
    version, _created = Brontekst.objects.get_or_create(
        translation_key=key,
        digest=digest_of(texts),
        defaults={"texts": texts, "current_since": timezone.now()},
    )
    return version


def fill() -> int:
    """Note what is live and not noted yet: of pages that were there before the register. Returns how many."""
    noted = 0
    for instance in _not_noted():
        keep(instance)
        noted += 1
    return noted


def _not_noted() -> Iterator[Any]:
    """Sources first, because a translation made by hand is compared with its source."""
    known_sources = Brontekst.objects.filter(translation_key=OuterRef("translation_key"), is_current=True)
    known_stands = Vertaalstand.objects.filter(
        translation_key=OuterRef("translation_key"), locale=OuterRef("locale")
    )
    pages = Page.objects.live().filter(depth__gte=2, alias_of__isnull=True)
    for rows in (pages, *(model._default_manager.all() for model in snippet_models())):
        own = rows.filter(locale__language_code=settings.LANGUAGE_CODE)
        other = rows.exclude(locale__language_code=settings.LANGUAGE_CODE)
        yield from own.exclude(Exists(known_sources)).select_related("locale")
        yield from other.exclude(Exists(known_stands)).select_related("locale")

"""What changes the questions of a loting and how the seats are shared: only while it is prepared."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.models import TranslatableSnippet, source_rows
from participatie.models import Antwoordoptie, Kenmerk, Loting, Staat
from participatie.quotas import fill_from_wijk

CODE_LENGTH = 40


@dataclass(frozen=True)
class Option:
    """One answer as somebody wants it. `pk` is None for a new one."""

    label: str
    pk: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    aandeel: Decimal | None = None
    bron: str = ""
    cijfer: str = ""


@dataclass(frozen=True)
class Feature:
    """A question as somebody wants it, its answers in order."""

    vraag: str
    options: list[Option]
    uitleg: str = ""
    is_verplicht: bool = False
    is_bijzonder: bool = False


def fingerprint(kenmerk: Kenmerk | None) -> str:
    """What a screen shows of a feature, short enough to send along. Another one: a colleague changed it."""
    if kenmerk is None:
        return ""
    facts = ("vraag", "uitleg", "is_verplicht", "is_bijzonder")
    options = Antwoordoptie.objects.source().filter(kenmerk=kenmerk).order_by("order", "pk")
    columns = ("pk", "label", "minimum", "maximum", "aandeel", "bron", "cijfer")
    shown = [[getattr(kenmerk, name) for name in facts], *options.values_list(*columns)]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def _held(loting: Loting) -> Loting:
    """The loting, locked. ValidationError when it is open already."""
    held = Loting.objects.locked().get(pk=loting.pk)
    if held.staat != Staat.CONCEPT:
        raise ValidationError(_("De loting is al geopend. De vragen en de zetels blijven zoals ze zijn."))
    return held


@transaction.atomic
def save_feature(
    *, loting: Loting, feature: Feature, kenmerk: Kenmerk | None = None, seen: str = ""
) -> Kenmerk:
    """Store a question with its answers; answers that are not in it go.

    ValidationError when it cannot be, or when a colleague changed it since it was shown as `seen`.
    """
    held = _held(loting)
    if kenmerk is not None:
        kenmerk = Kenmerk.objects.source().filter(pk=kenmerk.pk, loting=held).first()
        if kenmerk is None or fingerprint(kenmerk) != seen:
            raise ValidationError(
                _("Een collega wijzigde deze vraag intussen. Er is niets bewaard. Kijk wat er nu staat.")
            )
    row = kenmerk or Kenmerk(
        loting=held, order=_next(held), code=_free_code(feature.vraag, _codes_of(held), fallback="vraag")
    )
    for name in ("vraag", "uitleg", "is_verplicht", "is_bijzonder"):
        setattr(row, name, getattr(feature, name))
    row.full_clean(exclude=["locale"])
    row.save()
    stored = {option.pk: option for option in Antwoordoptie.objects.source().filter(kenmerk=row)}
    kept = [stored[wanted.pk] for wanted in feature.options if wanted.pk in stored]
    _delete(option for pk, option in stored.items() if option not in kept)
    codes = {option.code for option in kept}
    for order, wanted in enumerate(feature.options):
        option = stored.get(wanted.pk or 0) or Antwoordoptie(
            kenmerk=row, code=_free_code(wanted.label, codes, fallback="antwoord")
        )
        codes.add(option.code)
        option.order = order
        for name in ("label", "minimum", "maximum", "aandeel", "bron", "cijfer"):
            setattr(option, name, getattr(wanted, name))
        option.full_clean(exclude=["locale"])
        option.save()
    return row


@transaction.atomic
def remove_feature(*, kenmerk: Kenmerk) -> None:
    """A question that is not asked after all goes, with its answers and their translations. Twice is once."""
    held = _held(kenmerk.loting)
    row = Kenmerk.objects.source().filter(pk=kenmerk.pk, loting=held).first()
    if row is not None:
        _delete(Antwoordoptie.objects.source().filter(kenmerk=row))
        _delete([row])


@transaction.atomic
def move_feature(*, kenmerk: Kenmerk, up: bool) -> None:
    """One place earlier or later. At the end it stays where it is."""
    rows = list(Kenmerk.objects.source().filter(loting=_held(kenmerk.loting)).order_by("order", "pk"))
    if kenmerk not in rows:
        return
    place = rows.index(kenmerk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows):
        if row.order != order:
            row.order = order
            row.save()


@transaction.atomic
def fill_shares(*, loting: Loting) -> list[Antwoordoptie]:
    """Take the newest figures of the wijk. Returns the answers that changed."""
    return fill_from_wijk(_held(loting))


@transaction.atomic
def copy_features(*, loting: Loting, source: Loting) -> list[Kenmerk]:
    """Take the questions of another loting that this one does not have yet, with numbers and translations.

    Figures of another wijk are no figures of this one: those are left out.
    """
    held = _held(loting)
    codes, order = _codes_of(held), _next(held)
    made: list[Kenmerk] = []
    for old in Kenmerk.objects.source().filter(loting=source).exclude(code__in=codes).order_by("order", "pk"):
        new = _copy(old, loting=held, order=order + len(made))
        for option in Antwoordoptie.objects.source().filter(kenmerk=old).order_by("order", "pk"):
            figures = (
                {} if source.wijk_id == held.wijk_id or not option.cijfer else {"aandeel": None, "bron": ""}
            )
            _copy(option, kenmerk=new, **figures)
        made.append(new)
    return made


# --- parts ----------------------------------------------------------------------------------------


def _codes_of(loting: Loting) -> set[str]:
    return set(Kenmerk.objects.source().filter(loting=loting).values_list("code", flat=True))


def _next(loting: Loting) -> int:
    last = Kenmerk.objects.source().filter(loting=loting).order_by("-order").first()
    return last.order + 1 if last else 0


def _free_code(text: str, taken: Iterable[str], *, fallback: str) -> str:
    """A short name for files and addresses that no other has. It stays when the words change."""
    known = set(taken)
    start = slugify(text)[: CODE_LENGTH - 4].strip("-") or fallback
    found, number = start, 2
    while found in known:
        found, number = f"{start}-{number}", number + 1
    return found


def _delete(rows: Iterable[TranslatableSnippet]) -> None:
    for row in list(rows):
        type(row).objects.filter(translation_key=row.translation_key).delete()


def _copy(old: Any, **changes: Any) -> Any:
    """The same row for another loting, with its translations as they are now."""
    names = [
        field.name
        for field in old._meta.concrete_fields
        if field.name not in ("id", "translation_key", "locale")
    ]
    new = type(old)(**{**{name: getattr(old, name) for name in names}, **changes})
    new.save()
    targets = (
        type(old).objects.filter(translation_key=old.translation_key).exclude(source_rows()).values("locale")
    )
    for locale in Locale.objects.filter(pk__in=targets):
        _copy_words(old, new, locale)
    return new


def _copy_words(old: Any, new: Any, locale: Locale) -> None:
    source, _created = TranslationSource.get_or_create_from_instance(new)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    known = {
        row.translation_of_id: row
        for row in StringTranslation.objects.filter(
            locale=locale, context__object_id=old.translation_key, has_error=False
        )
    }
    segments = StringSegment.objects.filter(source=source)
    for segment in segments:
        if row := known.get(segment.string_id):
            StringTranslation.objects.get_or_create(
                translation_of_id=segment.string_id,
                locale=locale,
                context_id=segment.context_id,
                defaults={
                    "data": row.data,
                    "translation_type": row.translation_type,
                    "tool_name": row.tool_name,
                },
            )
    if any(segment.string_id in known for segment in segments):
        translation.save_target(publish=True)

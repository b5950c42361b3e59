"""Who is in the draw: a lot with a number for everybody, and a sealed record that its owner can check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from participatie.draw import chain
from participatie.draw.checks import trekking_of
from participatie.models import (
    Aanmelding,
    Antwoordoptie,
    Kenmerk,
    Kenmerkwaarde,
    Lot,
    Loting,
    Staat,
    Trekking,
)
from participatie.sortition.publication.records import Record, new_salt, shuffled_tickets


@dataclass
class Changes:
    """What changed about the lots, by number."""

    new: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.renewed or self.gone)


@transaction.atomic
def hand_out(*, loting: Loting, by: User | None, now: datetime | None = None) -> Trekking:
    """Give everybody who takes part a lot, and time to say that something is wrong.

    ValidationError, in plain words, when that cannot be done yet or was done already.
    """
    now = now or timezone.now()
    held = Loting.objects.select_for_update(no_key=True).get(pk=loting.pk)
    if held.staat != Staat.GESLOTEN:
        raise ValidationError(_("Loten uitdelen kan als aanmelden is gesloten."))
    if trekking_of(held):
        raise ValidationError(_("De loten zijn al uitgedeeld."))
    waiting = Aanmelding.objects.standing().filter(
        loting=held, geschiktheid=Aanmelding.Geschiktheid.CONTROLEREN
    )
    if count := waiting.count():
        raise ValidationError(
            _("Van %(count)d aanmeldingen is nog niet besloten of zij meedoen.") % {"count": count}
        )
    pool = list(Aanmelding.objects.in_the_pool().filter(loting=held).order_by("pk"))
    if len(pool) < held.zetels:
        raise ValidationError(
            _("Er doen %(people)d mensen mee, en er zijn %(seats)d zetels. Er valt niets te loten.")
            % {"people": len(pool), "seats": held.zetels}
        )
    until = end_of_objections(held, now=now)
    if until >= held.trekking_op:
        raise ValidationError(
            _(
                "Mensen krijgen %(days)d dagen om te zeggen dat er iets niet klopt. De loting is eerder. "
                "Stel de loting uit."
            )
            % {"days": held.bezwaar_dagen}
        )
    trekking = Trekking.objects.create(
        loting=held, gemaakt_op=now, bezwaar_tot=until, trekking_op=held.trekking_op
    )
    records = _records(held, [row.pk for row in pool])
    numbers = shuffled_tickets(len(pool))
    Lot.objects.bulk_create(
        _filled(Lot(trekking=trekking, nummer=number, aanmelding=row), records[row.pk])
        for number, row in zip(numbers, pool, strict=True)
    )
    chain.add(held, "loten uitgedeeld", {"loten": len(pool), "bezwaar_tot": until.isoformat()})
    return trekking


def end_of_objections(loting: Loting, *, now: datetime) -> datetime:
    """The end of the last day on which somebody can object."""
    day = timezone.localdate(now) + timedelta(days=loting.bezwaar_dagen)
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


@transaction.atomic
def synchronise(trekking: Trekking) -> Changes:
    """Bring the lots in line with the sign-ups: who is in, who is out, and what is recorded about them.

    Who changed gets a new record, with a new salt and so a new fingerprint. ValidationError once the lots
    stand.
    """
    loting = Loting.objects.select_for_update(no_key=True).get(pk=trekking.loting_id)
    if loting.staat != Staat.GESLOTEN:
        raise ValidationError(_("Wie meedoet, staat vast."))
    changes = Changes()
    pool = list(Aanmelding.objects.in_the_pool().filter(loting=loting).order_by("pk"))
    records = _records(loting, [row.pk for row in pool])
    lots = list(trekking.loten.select_related("trekking"))
    for lot in lots:
        facts = records.get(lot.aanmelding_id or 0)
        if facts is None:
            changes.gone.append(lot.nummer)
            lot.delete()
        elif (lot.kenmerken, lot.huishouden) != _stored(trekking, facts):
            _filled(lot, facts).save()
            changes.renewed.append(lot.nummer)
    last = max((int(lot.nummer.removeprefix("L-")) for lot in lots), default=0)
    width = max((len(lot.nummer) - 2 for lot in lots), default=4)
    known = {lot.aanmelding_id for lot in lots}
    for row in pool:
        if row.pk not in known:
            last += 1
            number = f"L-{last:0{width}}"
            _filled(Lot(trekking=trekking, nummer=number, aanmelding=row), records[row.pk]).save()
            changes.new.append(number)
    if changes:
        chain.add(
            loting,
            "loten bijgewerkt",
            {"nieuw": changes.new, "vernieuwd": changes.renewed, "vervallen": sorted(changes.gone)},
        )
    until = end_of_objections(loting, now=timezone.now())
    if changes.new and trekking.bezwaar_tot < until < trekking.trekking_op:
        # Who comes in late can object as well.
        trekking.bezwaar_tot = until
        trekking.save(update_fields=["bezwaar_tot"])
    return changes


def record_of(lot: Lot) -> Record:
    """What is recorded about a lot, as its owner can check it."""
    return Record(lot.nummer, lot.zout, tuple((lot.kenmerken or {}).items()))


@dataclass(frozen=True)
class _Facts:
    features: Mapping[str, str]
    address: str


def _records(loting: Loting, keys: list[int]) -> dict[int, _Facts]:
    """{sign-up: its answers in the order of the questions, and the hash of its address}."""
    codes = list(
        Kenmerk.objects.source().filter(loting=loting).order_by("order", "pk").values_list("pk", "code")
    )
    answers: dict[int, dict[int, str]] = {key: {} for key in keys}
    options = dict(Antwoordoptie.objects.source().filter(kenmerk__loting=loting).values_list("pk", "code"))
    rows = Kenmerkwaarde.objects.filter(aanmelding__loting=loting)
    for key, kenmerk, optie in rows.values_list("aanmelding_id", "kenmerk_id", "optie_id"):
        if key in answers:
            answers[key][kenmerk] = options[optie]
    addresses = dict(
        Aanmelding.objects.filter(loting=loting).values_list("pk", "persoon__adres_index")
        if loting.een_per_adres
        else []
    )
    return {
        key: _Facts({code: answers[key].get(pk, "") for pk, code in codes}, addresses.get(key, ""))
        for key in keys
    }


def _stored(trekking: Trekking, facts: _Facts) -> tuple[dict[str, str], str]:
    """How it is kept. Of an address a hash that says nothing outside of this draw."""
    household = sha256(f"{trekking.pk}:{facts.address}".encode()).hexdigest() if facts.address else ""
    return dict(facts.features), household


def _filled(lot: Lot, facts: _Facts) -> Lot:
    lot.zout = new_salt()
    lot.kenmerken, lot.huishouden = _stored(lot.trekking, facts)
    lot.vingerafdruk = record_of(lot).fingerprint
    return lot

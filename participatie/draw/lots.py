"""Who is in the draw: a lot with a number for everybody, and a sealed record that its owner can check."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cache import content_changed
from core.models import User
from participatie.draw import chain
from participatie.draw.checks import trekking_of
from participatie.draw.recorded import Facts, facts_of
from participatie.models import Aanmelding, Lot, Loting, Staat, Trekking
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
def hand_out(
    *,
    loting: Loting,
    by: User | None,
    later: datetime | None = None,
    reden: str = "",
    now: datetime | None = None,
) -> Trekking:
    """Give everybody who takes part a lot, and time to say that something is wrong.

    With `later` the draw is put off to that moment, because of `reden`. ValidationError, in plain words,
    when it cannot be done yet or was done already.
    """
    now = now or timezone.now()
    held = Loting.objects.locked().get(pk=loting.pk)
    if held.staat != Staat.GESLOTEN:
        raise ValidationError(_("Loten uitdelen kan als aanmelden is gesloten."))
    if trekking_of(held):
        raise ValidationError(_("De loten zijn al uitgedeeld."))
    waiting = Aanmelding.objects.standing().filter(
        loting=held, geschiktheid=Aanmelding.Geschiktheid.CONTROLEREN
    )
    if count := waiting.count():
        raise ValidationError(undecided(count))
    pool = list(Aanmelding.objects.in_the_pool().filter(loting=held).order_by("pk"))
    if len(pool) < held.zetels:
        raise ValidationError(
            ngettext(
                "Er doet %(people)d mens mee. Aantal zetels: %(seats)d. Er valt niets te loten.",
                "Er doen %(people)d mensen mee. Aantal zetels: %(seats)d. Er valt niets te loten.",
                len(pool),
            )
            % {"people": len(pool), "seats": held.zetels}
        )
    at = held.trekking_op
    if later:
        check_later(held, at, later, reden, now=now)
        at = later
    until = end_of_objections(held, now=now)
    if until >= at:
        raise ValidationError(too_soon(held))
    trekking = Trekking.objects.create(loting=held, gemaakt_op=now, bezwaar_tot=until, trekking_op=at)
    records = facts_of(held, [row.pk for row in pool])
    numbers = shuffled_tickets(len(pool))
    Lot.objects.bulk_create(
        _filled(Lot(trekking=trekking, nummer=number, aanmelding=row), records[row.pk])
        for number, row in zip(numbers, pool, strict=True)
    )
    chain.add(held, "loten uitgedeeld", {"loten": len(pool), "bezwaar_tot": until.isoformat()})
    if later:
        chain.add(held, "uitgesteld", put_off_line(held.trekking_op, later, reden))
    content_changed()
    return trekking


def check_later(loting: Loting, at: datetime, until: datetime, reden: str, *, now: datetime) -> None:
    """ValidationError when a draw cannot be put off from one moment to another."""
    if not reden.strip():
        raise ValidationError({"reden": _("Schrijf op waarom.")})
    if until <= max(now, at):
        raise ValidationError({"until": _("Uitstellen kan alleen naar later.")})
    if until >= loting.kept_until:
        raise ValidationError(
            {
                "until": _("Dan zijn de gegevens al gewist: dat gebeurt op %(day)s. Kies een eerdere dag.")
                % {"day": date_format(timezone.localtime(loting.kept_until), "j E Y")}
            }
        )


def put_off_line(at: datetime, until: datetime, reden: str) -> dict[str, str]:
    return {"van": at.isoformat(), "naar": until.isoformat(), "reden": reden.strip()}


def undecided(count: int) -> str:
    return ngettext(
        "Van %(count)d aanmelding is nog niet besloten of iemand meedoet.",
        "Van %(count)d aanmeldingen is nog niet besloten of zij meedoen.",
        count,
    ) % {"count": count}


def too_soon(loting: Loting) -> str:
    """The term to object would end after the draw."""
    return ngettext(
        "Mensen krijgen %(days)d dag om te zeggen dat er iets niet klopt. De loting is eerder. "
        "Stel de loting uit.",
        "Mensen krijgen %(days)d dagen om te zeggen dat er iets niet klopt. De loting is eerder. "
        "Stel de loting uit.",
        loting.bezwaar_dagen,
    ) % {"days": loting.bezwaar_dagen}


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
    loting = Loting.objects.locked().get(pk=trekking.loting_id)
    if loting.staat != Staat.GESLOTEN:
        raise ValidationError(_("Wie meedoet, staat vast."))
    changes = Changes()
    pool = list(Aanmelding.objects.in_the_pool().filter(loting=loting).order_by("pk"))
    records = facts_of(loting, [row.pk for row in pool])
    lots = list(trekking.loten.select_related("trekking"))
    for lot in lots:
        facts = records.get(lot.aanmelding_id or 0)
        if facts is None:
            changes.gone.append(lot.nummer)
            lot.delete()
        elif (lot.kenmerken, lot.huishouden) != facts.stored(trekking):
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
        # What was worked out, was worked out for others.
        Trekking.objects.filter(pk=trekking.pk).update(stand=Trekking.Stand.NIET, berekening=None)
    until = end_of_objections(loting, now=timezone.now())
    if changes.new and trekking.bezwaar_tot < until < trekking.trekking_op:
        # Who comes in late can object as well.
        trekking.bezwaar_tot = until
        trekking.save(update_fields=["bezwaar_tot"])
    return changes


def record_of(lot: Lot) -> Record:
    """What is recorded about a lot, as its owner can check it."""
    return Record(lot.nummer, lot.zout, tuple((lot.kenmerken or {}).items()))


def _filled(lot: Lot, facts: Facts) -> Lot:
    lot.zout = new_salt()
    lot.kenmerken, lot.huishouden = facts.stored(lot.trekking)
    lot.vingerafdruk = record_of(lot).fingerprint
    lot.verstuurd_op = None
    return lot

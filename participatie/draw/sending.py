"""Telling everybody their lot: by mail, on paper, by telephone. Who was told is not told again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cache import content_changed
from core.models import User
from participatie import actions, mails
from participatie.draw import chain
from participatie.draw.locks import hold_trekking
from participatie.draw.lots import end_of_objections, record_of, too_soon
from participatie.draw.recorded import differ
from participatie.models import Handeling, Kenmerk, Lot, Loting, Staat, Trekking

# So many mails are written in one go; who presses again goes on.
AT_ONCE = 500


@dataclass(frozen=True)
class Sent:
    """How many mails were written now, how many are left, and how many lots go on paper."""

    mailed: int
    left: int
    on_paper: int


def by_mail(trekking: Trekking) -> QuerySet[Lot]:
    """Lots whose owner can be mailed, as far as is known."""
    return (
        trekking.loten.filter(aanmelding__isnull=False, aanmelding__onbestelbaar_op=None)
        .exclude(aanmelding__persoon__mail_index="")
        .order_by("nummer")
    )


def on_paper(trekking: Trekking) -> QuerySet[Lot]:
    """Lots whose owner has no mail address, or one that does not work."""
    return (
        trekking.loten.filter(aanmelding__isnull=False)
        .filter(Q(aanmelding__persoon__mail_index="") | Q(aanmelding__onbestelbaar_op__isnull=False))
        .order_by("nummer")
    )


def send(*, trekking: Trekking, by: User | None, now: datetime | None = None, most: int = AT_ONCE) -> Sent:
    """Mail everybody who was not told yet. Twice, or after being cut off, nobody gets it twice.

    The term to object begins with the first time. ValidationError when this is not the moment.
    """
    now = now or timezone.now()
    trekking = _open(trekking, now=now)
    waiting = by_mail(trekking).filter(verstuurd_op=None)
    mailed = 0
    for pk in list(waiting.values_list("pk", flat=True)[:most]):
        # One at a time, so that being cut off keeps what was done.
        mailed += _mail(trekking, pk, by=by, now=now)
    left = waiting.count()
    if not left:
        _all_sent(trekking, now=now)
    return Sent(mailed, left, on_paper(trekking).filter(verstuurd_op=None).count())


@transaction.atomic
def hand_over(
    *, trekking: Trekking, lots: Sequence[Lot], by: User | None, now: datetime | None = None
) -> int:
    """These lots are on paper now, or told by telephone. Returns how many were not told before."""
    now = now or timezone.now()
    held = _hold(trekking)
    new = held.loten.filter(pk__in=[lot.pk for lot in lots], verstuurd_op=None).update(verstuurd_op=now)
    if new:
        actions.note(held.loting, Handeling.Soort.LOT, by=by, count=new, about="op papier")
    return new


@transaction.atomic
def _open(trekking: Trekking, *, now: datetime) -> Trekking:
    """The draw, ready to be told about. The first time its term to object begins."""
    held = _hold(trekking)
    if differ(held):
        raise ValidationError(_("Er is iets veranderd aan wie meedoet. Werk eerst de loten bij."))
    if held.loten_verstuurd_op is None:
        until = end_of_objections(held.loting, now=now)
        if until >= held.trekking_op:
            raise ValidationError(too_soon(held.loting))
        if until > held.bezwaar_tot:
            held.bezwaar_tot = until
            held.save(update_fields=["bezwaar_tot"])
    return held


@transaction.atomic
def _mail(trekking: Trekking, pk: int, *, by: User | None, now: datetime) -> bool:
    held = _hold(trekking)
    lot = (
        by_mail(held)
        .select_for_update(of=("self",))
        .select_related("aanmelding__persoon", "aanmelding__loting")
        .filter(pk=pk, verstuurd_op=None)
        .first()
    )
    if lot is None or lot.aanmelding is None:
        # Told by somebody else meanwhile, or gone.
        return False
    mails.lot(
        aanmelding=lot.aanmelding,
        persoon=lot.aanmelding.persoon,
        number=lot.nummer,
        # A mail can be read by others on its way.
        record="" if has_special(held.loting) else record_of(lot).text,
        fingerprint=lot.vingerafdruk,
        until=held.bezwaar_tot,
        draws_at=held.trekking_op,
        is_renewed=held.loten_verstuurd_op is not None,
        # Another record is another mail.
        key=f"lot:{lot.pk}:{lot.vingerafdruk}",
    )
    lot.verstuurd_op = now
    lot.save(update_fields=["verstuurd_op"])
    actions.note(held.loting, Handeling.Soort.LOT, aanmelding=lot.aanmelding, by=by)
    return True


@transaction.atomic
def _all_sent(trekking: Trekking, *, now: datetime) -> None:
    held = _hold(trekking)
    if held.loten_verstuurd_op is None:
        held.loten_verstuurd_op = now
        held.save(update_fields=["loten_verstuurd_op"])
        chain.add(
            held.loting,
            "loten verstuurd",
            {"loten": held.loten.count(), "bezwaar_tot": held.bezwaar_tot.isoformat()},
        )
        content_changed()


def has_special(loting: Loting) -> bool:
    """Does a lot hold something that a mail may not?"""
    return Kenmerk.objects.source().filter(loting=loting, is_bijzonder=True).exists()


def _hold(trekking: Trekking) -> Trekking:
    """The draw, locked, with its loting. ValidationError when lots are not told about any more."""
    held = hold_trekking(trekking)
    if held.is_proef:
        raise ValidationError(_("Bij een oefening krijgt niemand een bericht."))
    if held.loting.staat != Staat.GESLOTEN:
        raise ValidationError(_("Wie meedoet, staat vast. Lotnummers versturen kan niet meer."))
    return held

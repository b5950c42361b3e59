"""Whose data stays how long after a draw.

Who has no seat and is no reserve goes so many days after the draw. The reserves that were promised stay as
long as they can still be asked. Who sits on a seat stays until so many days after the last day on it.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from participatie.draw.checks import trekking_of
from participatie.models import Aanmelding, Bezetting, Lot, Loting, Staat, Zetelaanbod
from participatie.seats.term import start_of, term_ends_on

DRAWN = (Staat.GETROKKEN, Staat.BEZET, Staat.AFGEROND)


def most_until(loting: Loting) -> datetime:
    """When the data goes of who has no seat and is no reserve: counted from a draw that was put off, too."""
    trekking = trekking_of(loting)
    drawn_at = max(loting.trekking_op, trekking.trekking_op) if trekking else loting.trekking_op
    return drawn_at + timedelta(days=loting.bewaren_dagen)


def lots_that_stay(loting: Loting, *, now: datetime) -> QuerySet[Lot]:
    """The lots whose owners stay after `most_until`. Before the draw there are none."""
    lots = Lot.objects.filter(trekking__loting=loting, trekking__is_proef=False, aanmelding__isnull=False)
    if loting.staat not in DRAWN:
        return lots.none()
    today, ends_on = timezone.localdate(now), term_ends_on(loting)
    left_lately = Q(aanbiedingen__bezetting__tot__gt=today - timedelta(days=loting.bewaren_dagen))
    sits = Q(aanbiedingen__bezetting__isnull=False, aanbiedingen__bezetting__tot__isnull=True)
    stays = Q(aanbiedingen__stand=Zetelaanbod.Stand.OPEN) | sits | left_lately
    if ends_on is not None and today < ends_on and loting.staat != Staat.AFGEROND:
        may_be_asked = Q(is_getrokken=True) | Q(reserveplek__lte=loting.reserves)
        stays |= Q(may_be_asked, aanbiedingen=None)
    return lots.filter(stays)


def kept_until_of(aanmelding: Aanmelding) -> datetime:
    """Until when the data of one person is kept, as things stand now."""
    loting = aanmelding.loting
    until = most_until(loting)
    lot = (
        Lot.objects.filter(aanmelding=aanmelding, trekking__is_proef=False)
        .only("is_getrokken", "reserveplek")
        .first()
    )
    if lot is None or loting.staat not in DRAWN:
        return until
    aanbod = Zetelaanbod.objects.filter(lot=lot).select_related("bezetting").first()
    ends_on = term_ends_on(loting)
    if aanbod is None:
        may_be_asked = lot.is_getrokken or (lot.reserveplek or 0) <= loting.reserves
        return max(until, start_of(ends_on)) if may_be_asked and ends_on else until
    sitting: Bezetting | None = getattr(aanbod, "bezetting", None)
    if sitting is not None:
        last = sitting.tot or sitting.termijn_tot
        return max(until, start_of(last + timedelta(days=loting.bewaren_dagen)))
    return max(until, aanbod.antwoord_voor) if aanbod.stand == Zetelaanbod.Stand.OPEN else until

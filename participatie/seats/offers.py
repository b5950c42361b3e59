"""The offer of a seat to one person, and what they can still do with it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from participatie.models import Aanmelding, Bezetting, Zetelaanbod
from participatie.seats.actions import SEATED, is_free_for
from participatie.seats.standing import SEALED_OF_LOT
from participatie.seats.term import term_ends_on

Stand = Zetelaanbod.Stand


@dataclass(frozen=True)
class May:
    """What somebody who was offered a seat can still do."""

    accept: bool
    decline: bool
    # The time to answer is not over; the seat may be gone all the same.
    decline_or_return: bool
    be_named: bool


def offer_to(aanmelding: Aanmelding) -> Zetelaanbod | None:
    """The seat somebody was offered in the draw that counts; None when they were not."""
    rows = Zetelaanbod.objects.filter(lot__aanmelding=aanmelding, lot__trekking__is_proef=False)
    found = rows.select_related("zetel__loting", "lot__aanmelding", "bezetting").defer(*SEALED_OF_LOT).first()
    if found is not None:
        found.lot.aanmelding = aanmelding
    return found


def may_still(aanbod: Zetelaanbod, *, now: datetime) -> May:
    """What is possible at a moment; the action that does it looks again."""
    loting = aanbod.zetel.loting
    sitting: Bezetting | None = getattr(aanbod, "bezetting", None)
    has_left = sitting is not None and sitting.tot is not None
    ends_on = term_ends_on(loting)
    in_time = (
        aanbod.stand != Stand.VERLOPEN
        and not has_left
        and loting.staat in SEATED
        and now < aanbod.antwoord_voor
        and ends_on is not None
        and timezone.localdate(now) < ends_on
    )
    return May(
        accept=in_time and aanbod.stand != Stand.AANVAARD and is_free_for(aanbod),
        decline=in_time and aanbod.stand != Stand.GEWEIGERD,
        decline_or_return=in_time,
        be_named=sitting is not None and not has_left,
    )

"""Filling a seat that came free from the same draw, by the rule that was published before it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from participatie.draw.checks import trekking_of
from participatie.draw.pool import pool_of, quotas_of
from participatie.models import Bezetting, Lot, Loting, Vorm, Zetel, Zetelaanbod
from participatie.seats.actions import check_offering, offer
from participatie.sortition.checks import Violation
from participatie.sortition.pools import Quota
from participatie.sortition.replacement import Candidate, replacements

MOST_SIGNS = 600


@dataclass(frozen=True)
class Choice:
    """Who can take a free seat: the lots that sit or are asked, and the reserves in the order of the rule."""

    seated: list[str]
    candidates: list[Candidate]
    # {lot: place in the order of the reserves}
    places: dict[str, int] = field(default_factory=dict)
    # The promised number of reserves is used up; these come after them in the same order.
    is_beyond: bool = False


def choice_for(loting: Loting) -> Choice:
    """The rule, worked out on the lots as they are now. Nothing is changed by looking."""
    trekking = trekking_of(loting)
    if trekking is None:
        return Choice([], [])
    trekking.loting = loting
    pool = pool_of(trekking)
    if loting.vorm == Vorm.EENVOUDIG:
        pool = replace(pool, quotas=())
    seated = _seated(loting)
    waiting = Lot.objects.filter(
        trekking=trekking, is_getrokken=False, aanmelding__isnull=False, aanbiedingen=None
    )
    places: dict[str, int] = dict(
        waiting.order_by("reserveplek").values_list("nummer", Coalesce("reserveplek", 0))
    )
    if len(seated) >= pool.seats:
        return Choice(seated, [], places)
    reserves = [lot for lot, place in places.items() if place <= loting.reserves]
    found = replacements(pool, staying=seated, reserve=reserves)
    is_beyond = not found
    if is_beyond:
        found = replacements(pool, staying=seated, reserve=[lot for lot in places if lot not in reserves])
    return Choice(seated, found, places, is_beyond)


def _seated(loting: Loting) -> list[str]:
    """The lots of who sits on a seat, or is asked and may still say yes."""
    sitting = Bezetting.objects.filter(zetel__loting=loting, tot__isnull=True)
    asked = Zetelaanbod.objects.open().filter(zetel__loting=loting)
    return sorted(
        {*sitting.values_list("aanbod__lot__nummer", flat=True), *asked.values_list("lot__nummer", flat=True)}
    )


@transaction.atomic
def fill(*, zetel: Zetel, lot: str, by: User, reden: str = "", now: datetime | None = None) -> Zetelaanbod:
    """Offer a free seat to a reserve: the first by the rule, or another with a reason that is published.

    ValidationError, in plain words, when the seat is not free, the lot is no candidate, or the first (or the
    number of reserves that was promised) would be passed without a reason. Twice is once.
    """
    now = now or timezone.now()
    loting = Loting.objects.locked().get(pk=zetel.loting_id)
    check_offering(loting, now=now)
    open_offer = Zetelaanbod.objects.open().filter(zetel=zetel).select_related("lot").first()
    if open_offer is not None and open_offer.lot.nummer == lot:
        return open_offer
    if open_offer is not None or Bezetting.objects.filter(zetel=zetel, tot__isnull=True).exists():
        raise ValidationError(_("Deze zetel is niet vrij. Misschien was een collega u voor."))
    choice = choice_for(loting)
    order = [candidate.id for candidate in choice.candidates]
    if lot not in order:
        raise ValidationError(
            _("Dit lot kan deze zetel niet krijgen. Kijk hieronder wie er nu aan de beurt is.")
        )
    passed_over = order[: order.index(lot)]
    reden = reden.replace("\0", "").strip()
    if choice.is_beyond and not reden:
        raise ValidationError(
            {
                "reden": _(
                    "De reserves die beloofd zijn, zijn op. Schrijf op waarom u verdergaat in de volgorde."
                )
            }
        )
    if passed_over and not reden:
        raise ValidationError(
            {
                "reden": _("Volgens de regel is lot %(lot)s aan de beurt. Schrijf op waarom niet.")
                % {"lot": order[0]}
            }
        )
    if len(reden) > MOST_SIGNS:
        raise ValidationError({"reden": _("Houd het bij %(most)d tekens.") % {"most": MOST_SIGNS}})
    before = (
        Zetelaanbod.objects.filter(zetel=zetel)
        .select_related("lot")
        .order_by("-aangeboden_op", "-pk")
        .first()
    )
    chosen = choice.candidates[order.index(lot)]
    return offer(
        zetel,
        Lot.objects.select_related("aanmelding__persoon").get(trekking=trekking_of(loting), nummer=lot),
        loting=loting,
        by=by,
        now=now,
        regel={
            "in_plaats_van": before.lot.nummer if before else "",
            "afwijkingen": chosen.off,
            "plek": choice.places[lot],
            **({"overgeslagen": passed_over} if passed_over else {}),
            **({"reden": reden} if passed_over or choice.is_beyond else {}),
        },
    )


def counts_of(choice: Choice, loting: Loting) -> list[tuple[Quota, int]]:
    """Every quota with how many of the seated fit it, in the order of the questions."""
    trekking = trekking_of(loting)
    if trekking is None or loting.vorm == Vorm.EENVOUDIG:
        return []
    rows = Lot.objects.filter(trekking=trekking, nummer__in=choice.seated)
    counts = Counter((feature, value) for lot in rows for feature, value in (lot.kenmerken or {}).items())
    return [(quota, counts[quota.feature, quota.value]) for quota in quotas_of(loting)]


def sentences_of(violations: Sequence[Violation], labels: dict[tuple[str, str], str]) -> list[str]:
    """Each quota that is not met as a sentence; `labels` is {(feature, value): the answer in words}."""
    return [
        _("“%(answer)s”: %(count)d, het moeten er %(minimum)d tot en met %(maximum)d zijn")
        % {
            "answer": labels.get((one.quota.feature, one.quota.value), one.quota.value),
            "count": one.count,
            "minimum": one.quota.minimum,
            "maximum": one.quota.maximum,
        }
        for one in violations
    ]

"""Personal data leaves by itself when its term is over.

What stays are counts, and of a lot what was published: its number and its fingerprint.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from participatie.actions import note
from participatie.models import (
    Aanmelding,
    Bezwaar,
    Conceptaanmelding,
    Handeling,
    Lot,
    Loting,
    Lotingcijfers,
    Opschoning,
    PersoonlijkeLink,
    Uitnodiging,
)
from participatie.seats.retention import lots_that_stay, most_until
from participatie.signals import erased
from participatie.statistics import statistics_of

# So many at once: a purge that is cut off goes on where it was.
BATCH = 500

# {what: how many}
type Counts = dict[str, int]


def purge(*, now: datetime, dry_run: bool = False) -> Counts:
    """Delete everything whose term is over at a moment; returns how many of what.

    `dry_run` only counts. What was deleted is written down as an `Opschoning`.
    """
    lotingen = list(Loting.objects.all())
    due = [loting for loting in lotingen if most_until(loting) <= now]
    # An address that was written to was promised a day, whatever happened to the draw since.
    invited = [loting for loting in lotingen if loting.kept_until <= now]
    steps: dict[str, Callable[[], Any]] = {
        "half ingevuld": lambda: Conceptaanmelding.objects.filter(verloopt_op__lte=now),
        "links": lambda: PersoonlijkeLink.objects.filter(verloopt_op__lte=now),
        "uitnodigingen": lambda: Uitnodiging.objects.filter(loting__in=invited),
    }
    people = Counter({"bezwaren": 0, "loten": 0, "aanmeldingen": 0})
    if dry_run:
        for loting in due:
            people.update({what: rows.count() for what, rows in _people(loting, now=now).items()})
        return {**{what: rows().count() for what, rows in steps.items()}, **people}
    for loting in due:
        _keep_counts(loting)
    counts: Counts = {what: delete_in_batches(rows) for what, rows in steps.items()}
    for loting in due:
        while gone := _delete_people(loting, now=now):
            people.update(gone)
    counts |= people
    if any(counts.values()):
        Opschoning.objects.create(op=now, aantallen=counts)
    return counts


def erase_again(numbers: list[str], *, dry_run: bool = False) -> int:
    """Erase sign-ups by receipt number that a restored backup brought back. Returns how many were there.

    Without asking how the loting stands: they were erased already.
    """
    rows = Aanmelding.objects.filter(bonnummer__in=numbers).select_related("loting")
    if dry_run:
        return rows.count()
    count = 0
    with transaction.atomic():
        for row in rows.select_for_update(of=("self",)):
            note(row.loting, Handeling.Soort.GEWIST, aanmelding=row, about="na herstel")
            erased.send(sender=Aanmelding, aanmelding=row)
            _forget_lots(Lot.objects.filter(aanmelding=row))
            row.delete()
            count += 1
    return count


def _people(loting: Loting, *, now: datetime) -> dict[str, Any]:
    """{what: rows} of who goes from a loting: objections, lots that still hold something, sign-ups."""
    stay = lots_that_stay(loting, now=now).values("aanmelding")
    lots = Lot.objects.filter(trekking__loting=loting, trekking__is_proef=False)
    gone = Q(aanmelding__isnull=True) | ~Q(aanmelding__in=stay)
    return {
        "bezwaren": Bezwaar.objects.filter(lot__in=lots.filter(gone)),
        "loten": lots.filter(gone, Q(aanmelding__isnull=False) | Q(kenmerken__isnull=False)),
        "aanmeldingen": Aanmelding.objects.filter(loting=loting).exclude(pk__in=stay),
    }


@transaction.atomic
def _delete_people(loting: Loting, *, now: datetime) -> Counts:
    """Delete a batch of people whole; returns how many of what, or nothing when nobody is left to go.

    With the loting held: whoever is asked for a seat just now stays.
    """
    held = Loting.objects.locked().get(pk=loting.pk)
    going = _people(held, now=now)
    keys = list(going["aanmeldingen"].order_by("pk").values_list("pk", flat=True)[:BATCH])
    theirs = Q(aanmelding__in=keys) | Q(aanmelding__isnull=True)
    lots = Lot.objects.filter(pk__in=going["loten"].filter(theirs).values_list("pk", flat=True)[:BATCH])
    counts = {
        "bezwaren": going["bezwaren"].filter(lot__in=lots).count(),
        "loten": lots.count(),
        "aanmeldingen": len(keys),
    }
    if not any(counts.values()):
        return {}
    _forget_lots(lots)
    Aanmelding.objects.filter(pk__in=keys).delete()
    return counts


def _forget_lots(lots: QuerySet[Lot]) -> None:
    """Leave of these lots what was published, and nothing of whose they were."""
    keys = list(lots.values_list("pk", flat=True))
    Bezwaar.objects.filter(lot__in=keys).delete()
    Lot.objects.filter(pk__in=keys).update(zout="", kenmerken=None, huishouden="", aanmelding=None)


def delete_in_batches(rows: Callable[[], Any]) -> int:
    """Delete in batches, each of them whole. Counts rows, not what hangs on them."""
    deleted = 0
    while keys := list(rows().order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows().filter(pk__in=keys).delete()
        deleted += len(keys)
    return deleted


@transaction.atomic
def _keep_counts(loting: Loting) -> None:
    """Keep the anonymous counts, once, before what they count is deleted."""
    Loting.objects.locked().get(pk=loting.pk)
    if not Lotingcijfers.objects.filter(loting=loting).exists():
        Lotingcijfers.objects.create(loting=loting, data=statistics_of(loting))

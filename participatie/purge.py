"""Personal data leaves by itself when its term is over. What stays are counts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from participatie.actions import note
from participatie.models import (
    Aanmelding,
    Conceptaanmelding,
    Handeling,
    Loting,
    Lotingcijfers,
    Opschoning,
    PersoonlijkeLink,
    Uitnodiging,
)
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
    due = [loting for loting in Loting.objects.all() if loting.kept_until <= now]
    steps: dict[str, Callable[[], Any]] = {
        "half ingevuld": lambda: Conceptaanmelding.objects.filter(verloopt_op__lte=now),
        "links": lambda: PersoonlijkeLink.objects.filter(verloopt_op__lte=now),
        "uitnodigingen": lambda: Uitnodiging.objects.filter(loting__in=due),
        "aanmeldingen": lambda: Aanmelding.objects.filter(loting__in=due),
    }
    if dry_run:
        return {what: rows().count() for what, rows in steps.items()}
    for loting in due:
        _keep_counts(loting)
    counts: Counts = {}
    for what, rows in steps.items():
        counts[what] = _delete(rows)
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
            row.delete()
            count += 1
    return count


def _delete(rows: Callable[[], Any]) -> int:
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
    Loting.objects.select_for_update(no_key=True).get(pk=loting.pk)
    if not Lotingcijfers.objects.filter(loting=loting).exists():
        Lotingcijfers.objects.create(loting=loting, data=statistics_of(loting))

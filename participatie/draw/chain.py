"""The public log of a loting: lines that hold each other, so that no line can go or change unseen."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from core.cache import content_changed
from participatie.models import Ketenregel, Loting
from participatie.sortition.publication import ledger


def add(loting: Loting, soort: str, gegevens: Mapping[str, Any]) -> Ketenregel:
    """Add a line, inside a transaction that has the loting locked. Lots by number only, never a person."""
    last = Ketenregel.objects.filter(loting=loting).order_by("-nummer").first()
    now = timezone.now()
    row = Ketenregel(
        loting=loting,
        nummer=last.nummer + 1 if last else 1,
        soort=soort,
        gegevens=dict(gegevens),
        op=now,
        vorige=last.hash if last else ledger.START,
    )
    row.hash = ledger.append(row.vorige, event_of(row)).hash
    row.save(force_insert=True)
    # Everybody reads this log, and what stands beside it.
    content_changed()
    return row


def event_of(row: Ketenregel) -> dict[str, Any]:
    """What of a line is hashed."""
    return {
        "regel": row.nummer,
        "soort": row.soort,
        "op": row.op.isoformat(timespec="microseconds"),
        "gegevens": row.gegevens,
    }


def breaks(loting: Loting) -> list[ledger.Break]:
    """Where the log of a loting was changed; empty when nothing was."""
    return breaks_in(Ketenregel.objects.filter(loting=loting).order_by("nummer"))


def breaks_in(rows: Iterable[Ketenregel]) -> list[ledger.Break]:
    """The same of rows that were read already, in order."""
    return ledger.verify(ledger.Entry(row.vorige, event_of(row), row.hash) for row in rows)

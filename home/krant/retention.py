"""What people left with the wijkkrant goes by itself when its term is over. What stays are counts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from core.models import OutboxMail
from home.krant.kopij.mails import KIND
from home.krant.subscribing import forget_unconfirmed, forget_undeliverable
from home.models import Drukgang, Kopij, Kopijconcept, Proefdruk
from participatie.models import Opschoning
from participatie.purge import Counts, delete_in_batches


def purge(*, now: datetime, dry_run: bool = False) -> Counts:
    """Delete everything whose term is over at a moment; returns how many of what.

    `dry_run` only counts. What was deleted is written down as an `Opschoning`.
    """
    steps: dict[str, Callable[[], Any]] = {
        "kopij": lambda: Kopij.objects.past_term(on=timezone.localdate(now)),
        "kopij, half ingevuld": lambda: Kopijconcept.objects.filter(verloopt_op__lte=now),
        "proefdrukken": lambda: Proefdruk.objects.filter(gevraagd_op__lte=now - Proefdruk.KEPT),
        "drukgangen": lambda: Drukgang.objects.filter(gevraagd_op__lte=now - Proefdruk.KEPT),
    }
    counts: Counts = {
        "abonnees, niet bevestigd": forget_unconfirmed(now, dry_run=dry_run),
        "abonnees, onbestelbaar": forget_undeliverable(now, dry_run=dry_run),
    }
    if dry_run:
        return counts | {what: rows().count() for what, rows in steps.items()}
    _forget_mails(steps["kopij"]())
    counts |= {what: delete_in_batches(rows) for what, rows in steps.items()}
    if any(counts.values()):
        Opschoning.objects.create(op=now, aantallen=counts)
    return counts


def _forget_mails(rows: Any) -> None:
    """What somebody was mailed goes with what they sent."""
    numbers = list(rows.values_list("bonnummer", flat=True))
    OutboxMail.objects.without_contents().filter(kind=KIND, about__in=numbers).delete()

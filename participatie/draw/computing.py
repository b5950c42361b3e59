"""Working out the lists of a draw: in the background, and as often as needed.

Nothing of it is anybody's choice. The lists follow from the lots, the quotas and a seed, and the seed is
the SHA-256 of `loten.csv` as it is published, in which everyone's salt was drawn by the machine. So whoever
is cut off, by whatever, begins again and gets the same lists.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from participatie.draw.checks import what_stops_the_lists
from participatie.draw.locks import hold_trekking
from participatie.draw.pool import pool_of
from participatie.draw.publishing import basis_of, seed_of
from participatie.draw.sentences import Words, gave_up, sentences_of
from participatie.models import Staat, Trekking, Vorm
from participatie.sortition.checks import wrong_lists
from participatie.sortition.leximin import leximin
from participatie.sortition.lists import lists
from participatie.sortition.pools import Progress
from participatie.sortition.relaxations import CannotBeMet
from participatie.sortition.solver import SolverGaveUp

log = logging.getLogger(__name__)

# Above so many lots there are ten times as many lists, and one die more.
MANY_LOTS, LISTS, LISTS_OF_MANY = 2000, 1000, 10_000
# Whoever gave no sign of life for so long was cut off.
SILENCE = timedelta(minutes=5)
BEAT_SECONDS = 1.0


class FailedError(Exception):
    """The lists cannot be made; the message says why, for a person."""


@transaction.atomic
def begin(*, trekking: Trekking, in_background: bool = True) -> bool:
    """Have the lists worked out. False when somebody is at it already, or they are there.

    ValidationError when this is not the moment for it. With `in_background` a worker does it; otherwise
    whoever calls this does, with `work_out`.
    """
    held = hold_trekking(trekking)
    if not has_lists(held):
        raise ValidationError(_("Deze loting is eenvoudig: zij heeft geen lijsten."))
    if not held.is_proef and held.loting.staat != Staat.BEVROREN:
        raise ValidationError(_("Stel eerst de deelnemers vast."))
    if hasattr(held, "uitkomst"):
        raise ValidationError(_("Er is al geloot."))
    if is_busy(held) or is_ready(held):
        return False
    many = held.loten.count() > MANY_LOTS
    Trekking.objects.filter(pk=held.pk).update(
        stand=Trekking.Stand.BEZIG,
        berekend_sinds=timezone.now(),
        aantal_lijsten=LISTS_OF_MANY if many else LISTS,
        voortgang=None,
        berekening=None,
        melding="",
    )
    if in_background:
        # When it is lost, the clock finds it all the same.
        transaction.on_commit(lambda: work_out_in_background.enqueue(held.pk), robust=True)
    return True


def has_lists(trekking: Trekking) -> bool:
    """Is one of many lists drawn, rather than the first of a ranking?"""
    return trekking.loting.vorm == Vorm.LIJSTEN


def is_busy(trekking: Trekking) -> bool:
    """Is somebody at it, who gave a sign of life lately?"""
    since = trekking.berekend_sinds
    is_alive = since is not None and since > timezone.now() - SILENCE
    return trekking.stand == Trekking.Stand.BEZIG and is_alive


def is_ready(trekking: Trekking) -> bool:
    """Are the lists there, and still those of these lots and quotas?"""
    if trekking.stand != Trekking.Stand.KLAAR or not trekking.berekening:
        return False
    basis = basis_of(trekking)
    return bool(trekking.berekening.get("basis", basis) == basis)


@task()
def work_out_in_background(pk: int) -> None:
    if trekking := Trekking.objects.filter(pk=pk).first():
        work_out(trekking)


def resume(*, now: datetime) -> int:
    """Give a worker again what was cut off. Returns how many draws."""
    cut_off = Trekking.objects.filter(
        Q(berekend_sinds=None) | Q(berekend_sinds__lte=now - SILENCE), stand=Trekking.Stand.BEZIG
    )
    keys = list(cut_off.values_list("pk", flat=True))
    for pk in keys:
        # So that the next minute does not find it again.
        Trekking.objects.filter(pk=pk, stand=Trekking.Stand.BEZIG).update(berekend_sinds=now)
        work_out_in_background.enqueue(pk)
    return len(keys)


def work_out(trekking: Trekking, *, progress: Progress | None = None) -> Trekking:
    """Work out the lists that were begun, and keep them. What goes wrong is kept as `melding`.

    Two at once do no harm: they find the same.
    """
    row = Trekking.objects.select_related("loting").get(pk=trekking.pk)
    if row.stand != Trekking.Stand.BEZIG:
        return row
    basis = basis_of(row)
    try:
        made = _made(row, Beat(row.pk, progress))
    except FailedError as error:
        return _keep(row, basis, stand=Trekking.Stand.MISLUKT, melding=str(error))
    except SolverGaveUp:
        log.exception("the solver gave up on the draw of %s", row)
        return _keep(row, basis, stand=Trekking.Stand.MISLUKT, melding=gave_up())
    except Exception:
        log.exception("the lists of %s failed", row)
        wrong = _("Er ging iets mis bij het rekenen. Probeer het nog een keer, of vraag de beheerder.")
        return _keep(row, basis, stand=Trekking.Stand.MISLUKT, melding=wrong)
    return _keep(row, basis, stand=Trekking.Stand.KLAAR, berekening={**made, "basis": basis})


@dataclass
class Beat:
    """Writes down how far it is, at most once a second: that is the sign of life."""

    pk: int
    progress: Progress | None = None
    last: float = field(default=-BEAT_SECONDS)

    def __call__(self, step: str, done: int, total: int) -> None:
        if self.progress:
            self.progress(step, done, total)
        now = time.monotonic()
        if now - self.last < BEAT_SECONDS:
            return
        self.last = now
        Trekking.objects.filter(pk=self.pk, stand=Trekking.Stand.BEZIG).update(
            voortgang={"step": step, "done": done, "total": total}, berekend_sinds=timezone.now()
        )


def _made(trekking: Trekking, tell: Callable[[str, int, int], None]) -> dict[str, Any]:
    tell("check", 0, 0)
    if problems := what_stops_the_lists(trekking):
        raise FailedError(" ".join(problems))
    seed = seed_of(trekking)
    pool = pool_of(trekking)
    found = leximin(pool, progress=tell)
    if isinstance(found, CannotBeMet):
        raise FailedError(" ".join(sentences_of(found, Words(trekking.loting))))
    panels = lists(found, seed=bytes.fromhex(seed), count=trekking.aantal_lijsten, progress=tell)
    if wrong_lists(pool, panels.lists):
        raise FailedError(_("De lijsten klopten niet. Probeer het nog een keer, of vraag de beheerder."))
    return {
        "chances": found.by_id,
        "lists": [list(panel) for panel in panels.lists],
        "proven": found.proven,
        "seconds": {**found.seconds, **panels.seconds},
        "seed": seed,
    }


@transaction.atomic
def _keep(trekking: Trekking, basis: str, **result: Any) -> Trekking:
    """Keep what came of it, unless somebody was first, or it is about others by now."""
    held = hold_trekking(trekking)
    if held.stand != Trekking.Stand.BEZIG:
        return held
    if basis_of(held) != basis:
        result = {
            "stand": Trekking.Stand.MISLUKT,
            "melding": _("Er is iets veranderd tijdens het rekenen. Bereken de lijsten opnieuw."),
        }
    for name, value in {"voortgang": None, **result}.items():
        setattr(held, name, value)
    held.save(update_fields=["voortgang", *result])
    return held

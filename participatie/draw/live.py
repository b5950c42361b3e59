"""Chances while somebody sets quotas: at once when that is quick, otherwise by a worker, and never twice.

What comes out is kept by what went in. So several people who look at the same numbers wait once, and whoever
comes back to earlier numbers does not wait at all.
"""

import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.tasks import task

from participatie.draw.chances import Outcome, outcome_of, price_of
from participatie.draw.people import count_of, known_people, read_people, version_of
from participatie.models import Loting
from participatie.sortition.pools import Quota
from participatie.sortition.solver import SolverGaveUp

log = logging.getLogger(__name__)

KEPT_SECONDS = 3600
# Reading so many people, and reckoning with so many classes, stays well under a second.
MOST_PEOPLE, MOST_CLASSES = 3000, 800
# A worker that gave no sign of life for so long was cut off.
SILENCE_SECONDS = 120
# What nobody asked about for so long is not worked out any more: somebody typed on.
WAITING_SECONDS = 60
FAILED_SECONDS = 30
CHANCES, PRICE = "kansen", "prijs"


@dataclass(frozen=True)
class Busy:
    """A worker has it. `total` is 0 while it is not known how much there is to do."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Failed:
    """It cannot be worked out; somebody who keeps the site finds the reason in its log."""


@dataclass(frozen=True)
class Question:
    """Which chances are asked: of these people, with these quotas."""

    loting: Loting
    quotas: tuple[Quota, ...]
    version: str

    def key(self, what: str) -> str:
        facts = [
            self.version,
            self.loting.zetels,
            *((q.feature, q.value, q.minimum, q.maximum) for q in self.quotas),
        ]
        return f"loting-{what}:{sha256(json.dumps(facts).encode()).hexdigest()}"


def question(loting: Loting, quotas: Iterable[Quota]) -> Question:
    return Question(loting, tuple(sorted(quotas)), version_of(loting))


def chances(asked: Question) -> Outcome | Busy | Failed:
    """The chances when they are known or quickly found; otherwise a worker begins. Ask again then."""
    known = _known(asked, CHANCES)
    if known is not None:
        return known
    people = known_people(asked.version)
    if people is None and count_of(asked.loting) <= MOST_PEOPLE:
        people = read_people(asked.loting, asked.version)
    if people is None or len(people.classes) > MOST_CLASSES:
        return _ask_worker(asked, CHANCES)
    return _work_out(asked, CHANCES)


def price(asked: Question) -> tuple[Any, ...] | Busy | Failed:
    """The price of the quotas when it is known; otherwise a worker begins."""
    known = _known(asked, PRICE)
    return _ask_worker(asked, PRICE) if known is None else known


def known_price(asked: Question) -> tuple[Any, ...] | Failed | None:
    """The price when it is known already."""
    found: tuple[Any, ...] | Failed | None = _known(asked, PRICE)
    return found


def _known(asked: Question, what: str) -> Any:
    return cache.get(asked.key(what))


def _ask_worker(asked: Question, what: str) -> Any:
    key = asked.key(what)
    cache.set(f"{key}:gevraagd", True, WAITING_SECONDS)
    if cache.add(f"{key}:bezig", Busy(), SILENCE_SECONDS):
        quotas = [[q.feature, q.value, q.minimum, q.maximum] for q in asked.quotas]
        work_out_in_background.enqueue(asked.loting.pk, quotas, what)
    known = cache.get(key)
    return known if known is not None else cache.get(f"{key}:bezig", Busy())


@task()
def work_out_in_background(pk: int, quotas: list[list[Any]], what: str) -> None:
    loting = Loting.objects.filter(pk=pk).first()
    if loting is None:
        return
    asked = question(loting, (Quota(*facts) for facts in quotas))
    if _known(asked, what) is not None:
        return
    if cache.get(f"{asked.key(what)}:gevraagd"):
        _work_out(asked, what)
    cache.delete(f"{asked.key(what)}:bezig")


def _work_out(asked: Question, what: str) -> Any:
    key = asked.key(what)
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > 1:
            last = time.monotonic()
            cache.set(f"{key}:bezig", Busy(done, total), SILENCE_SECONDS)

    try:
        people = known_people(asked.version) or read_people(asked.loting, asked.version)
        work = outcome_of if what == CHANCES else price_of
        found: Any = work(people.with_quotas(asked.quotas), tell)
    except SolverGaveUp:
        log.exception("the solver gave up on the chances of %s", asked.loting)
        found = Failed()
    cache.set(key, found, FAILED_SECONDS if isinstance(found, Failed) else KEPT_SECONDS)
    return found

"""All actions of a wijk as light rows: read once for each version of the content and each day.

A list of a wijk may hold thousands of actions. What is asked of all of them (to count, to sort, to narrow
down) is answered from tuples here; only the few that are shown become models.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Value
from django.utils import timezone

from core.cache import remembered
from wijken.models import Actie, Actieplan
from wijken.monitor.facts import known_facts
from wijken.monitor.listing import urgency
from wijken.monitor.names import FOCUSOPGAVE, PERSPECTIEF, PLEK, TREKKER
from wijken.monitor.standing import Facts, Standing, judge


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan or programme; `silent_after` in months."""

    pk: int
    slug: str
    naam: str
    soort: str
    silent_after: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One action without its words. `kosten` in whole euros."""

    pk: int
    nummer: int
    naam: str
    plan: Plan
    focusopgave_id: int | None
    kosten: int | None
    kosten_reden: str


@dataclass(frozen=True, slots=True)
class Links:
    """Ids of what an action is connected to. A perspectief comes from the opgaven that it works on."""

    trekkers: tuple[int, ...] = ()
    plekken: tuple[int, ...] = ()
    perspectieven: tuple[int, ...] = ()
    samen_met: tuple[int, ...] = ()


STATUS, SIGNAAL, PLAN = "status", "let-op", "plan"
NO_REASON, NO_REPORT, SILENT = "geen-reden", "geen-update", "geen-nieuws"

# A facet with one of its values: a state, a signal, the slug of a plan, or the id of a row.
type Key = tuple[str, str | int]

NOTHING_KNOWN = Facts()
NO_LINKS = Links()


class WijkActies:
    """The actions of one wijk as they stand on one day. Each part is read when it is first asked for.

    Shared by threads, so nothing in it may be changed.
    """

    def __init__(self, wijk_id: int, *, on: date) -> None:
        self.wijk_id = wijk_id
        self.on = on

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        """Plans with their actions, in the order of the plans. One query, also for a plan without actions."""
        return list(
            Actieplan.objects.filter(wijk=self.wijk_id)
            .order_by("soort", "naam", "acties__nummer")
            .values_list(
                *("pk", "slug", "naam", "soort", "silent_after"),
                *(f"acties__{name}" for name in ("pk", "nummer", "naam", "focusopgave")),
                *("acties__kosten", "acties__kosten_reden"),
            )
        )

    @cached_property
    def plans(self) -> Mapping[int, Plan]:
        return {row[0]: Plan(*row[:5]) for row in self._rows}

    @cached_property
    def entries(self) -> Mapping[int, Entry]:
        """{id: action}, by plan and number."""
        return {
            pk: Entry(pk, nummer, naam, self.plans[row[0]], focusopgave_id, kosten, reden)
            for row in self._rows
            for pk, nummer, naam, focusopgave_id, kosten, reden in [row[5:]]
            if pk is not None
        }

    @cached_property
    def facts(self) -> Mapping[int, Facts]:
        """{id: what is known of the action}. Two queries."""
        found = known_facts(Actie.objects.filter(actieplan__wijk=self.wijk_id), on=self.on)
        return {pk: found.get(pk, NOTHING_KNOWN) for pk in self.entries}

    @cached_property
    def standings(self) -> Mapping[int, Standing]:
        return {pk: judge(facts, on=self.on) for pk, facts in self.facts.items()}

    @cached_property
    def most_urgent_first(self) -> tuple[Entry, ...]:
        return tuple(
            sorted(
                self.entries.values(),
                key=lambda entry: urgency(self.standings[entry.pk], entry.nummer),
            )
        )

    @cached_property
    def in_time(self) -> tuple[Entry, ...]:
        """By the end of the first promise that still counts; what has no date at all comes last."""
        return tuple(sorted(self.entries.values(), key=lambda entry: self._first_end(entry.pk)))

    def _first_end(self, pk: int) -> date:
        ends = (step.current.period.ends_on for step in self.facts[pk].milestones)
        return min((end for end in ends if end), default=date.max)

    @cached_property
    def undated(self) -> frozenset[int]:
        """Actions of which no step has a date."""
        return frozenset(pk for pk in self.entries if self._first_end(pk) == date.max)

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first and the last year of everything that was ever promised, with the year of today."""
        periods = [
            promise.period
            for facts in self.facts.values()
            for step in facts.milestones
            for promise in (step.first, step.current)
        ]
        days = [day for period in periods for day in (period.starts_on, period.ends_on) if day]
        return min([*days, self.on]).year, max([*days, self.on]).year

    @cached_property
    def links(self) -> Mapping[int, Links]:
        """{id: what the action is connected to}; of every action of the wijk. One query."""
        found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for pk, target, kind in _links(self.wijk_id):
            if target not in found[pk][kind]:
                found[pk][kind].append(target)
        return {
            pk: Links(**{kind: tuple(ids) for kind, ids in found[pk].items()}) if pk in found else NO_LINKS
            for pk in self.entries
        }

    def is_silent(self, entry: Entry) -> bool:
        """Did nobody report for longer than its plan allows?"""
        return self.standings[entry.pk].silent_months >= entry.plan.silent_after

    @cached_property
    def keys(self) -> Mapping[int, frozenset[Key]]:
        """{id: everything that the action can be found by}."""
        return {entry.pk: frozenset(self._keys_of(entry)) for entry in self.entries.values()}

    def _keys_of(self, entry: Entry) -> list[Key]:
        standing, links = self.standings[entry.pk], self.links[entry.pk]
        signals = {
            NO_REASON: standing.needs_reason,
            NO_REPORT: standing.is_unreported,
            SILENT: self.is_silent(entry),
        }
        keys: list[Key] = [(STATUS, standing.state.value), (PLAN, entry.plan.slug)]
        keys += [(SIGNAAL, signal) for signal, is_on in signals.items() if is_on]
        keys += [(FOCUSOPGAVE, entry.focusopgave_id)] if entry.focusopgave_id else []
        keys += [(PERSPECTIEF, pk) for pk in links.perspectieven]
        keys += [(TREKKER, pk) for pk in links.trekkers]
        keys += [(PLEK, pk) for pk in links.plekken]
        return keys


def _links(wijk_id: int) -> Any:
    """(action, id, kind) of every connection of the actions of a wijk, as one query."""
    parts = [
        through.objects.filter(**{f"{own}__actieplan__wijk": wijk_id})
        .order_by()
        .values_list(F(f"{own}_id"), F(target), Value(kind))
        for through, own, target, kind in (
            (Actie.trekkers.through, "actie", "organisatie_id", "trekkers"),
            (Actie.plekken.through, "actie", "plek_id", "plekken"),
            (Actie.opgaven.through, "actie", "opgave__perspectief_id", "perspectieven"),
            (Actie.samen_met.through, "from_actie", "to_actie_id", "samen_met"),
        )
    ]
    return parts[0].union(*parts[1:], all=True)


def wijk_acties(wijk_id: int) -> WijkActies:
    """The actions of a wijk as they stand today, kept until the content or the day changes."""
    today = timezone.localdate()
    return remembered(f"monitor:{wijk_id}", lambda: WijkActies(wijk_id, on=today), variant=today.isoformat())

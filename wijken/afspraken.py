"""Afspraken die terugkomen: what has to happen every year, computed from what was recorded.

Source: the municipality's note on wijkgericht werken (stuurgroep twice a year; a raadpleging, a werkplan and
a talk with each chair once a year).
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wijken.models import Werkplan, Wijk, Wijkplatform


class State(Enum):
    DONE = "gedaan"
    PLANNED = "gepland"
    TODO = "nog_te_doen"
    OVERDUE = "te_laat"

    @property
    def label(self) -> Promise:
        return {
            State.DONE: _("gedaan"),
            State.PLANNED: _("gepland"),
            State.TODO: _("nog te doen"),
            State.OVERDUE: _("te laat"),
        }[self]


@dataclass(frozen=True)
class Afspraak:
    """One duty in one year: how often, when it was done, when it is planned, and by which day it is due.

    `has_days` is False when only the year of `done` is known.
    """

    label: Promise
    year: int
    times: int
    done: tuple[date, ...]
    planned: tuple[date, ...]
    due_on: date
    state: State
    has_days: bool = True


def due_date(year: int, nth: int, times: int) -> date:
    """The last day on which the nth of so many yearly occurrences is in time: 30 June for 1 of 2."""
    month = 12 * nth // times
    return date(year, month, calendar.monthrange(year, month)[1])


def assess(
    label: Promise, *, times: int, records: Iterable[tuple[date, bool]], year: int, on: date
) -> Afspraak:
    """Judge one duty in one year from (date, was it done) records, as known on a day."""
    in_year = sorted((day, held) for day, held in records if day.year == year)
    done = tuple(day for day, held in in_year if held and day <= on)
    planned = tuple(day for day, held in in_year if not held and day >= on)
    due_on = due_date(year, min(len(done) + 1, times), times)
    if len(done) >= times:
        state = State.DONE
    elif due_on < on:
        state = State.OVERDUE
    elif planned:
        state = State.PLANNED
    else:
        state = State.TODO
    return Afspraak(label, year, times, done, planned, due_on, state)


def _this_year_and_missed(
    label: Promise, *, times: int, records: list[tuple[date, bool]], on: date, since: date | None = None
) -> list[Afspraak]:
    """This year's duty, preceded by last year's when that one was missed."""
    judged = [
        assess(label, times=times, records=records, year=year, on=on)
        for year in (on.year - 1, on.year)
        if since is None or since.year <= year
    ]
    return [item for item in judged if item.year == on.year or item.state is State.OVERDUE]


def stuurgroep_afspraken(*, on: date) -> list[Afspraak]:
    """The meetings of the stuurgroep: twice a year."""
    from wijken.models import StuurgroepOverleg

    records = list(StuurgroepOverleg.objects.filter(date__year__gte=on.year - 1).values_list("date", "held"))
    return _stuurgroep_afspraken(records, on=on)


def _stuurgroep_afspraken(records: list[tuple[date, bool]], *, on: date) -> list[Afspraak]:
    return _this_year_and_missed(_("Vergadering van de stuurgroep"), times=2, records=records, on=on)


def wijk_afspraken(wijk: "Wijk", *, on: date) -> list[Afspraak]:
    """Every yearly duty that concerns a wijk, in the order in which a resident would ask for them.

    A platform's duties count only while the platform is active. Two queries, three when the platform of the
    wijk was not fetched with it.
    """
    from wijken.models import Werkplan, Wijkplatform

    platform: Wijkplatform | None = getattr(wijk, "wijkplatform", None)
    if platform and platform.status != Wijkplatform.Status.ACTIEF:
        platform = None
    records = _records(platform, since=date(on.year - 1, 1, 1))
    own = _own_afspraken(
        platform,
        raadplegingen=records["raadpleging"],
        gesprekken=[
            *((platform.pk, day, held) for day, held in records["gesprek"] if platform),
            *((None, day, held) for day, held in records["gesprek met allen"]),
        ],
        werkplannen=Werkplan.objects.filter(wijkteam_id=wijk.wijkteam_id, jaar__gte=on.year - 1),
        on=on,
    )
    return own + _stuurgroep_afspraken(records["overleg"], on=on)


def _records(platform: "Wijkplatform | None", *, since: date) -> dict[str, list[tuple[date, bool]]]:
    """What the stuurgroep and one platform held or planned, by kind, in one query."""
    from wijken.models import StuurgroepOverleg, Voorzittersgesprek, Wijkraadpleging

    def recorded(kind: str, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, date, bool]]:
        return rows.filter(date__gte=since).order_by().values_list(Value(kind), "date", "held")

    query = recorded("overleg", StuurgroepOverleg.objects.all())
    if platform:
        query = query.union(
            recorded("raadpleging", Wijkraadpleging.objects.filter(wijkplatform=platform)),
            recorded("gesprek", Voorzittersgesprek.objects.filter(wijkplatform=platform)),
            recorded("gesprek met allen", Voorzittersgesprek.objects.filter(wijkplatform__isnull=True)),
            all=True,
        )
    found: dict[str, list[tuple[date, bool]]] = defaultdict(list)
    for kind, day, held in query:
        found[kind].append((day, held))
    return found


def afspraken_per_wijk(
    wijken: Iterable["Wijk"], *, on: date
) -> tuple[list[tuple["Wijk", list[Afspraak]]], list[Afspraak]]:
    """Each wijk with its own duties, and the duties that all share. Five queries, however many wijken."""
    from wijken.models import (
        Voorzittersgesprek,
        Werkplan,
        Wijkplatform,
        Wijkraadpleging,
    )

    platforms = {row.wijk_id: row for row in Wijkplatform.objects.filter(status=Wijkplatform.Status.ACTIEF)}
    since_last_year = Q(date__year__gte=on.year - 1)
    raadplegingen: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for platform_id, day, held in Wijkraadpleging.objects.filter(since_last_year).values_list(
        "wijkplatform_id", "date", "held"
    ):
        raadplegingen[platform_id].append((day, held))
    gesprekken = list(
        Voorzittersgesprek.objects.filter(since_last_year).values_list("wijkplatform_id", "date", "held")
    )
    werkplannen: dict[int, list[Werkplan]] = defaultdict(list)
    for plan in Werkplan.objects.filter(jaar__gte=on.year - 1):
        werkplannen[plan.wijkteam_id].append(plan)
    per_wijk = []
    for wijk in wijken:
        platform = platforms.get(wijk.pk)
        own = _own_afspraken(
            platform,
            raadplegingen=raadplegingen[platform.pk] if platform else [],
            gesprekken=[row for row in gesprekken if row[0] is None or (platform and row[0] == platform.pk)],
            werkplannen=werkplannen[wijk.wijkteam_id],
            on=on,
        )
        per_wijk.append((wijk, own))
    return per_wijk, stuurgroep_afspraken(on=on)


def _own_afspraken(
    platform: "Wijkplatform | None",
    *,
    raadplegingen: list[tuple[date, bool]],
    gesprekken: list[tuple[int | None, date, bool]],
    werkplannen: Iterable["Werkplan"],
    on: date,
) -> list[Afspraak]:
    """The duties of one wijk, judged from records that were already fetched."""
    items: list[Afspraak] = []
    if platform:
        items += _this_year_and_missed(
            _("Wijkraadpleging"), times=1, records=raadplegingen, on=on, since=platform.since
        )
        items += _this_year_and_missed(
            _("Gesprek met de voorzitter van het wijkplatform"),
            times=1,
            records=[(day, held) for platform_id, day, held in gesprekken if platform_id],
            on=on,
            since=platform.since,
        )
        items += _this_year_and_missed(
            _("Gesprek met alle voorzitters samen"),
            times=1,
            records=[(day, held) for platform_id, day, held in gesprekken if not platform_id],
            on=on,
        )
    plans = _this_year_and_missed(
        _("Werkplan van het wijkteam"),
        times=1,
        records=[(vastgesteld or date(jaar, 1, 1), True) for jaar, vastgesteld in _years(werkplannen)],
        on=on,
    )
    return items + [replace(item, has_days=False) for item in plans]


def _years(werkplannen: Iterable) -> list[tuple[int, date | None]]:
    """A plan counts for the year it is about, on whichever day it was adopted."""
    return [
        (
            plan.jaar,
            plan.vastgesteld_op if plan.vastgesteld_op and plan.vastgesteld_op.year == plan.jaar else None,
        )
        for plan in werkplannen
    ]

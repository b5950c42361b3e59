"""What needs doing about the action plans, in a number of queries that does not grow with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wijken.models import Actie, Actieplan, Terugblik
from wijken.monitor.facts import standings
from wijken.monitor.periods import add_months
from wijken.monitor.standing import Standing
from wijken.monitor.terugblikken import due_dates

SOON_DAYS = 60
# A look-back may be held this much before its day and still count for it.
EARLY_MONTHS = 3


@dataclass(frozen=True)
class Judged:
    actie: Actie
    standing: Standing


def judged_acties(*, on: date) -> list[Judged]:
    """Every action with how it stands on a day: five queries."""
    known = standings(Actie.objects.all(), on=on)
    acties = Actie.objects.select_related("actieplan").prefetch_related("trekkers")
    return [Judged(actie, known[actie.pk]) for actie in acties if actie.pk in known]


@dataclass(frozen=True)
class Unexplained:
    """Late actions without a reason, of one organisation that pulls them; the longest late first."""

    trekker: str
    trekker_id: int | None
    acties: list[Judged]


def unexplained_per_trekker(rows: Iterable[Judged]) -> list[Unexplained]:
    """Who has late actions without a reason, most of them first. An action counts for each that pulls it."""
    groups: dict[tuple[str, int | None], list[Judged]] = {}
    for row in rows:
        if row.standing.needs_reason:
            pullers: list[tuple[str, int | None]] = [(str(org), org.pk) for org in row.actie.trekkers.all()]
            for key in pullers or [("", None)]:
                groups.setdefault(key, []).append(row)
    found = [
        Unexplained(name, pk, sorted(acties, key=lambda row: -row.standing.days_late))
        for (name, pk), acties in groups.items()
    ]
    return sorted(found, key=lambda group: (-len(group.acties), group.trekker))


def silent(rows: Iterable[Judged]) -> list[Judged]:
    """Actions without news for longer than their plan allows, the most silent first."""
    found = [row for row in rows if row.standing.silent_months >= row.actie.actieplan.silent_after]
    return sorted(found, key=lambda row: -row.standing.silent_months)


@dataclass(frozen=True)
class LookBack:
    """A look-back that must be held by a day. `terugblik` is the one that was planned for it, if any."""

    plan: Actieplan
    due_on: date
    is_overdue: bool
    terugblik: Terugblik | None = None


def look_backs(*, on: date) -> list[LookBack]:
    """Of each plan the newest look-back that is overdue, and the one that is due soon. Two queries."""
    held: dict[int, list[Terugblik]] = {}
    for terugblik in Terugblik.objects.order_by("peildatum"):
        held.setdefault(terugblik.actieplan_id, []).append(terugblik)
    found = []
    for plan in Actieplan.objects.exclude(starts_on=None):
        days = due_dates(plan, until=on + timedelta(days=SOON_DAYS))
        past = [day for day in days if day <= on]
        for day in (*past[-1:], *days[len(past) : len(past) + 1]):
            planned = [
                row for row in held.get(plan.pk, []) if row.peildatum >= add_months(day, -EARLY_MONTHS)
            ]
            # An older one that was missed cannot be held any more; the newest counts.
            if not any(row.peildatum <= on for row in planned):
                found.append(LookBack(plan, day, day <= on, planned[0] if planned else None))
    return sorted(found, key=lambda row: row.due_on)


def unkept_look_backs(*, on: date) -> list[Terugblik]:
    """Look-backs whose day has come and of which the standing is not kept yet. One query."""
    rows = Terugblik.objects.filter(peildatum__lte=on, momentopname=None).select_related("actieplan")
    return list(rows.order_by("peildatum"))

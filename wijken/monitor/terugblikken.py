"""When a plan is looked back at: half a year after the start, then every year, then every two years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wijken.monitor.periods import add_months

if TYPE_CHECKING:
    from wijken.models import Actieplan, Terugblik

FIRST_AFTER_MONTHS = 6
YEARLY, TWO_YEARLY = 12, 24
# A look-back on another day than planned is still that look-back.
NEAR = timedelta(days=31)


@dataclass(frozen=True)
class LookBack:
    """One look-back that belongs to a plan: when it is due and what was recorded about it."""

    due_on: date
    terugblik: "Terugblik | None"
    is_done: bool
    is_overdue: bool


def look_backs(plan: "Actieplan", terugblikken: Iterable["Terugblik"], *, on: date) -> list[LookBack]:
    """Those that were due, the next one, and those on a day of their own. Oldest first.

    One is done when the talks were held; that a standing was kept is not enough.
    """
    upcoming = next_due(plan, after=on)
    recorded = {row.peildatum: row for row in terugblikken}
    days = [*due_dates(plan, until=on), *([upcoming] if upcoming else [])]
    near = {day: next((one for one in sorted(recorded) if abs(day - one) <= NEAR), None) for day in days}
    own = [day for day in recorded if day not in near.values()]
    found = []
    for due_on in sorted([*days, *own]):
        row = recorded.get(near.get(due_on) or due_on)
        is_done = bool(row and row.gehouden_op and row.gehouden_op <= on)
        found.append(LookBack(due_on, row, is_done, is_overdue=not is_done and due_on <= on))
    return found


def due_dates(plan: "Actieplan", *, until: date) -> list[date]:
    """The days on which a look-back is due, up to and including a day; none without a start date."""
    return list(_due(plan.starts_on, plan.bestuursperiode_tot, until)) if plan.starts_on else []


def next_due(plan: "Actieplan", *, after: date) -> date | None:
    """The first look-back after a day; None without a start date."""
    # Two years is the longest pause there is.
    far = add_months(max(after, plan.starts_on or after), TWO_YEARLY + FIRST_AFTER_MONTHS)
    return next((day for day in due_dates(plan, until=far) if day > after), None)


def _due(starts_on: date, period_ends_on: date | None, until: date) -> Iterator[date]:
    months = FIRST_AFTER_MONTHS
    while (day := add_months(starts_on, months)) <= until:
        yield day
        in_period = period_ends_on is None or add_months(starts_on, months + YEARLY) <= period_ends_on
        months += YEARLY if in_period else TWO_YEARLY


def missed(plan: "Actieplan", peildata: Iterable[date], *, on: date) -> list[date]:
    """Days on or before `on` that a look-back was due and no look-back of the plan is near, oldest first.

    `peildata` are the days of the look-backs there are. One that was held some weeks earlier or later counts.
    """
    held = list(peildata)
    return [day for day in due_dates(plan, until=on) if not any(abs(day - one) <= NEAR for one in held)]

"""When a plan is looked back at: half a year after the start, then every year, then every two years."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wijken.monitor.periods import add_months

if TYPE_CHECKING:
    from wijken.models import Actieplan

FIRST_AFTER_MONTHS = 6
YEARLY, TWO_YEARLY = 12, 24
# A look-back on another day than planned is still that look-back.
NEAR = timedelta(days=31)


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

"""When a plan is looked back at: computed from its start."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijken.models import Actieplan
from wijken.monitor.periods import add_months
from wijken.monitor.terugblikken import due_dates, next_due

FAR = date(2034, 1, 1)


def plan(start: date | None, until: date | None = None) -> Actieplan:
    return Actieplan(starts_on=start, bestuursperiode_tot=until)


@pytest.mark.parametrize(
    ("start", "period_ends", "expected"),
    [
        pytest.param(None, None, [], id="no start"),
        pytest.param(None, date(2026, 3, 18), [], id="no start, but an end"),
        pytest.param(
            date(2024, 1, 1),
            date(2026, 3, 18),
            [
                date(2024, 7, 1),
                date(2025, 7, 1),
                date(2027, 7, 1),
                date(2029, 7, 1),
                date(2031, 7, 1),
                date(2033, 7, 1),
            ],
            id="half a year, yearly in the period, then every two years",
        ),
        pytest.param(
            date(2024, 1, 1),
            date(2025, 7, 1),
            [date(2024, 7, 1), date(2025, 7, 1), *(date(year, 7, 1) for year in range(2027, 2034, 2))],
            id="the last day of the period is still in it",
        ),
        pytest.param(
            date(2030, 8, 31),
            None,
            [date(2031, 2, 28), date(2032, 2, 29), date(2033, 2, 28)],
            id="31 August: the last day of February",
        ),
        pytest.param(
            date(2028, 2, 29),
            date(2029, 2, 1),
            [date(2028, 8, 29), date(2030, 8, 29), date(2032, 8, 29)],
            id="leap day, and a period that ends within two look-backs",
        ),
        pytest.param(
            date(2031, 1, 1),
            None,
            [date(2031, 7, 1), date(2032, 7, 1), date(2033, 7, 1)],
            id="no end of the period: every year",
        ),
    ],
)
def test_due_dates(start: date | None, period_ends: date | None, expected: list[date]) -> None:
    assert due_dates(plan(start, period_ends), until=FAR) == expected


def test_a_look_back_is_due_on_its_own_day() -> None:
    one = plan(date(2024, 1, 1))
    assert due_dates(one, until=date(2024, 6, 30)) == []
    assert due_dates(one, until=date(2024, 7, 1)) == [date(2024, 7, 1)]
    assert next_due(one, after=date(2024, 6, 30)) == date(2024, 7, 1)
    assert next_due(one, after=date(2024, 7, 1)) == date(2025, 7, 1)
    assert next_due(one, after=date(2020, 1, 1)) == date(2024, 7, 1)
    assert next_due(plan(None), after=date(2024, 7, 1)) is None


starts = st.dates(date(1995, 1, 1), date(2060, 12, 31))


@given(starts, st.none() | st.integers(0, 400), st.integers(0, 14_000))
def test_every_look_back_is_later_than_the_one_before(
    start: date, months: int | None, days_later: int
) -> None:
    one = plan(start, None if months is None else add_months(start, months))
    due = due_dates(one, until=add_months(start, 480))
    assert due[0] == add_months(start, 6)
    gaps = [(later - earlier).days for earlier, later in pairwise(due)]
    assert all(360 <= gap <= 732 for gap in gaps)
    # Once in two years it never becomes every year again.
    assert gaps == sorted(gaps, key=lambda gap: gap > 400)
    after = date.fromordinal(start.toordinal() + days_later)
    following = next_due(one, after=after)
    assert following == next(day for day in due_dates(one, until=add_months(after, 48)) if day > after)

"""Every state, and every rule of lateness, on a day that stands still."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijken.monitor.periods import Period
from wijken.monitor.standing import Change, Facts, Milestone, Promise, Report, State, judge

PLAN = date(2023, 12, 1)
LAST_DAY = date(2025, 6, 30)
AFTER = date(2025, 7, 1)


def promise(code: str, recorded_on: date = PLAN) -> Promise:
    return Promise(Period.parse(code), "afgesproken", recorded_on)


def step(*promises: Promise | str, reached: date | None = None, pk: int = 1) -> Milestone:
    made = tuple(promise(one) if isinstance(one, str) else one for one in promises)
    return Milestone(pk, made, reached)


def facts(*steps: Milestone, reports: tuple[Report, ...] = ()) -> Facts:
    return Facts(steps, reports)


MOVED = step("2025-Q1", promise("2025-Q2", date(2025, 2, 1)))
BEGUN = Report(date(2024, 5, 1), Change.BEZIG)
DONE = Report(date(2025, 5, 1), Change.KLAAR)
STOPPED = Report(date(2025, 5, 1), Change.GESTOPT, has_reason=True)
NEWS = Report(date(2025, 5, 1))
WHY = Report(date(2025, 7, 10), has_reason=True)


@dataclass(frozen=True)
class Case:
    """What is known, the day, and what follows."""

    facts: Facts
    on: date
    state: State
    days_late: int = 0
    needs_reason: bool = False


CASES = {
    "no steps and no news": Case(facts(), AFTER, State.GEPLAND),
    "not begun, before the period": Case(facts(step("2025-Q2")), date(2025, 3, 31), State.GEPLAND),
    "not begun, in the period": Case(facts(step("2025-Q2")), date(2025, 5, 1), State.GEPLAND),
    "the last day is not late": Case(facts(step("2025-Q2")), LAST_DAY, State.GEPLAND),
    "the day after is one day late": Case(facts(step("2025-Q2")), AFTER, State.TE_LAAT, 1, True),
    "a year later": Case(facts(step("2025-Q2")), date(2026, 6, 30), State.TE_LAAT, 365, True),
    "over a leap day": Case(facts(step("2023-winter")), date(2024, 3, 1), State.TE_LAAT, 1, True),
    "a range is late after its end": Case(
        facts(step("2024-Q1..2025-Q2")), AFTER, State.TE_LAAT, 1, needs_reason=True
    ),
    "a range is not late after its beginning": Case(facts(step("2024-Q1..2025-Q2")), LAST_DAY, State.GEPLAND),
    "moved later and in time": Case(facts(MOVED), LAST_DAY, State.GEPLAND),
    "moved and late again": Case(facts(MOVED), AFTER, State.TE_LAAT, 1, needs_reason=True),
    "moved to an earlier period": Case(
        facts(step("2025-Q4", promise("2025-Q2", date(2025, 1, 1)))), AFTER, State.TE_LAAT, 1, True
    ),
    "moved to a period that nobody knows": Case(
        facts(step("2025-Q1", promise("ntb", date(2025, 2, 1)))), AFTER, State.GEPLAND
    ),
    "to be decided is never late": Case(facts(step("ntb")), date(2099, 1, 1), State.GEPLAND),
    "after something is never late": Case(facts(step("na")), date(2099, 1, 1), State.GEPLAND),
    "one of two steps reached": Case(
        facts(step("2025-Q1", reached=date(2025, 3, 1)), step("2025-Q3", pk=2)), AFTER, State.BEZIG
    ),
    "one reached, the other late": Case(
        facts(step("2025-Q1", reached=date(2025, 3, 1)), step("2025-Q2", pk=2)),
        AFTER,
        State.TE_LAAT,
        1,
        needs_reason=True,
    ),
    "of two late steps the longest counts": Case(
        facts(step("2025-Q2"), step("2025-Q1", pk=2)), AFTER, State.TE_LAAT, 92, needs_reason=True
    ),
    "all steps reached": Case(
        facts(step("2025-Q1", reached=date(2025, 3, 1)), step("2025-Q2", reached=date(2025, 6, 1), pk=2)),
        AFTER,
        State.KLAAR,
    ),
    "reached after its period is done, not late": Case(
        facts(step("2025-Q1", reached=date(2025, 6, 1))), AFTER, State.KLAAR
    ),
    "news without a change begins nothing": Case(
        facts(step("2025-Q3"), reports=(NEWS,)), AFTER, State.GEPLAND
    ),
    "reported begun": Case(facts(step("2025-Q3"), reports=(BEGUN,)), AFTER, State.BEZIG),
    "begun and late is late": Case(
        facts(step("2025-Q2"), reports=(BEGUN,)), AFTER, State.TE_LAAT, 1, needs_reason=True
    ),
    "begun, and news after it": Case(facts(step("2025-Q3"), reports=(BEGUN, NEWS)), AFTER, State.BEZIG),
    "done although a step is open": Case(facts(step("2025-Q1"), reports=(DONE,)), AFTER, State.KLAAR),
    "done without any step": Case(facts(reports=(DONE,)), AFTER, State.KLAAR),
    "stopped beats late": Case(facts(step("2025-Q1"), reports=(STOPPED,)), AFTER, State.GESTOPT),
    "stopped beats all steps reached": Case(
        facts(step("2025-Q1", reached=date(2025, 3, 1)), reports=(STOPPED,)), AFTER, State.GESTOPT
    ),
    "begun again after it stopped": Case(
        facts(step("2025-Q3"), reports=(STOPPED, Report(date(2025, 6, 1), Change.BEZIG))), AFTER, State.BEZIG
    ),
    "begun again and late": Case(
        facts(step("2025-Q1"), reports=(STOPPED, Report(date(2025, 6, 1), Change.BEZIG))),
        AFTER,
        State.TE_LAAT,
        92,
        # The reason to stop came after the promise.
        needs_reason=False,
    ),
    "begun again after it was done": Case(
        facts(step("2025-Q3"), reports=(DONE, Report(date(2025, 6, 1), Change.BEZIG))), AFTER, State.BEZIG
    ),
    "a reason after the promise": Case(
        facts(step("2025-Q2"), reports=(WHY,)), date(2025, 8, 1), State.TE_LAAT, 32, needs_reason=False
    ),
    "a reason from before the promise": Case(
        facts(
            step("2025-Q1", promise("2025-Q2", date(2025, 5, 2))),
            reports=(Report(date(2025, 5, 1), has_reason=True),),
        ),
        AFTER,
        State.TE_LAAT,
        1,
        needs_reason=True,
    ),
    "the reason for moving does not explain that the new promise is broken": Case(
        facts(
            step("2025-Q1", promise("2025-Q2", date(2025, 5, 1))),
            reports=(Report(date(2025, 5, 1), has_reason=True),),
        ),
        AFTER,
        State.TE_LAAT,
        1,
        needs_reason=True,
    ),
    "a reason for one promise, not for a later one": Case(
        facts(
            step("2025-Q1"),
            step("2024", promise("2025-Q2", date(2025, 4, 10)), pk=2),
            reports=(Report(date(2025, 4, 1), has_reason=True),),
        ),
        AFTER,
        State.TE_LAAT,
        92,
        needs_reason=True,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_how_an_action_stands(name: str) -> None:
    case = CASES[name]
    standing = judge(case.facts, on=case.on)
    assert (standing.state, standing.days_late, standing.needs_reason) == (
        case.state,
        case.days_late,
        case.needs_reason,
    )
    assert standing.is_late == bool(standing.late) == (case.state is State.TE_LAAT)


def test_moving_keeps_the_first_promise() -> None:
    assert MOVED.first.period.code == "2025-Q1"
    assert MOVED.current.period.code == "2025-Q2"
    assert MOVED.is_moved
    assert MOVED.days_moved == 91
    assert not step("2025-Q1").is_moved
    back = step("2025-Q1", promise("2025-Q2", date(2025, 2, 1)), promise("2025-Q1", date(2025, 3, 1)))
    assert (back.is_moved, back.days_moved) == (False, 0)
    assert step("2025-Q2", "2025-Q1").days_moved == -91
    assert step("2025-Q1", "ntb").days_moved is None
    assert step("ntb", "2025-Q1").days_moved is None


@pytest.mark.parametrize(
    ("reports", "on", "months"),
    [
        pytest.param((), date(2023, 12, 31), 0, id="no month yet"),
        pytest.param((), date(2024, 1, 1), 1, id="counted from the first promise"),
        pytest.param((), date(2025, 12, 1), 24, id="never a message"),
        pytest.param((NEWS,), date(2025, 5, 31), 0, id="news this month"),
        pytest.param((NEWS,), date(2025, 11, 1), 6, id="half a year after the news"),
        pytest.param((BEGUN, NEWS), date(2025, 10, 31), 5, id="the last news counts"),
        pytest.param((DONE,), date(2026, 12, 1), 0, id="done is not silent"),
        pytest.param((STOPPED,), date(2026, 12, 1), 0, id="stopped is not silent"),
    ],
)
def test_silent_months(reports: tuple[Report, ...], on: date, months: int) -> None:
    standing = judge(facts(step("ntb"), step("ntb", pk=2), reports=reports), on=on)
    assert standing.silent_months == months
    assert standing.is_unreported == (not reports)
    assert standing.last_report_on == (reports[-1].on if reports else None)


def test_without_a_promise_nothing_is_silent() -> None:
    assert judge(facts(), on=AFTER).silent_months == 0


def test_silence_counts_from_the_oldest_first_promise_also_when_it_moved() -> None:
    known = facts(
        step(promise("ntb", date(2024, 3, 1))),
        step(promise("ntb", date(2024, 1, 1)), promise("2099", date(2025, 1, 1)), pk=2),
    )
    assert judge(known, on=date(2025, 1, 1)).silent_months == 12


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
codes = st.sampled_from(["2024-Q1", "2025", "2025-winter", "2026/2027", "2024..2025", "ntb", "na"])
steps = st.builds(
    lambda pk, made, reached: Milestone(pk, tuple(promise(code) for code in made), reached),
    st.integers(1, 9),
    st.lists(codes, min_size=1, max_size=3),
    st.none() | days,
)
reports = st.lists(
    st.builds(Report, days, st.sampled_from(["", *Change.values]), st.booleans()), max_size=4
).map(lambda rows: tuple(sorted(rows, key=lambda row: row.on)))
everything: Any = st.builds(Facts, st.lists(steps, max_size=3).map(tuple), reports)


@given(everything, days)
def test_what_always_holds(known: Facts, on: date) -> None:
    standing = judge(known, on=on)
    assert (standing.days_late > 0) == (standing.state is State.TE_LAAT) == bool(standing.late)
    assert standing.needs_reason <= standing.is_late
    assert standing == judge(known, on=on)
    for one in standing.late:
        assert one.reached_on is None
        assert one.current.period.ends_on and one.current.period.ends_on < on
    # Nobody can make an action less late by waiting.
    if standing.is_late:
        assert judge(known, on=date(2028, 1, 1)).days_late > standing.days_late


@given(everything, days)
def test_a_late_step_stays_late_however_often_people_say_that_it_goes_well(known: Facts, on: date) -> None:
    before = judge(known, on=on)
    after = judge(replace(known, reports=(*known.reports, Report(on, has_reason=True))), on=on)
    assert (after.state, after.days_late) == (before.state, before.days_late)

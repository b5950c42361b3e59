"""The yearly duties, judged from what was recorded."""

from datetime import date

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from wijken.afspraken import State, assess, due_date, wijk_afspraken
from wijken.models import Voorzittersgesprek, Wijk, Wijkplatform, Wijkraadpleging

TODAY = date(2026, 11, 22)
DUTY = gettext_lazy("Wijkraadpleging")


@pytest.mark.parametrize(
    ("year", "nth", "times", "expected"),
    [
        (2026, 1, 1, date(2026, 12, 31)),
        (2026, 1, 2, date(2026, 6, 30)),
        (2026, 2, 2, date(2026, 12, 31)),
        (2024, 1, 6, date(2024, 2, 29)),
    ],
)
def test_due_date(year: int, nth: int, times: int, expected: date) -> None:
    assert due_date(year, nth, times) == expected


@pytest.mark.parametrize(
    ("records", "times", "on", "state"),
    [
        ([(date(2026, 3, 1), True)], 1, TODAY, State.DONE),
        ([(date(2026, 12, 9), False)], 1, TODAY, State.PLANNED),
        ([], 1, TODAY, State.TODO),
        ([], 1, date(2027, 1, 1), State.OVERDUE),
        # A date that passed without being held is no meeting.
        ([(date(2026, 3, 1), False)], 1, TODAY, State.TODO),
        # Somebody ticked "held" for a day that has not come yet.
        ([(date(2026, 12, 9), True)], 1, TODAY, State.TODO),
        ([], 2, date(2026, 6, 30), State.TODO),
        ([], 2, date(2026, 7, 1), State.OVERDUE),
        ([(date(2026, 4, 22), True)], 2, date(2026, 7, 1), State.TODO),
        ([(date(2026, 4, 22), True), (date(2026, 12, 9), False)], 2, TODAY, State.PLANNED),
    ],
)
def test_state(records: list[tuple[date, bool]], times: int, on: date, state: State) -> None:
    assert assess(DUTY, times=times, records=records, year=2026, on=on).state is state


@given(
    records=st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.booleans())),
    times=st.integers(1, 12),
    on=st.dates(date(2025, 1, 1), date(2028, 12, 31)),
)
def test_late_only_when_too_few_were_done_in_time(
    records: list[tuple[date, bool]], times: int, on: date
) -> None:
    item = assess(DUTY, times=times, records=records, year=2026, on=on)
    assert (item.state is State.DONE) == (len(item.done) >= times)
    if item.state is State.OVERDUE:
        assert item.due_on < on
        assert len(item.done) < times
    assert all(day <= on for day in item.done)
    assert all(day >= on for day in item.planned)


@pytest.mark.django_db
def test_duties_of_a_platform_count_only_while_it_is_active(
    django_assert_max_num_queries,
) -> None:
    wijk = Wijk.objects.get(slug="velsen-noord")
    labels = [str(item.label) for item in wijk_afspraken(wijk, on=TODAY)]
    assert not any("raadpleging" in label for label in labels)

    Wijkplatform.objects.filter(wijk=wijk).update(status="actief", since=date(2026, 1, 1), until=None)
    wijk = Wijk.objects.get(slug="velsen-noord")
    with django_assert_max_num_queries(5):
        items = wijk_afspraken(wijk, on=TODAY)
    raadpleging = next(item for item in items if "raadpleging" in str(item.label))
    # The platform began this year, so last year's duty was not its own.
    assert (raadpleging.year, raadpleging.state) == (2026, State.TODO)


@pytest.mark.django_db
def test_a_missed_year_stays_visible_beside_this_year() -> None:
    platform = Wijkplatform.objects.filter(status="actief").select_related("wijk")[0]
    Wijkraadpleging.objects.filter(wijkplatform=platform).update(wijkplan_offered_on=None, response_on=None)
    Wijkraadpleging.objects.filter(wijkplatform=platform).update(held=False)
    Voorzittersgesprek.objects.all().delete()
    Wijkplatform.objects.filter(pk=platform.pk).update(since=date(2020, 1, 1))
    states = {
        (item.year, item.state)
        for item in wijk_afspraken(platform.wijk, on=TODAY)
        if str(item.label) == "Wijkraadpleging"
    }
    assert (2025, State.OVERDUE) in states
    assert any(year == 2026 for year, _state in states)

"""Planning as people speak it: codes, days and words."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from wijken.monitor.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    PARTS,
    RANGE,
    SCHOOL_YEAR,
    YEAR,
    Period,
    PeriodError,
    Stretch,
    add_months,
    whole_months,
)

DAYS = [
    ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
    ("2024-Q2", date(2024, 4, 1), date(2024, 6, 30)),
    ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
    ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
    ("2024-H1", date(2024, 1, 1), date(2024, 6, 30)),
    ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
    ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024/2025", date(2024, 8, 1), date(2025, 7, 31)),
    ("2024-voorjaar", date(2024, 3, 1), date(2024, 5, 31)),
    ("2024-zomer", date(2024, 6, 1), date(2024, 8, 31)),
    ("2024-najaar", date(2024, 9, 1), date(2024, 11, 30)),
    # Over New Year, into a February of 28 and of 29 days.
    ("2024-winter", date(2024, 12, 1), date(2025, 2, 28)),
    ("2023-winter", date(2023, 12, 1), date(2024, 2, 29)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
    ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
    ("2100-02", date(2100, 2, 1), date(2100, 2, 28)),
    ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
    ("2024-Q1..2025-Q4", date(2024, 1, 1), date(2025, 12, 31)),
    ("2024-Q3..2024/2025", date(2024, 7, 1), date(2025, 7, 31)),
    ("2024-voorjaar..2024-zomer", date(2024, 3, 1), date(2024, 8, 31)),
    ("1990..2100", date(1990, 1, 1), date(2100, 12, 31)),
    ("ntb", None, None),
    ("na", None, None),
]


@pytest.mark.parametrize(("code", "start", "end"), DAYS, ids=[row[0] for row in DAYS])
def test_a_code_has_a_first_and_a_last_day(code: str, start: date | None, end: date | None) -> None:
    period = Period.parse(code)
    assert (period.starts_on, period.ends_on) == (start, end)
    assert period.code == code
    assert Period.parse(f"  {code}\n") == period


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("2024-Q1", "1e kwartaal van 2024"),
        ("2024-H2", "2e half jaar van 2024"),
        ("2024", "2024"),
        ("2024/2025", "schooljaar 2024-2025"),
        ("2024-voorjaar", "voorjaar van 2024"),
        ("2024-winter", "winter van 2024-2025"),
        ("2024-05", "mei 2024"),
        ("2024-Q1..2025-Q4", "1e kwartaal van 2024 t/m 4e kwartaal van 2025"),
        ("ntb", "nog te bepalen"),
        ("na", "daarna"),
    ],
)
def test_a_label_as_people_say_it(code: str, label: str) -> None:
    assert Period.parse(code).label == label
    assert str(Period.parse(code)) == label


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
@pytest.mark.parametrize("code", [row[0] for row in DAYS])
def test_a_label_in_every_language_holds_its_years(code: str, language: str) -> None:
    with translation.override(language):
        label = Period.parse(code).label
    assert label
    assert "%(" not in label
    first = Period.parse(code).first
    assert first is None or str(first.year) in label


def test_a_label_follows_the_language_of_the_moment() -> None:
    """Nothing of a label is put into words when the module is read."""
    period = Period.parse("2024-05")
    with translation.override("en"):
        assert period.label == "May 2024"
    with translation.override("nl"):
        assert period.label == "mei 2024"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "“” is geen periode"),
        ("binnenkort", "“binnenkort” is geen periode"),
        ("2024-Q5", "geen periode"),
        ("2024-q1", "geen periode"),
        ("2024-H3", "geen periode"),
        ("2024-herfst", "geen periode"),
        ("2024-1", "geen periode"),
        ("24", "geen periode"),
        ("2024-Q1-Q2", "geen periode"),
        ("2024-Q1..", "“” is geen periode"),
        ("..2024", "“” is geen periode"),
        ("2024..2025..2026", "geen periode"),
        ("2024..ntb", "“ntb” is geen periode"),
        ("NTB", "geen periode"),
        ("2024-13", "geen maand 13"),
        ("2024-00", "geen maand 00"),
        ("2024/2026", "van het ene jaar naar het volgende"),
        ("2024/2024", "van het ene jaar naar het volgende"),
        ("1989", "Het jaar 1989 kan niet"),
        ("2101", "Het jaar 2101 kan niet"),
        ("0000", "Het jaar 0 kan niet"),
        ("2025..2024", "Het einde ligt niet na het begin"),
        ("2024..2024", "Het einde ligt niet na het begin"),
        ("2024-Q4..2024", "Het einde ligt niet na het begin"),
        # One period, two codes: digits of another script, or wide ones.
        ("٢٠٢٤", "geen periode"),
        ("2024-٠٥", "geen periode"),
        ("２０２４", "geen periode"),
        ("2024 - Q1", "geen periode"),
        ("x" * 500, "“" + "x" * 40 + "” is geen periode"),
    ],
)
def test_what_is_no_period_gets_a_sentence(code: str, sentence: str) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(code)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")


years = st.integers(FIRST_YEAR, LAST_YEAR)
stretches = st.builds(Stretch, year=years, part=st.sampled_from(sorted(PARTS)))


@given(stretches)
def test_every_stretch_comes_back_from_its_code(stretch: Stretch) -> None:
    assert Period.parse(stretch.code) == Period(stretch)
    assert stretch.starts_on <= stretch.ends_on
    months = whole_months(stretch.starts_on, add_months(stretch.ends_on, 1))
    assert months >= PARTS[stretch.part][1]


@given(stretches, stretches)
def test_every_range_comes_back_from_its_code(first: Stretch, last: Stretch) -> None:
    code = f"{first.code}{RANGE}{last.code}"
    if last.ends_on <= first.ends_on:
        with pytest.raises(PeriodError):
            Period.parse(code)
    else:
        period = Period.parse(code)
        assert period.code == code
        assert period.starts_on and period.ends_on
        assert period.starts_on <= period.ends_on
        # What is stored has room for the longest.
        assert len(code) <= 40


@given(st.text(alphabet="0123456789-/.QHqhntbavoorjzmewi٢０ ", max_size=24))
def test_any_text_is_a_period_or_gets_a_sentence(text: str) -> None:
    try:
        period = Period.parse(text)
    except PeriodError as error:
        assert str(error)
    else:
        assert period.code == text.strip()
        assert period.code.isascii()


@given(years, st.sampled_from([YEAR, SCHOOL_YEAR]))
def test_years_follow_each_other_without_a_gap(year: int, part: str) -> None:
    assume(year < LAST_YEAR)
    assert (Stretch(year + 1, part).starts_on - Stretch(year, part).ends_on).days == 1


days = st.dates(date(1990, 1, 1), date(2101, 12, 31))


@given(days, days)
def test_whole_months_are_the_most_that_fit(since: date, until: date) -> None:
    months = whole_months(since, until)
    assert months >= 0
    if since <= until:
        assert add_months(since, months) <= until
        assert add_months(since, months + 1) > until


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 1, 31), date(2024, 3, 30), 1),
        (date(2024, 1, 31), date(2024, 3, 31), 2),
        (date(2023, 12, 1), date(2026, 11, 22), 35),
        (date(2026, 1, 1), date(2025, 1, 1), 0),
    ],
)
def test_whole_months(since: date, until: date, months: int) -> None:
    assert whole_months(since, until) == months

"""The timeline: every promise as a bar between the years. Positions are percentages, so it fits any width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest

from core.models import attach_words
from core.pagination import paginate
from core.templatetags.wijk_tags import content_language
from wijken.models import Planning
from wijken.monitor.filters import Choice
from wijken.monitor.listing import Row
from wijken.monitor.names import names_of
from wijken.monitor.register import Entry, wijk_acties
from wijken.monitor.rows import pages_of, rows_of
from wijken.monitor.standing import Milestone

PER_PAGE = 20
# In SVG units, which are pixels here: of one bar with the room around it.
LANE = 24
# More labels do not fit beside each other on a phone; more lines are a grey blur.
MOST_LABELS = 6
MOST_YEARS_WITH_QUARTERS = 8
NEAR_END = 85


@dataclass(frozen=True)
class Span:
    """Where a bar starts and how wide it is, as SVG writes it: “12.50%”."""

    x: str
    width: str


@dataclass(frozen=True)
class Tick:
    """A line on the axis, with the year that starts there if there is room for it."""

    x: str
    year: str = ""


class Scale:
    """Days to percentages of the width; mirrored for a language that is read from the right."""

    def __init__(self, years: tuple[int, int], *, today: date, is_rtl: bool) -> None:
        self.years = range(years[0], years[1] + 1)
        self._first = date(years[0], 1, 1).toordinal()
        self._days = date(years[1], 12, 31).toordinal() - self._first + 1
        self.is_rtl = is_rtl
        self.today = self._x(today.toordinal())
        # Near an edge the label stays inside; in SVG “start” follows the direction of the text.
        at = self._percentage(today.toordinal())
        self.today_anchor = "end" if at > NEAR_END else "start" if at < 100 - NEAR_END else "middle"

    def _percentage(self, ordinal: int) -> float:
        return 100 * (ordinal - self._first) / self._days

    def _x(self, ordinal: int) -> str:
        at = self._percentage(ordinal)
        return f"{100 - at if self.is_rtl else at:.2f}%"

    def span(self, first: date, last: date) -> Span:
        """From the start of one day until the end of another."""
        start, end = self._percentage(first.toordinal()), self._percentage(last.toordinal() + 1)
        return Span(f"{100 - end if self.is_rtl else start:.2f}%", f"{end - start:.2f}%")

    @property
    def ticks(self) -> list[Tick]:
        """The start of each year, with as many labels as fit."""
        step = -(-len(self.years) // MOST_LABELS)
        return [
            Tick(self._x(date(year, 1, 1).toordinal()), str(year) if number % step == 0 else "")
            for number, year in enumerate(self.years)
        ]

    @property
    def quarters(self) -> list[Tick]:
        """The start of each quarter that does not start a year; none when the years are many."""
        if len(self.years) > MOST_YEARS_WITH_QUARTERS:
            return []
        return [
            Tick(self._x(date(year, month, 1).toordinal())) for year in self.years for month in (4, 7, 10)
        ]


@dataclass(frozen=True)
class Step:
    """One step of an action: its words, its promise and its bar. `y` is the top of its lane.

    `planning` has the words of the promise that counts now; `late` in days.
    """

    milestone: Milestone
    planning: Planning | None
    late: int
    y: int
    bar: Span | None = None
    first: Span | None = None
    delay: Span | None = None

    @property
    def kind(self) -> str:
        if self.milestone.reached_on:
            return "klaar"
        return "laat" if self.late else "komt"

    @property
    def bar_y(self) -> int:
        return self.y + 6

    @property
    def middle(self) -> int:
        return self.y + LANE // 2

    @property
    def first_y(self) -> int:
        return self.y + 2


@dataclass(frozen=True)
class TimeRow:
    """One action on the timeline; `height` of its picture in pixels."""

    row: Row[Entry]
    steps: tuple[Step, ...]
    height: int

    @property
    def has_date(self) -> bool:
        return any(step.bar for step in self.steps)


@dataclass(frozen=True)
class Timeline:
    """One screen of the timeline."""

    choice: Choice
    scale: Scale
    items: Page[Any]
    dated: list[TimeRow]
    undated: list[TimeRow]
    total: int
    # Actions without any date, on all screens together.
    without_date: int


def timeline_of(page: Any, request: HttpRequest, *, base_url: str) -> Timeline:
    """The timeline of a monitor page for one request."""
    acties = wijk_acties(page.wijk_id)
    names = names_of(page.wijk_id, page.language_code)
    choice = Choice(acties, names, request.GET, base_url=base_url)
    found = choice.among(acties.in_time)
    items = paginate(found, request, per_page=PER_PAGE)
    shown = list(items.object_list)
    rows = rows_of(shown, acties, names, pages_of((entry.pk for entry in shown), page.language_code))
    scale = Scale(
        acties.years,
        today=acties.on,
        is_rtl=content_language(page).split("-")[0] in settings.LANGUAGES_BIDI,
    )
    planning = _planning(rows, page.language_code)
    drawn = [_draw(row, planning, scale, on=acties.on) for row in rows]
    return Timeline(
        choice=choice,
        scale=scale,
        items=items,
        dated=[row for row in drawn if row.has_date],
        undated=[row for row in drawn if not row.has_date],
        total=len(acties.entries),
        without_date=sum(entry.pk in acties.undated for entry in found),
    )


def _planning(rows: Sequence[Row[Entry]], language_code: str) -> Mapping[int, Planning]:
    """{id of a step: the promise that counts now, with its words}. One query, in another language two."""
    steps = [step.pk for row in rows for step in row.facts.milestones]
    promises: list[Planning] = (
        Planning.objects.filter(mijlpaal__in=steps)
        .select_related("mijlpaal")
        .order_by("volgnummer")
        .worded(language_code)
    )
    attach_words(language_code, [promise.mijlpaal for promise in promises])
    return {promise.mijlpaal_id: promise for promise in promises}


def _draw(row: Row[Entry], planning: Mapping[int, Planning], scale: Scale, *, on: date) -> TimeRow:
    # Of what is done or has stopped, nothing is late any more.
    late = {step.pk for step in row.standing.late}
    steps = tuple(
        _step(
            milestone,
            planning.get(milestone.pk),
            scale,
            y=number * LANE,
            late=milestone.days_late(on) if milestone.pk in late else 0,
            on=on,
        )
        for number, milestone in enumerate(row.facts.milestones)
    )
    return TimeRow(row, steps, LANE * max(1, len(steps)))


def _step(
    milestone: Milestone, planning: Planning | None, scale: Scale, *, y: int, late: int, on: date
) -> Step:
    now, first = milestone.current.period, milestone.first.period
    if now.starts_on is None or now.ends_on is None:
        return Step(milestone, planning, late, y)
    return Step(
        milestone,
        planning,
        late,
        y,
        bar=scale.span(now.starts_on, now.ends_on),
        first=scale.span(first.starts_on, first.ends_on)
        if milestone.is_moved and first.starts_on and first.ends_on
        else None,
        delay=scale.span(now.ends_on, on) if late else None,
    )

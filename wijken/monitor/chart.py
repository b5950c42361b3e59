"""A line chart as whole numbers in a box, for a template to draw as SVG. Plain arithmetic, no database."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format

WIDTH, HEIGHT = 640, 240
RIGHT, TOP, BOTTOM = 36, 16, 36
# The room that a sign of a mark needs beside the axis, also when a phone makes the chart small.
SIGN_WIDTH, MARK_GAP = 13, 16
# So much room a year needs below the axis.
YEAR_WIDTH = 64
WANTED_STEPS = 4

type Series = Sequence[tuple[date, Decimal]]


@dataclass(frozen=True)
class Mark:
    """A place on an axis, and what stands there."""

    at: int
    label: str


@dataclass(frozen=True)
class Line:
    """Points from left to right; with one point there is only a dot."""

    points: tuple[tuple[int, int], ...]

    @property
    def path(self) -> str:
        """The `d` of an SVG path."""
        return "M" + "L".join(f"{x} {y}" for x, y in self.points) if len(self.points) > 1 else ""


@dataclass(frozen=True)
class Chart:
    """Two lines on the same axes; a line without points is not there."""

    wijk: Line
    gemeente: Line
    values: tuple[Mark, ...]
    years: tuple[Mark, ...]
    left: int
    width: int = WIDTH
    height: int = HEIGHT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def draw(wijk: Series, gemeente: Series) -> Chart:
    """The chart of two series, each oldest first; together at least one point."""
    every = [*wijk, *gemeente]
    days = sorted({day for day, _value in every})
    low, high, step = _scale([float(value) for _day, value in every])
    span = (days[-1] - days[0]).days or 1
    # As many decimals as the step has, so that the marks are what they say.
    decimals = max(0, -math.floor(math.log10(step)))
    marks = [low + number * step for number in range(round((high - low) / step) + 1)]
    labels = [number_format(round(mark, decimals), decimals, force_grouping=True) for mark in marks]
    left = MARK_GAP + SIGN_WIDTH * max(map(len, labels))

    def x(day: date) -> int:
        return left + round((WIDTH - left - RIGHT) * (day - days[0]).days / span)

    def y(value: float) -> int:
        return HEIGHT - BOTTOM - round((HEIGHT - TOP - BOTTOM) * (value - low) / (high - low))

    def line(series: Series) -> Line:
        return Line(tuple((x(day), y(float(value))) for day, value in series))

    return Chart(
        line(wijk),
        line(gemeente),
        values=tuple(Mark(y(mark), label) for mark, label in zip(marks, labels, strict=True)),
        years=_years(days, x),
        left=left,
    )


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    """(lowest mark, highest mark, step between marks), in round numbers around all values."""
    least, most = min(values), max(values)
    rough = (most - least or abs(most) or 1) / WANTED_STEPS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    low, high = math.floor(least / step) * step, math.ceil(most / step) * step
    return low, (high if high > low else low + step), step


def _years(days: Sequence[date], x: Callable[[date], int]) -> tuple[Mark, ...]:
    """The first and the last year, and those between them that have room; each at its first measurement."""
    firsts: dict[int, date] = {}
    for day in days:
        firsts.setdefault(day.year, day)
    marks = [Mark(x(day), str(year)) for year, day in firsts.items()]
    kept, last = marks[:1], marks[-1]
    for mark in marks[1:-1]:
        if mark.at - kept[-1].at >= YEAR_WIDTH <= last.at - mark.at:
            kept.append(mark)
    if last.at - kept[-1].at >= YEAR_WIDTH:
        kept.append(last)
    return tuple(kept)

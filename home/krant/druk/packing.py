"""Which article begins where, and in which form, so that little stays white: reckoned, not laid out.

A beam search over the articles in their order: of all ways to place the first ones, the best few are kept.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from home.krant.druk.forms import HIGH, TEXT_HEIGHT, Form, Lead, Unit, forms_of, lead_width
from home.krant.druk.parts import Stuk, Table

if TYPE_CHECKING:
    from home.krant.druk.measuring import Layout, Measured

# In mm. Between two articles; the least of the columns of one that goes on on the next page.
BETWEEN, WORTH_BEGINNING = 9.0, 33.0
# The columns of an article are never quite equal; the words above them have white below.
UNEQUAL, BELOW_WORDS = 5.0, 3.5
CAPTION_LETTER, CAPTION_LINE, AROUND_PICTURE = 1.5, 3.7, 4.0
# White that stays when a picture grows, and for each article that ends there; a table makes columns uneven.
SPARE, SPARE_EACH, TABLE = 8.0, 9.0, 10.0
# How much the list of contents can grow for each of its lines, and how much white nobody minds.
LINE_GROW, NO_MATTER = 5.0, 14.0
# What a page too many and a page to fill cost, in mm of white; what is white on the last page costs half.
OVER_COST, LEFT_COST, LAST_PAGE = 25.0, 8.0, 0.5
# An article that ends so near to the edge, with nothing to follow it there, may end on the next page after
# all; and one that ends just below the top of a page leaves a strip of it there.
RISKY, RISK_COST, STRAY, STRAY_COST = 24.0, 30.0, 16.0, 20.0
# Ways are alike when they are as far, to so many mm; of those the best few are kept.
ALIKE, KEPT = 6.0, 3
SHEET = 4
# The first page with articles; the cover is before it.
FIRST = 2

type IdOf = Callable[[Stuk], str]


@dataclass(frozen=True)
class Choice:
    """A unit in one form, with its heights in mm: what stays together above its columns, and its columns.

    `least` is how much of the columns has to go with it on its first page, `grows` how much higher its
    picture can be, `cost` how much less well it looks, in mm of white.
    """

    unit: Unit
    head: float
    columns: float
    least: float = WORTH_BEGINNING
    grows: float = 0.0
    cost: float = 0.0

    @property
    def whole(self) -> float:
        return self.head + self.columns

    def fits(self, room: float) -> bool:
        """Whether it can begin in the room that is left: all of it, or enough to be worth beginning."""
        return self.whole <= room or (not self.unit.is_pair and self.head + self.least <= room)


@dataclass(frozen=True)
class Forecast:
    """The pages that are expected: units with their first and last page, and white by page in mm.

    `slack` is how much higher the picture of each unit can be before the unit moves to the next page, and
    `contents` how much each line of the list of contents grows; in mm.
    """

    units: tuple[Unit, ...] = ()
    spots: tuple[tuple[int, int], ...] = ()
    slack: tuple[float, ...] = ()
    white: dict[int, float] = field(default_factory=dict)
    contents: float = 0.0

    @property
    def last(self) -> int:
        """The last page with articles."""
        return max((last for _first, last in self.spots), default=FIRST)

    @property
    def left(self) -> int:
        """How many pages are wanting for whole sheets; the back is one that is there."""
        return -(self.last + 1) % SHEET


@dataclass(frozen=True)
class _Way:
    """One way to place the first units: where it is, how much can grow on this page, and what it costs."""

    page: int
    at: float
    grows: float
    cost: float = 0.0
    forecast: Forecast = Forecast()

    def closed(self, weight: float = 1.0) -> float:
        """What this way costs when no more is placed on its page."""
        white = TEXT_HEIGHT - self.at - self.grows - NO_MATTER
        if self.page == FIRST:
            weight *= 2
        risk = RISK_COST if self.at - BETWEEN > TEXT_HEIGHT - RISKY else 0.0
        return self.cost + risk + weight * max(0.0, white)

    def with_unit(self, choice: Choice, *, fresh: bool) -> "_Way":
        """The way with one more unit, on this page or on a fresh one."""
        page, at, grows, cost = self.page, self.at, self.grows, self.cost
        white = dict(self.forecast.white)
        if fresh:
            page, at, grows, cost = page + 1, 0.0, 0.0, self.closed()
        turned, end = divmod(at + choice.whole, TEXT_HEIGHT)
        last = page + int(turned)
        if turned:
            white[page] = 0.0
            grows = 0.0
        white[last] = TEXT_HEIGHT - end
        if turned and end < STRAY:
            cost += STRAY_COST
        unit = _fresh(choice.unit) if fresh else choice.unit
        before = self.forecast
        slack = min(choice.grows, TEXT_HEIGHT - at - choice.head - choice.least) if turned else choice.grows
        slack = max(0.0, slack)
        placed = Forecast((*before.units, unit), (*before.spots, (page, last)), (*before.slack, slack), white)
        return _Way(last, end + BETWEEN, grows + slack, cost + choice.cost, placed)


def pack(units: Sequence[Unit], measured: "Layout", id_of: IdOf, *, used: float, aim: int) -> Forecast:
    """Where each unit stands when little white is left; `used` mm of the first page are taken.

    `aim` is how many pages the edition may have in all; 0 when that is open.
    """
    lines = -(-sum(len(unit.stukken) for unit in units) // 2)
    ways = [_Way(FIRST, used, lines * LINE_GROW, forecast=Forecast(white={FIRST: TEXT_HEIGHT - used}))]
    for unit in units:
        choices = list(_choices(unit, measured, id_of))
        more = [one for way in ways for one in _continued(way, choices)]
        ways = _best(more)
    return min(ways, key=lambda way: _total(way, aim)).forecast


def _best(ways: list[_Way]) -> list[_Way]:
    kept: dict[tuple[int, int], list[_Way]] = {}
    for way in sorted(ways, key=_Way.closed):
        alike = kept.setdefault((way.page, int(way.at / ALIKE)), [])
        if len(alike) < KEPT:
            alike.append(way)
    return [way for alike in kept.values() for way in alike]


def _total(way: _Way, aim: int) -> float:
    pages = way.forecast.last + 1 + way.forecast.left
    over = max(0, pages - aim) if aim else pages
    return way.closed(LAST_PAGE) + OVER_COST * over + LEFT_COST * way.forecast.left


def _continued(way: _Way, choices: list[Choice]) -> Iterator[_Way]:
    for choice in choices:
        if choice.fits(TEXT_HEIGHT - way.at):
            yield way.with_unit(choice, fresh=False)
        yield way.with_unit(choice, fresh=True)


def _fresh(unit: Unit) -> Unit:
    return replace(unit, forms=(replace(unit.forms[0], fresh=True), *unit.forms[1:]))


def _choices(unit: Unit, measured: "Layout", id_of: IdOf) -> Iterator[Choice]:
    """A unit in each of its forms."""
    sizes = [measured.stukken[id_of(stuk)] for stuk in unit.stukken]
    if unit.is_pair:
        yield Choice(unit, max(size.head + size.columns for size in sizes) + UNEQUAL, 0.0)
        return
    stuk, size = unit.stukken[0], sizes[0]
    uneven = UNEQUAL + TABLE * any(isinstance(block, Table) for block in stuk.blocks)
    for form, cost in forms_of(stuk):
        head, columns, least = _heights(stuk, form, size)
        grows = HIGH - form.height if form.is_large else 0.0
        yield Choice(
            Unit((stuk,), (form,)), head, columns / form.columns + size.wide + uneven, least, grows, cost
        )


def _heights(stuk: Stuk, form: Form, size: "Measured") -> tuple[float, float, float]:
    """Above the columns, all columns end to end, and how much of one goes with it at least; in mm."""
    words = size.words + BELOW_WORDS
    # Measured in the columns of another form; a narrow column is longer.
    columns = size.columns * size.width / form.width
    picture = form.height + _caption(stuk, lead_width(form.lead, form.columns)) + AROUND_PICTURE
    match form.lead:
        case Lead.WIDE:
            return words + picture, columns, WORTH_BEGINNING
        case Lead.BESIDE:
            return max(size.narrow, picture - AROUND_PICTURE) + BELOW_WORDS, columns, WORTH_BEGINNING
        case Lead.COLUMN:
            return words, columns + picture, picture + 12
        case Lead.LATER:
            return words, columns + picture, WORTH_BEGINNING
        case Lead.NONE:
            return words, columns, WORTH_BEGINNING


def _caption(stuk: Stuk, width: float) -> float:
    """How high the words below a picture are, in mm."""
    if stuk.picture is None or not (stuk.picture.caption or stuk.picture.credit):
        return 0.0
    letters = len(stuk.picture.caption) + len(stuk.picture.credit)
    return (letters * CAPTION_LETTER // width + 1) * CAPTION_LINE + 1


def seen(units: Sequence[Unit], layout: "Layout", id_of: IdOf) -> Forecast:
    """The same of units that were laid out: not what is expected, but what is."""
    pages = [layout.stukken[id_of(unit.stukken[0])].pages for unit in units]
    last = max((one[-1] for one in pages), default=FIRST)
    white = {page: layout.sheets[page - 1].white for page in range(FIRST, last + 1)}
    return Forecast(tuple(units), tuple((one[0], one[-1]) for one in pages), (0.0,) * len(units), white)


def stretch(forecast: Forecast) -> Forecast:
    """The same with pictures that grow into the white below the end of their article."""
    units, white = list(forecast.units), dict(forecast.white)
    for page in white:
        ending = sum(spot[1] == page for spot in forecast.spots)
        growing = [at for at, spot in enumerate(forecast.spots) if spot[1] == page and _grows(units[at])]
        for left, at in zip(range(len(growing), 0, -1), growing, strict=True):
            form = units[at].forms[0]
            more = min((white[page] - SPARE - SPARE_EACH * ending) / left, forecast.slack[at])
            if more > 1:
                units[at] = replace(units[at], forms=(replace(form, height=form.height + more),))
                white[page] -= more
    lines = -(-sum(len(unit.stukken) for unit in units) // 2)
    grown = max(0.0, min(LINE_GROW, (white[FIRST] - SPARE) / max(1, lines)))
    white[FIRST] -= grown * lines
    return replace(forecast, units=tuple(units), white=white, contents=grown)


def _grows(unit: Unit) -> bool:
    return not unit.is_pair and unit.forms[0].is_large

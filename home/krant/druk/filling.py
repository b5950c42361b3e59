"""Where fillers go: in white, on the back, and on the pages that are left up to whole sheets."""

from collections.abc import Sequence
from dataclasses import replace

from home.krant.druk.composing import Plan, Strip
from home.krant.druk.packing import Forecast
from home.krant.druk.vullingen import LAST_RESORT, Size, Vulling, vullingen

# In mm: what half a page and a strip need.
HALF_PAGE, STRIP = 128.0, 50.0


def fill(forecast: Forecast, chosen: Sequence[Vulling]) -> Plan:
    """A plan with the fillers that were chosen where they fit, and as many pages as make whole sheets."""
    plan = Plan(list(forecast.units), contents=forecast.contents)
    waiting = list(chosen)
    if halves := [one for one in waiting if one.size is Size.HALF]:
        plan.back = halves[:1]
        waiting.remove(halves[0])
    for size, needed in ((Size.HALF, HALF_PAGE), (Size.STRIP, STRIP)):
        for page, white in sorted(forecast.white.items(), key=lambda one: -one[1]):
            fitting = [one for one in waiting if one.size is size]
            if fitting and white >= needed and _insert(plan, fitting[0], page, forecast):
                waiting.remove(fitting[0])
    plan.filler_pages = _pages(waiting, forecast.left, plan.vullingen)
    return plan


def fill_up(plan: Plan, chosen: Sequence[Vulling], forecast: Forecast) -> Plan:
    """The same plan with as many pages of fillers as its articles turned out to need."""
    placed = [*plan.back, *(one for item in plan.items if isinstance(item, Strip) for one in item.vullingen)]
    waiting = [one for one in chosen if one not in placed]
    return replace(plan, filler_pages=_pages(waiting, forecast.left, placed))


def _insert(plan: Plan, vulling: Vulling, page: int, forecast: Forecast) -> bool:
    """Whether it went in: below the last article that ends on a page, once a page."""
    ending = [unit for unit, spot in zip(forecast.units, forecast.spots, strict=True) if spot[1] == page]
    if not ending:
        return False
    after = plan.items.index(ending[-1]) + 1
    if after < len(plan.items) and isinstance(plan.items[after], Strip):
        return False
    plan.items.insert(after, Strip([vulling]))
    return True


def _pages(waiting: list[Vulling], left: int, placed: list[Vulling]) -> list[list[Vulling]]:
    """As many pages as are left, with halves two by two; what was not chosen comes last."""
    halves = [one for one in waiting if one.size is Size.HALF]
    wholes = [[one] for one in waiting if one.size is Size.WHOLE]
    if len(halves) % 2:
        others = [one for one in vullingen().values() if one.size is Size.HALF]
        halves += [one for one in others if one not in halves and one not in placed][:1]
    pairs = [halves[at : at + 2] for at in range(0, len(halves), 2)]
    pages = [*pairs, *wholes][:left]
    used = [one for page in pages for one in page]
    spare = [one for one in vullingen().values() if one.size is Size.WHOLE and one not in used]
    while len(pages) < left:
        pages.append([spare.pop(0) if spare else vullingen()[LAST_RESORT]])
    return pages

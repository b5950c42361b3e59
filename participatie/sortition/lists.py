"""From chances to equal lists: as many lists as the public can count, one of which is drawn.

Each person is on a share of the lists as near as can be to the chance [Flanigan, Kehne and Procaccia, Fair
sortition made transparent, NeurIPS 2021]. Here first the number of places of each class over all lists is
rounded; then lists are taken off one by one, each so that what is left still fits in the lists that are left;
then the places of a class go round among its people.
"""

from dataclasses import dataclass

import numpy as np

from participatie.sortition.checks import off_by
from participatie.sortition.classes import Classes
from participatie.sortition.leximin import Chances
from participatie.sortition.mixtures import Mixture
from participatie.sortition.panels import PanelFinder
from participatie.sortition.pools import Clock, Progress
from participatie.sortition.randomness import generator
from participatie.sortition.seating import seat
from participatie.sortition.solver import Floats, Ints

# Above this many people 1,000 lists are too few to show a chance.
MANY_PEOPLE = 2000
# A person may be on this many lists more or fewer than the chance says.
LEEWAY = 2.0
# For lists that do not come out even at once.
MOST_SWAPS = 5000
CANDIDATES = 50


@dataclass(frozen=True)
class Lists:
    """`lists` has the ids of each list, sorted. `furthest`: by how many lists the number of lists of a person
    differs at most from count·chance. `distinct`: how many different lists there are.
    """

    lists: tuple[tuple[str, ...], ...]
    furthest: float
    distinct: int
    seconds: dict[str, float]


def lists(
    chances: Chances, *, seed: bytes = b"", count: int | None = None, progress: Progress | None = None
) -> Lists:
    """So many lists (1,000, or 10,000 for more than 2,000 people), the same ones for the same pool and seed.

    Raises ValueError for chances that are not proven, and SolverGaveUp.
    """
    if chances.mixture is None:
        raise ValueError("lists need proven chances")
    classes = chances.classes
    if count is None:
        count = 1000 if len(classes.pool.people) <= MANY_PEOPLE else 10_000
    clock = Clock(progress)
    clock.start("panels", count)
    expected = chances.per_class * classes.sizes * count
    panels = _take_off(classes, expected, count, seed, clock)
    if _furthest(classes, panels, expected) > LEEWAY / 2:
        panels = _swap(classes, panels, chances.mixture, expected)
    if _furthest(classes, panels, expected) > LEEWAY / 2:
        # Exact, but with few different panels.
        rounded = _swap(classes, _round(chances.mixture, count), chances.mixture, expected)
        if _furthest(classes, rounded, expected) < _furthest(classes, panels, expected):
            panels = rounded
    clock.start("seating", count)
    found = seat(classes, panels, seed, clock.tell)
    clock.stop()
    return Lists(
        lists=found,
        furthest=off_by(found, chances.by_id),
        distinct=len(set(found)),
        seconds=clock.seconds,
    )


def _furthest(classes: Classes, panels: Ints, expected: Floats) -> float:
    """By how many lists a person of some class is off, before the places of the class go round."""
    return float(np.max(np.abs(panels.sum(axis=0) - expected) / classes.sizes))


def _take_off(classes: Classes, expected: Floats, count: int, seed: bytes, clock: Clock) -> Ints:
    """Panels, one for each list. Those taken off first leave the later ones little choice, so the order is
    shuffled at the end.
    """
    rng = generator("panels", 0, seed)
    finder = PanelFinder(classes)
    left = _whole_places(classes, expected, count, rng.numbers(len(classes)))
    found: list[Ints] = []
    used: set[bytes] = set()
    for lists_left in range(count, 0, -1):
        clock.tell(count - lists_left, count)
        _restrict(finder, left, lists_left)
        pull = np.maximum(left, 0.0) / lists_left / classes.caps
        panel = finder.any_panel(pull + rng.numbers(len(left)))
        if panel is not None and panel.tobytes() in used and _is_full(classes, panel):
            other = finder.any_panel(rng.numbers(len(left)), thorough=False)
            panel = panel if other is None else other
        if panel is None:
            panel = _nearest(finder, left, lists_left)
        used.add(panel.tobytes())
        left = left - panel
        found.append(panel)
    rng.shuffle(found)
    return np.array(found)


def _is_full(classes: Classes, panel: Ints) -> bool:
    """Whether only one list of people goes with this panel."""
    return bool(np.all((panel == 0) | (panel == classes.sizes)))


def _restrict(finder: PanelFinder, left: Floats, lists_left: int) -> None:
    """Only panels after which what is left still fits in the other lists."""
    classes = finder.classes
    caps = classes.caps.astype(np.float64)
    rows, others = classes.matrix @ left, lists_left - 1
    finder.restrict(
        np.maximum(0.0, left - others * caps),
        np.minimum(caps, left),
        np.maximum(classes.row_lower, rows - others * classes.row_upper),
        np.minimum(classes.row_upper, rows - others * classes.row_lower),
    )


def _nearest(finder: PanelFinder, left: Floats, lists_left: int) -> Ints:
    """When what is left does not fit: the panel that most of it is owed to."""
    classes = finder.classes
    caps = classes.caps.astype(np.float64)
    finder.restrict(
        np.zeros(len(classes)),
        np.minimum(caps, np.maximum(0.0, np.ceil(left / lists_left)) + 1),
        classes.row_lower,
        classes.row_upper,
    )
    panel = finder.any_panel(left / lists_left / classes.sizes)
    if panel is None:
        finder.restrict(np.zeros(len(classes)), caps, classes.row_lower, classes.row_upper)
        panel = finder.any_panel(left / lists_left / classes.sizes)
    if panel is None:
        raise ValueError("there is no panel at all")
    return panel


def _whole_places(classes: Classes, expected: Floats, count: int, weights: Floats) -> Floats:
    """Each class's places over all lists together: rounded up or down, so that the rows still fit."""
    finder = PanelFinder(classes)
    near = np.rint(expected)
    exact = np.where(np.abs(expected - near) < 1e-6, near, expected)
    rows = classes.matrix @ exact
    down, up = np.floor(exact), np.ceil(exact)
    finder.restrict(
        down,
        up,
        np.maximum(count * classes.row_lower, np.floor(rows + 1e-6)),
        np.minimum(count * classes.row_upper, np.ceil(rows - 1e-6)),
    )
    places = finder.any_panel(weights + (exact - down))
    if places is None:
        finder.restrict(down, up, count * classes.row_lower, count * classes.row_upper)
        places = finder.any_panel(weights + (exact - down))
    return near if places is None else places.astype(np.float64)


def _round(mixture: Mixture, count: int) -> Ints:
    """Each panel of the mixture as often as its weight says, the largest remainders rounded up."""
    times = np.floor(mixture.weights * count + 1e-9).astype(np.int64)
    remainders = mixture.weights * count - times
    times[np.argsort(-remainders, kind="stable")[: count - int(times.sum())]] += 1
    return np.repeat(mixture.panels, times, axis=0)


def _swap(classes: Classes, panels: Ints, mixture: Mixture, expected: Floats) -> Ints:
    """Replace panels by others while that brings the places of the classes nearer to what is expected."""
    known, which = np.unique(np.vstack([panels, mixture.panels]), axis=0, return_inverse=True)
    times = np.bincount(which.ravel()[: len(panels)], minlength=len(known))
    scaled = known / classes.sizes
    for _ in range(MOST_SWAPS):
        off = times @ scaled - expected / classes.sizes
        pull = scaled @ off
        # The most promising to leave and to come; then what each pair does to the sum of squares of `off`.
        out = np.argsort(np.where(times > 0, -pull, np.inf), kind="stable")[:CANDIDATES]
        out = out[times[out] > 0]
        into = np.argsort(pull, kind="stable")[:CANDIDATES]
        steps = scaled[into][None, :, :] - scaled[out][:, None, :]
        change = 2 * steps @ off + (steps**2).sum(axis=2)
        one, other = divmod(int(np.argmin(change)), len(into))
        if change[one, other] > -1e-9:
            break
        times[out[one]] -= 1
        times[into[other]] += 1
    return np.repeat(known, times, axis=0)

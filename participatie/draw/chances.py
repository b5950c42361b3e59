"""What quotas do to who takes part: their chances, who is squeezed, which quota binds, and its price.

Everything is worked out from classes (`participatie.draw.people`), so it takes no longer for many people than
for few. The chances are those of leximin on the relaxation [Flanigan et al., Fair algorithms for selecting
citizens' assemblies, Nature 2021]; `participatie.sortition.leximin` proves them when the lists are made.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from math import floor

import numpy as np

from participatie.draw.people import People, with_quotas
from participatie.sortition import contradictions as kinds
from participatie.sortition.classes import Classes
from participatie.sortition.panels import PanelFinder
from participatie.sortition.pools import Quota
from participatie.sortition.relaxation import Relaxed, lowest_chance, relax
from participatie.sortition.relaxations import Bound, CannotBeMet, smallest_changes
from participatie.sortition.solver import Flags, Floats
from participatie.sortition.warnings import SLACKS, Price

# Chances closer than this are equal.
EQUAL = 1e-7
BINDS = 1e-7
# Fewer people than this are not described by their answers: somebody could be recognised.
SMALLEST = 5
MOST_GROUPS = 4
MOST_BINDING = 4
MOST_BINS = 24
STEPS = tuple(step * scale for scale in (1e-5, 1e-4, 1e-3, 1e-2) for step in (1, 2, 5)) + (0.1,)

type Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Group:
    """People with these answers, [(feature, value)]; none when they are too few to be described."""

    answers: tuple[tuple[str, str], ...]
    people: int


@dataclass(frozen=True)
class Binding:
    """A limit that keeps the lowest chance low, and the lowest chance with one seat more room."""

    feature: str
    value: str
    bound: Bound
    number: int
    people: int
    lowest_if_moved: float


@dataclass(frozen=True)
class Bin:
    """How many people have a chance from `low` up to `high`."""

    low: float
    high: float
    people: int


@dataclass(frozen=True)
class AnswerChances:
    """Of the people with one answer."""

    people: int
    lowest: float
    highest: float


@dataclass(frozen=True)
class Outcome:
    """What came out. With a `problem` there are no chances; all chances are from 0 to 1."""

    seats: int
    people: int
    problem: CannotBeMet | None = None
    lowest: float = 0.0
    median: float = 0.0
    highest: float = 0.0
    bins: tuple[Bin, ...] = ()
    squeezed: tuple[Group, ...] = ()
    binding: tuple[Binding, ...] = ()
    never: tuple[Group, ...] = ()
    always: tuple[Group, ...] = ()
    answers: dict[tuple[str, str], AnswerChances] = field(default_factory=dict)
    # Too many people to reckon with one for each household, which does matter to them.
    is_rough: bool = False

    @property
    def is_equal(self) -> bool:
        """Has everybody the same chance?"""
        return self.highest - self.lowest <= EQUAL


def outcome_of(those: People, tell: Tell = lambda done, total: None) -> Outcome:
    """The chances with these quotas, or why they cannot be met. Raises SolverGaveUp."""
    classes = those.classes
    people = int(classes.sizes.sum())
    seats = classes.pool.seats
    found = contradictions_of(classes)
    relaxed = None if found else relax(classes, tell)
    finder = PanelFinder(classes)
    if relaxed is None or finder.any_panel(relaxed.chances) is None:
        return Outcome(seats, people, problem=_why_not(classes, found))
    chances = relaxed.chances
    lowest, median, highest = summary(classes, chances)
    return Outcome(
        seats=seats,
        people=people,
        lowest=lowest,
        median=median,
        highest=highest,
        bins=bins_of(classes, chances),
        squeezed=_squeezed(classes, relaxed, lowest) if highest - lowest > EQUAL else (),
        binding=_binding(classes, relaxed, lowest),
        never=groups_of(classes, chances <= EQUAL, classes.features),
        always=groups_of(classes, _always(finder, chances >= 1 - EQUAL), classes.features),
        answers=_answers(classes, chances),
        is_rough=those.homes is not None and not those.homes.fit(chances),
    )


def price_of(those: People, tell: Tell = lambda done, total: None) -> tuple[Price | None, ...]:
    """The price of the quotas, for each of SLACKS; None where they cannot be met. Raises SolverGaveUp."""
    classes = those.classes
    found: list[Price | None] = []
    for place, slack in enumerate(SLACKS):
        tell(place, len(SLACKS))
        relaxed = relax(classes.loosened(slack)) if len(classes) else None
        found.append(Price(slack, *summary(classes, relaxed.chances)) if relaxed else None)
    return tuple(found)


def summary(classes: Classes, chances: Floats) -> tuple[float, float, float]:
    """(lowest, median, highest) over people."""
    each = np.repeat(chances, classes.sizes)
    return float(each.min()), float(np.median(each)), float(each.max())


# --- what cannot be ------------------------------------------------------------------------------


def _why_not(classes: Classes, found: list[kinds.Contradiction]) -> CannotBeMet:
    """Why there is no panel, with the smallest changes that make one."""
    if any(isinstance(one, kinds.TooFewPeople | kinds.TooFewHouseholds) for one in found):
        return CannotBeMet(tuple(found))
    return CannotBeMet(tuple(found), (), tuple(changes for changes in smallest_changes(classes) if changes))


def contradictions_of(classes: Classes) -> list[kinds.Contradiction]:
    """What `sortition.contradictions` finds in people, found in classes."""
    seats, people = classes.pool.seats, int(classes.sizes.sum())
    everybody = np.ones(len(classes), dtype=np.bool_)
    found: list[kinds.Contradiction] = []
    if seats > people:
        found.append(kinds.TooFewPeople(seats, people))
    elif seats > (homes := _homes(classes, everybody)):
        found.append(kinds.TooFewHouseholds(seats, homes))
    for row, quota in enumerate(classes.quotas, start=1):
        if quota.minimum > quota.maximum:
            found.append(kinds.MinimumAboveMaximum(quota))
        available = _homes(classes, classes.matrix[row] > 0)
        if quota.minimum > available:
            found.append(kinds.TooFewWithValue(quota, available))
    for feature in classes.features:
        quotas = [quota for quota in classes.quotas if quota.feature == feature]
        minima = sum(quota.minimum for quota in quotas)
        maxima = sum(quota.maximum for quota in quotas)
        if minima > seats:
            found.append(kinds.MinimaAboveSeats(feature, minima, seats))
        if maxima < seats:
            found.append(kinds.MaximaBelowSeats(feature, maxima, seats))
    return found


def _homes(classes: Classes, wanted: Flags) -> int:
    """How many of these classes can be drawn together at most, one for each household."""
    shared = np.zeros(len(classes), dtype=np.bool_)
    homes = 0
    for household in classes.households:
        members = list(household.classes)
        shared[members] = True
        homes += household.count if wanted[members].any() else 0
    return homes + int(classes.sizes[wanted & ~shared].sum())


# --- who, and why --------------------------------------------------------------------------------


def _always(finder: PanelFinder, likely: Flags) -> Flags:
    """Which of these classes are on every panel, all of them. Exact."""
    left, sizes = likely.copy(), finder.classes.sizes
    while left.any():
        panel = finder.best(np.where(left, -1.0, 0.0)).panel
        if panel is None or not (left & (panel != sizes)).any():
            break
        left &= panel == sizes
    return left


def _squeezed(classes: Classes, relaxed: Relaxed, lowest: float) -> tuple[Group, ...]:
    """Who has the lowest chance, by the questions whose quotas are in the way, or else by all."""
    binding = [quota.feature for quota, _bound in _limits(classes, relaxed)]
    features = [name for name in classes.features if name in binding] or list(classes.features)
    return groups_of(classes, relaxed.chances <= lowest + EQUAL, features)


def _limits(classes: Classes, relaxed: Relaxed) -> list[tuple[Quota, Bound]]:
    """The limits that have a price for the lowest chance, the highest price first."""
    duals = relaxed.floor_duals[classes.quota_rows].tolist()
    priced = [pair for pair in zip(classes.quotas, duals, strict=True) if abs(pair[1]) > BINDS]
    priced.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
    return [(quota, "maximum" if dual > 0 else "minimum") for quota, dual in priced]


def _binding(classes: Classes, relaxed: Relaxed, lowest: float) -> tuple[Binding, ...]:
    """The limits with the highest price. A price holds for small steps, so each is moved by a whole seat."""
    found = []
    for quota, bound in _limits(classes, relaxed)[:MOST_BINDING]:
        if bound == "maximum":
            moved = replace(quota, maximum=quota.maximum + 1)
        else:
            moved = replace(quota, minimum=max(0, quota.minimum - 1))
        reached = lowest_chance(with_quotas(classes, (moved,)))
        number = quota.maximum if bound == "maximum" else quota.minimum
        people = int(classes.sizes[classes.matrix[1 + classes.quotas.index(quota)] > 0].sum())
        found.append(Binding(quota.feature, quota.value, bound, number, people, max(lowest, reached or 0.0)))
    return tuple(sorted(found, key=lambda one: -one.lowest_if_moved))


def groups_of(classes: Classes, wanted: Flags, features: Iterable[str]) -> tuple[Group, ...]:
    """These classes as groups of people with the same answers to some questions, the largest first.

    A group of too few people loses its last answers until it is large enough; what is left of it then is told
    as a number only.
    """
    places = [classes.features.index(name) for name in features]
    left = {
        number: tuple((classes.features[place], classes.profiles[number][place]) for place in places)
        for number in np.flatnonzero(wanted).tolist()
    }
    found: dict[tuple[tuple[str, str], ...], int] = {}
    for depth in range(len(places), 0, -1):
        counts: dict[tuple[tuple[str, str], ...], int] = {}
        for number, answers in left.items():
            counts[answers[:depth]] = counts.get(answers[:depth], 0) + int(classes.sizes[number])
        large = {answers for answers, people in counts.items() if people >= SMALLEST}
        found |= {answers: counts[answers] for answers in large}
        left = {number: answers for number, answers in left.items() if answers[:depth] not in large}
    groups = [Group(*row) for row in sorted(found.items(), key=lambda row: (-row[1], row[0]))]
    shown = groups[:MOST_GROUPS]
    rest = sum(group.people for group in groups[MOST_GROUPS:])
    rest += sum(int(classes.sizes[number]) for number in left)
    return (*shown, *([Group((), rest)] if rest else []))


def _answers(classes: Classes, chances: Floats) -> dict[tuple[str, str], AnswerChances]:
    found = {}
    for row, quota in enumerate(classes.quotas, start=1):
        has = classes.matrix[row] > 0
        if has.any():
            found[quota.feature, quota.value] = AnswerChances(
                int(classes.sizes[has].sum()), float(chances[has].min()), float(chances[has].max())
            )
    return found


# --- the picture ---------------------------------------------------------------------------------


def bins_of(classes: Classes, chances: Floats) -> tuple[Bin, ...]:
    """How many people have which chance, in at most MOST_BINS steps of a round width."""
    low, high = float(chances.min()), float(chances.max())
    step = next((step for step in STEPS if _place(high, step) - _place(low, step) < MOST_BINS), STEPS[-1])
    counts: dict[int, int] = {}
    for chance, size in zip(chances.tolist(), classes.sizes.tolist(), strict=True):
        counts[_place(chance, step)] = counts.get(_place(chance, step), 0) + size
    return tuple(
        Bin(place * step, (place + 1) * step, counts.get(place, 0))
        for place in range(min(counts), max(counts) + 1)
    )


def _place(chance: float, step: float) -> int:
    return floor(chance / step + EQUAL)

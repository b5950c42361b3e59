"""What staff should know before a pool is frozen: who can never be drawn, who always is, and what quotas
cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from participatie.sortition.classes import Classes, classes_of
from participatie.sortition.contradictions import contradictions
from participatie.sortition.leximin import Chances
from participatie.sortition.panels import PanelFinder
from participatie.sortition.pools import Pool, Quota
from participatie.sortition.relaxation import relax
from participatie.sortition.relaxations import Limit
from participatie.sortition.solver import Flags, Ints

EQUAL = 1e-6
SLACKS = (0, 1, 2)


@dataclass(frozen=True)
class Group:
    """People whom no rule tells apart: their value by feature, whether others of their household signed up
    too, and their ids.
    """

    values: tuple[tuple[str, str], ...]
    shares_household: bool
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Extremes:
    """Groups of whom nobody is on any panel, and groups of whom everybody is on every panel."""

    never: tuple[Group, ...]
    always: tuple[Group, ...]


@dataclass(frozen=True)
class Price:
    """Chances when each minimum is `slack` lower and each maximum `slack` higher."""

    slack: int
    lowest: float
    median: float
    highest: float


@dataclass(frozen=True)
class Binding:
    """A limit that holds the lowest chance down, and the lowest chance when it moves by one."""

    limit: Limit
    lowest_if_moved: float


@dataclass(frozen=True)
class Squeeze:
    """Who have the lowest chance, and the limits that make it so, the one that matters most first."""

    chance: float
    groups: tuple[Group, ...]
    bindings: tuple[Binding, ...]


def extremes(chances: Chances) -> Extremes:
    """By integer programs over the panels themselves, so the answer is exact. No panel at all: everyone
    never.
    """
    classes = chances.classes
    known = np.zeros((0, len(classes)), dtype=np.int64) if chances.mixture is None else chances.mixture.panels
    finder = PanelFinder(classes)
    never = _always_at(finder, known, np.zeros(len(classes)), np.ones(len(classes), dtype=np.bool_))
    some = classes.sizes <= classes.caps
    always = _always_at(finder, known, classes.sizes.astype(np.float64), some)
    return Extremes(_groups(classes, never), _groups(classes, always & ~never))


def _always_at(
    finder: PanelFinder, known: Ints, number: np.typing.NDArray[np.float64], asked: Flags
) -> Flags:
    """Of which of the classes asked every panel has exactly this number, which is the least or the most there
    is.

    Each round looks for the panel that shows the most of the remaining classes otherwise.
    """
    left = asked & np.all(known == number, axis=0)
    direction = np.where(number > 0, -1.0, 1.0)
    while left.any():
        panel = finder.best(np.where(left, direction, 0.0)).panel
        if panel is None or not (left & (panel != number)).any():
            break
        left &= panel == number
    return left


def price_of_quotas(pool: Pool, slacks: Sequence[int] = SLACKS) -> tuple[Price, ...]:
    """What wider quotas would do for everyone's chance, from the relaxation: a bound from above."""
    if contradictions(pool):
        return ()
    classes = classes_of(pool)
    found = []
    for slack in slacks:
        relaxed = relax(classes.loosened(slack))
        if relaxed is not None:
            per_person = relaxed.chances[classes.class_of]
            found.append(
                Price(slack, float(per_person.min()), float(np.median(per_person)), float(per_person.max()))
            )
    return tuple(found)


def squeeze(chances: Chances) -> Squeeze:
    """Who are worst off and why. Limits come from the dual prices of the lowest chance; each is then moved by
    one to see what that brings, since prices hold for small steps only.
    """
    classes = chances.classes
    lowest = float(chances.per_class.min())
    duals = chances.relaxed.floor_duals[classes.quota_rows].tolist()
    bindings = []
    for quota, dual in zip(classes.quotas, duals, strict=True):
        if abs(dual) > EQUAL:
            limit, moved = _moved(quota, up=dual > 0)
            quotas = tuple(moved if one == quota else one for one in classes.quotas)
            relaxed = relax(classes_of(replace(classes.pool, quotas=quotas)))
            if relaxed is not None:
                bindings.append(Binding(limit, float(relaxed.chances.min())))
    bindings.sort(key=lambda one: (-one.lowest_if_moved, one.limit))
    return Squeeze(lowest, _groups(classes, chances.per_class <= lowest + EQUAL), tuple(bindings))


def _moved(quota: Quota, *, up: bool) -> tuple[Limit, Quota]:
    if up:
        return (
            Limit(quota.feature, quota.value, "maximum", quota.maximum),
            replace(quota, maximum=quota.maximum + 1),
        )
    return (
        Limit(quota.feature, quota.value, "minimum", quota.minimum),
        replace(quota, minimum=max(0, quota.minimum - 1)),
    )


def _groups(classes: Classes, chosen: Flags) -> tuple[Group, ...]:
    sharing = {number for household in classes.households for number in household.classes}
    return tuple(
        Group(
            tuple(zip(classes.features, classes.profiles[number], strict=True)),
            number in sharing,
            tuple(classes.pool.people[one].id for one in classes.members[number]),
        )
        for number in np.flatnonzero(chosen).tolist()
    )

"""Leximin the slow way: over every panel there is, person by person."""

from itertools import combinations

import numpy as np

from participatie.sortition.pools import Pool
from participatie.sortition.solver import INFINITY, Floats, Program


def all_panels(pool: Pool) -> list[tuple[int, ...]]:
    """Every panel, as numbers of people in the order of the pool."""
    found = []
    for panel in combinations(range(len(pool.people)), pool.seats):
        people = [pool.people[number] for number in panel]
        homes = [person.household for person in people if person.household]
        if len(set(homes)) == len(homes) and all(
            quota.minimum
            <= sum(person.values[quota.feature] == quota.value for person in people)
            <= quota.maximum
            for quota in pool.quotas
        ):
            found.append(panel)
    return found


def brute_force(pool: Pool) -> Floats | None:
    """Everyone's leximin chance in the order of the pool, or None when there is no panel.

    Who is stuck at the floor is found by trying to raise each person alone, not by dual prices.
    """
    panels = all_panels(pool)
    if not panels:
        return None
    people = len(pool.people)
    drawn = np.zeros((people, len(panels)))
    for column, panel in enumerate(panels):
        drawn[list(panel), column] = 1
    same = np.unique(drawn, axis=0, return_inverse=True)[1]
    held = np.full(people, -1.0)
    while (held < 0).any():
        free = held < 0
        floor = _raise(drawn, held, free)
        stuck = []
        for row in set(same[free].tolist()):
            one = np.flatnonzero(free & (same == row))
            if (
                _raise(drawn, np.where(free, floor - 1e-10, held), np.isin(np.arange(people), one[:1]))
                < floor + 1e-8
            ):
                stuck += one.tolist()
        assert stuck
        held[stuck] = floor
    return held


def _raise(drawn: Floats, held: Floats, free: np.typing.NDArray[np.bool_]) -> float:
    """The highest floor for `free` when everyone else has at least what is held."""
    people, panels = drawn.shape
    matrix = np.vstack([np.column_stack([drawn, -free.astype(float)]), np.append(np.ones(panels), 0.0)])
    solved = Program(
        costs=np.append(np.zeros(panels), -1.0),
        lower=np.zeros(panels + 1),
        upper=np.full(panels + 1, 1.0),
        matrix=matrix,
        row_lower=np.append(np.where(free, 0.0, np.maximum(held - 1e-10, 0.0)), 1.0),
        row_upper=np.append(np.full(people, INFINITY), 1.0),
    ).solve()
    assert solved is not None
    return float(solved.x[-1])

"""Leximin on the relaxation: the chances that would be fair if people could be drawn in parts.

Leximin raises the lowest chance as far as possible, then the next lowest, and so on [Flanigan et al., Fair
algorithms for selecting citizens' assemblies, Nature 2021]. Here it works on expected numbers per class
instead of on panels, which bounds the real leximin from above and takes a fraction of a second.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from participatie.sortition.classes import Classes
from participatie.sortition.solver import INFINITY, TOLERANCE, Flags, Floats, Program, SolverGaveUp

# A reduced cost above this means that the floor itself would drop if the class rose above it. Those of one
# round add up to one, so some class is always far above it.
STUCK = 1e-5
VIOLATED = 1e-9
SLACKS = (1e-9, 1e-8)


@dataclass(frozen=True)
class Relaxed:
    """`chances` has one for each class. `floor_duals` tells how much the lowest chance would rise for each
    row of the classes' matrix when its upper bound is one higher (positive) or lower bound one lower
    (negative).
    """

    chances: Floats
    floor_duals: Floats
    rounds: int


class _Floor:
    """The program that raises the floor: chance of a class = what it has above the floor, plus the floor.

    Columns are the classes and the floor itself. Caps and households are added when they are first in the
    way; they seldom are.
    """

    def __init__(self, classes: Classes) -> None:
        self.classes = classes
        self.free = np.ones(len(classes), dtype=np.bool_)
        self.fixed = np.zeros(len(classes))
        self.base = 1 + len(classes.quotas)
        sizes = classes.sizes.astype(np.float64)
        all_rows = np.vstack([classes.matrix * sizes, np.diag(sizes)])
        self.all_rows = all_rows
        self.all_lower = np.full(len(all_rows), -INFINITY)
        self.all_lower[: self.base] = classes.row_lower[: self.base]
        self.all_upper = np.concatenate([classes.row_upper, classes.caps.astype(np.float64)])
        self.in_use = np.zeros(len(all_rows), dtype=np.bool_)
        self.in_use[: self.base] = True
        self.rows = list(range(self.base))
        self.program = Program(
            costs=np.append(np.zeros(len(classes)), -1.0),
            lower=np.zeros(len(classes) + 1),
            upper=np.append(np.full(len(classes), INFINITY), 1.0),
            matrix=self._with_floor(all_rows[: self.base]),
            row_lower=classes.row_lower[: self.base],
            row_upper=classes.row_upper[: self.base],
        )

    def _with_floor(self, rows: Floats) -> Floats:
        return np.column_stack([rows, rows[:, self.free].sum(axis=1)])

    def solve(self) -> tuple[float, Floats, Floats, Floats] | None:
        """(floor, chances, reduced costs by class, duals by row of the matrix), or None if nothing fits."""
        while True:
            solved = self.program.solve()
            if solved is None:
                return None
            floor = float(solved.x[-1])
            chances = np.where(self.free, solved.x[:-1] + floor, self.fixed)
            over = ~self.in_use & (self.all_rows @ chances > self.all_upper + VIOLATED * 10)
            if not over.any():
                duals = np.zeros(len(self.all_rows))
                duals[self.rows] = solved.duals
                return floor, chances, solved.reduced_costs[:-1], duals[: len(self.classes.row_lower)]
            new = np.flatnonzero(over)
            self.in_use[new] = True
            self.rows.extend(new.tolist())
            self.program.add_rows(
                np.full(len(new), -INFINITY), self.all_upper[new], self._with_floor(self.all_rows[new])
            )

    def widen(self, slack: float) -> None:
        """Leave this much room in every row, for when what was fixed does not quite fit."""
        self.all_lower -= slack
        self.all_upper += slack
        self.program.set_row_bounds(self.all_lower[self.rows], self.all_upper[self.rows])

    def fix(self, stuck: Flags, chances: Floats) -> None:
        """Hold these classes where they are. Afterwards `chances` fits every row, however it was rounded."""
        reached = self.all_rows @ chances
        self.all_lower = np.minimum(self.all_lower, reached)
        self.all_upper = np.maximum(self.all_upper, reached)
        self.program.set_row_bounds(self.all_lower[self.rows], self.all_upper[self.rows])
        self.fixed[stuck] = chances[stuck]
        self.free[stuck] = False
        self.program.set_bounds(
            np.append(np.where(self.free, 0.0, self.fixed), 0.0),
            np.append(np.where(self.free, INFINITY, self.fixed), 1.0),
        )
        sums = self.all_rows[np.ix_(self.rows, np.flatnonzero(self.free))].sum(axis=1)
        for row, value in enumerate(sums.tolist()):
            self.program.set_coefficient(row, len(self.classes), value)


def lowest_chance(classes: Classes) -> float | None:
    """Only the lowest of the chances that `relax` finds, in a fraction of the time."""
    solved = _Floor(classes).solve() if len(classes) else None
    return None if solved is None else min(1.0, solved[0])


def relax(classes: Classes, tell: Callable[[int, int], None] = lambda done, total: None) -> Relaxed | None:
    """The chances of leximin on the relaxation, or None when even parts of people cannot meet the quotas."""
    program = _Floor(classes)
    floor_duals = np.zeros(len(classes.row_lower))
    chances = np.zeros(len(classes))
    rounds = 0
    while program.free.any():
        solved = program.solve()
        for slack in SLACKS if rounds else ():
            if solved is None:
                program.widen(slack)
                solved = program.solve()
        if solved is None:
            if rounds:
                raise SolverGaveUp(f"no chances left for {int(program.free.sum())} classes")
            return None
        floor, chances, reduced, duals = solved
        if not rounds:
            floor_duals = -duals
        stuck: Flags = program.free & (reduced > STUCK)
        if floor > 1 - TOLERANCE or not stuck.any():
            stuck = program.free.copy()
        program.fix(stuck, chances)
        rounds += 1
        tell(len(classes) - int(program.free.sum()), len(classes))
    return Relaxed(np.clip(program.fixed, 0.0, 1.0), floor_duals, rounds)

"""Finding panels: how many of each class, so that every quota is met and nobody shares a household."""

from dataclasses import dataclass

import numpy as np

from participatie.sortition.classes import Classes
from participatie.sortition.solver import Floats, Ints, Program, Solved

# Nearer to a whole number than this is whole.
WHOLE = 1e-6
# How many programs a dive may solve before the integer program takes over.
MOST_NODES = 100


@dataclass(frozen=True)
class Best:
    """`bound`: no panel weighs more. `panel` is missing when the bound was enough to know."""

    panel: Ints | None
    bound: float


class PanelFinder:
    """Panels of these classes, or of the part of them that `restrict` leaves.

    The linear program, which may cut people in parts, starts from where it last ended and takes a
    millisecond; most of its answers are whole people. The integer program is asked only when that does not
    settle it.
    """

    def __init__(self, classes: Classes) -> None:
        self.classes = classes
        self.lower = np.zeros(len(classes))
        self.upper = classes.caps.astype(np.float64)
        self.row_lower = classes.row_lower
        self.row_upper = classes.row_upper
        self._parts = self._program(integer=False)
        self._whole: Program | None = None

    def _program(self, *, integer: bool) -> Program:
        return Program(
            costs=np.zeros(len(self.classes)),
            lower=self.lower,
            upper=self.upper,
            matrix=self.classes.matrix,
            row_lower=self.row_lower,
            row_upper=self.row_upper,
            integer=integer,
        )

    def restrict(self, lower: Floats, upper: Floats, row_lower: Floats, row_upper: Floats) -> None:
        """Only panels between these bounds, for classes and for rows of their matrix."""
        self.lower, self.upper, self.row_lower, self.row_upper = lower, upper, row_lower, row_upper
        for program in (self._parts, self._whole):
            if program is not None:
                program.set_bounds(lower, upper)
                program.set_row_bounds(row_lower, row_upper)

    def any_panel(self, weights: Floats, *, thorough: bool = True) -> Ints | None:
        """A panel with much weight, not always the most. None when there is no panel at all, or it is hard to
        find and nobody asked to be thorough.
        """
        if not self._can_be():
            return None
        self._parts.set_costs(-weights)
        for keeping in (True, False):
            panel = self._dive(keeping=keeping)
            if panel is not None:
                return panel
        return self._solve_whole(weights, gap=0.5).panel if thorough else None

    def best(self, weights: Floats, *, enough: float = -np.inf) -> Best:
        """The panel with the greatest weight. Its bound is -inf when there is no panel at all.

        Any panel that weighs more than `enough` will do; only when there is none the bound is exact.
        """
        nothing = Best(None, -np.inf)
        if not self._can_be():
            return nothing
        self._parts.set_costs(-weights)
        solved = self._parts.solve()
        if solved is None:
            return nothing
        panel = self._whole_of(solved)
        if panel is not None:
            return Best(panel, float(weights @ panel))
        if -solved.value <= enough:
            return Best(None, -solved.value)
        if enough > -np.inf:
            for keeping in (True, False):
                panel = self._dive(keeping=keeping)
                if panel is not None and float(weights @ panel) > enough:
                    return Best(panel, -solved.value)
        return self._solve_whole(weights, gap=0.0)

    def _can_be(self) -> bool:
        return bool(np.all(self.lower <= self.upper) and np.all(self.row_lower <= self.row_upper))

    def _solve_whole(self, weights: Floats, *, gap: float) -> Best:
        if self._whole is None:
            self._whole = self._program(integer=True)
        self._whole.set_costs(-weights)
        solved = self._whole.solve(gap=gap)
        if solved is None:
            return Best(None, -np.inf)
        return Best(solved.x.astype(np.int64), -solved.value)

    def _dive(self, *, keeping: bool) -> Ints | None:
        """Round up one class at a time until all are whole. `keeping` also keeps every class that is whole
        and stops at the first dead end; otherwise it turns back and goes on.
        """
        open_nodes = [(self.lower, self.upper)]
        panel = None
        for node in range(MOST_NODES):
            if not open_nodes:
                break
            lower, upper = open_nodes.pop()
            if node:
                self._parts.set_bounds(lower, upper)
            solved = self._parts.solve()
            if solved is None:
                if keeping:
                    break
                continue
            panel = self._whole_of(solved)
            if panel is not None:
                break
            rounded = np.rint(solved.x)
            whole = np.abs(solved.x - rounded) < WHOLE
            split = int(np.argmax(np.where(whole, -1.0, solved.x - np.floor(solved.x))))
            below = upper.copy()
            below[split] = np.floor(solved.x[split])
            above = (
                np.where(whole & (rounded >= 1), np.maximum(lower, rounded), lower)
                if keeping
                else lower.copy()
            )
            above[split] = np.ceil(solved.x[split])
            open_nodes += [(lower, below), (above, upper)]
        self._parts.set_bounds(self.lower, self.upper)
        return panel

    def _whole_of(self, solved: Solved) -> Ints | None:
        panel = np.rint(solved.x)
        if np.abs(solved.x - panel).max(initial=0.0) >= WHOLE:
            return None
        rows = self.classes.matrix @ panel
        slack = WHOLE
        fits = (
            np.all(rows >= self.row_lower - slack)
            and np.all(rows <= self.row_upper + slack)
            and np.all(panel >= self.lower - slack)
            and np.all(panel <= self.upper + slack)
        )
        return panel.astype(np.int64) if fits else None

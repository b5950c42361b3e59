"""Leximin over real panels, for when the relaxation promises more than panels can give.

The algorithm of Flanigan et al. (Fair algorithms for selecting citizens' assemblies, Nature 2021, supplement
B.2): raise the lowest chance over mixtures of the panels at hand, price the classes by the dual solution, and
look for a panel that would raise it further. When there is none, the classes with a price cannot be higher;
hold them, go on.
"""

from collections.abc import Callable

import numpy as np

from participatie.sortition.classes import Classes
from participatie.sortition.mixtures import Columns, Master, Mixture
from participatie.sortition.panels import PanelFinder
from participatie.sortition.solver import SolverGaveUp

# By how much a panel has to raise the floor to be worth adding.
GAIN = 1e-9
# Prices of one round add up to one; a class with less than this is not known to be stuck.
PRICED = 1e-3


def exact_leximin(classes: Classes, columns: Columns, tell: Callable[[int, int], None]) -> Mixture | None:
    """The leximin mixture, or None when there is no panel at all. `columns` may hold panels to start from."""
    finder = PanelFinder(classes)
    count = len(classes)
    sizes = classes.sizes.astype(np.float64)
    if not len(columns):
        panel = finder.best(np.ones(count)).panel
        if panel is None:
            return None
        columns.add(panel)
    held = np.zeros(count)
    free = np.ones(count, dtype=np.bool_)
    master = Master(own_costs=np.array([-1.0]), own=-np.ones((count, 1)), at_least=held)
    master.add_panels(columns.panels / sizes)
    while True:
        solved = master.solve()
        if solved is None:
            raise SolverGaveUp("a mixture that was there is there no more")
        weights = solved.x[1:]
        if not free.any():
            return Mixture.of(columns.panels, weights)
        prices = np.maximum(solved.duals[:count], 0.0)
        # The dual of the sum of the weights is what the best panel at hand weighs.
        enough = -float(solved.duals[count]) + GAIN
        best = finder.best(prices / sizes, enough=enough)
        if best.bound > enough and best.panel is not None and columns.add(best.panel):
            master.add_panels((best.panel / sizes)[None, :])
            continue
        floor = float(solved.x[0])
        reached = (weights @ columns.panels) / sizes
        stuck = free & (prices >= min(PRICED, float(prices[free].max()) / 2))
        held = np.where(stuck, np.minimum(floor, reached), np.minimum(held, np.where(free, 0.0, reached)))
        free &= ~stuck
        master.set_at_least(held)
        for row in np.flatnonzero(stuck).tolist():
            master.set_coefficient(row, 0, 0.0)
        if not free.any():
            # Without a class to raise, the floor has nothing to hold it down.
            master.set_costs(np.zeros(1 + len(columns)))
        tell(count - int(free.sum()), count)

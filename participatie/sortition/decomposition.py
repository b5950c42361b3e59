"""Proof that the relaxation's chances are real: panels that together give exactly those chances.

First panels are peeled off one by one, each with the greatest weight that leaves something that could still
be a mixture: the constructive proof of Carathéodory's theorem [Grötschel, Lovász and Schrijver, Geometric
Algorithms and Combinatorial Optimization, 1988, theorem 6.5.11]. What is left, usually nothing, is for column
generation [Dantzig and Wolfe, Decomposition principle for linear programs, 1960].
"""

from collections.abc import Callable

import numpy as np

from participatie.sortition.classes import Classes
from participatie.sortition.mixtures import Columns, Master, Mixture
from participatie.sortition.panels import PanelFinder
from participatie.sortition.randomness import generator
from participatie.sortition.solver import Floats, Ints

# People, over all classes together, by which a mixture may miss the chances.
MISSED = 1e-8
# Less room than this is none: every panel in the mixture then sits at that bound.
TIGHT = 1e-9
NO_STEP = 1e-11
# Peeling again gives other panels, which is cheaper than looking for each missing one.
PEELINGS = 6
# With less than this left, a panel that is hard to find is not worth the time.
REMNANT = 0.05

# A panel that is hard to find by one set of weights may be easy by another.
TRIES = 4

type Tell = Callable[[int, int], None]


def decompose(classes: Classes, expected: Floats, columns: Columns, tell: Tell) -> Mixture | None:
    """A mixture with this many of each class on average, or None when there is none.

    Every panel that was found on the way is added to `columns`.
    """
    count = len(classes)
    master = Master(own_costs=np.ones(count), own=np.eye(count), at_least=expected)
    for attempt in range(PEELINGS):
        before = len(columns)
        peel(classes, expected, columns, attempt, tell)
        if len(columns) == before:
            break
        master.add_panels(columns.panels[before:].astype(np.float64))
        solved = master.solve()
        if solved is not None and solved.value <= MISSED:
            return Mixture.of(columns.panels, solved.x[count:])
    return _generate(classes, expected, columns, master, tell) if len(columns) else None


def peel(classes: Classes, expected: Floats, columns: Columns, attempt: int, tell: Tell) -> float:
    """Add the peeled panels to `columns`. Returns the weight that is left."""
    rng = generator("peel", attempt)
    finder = PanelFinder(classes)
    caps = classes.caps.astype(np.float64)
    left, weight = expected.copy(), 1.0
    while weight > TIGHT:
        tell(int((1 - weight) * 1000), 1000)
        _restrict_to_face(finder, left, weight)
        panel = None
        for again in range(TRIES):
            chance = np.where(left > TIGHT, 0.5 * rng.numbers(len(left)), 0.0)
            panel = finder.any_panel(
                left / weight / np.maximum(expected, 1.0) + chance,
                thorough=again == TRIES - 1 and weight > REMNANT,
            )
            if panel is not None:
                break
        if panel is None:
            break
        step = min(weight, _greatest_step(classes, caps, left, weight, panel))
        if step < NO_STEP:
            break
        columns.add(panel)
        left = np.maximum(left - step * panel, 0.0)
        weight -= step
    return weight


def _restrict_to_face(finder: PanelFinder, expected: Floats, weight: float) -> None:
    """Where `expected` sits at a bound, each panel of its mixture does."""
    classes = finder.classes
    caps = classes.caps.astype(np.float64)
    rows = classes.matrix @ expected
    finder.restrict(
        np.where(weight * caps - expected <= TIGHT, caps, 0.0),
        np.where(expected <= TIGHT, 0.0, caps),
        np.where(weight * classes.row_upper - rows <= TIGHT, classes.row_upper, classes.row_lower),
        np.where(rows - weight * classes.row_lower <= TIGHT, classes.row_lower, classes.row_upper),
    )


def _greatest_step(classes: Classes, caps: Floats, left: Floats, weight: float, panel: Ints) -> float:
    """How much of this panel can be taken off so that what is left keeps to every bound."""
    rows, taken = classes.matrix @ left, classes.matrix @ panel
    room = np.concatenate(
        [left, weight * caps - left, weight * classes.row_upper - rows, rows - weight * classes.row_lower]
    )
    used = np.concatenate([panel, caps - panel, classes.row_upper - taken, taken - classes.row_lower])
    return float(np.min(np.maximum(room, 0.0)[used > TIGHT] / used[used > TIGHT], initial=np.inf))


def _generate(
    classes: Classes, expected: Floats, columns: Columns, master: Master, tell: Tell
) -> Mixture | None:
    """Column generation: add the panel that the dual prices ask for until that settles it."""
    count = len(classes)
    finder = PanelFinder(classes)
    _restrict_to_face(finder, expected, 1.0)
    first = None
    while True:
        solved = master.solve()
        if solved is None:
            return None
        first = first or solved.value
        tell(1000 - int(1000 * min(1.0, solved.value / first)) if first else 1000, 1000)
        if solved.value <= MISSED:
            return Mixture.of(columns.panels, solved.x[count:])
        prices = np.clip(solved.duals[:count], 0.0, 1.0)
        most = float(prices @ expected) - MISSED / 2
        best = finder.best(prices, enough=-float(solved.duals[count]) + MISSED / 10)
        # What any mixture misses is at least the price of what is expected less that of the best panel.
        if best.bound < most or best.panel is None or not columns.add(best.panel):
            return None
        master.add_panels(best.panel[None, :].astype(np.float64))

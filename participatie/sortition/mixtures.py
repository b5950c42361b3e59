"""A mixture of panels: with which chance each panel is drawn."""

from dataclasses import dataclass

import numpy as np

from participatie.sortition.classes import Classes
from participatie.sortition.solver import INFINITY, Floats, Ints, Program

# Lighter than this, a panel is not worth keeping.
LIGHT = 1e-12


@dataclass(frozen=True)
class Mixture:
    """`panels` has a row for each panel, with how many of each class; `weights` add up to one."""

    panels: Ints
    weights: Floats

    @property
    def expected(self) -> Floats:
        """How many of each class are drawn on average."""
        return self.weights @ self.panels

    @staticmethod
    def of(panels: Ints, weights: Floats) -> "Mixture":
        kept = weights > LIGHT
        return Mixture(panels[kept], weights[kept] / weights[kept].sum())


class Columns:
    """The panels found so far, each once."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes
        self._found: dict[bytes, Ints] = {}

    def __len__(self) -> int:
        return len(self._found)

    def add(self, panel: Ints) -> bool:
        """Whether it is a new one."""
        key = panel.tobytes()
        is_new = key not in self._found
        self._found.setdefault(key, panel)
        return is_new

    @property
    def panels(self) -> Ints:
        if not self._found:
            return np.zeros((0, len(self.classes)), dtype=np.int64)
        return np.array(list(self._found.values()))


class Master(Program):
    """Which mixture of the panels at hand is best: a column for each panel, weights that add up to one.

    The first columns are the caller's own; then come the panels. Rows are the classes and then the sum of
    the weights.
    """

    def __init__(self, *, own_costs: Floats, own: Floats, at_least: Floats) -> None:
        self.classes = len(at_least)
        self.own = len(own_costs)
        super().__init__(
            costs=own_costs,
            lower=np.zeros(self.own),
            upper=np.full(self.own, INFINITY),
            matrix=np.vstack([own, np.zeros(self.own)]),
            row_lower=np.append(at_least, 1.0),
            row_upper=np.append(np.full(self.classes, INFINITY), 1.0),
        )

    def add_panels(self, panels: Floats) -> None:
        """A row for each panel, with what it adds to each class's row."""
        count = len(panels)
        self.add_columns(
            np.zeros(count),
            np.zeros(count),
            np.full(count, INFINITY),
            np.column_stack([panels, np.ones(count)]),
        )

    def set_at_least(self, at_least: Floats) -> None:
        self.set_row_bounds(np.append(at_least, 1.0), np.append(np.full(self.classes, INFINITY), 1.0))

"""The one place that talks to HiGHS: its options, its tolerances, and what to try when it does not know.

HiGHS [Huangfu and Hall, Parallelizing the dual revised simplex method, 2018] runs on one thread with a fixed
seed and no time limit, so that the same program has the same answer on every run.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Ints = NDArray[np.int64]

INFINITY = highspy.kHighsInf
TOLERANCE = 1e-9

# What to try, in turn, when HiGHS ends without an answer. Each starts cold.
RETRIES: tuple[dict[str, Any], ...] = (
    {"presolve": "off", "solver": "simplex"},
    {"presolve": "on", "solver": "simplex", "simplex_strategy": 4},
    {"presolve": "on", "solver": "ipm"},
    {"presolve": "off", "solver": "simplex", "simplex_strategy": 4, "simplex_scale_strategy": 0},
)
USUAL: dict[str, Any] = {
    "presolve": "choose",
    "solver": "choose",
    "simplex_strategy": 1,
    "simplex_scale_strategy": 2,
}


class SolverGaveUp(Exception):
    """HiGHS found no answer, whatever was tried. Says how it ended each time."""


@dataclass(frozen=True)
class Solved:
    """An optimum. `duals` and `reduced_costs` are those of the minimisation; zeros for an integer program."""

    value: float
    x: Floats
    duals: Floats
    reduced_costs: Floats


class Program:
    """Minimise costs·x with lower ≤ x ≤ upper and row_lower ≤ matrix·x ≤ row_upper.

    `matrix` is dense, rows by columns; only what is not zero reaches HiGHS. It can be changed and solved
    again, which starts from where the last solve ended.
    """

    def __init__(
        self,
        *,
        costs: Floats,
        lower: Floats,
        upper: Floats,
        matrix: Floats,
        row_lower: Floats,
        row_upper: Floats,
        integer: bool = False,
    ) -> None:
        self.integer = integer
        make: Any = highspy.Highs  # Without types of its own.
        self._highs: highspy.Highs = make()
        highs = self._highs
        options: dict[str, bool | int | float | str] = {
            "output_flag": False,
            "threads": 1,
            "parallel": "off",
            "random_seed": 0,
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
            "mip_feasibility_tolerance": TOLERANCE,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": TOLERANCE,
        }
        for name, value in options.items():
            highs.setOptionValue(name, value)
        columns, rows = len(costs), len(row_lower)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = columns, rows
        program.col_cost_, program.col_lower_, program.col_upper_ = costs, lower, upper
        program.row_lower_, program.row_upper_ = row_lower, row_upper
        starts, indexes, values = _sparse(matrix)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.num_col_, program.a_matrix_.num_row_ = columns, rows
        program.a_matrix_.start_ = starts
        program.a_matrix_.index_ = indexes
        program.a_matrix_.value_ = values
        if integer:
            program.integrality_ = [highspy.HighsVarType.kInteger] * columns
        highs.passModel(program)

    def set_costs(self, costs: Floats) -> None:
        self._highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def set_bounds(self, lower: Floats, upper: Floats) -> None:
        self._highs.changeColsBounds(len(lower), np.arange(len(lower), dtype=np.int32), lower, upper)

    def set_row_bounds(self, lower: Floats, upper: Floats) -> None:
        change: Any = self._highs  # The stubs of highspy miss this one.
        change.changeRowsBounds(len(lower), np.arange(len(lower), dtype=np.int32), lower, upper)

    def set_coefficient(self, row: int, column: int, value: float) -> None:
        self._highs.changeCoeff(row, column, value)

    def add_columns(self, costs: Floats, lower: Floats, upper: Floats, columns: Floats) -> None:
        """`columns` has a row for each new column."""
        starts, indexes, values = _sparse(columns)
        self._highs.addCols(len(costs), costs, lower, upper, len(values), starts[:-1], indexes, values)

    def add_rows(self, lower: Floats, upper: Floats, rows: Floats) -> None:
        starts, indexes, values = _sparse(rows)
        self._highs.addRows(len(lower), lower, upper, len(values), starts[:-1], indexes, values)

    def solve(self, *, gap: float = 0.0) -> Solved | None:
        """The optimum, or None when nothing satisfies every row. Raises SolverGaveUp.

        An integer program may stop when it is within this share (`gap`) of the optimum.
        """
        self._highs.setOptionValue("mip_rel_gap", gap)
        endings = []
        for attempt, options in enumerate(({}, *RETRIES)):
            if attempt:
                self._highs.clearSolver()
            for name, value in options.items():
                self._highs.setOptionValue(name, value)
            self._highs.run()
            status = self._highs.getModelStatus()
            if attempt:
                for name, value in USUAL.items():
                    self._highs.setOptionValue(name, value)
            if status == highspy.HighsModelStatus.kOptimal:
                return self._solved()
            if status == highspy.HighsModelStatus.kInfeasible:
                return None
            endings.append(str(status))
        raise SolverGaveUp("; ".join(endings))

    def _solved(self) -> Solved:
        solution = self._highs.getSolution()
        x = np.array(solution.col_value, dtype=np.float64)
        if self.integer:
            return Solved(
                self._highs.getInfo().objective_function_value, np.rint(x), np.zeros(0), np.zeros(0)
            )
        return Solved(
            self._highs.getInfo().objective_function_value,
            x,
            np.array(solution.row_dual, dtype=np.float64),
            np.array(solution.col_dual, dtype=np.float64),
        )


def _sparse(matrix: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """(starts, indexes, values), row by row."""
    rows, indexes = np.nonzero(matrix)
    starts = np.zeros(len(matrix) + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=starts[1:])
    return starts, indexes.astype(np.int32), np.ascontiguousarray(matrix[rows, indexes])

"""The wrapper around HiGHS: answers, no answer, and giving up."""

import numpy as np
import pytest

from participatie.sortition.solver import INFINITY, Program, SolverGaveUp


def program(
    costs: list[float], matrix: list[list[float]], upper: list[float], *, integer: bool = False
) -> Program:
    """Minimise costs·x with x ≥ 0 and matrix·x ≤ upper."""
    count = len(costs)
    return Program(
        costs=np.array(costs),
        lower=np.zeros(count),
        upper=np.full(count, INFINITY),
        matrix=np.array(matrix, dtype=np.float64).reshape(len(upper), count),
        row_lower=np.full(len(upper), -INFINITY),
        row_upper=np.array(upper),
        integer=integer,
    )


def test_an_optimum_with_its_prices() -> None:
    solved = program([-3.0, -2.0], [[1, 1], [1, 0]], [4.0, 3.0]).solve()
    assert solved is not None
    assert solved.value == pytest.approx(-11)
    assert solved.x == pytest.approx([3, 1])
    assert solved.duals == pytest.approx([-2, -1])


def test_whole_numbers() -> None:
    solved = program([-1.0, -1.0], [[2, 2]], [5.0], integer=True).solve()
    assert solved is not None
    assert solved.value == pytest.approx(-2)
    assert sorted(solved.x) in ([0, 2], [1, 1])


def test_nothing_fits() -> None:
    assert program([1.0], [[1]], [-1.0]).solve() is None
    assert program([1.0], [[1]], [-1.0], integer=True).solve() is None


def test_without_end_it_gives_up_and_says_how() -> None:
    with pytest.raises(SolverGaveUp, match="kUnbounded"):
        program([-1.0], [[0]], [1.0]).solve()


def test_it_goes_on_after_giving_up_and_after_changes() -> None:
    asked = program([-1.0, 0.0], [[0, 1]], [1.0])
    with pytest.raises(SolverGaveUp):
        asked.solve()
    asked.add_rows(np.array([-INFINITY]), np.array([5.0]), np.array([[1.0, 1.0]]))
    solved = asked.solve()
    assert solved is not None
    assert solved.value == pytest.approx(-5)
    asked.add_columns(np.array([-2.0]), np.zeros(1), np.array([1.0]), np.array([[0.0, 1.0]]))
    solved = asked.solve()
    assert solved is not None
    assert [solved.value, solved.x[2]] == pytest.approx([-6, 1])
    asked.set_bounds(np.array([0.0, 2.0, 0.0]), np.array([9.0, 2.0, 1.0]))
    assert asked.solve() is None

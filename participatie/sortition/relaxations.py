"""Quotas that cannot be met together, and the smallest changes with which they can."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from participatie.sortition.classes import Classes, classes_of
from participatie.sortition.contradictions import (
    Contradiction,
    NotAPool,
    TooFewHouseholds,
    TooFewPeople,
    contradictions,
)
from participatie.sortition.panels import PanelFinder
from participatie.sortition.pools import Pool
from participatie.sortition.solver import INFINITY, Program

MOST_ALTERNATIVES = 5

type Bound = Literal["minimum", "maximum"]


@dataclass(frozen=True, order=True)
class Limit:
    """One side of a quota."""

    feature: str
    value: str
    bound: Bound
    number: int


@dataclass(frozen=True, order=True)
class Change:
    """Lower this minimum, or raise this maximum."""

    feature: str
    value: str
    bound: Bound
    old: int
    new: int


@dataclass(frozen=True)
class CannotBeMet:
    """No panel exists. Of the limits in `conflict` each one matters: without any of them there would be one.

    `alternatives` are ways out, each with the same, smallest total change. There are none when the people are
    too few, or `contradictions` has something that is no input at all.
    """

    contradictions: tuple[Contradiction, ...] = ()
    conflict: tuple[Limit, ...] = ()
    alternatives: tuple[tuple[Change, ...], ...] = ()


def why_not(pool: Pool) -> CannotBeMet | None:
    """Why there is no panel, or None when there is one. Asks the integer program, so the answer is exact."""
    found = contradictions(pool)
    if any(isinstance(one, NotAPool | TooFewPeople | TooFewHouseholds) for one in found):
        return CannotBeMet(tuple(found))
    classes = classes_of(pool)
    alternatives = smallest_changes(classes)
    if alternatives and not alternatives[0]:
        return None
    return CannotBeMet(tuple(found), _conflict(classes) if alternatives else (), alternatives)


def smallest_changes(classes: Classes, most: int = MOST_ALTERNATIVES) -> tuple[tuple[Change, ...], ...]:
    """The ways to change the quotas that make a panel possible with the least change in total, at most so
    many.

    One empty way when nothing has to change; no way at all when the households are too few.
    """
    program = _ChangeProgram(classes)
    found: list[tuple[Change, ...]] = []
    least = INFINITY
    while len(found) < most:
        solved = program.solve()
        if solved is None or round(solved.value) > least:
            break
        least = round(solved.value)
        found.append(program.changes(solved.x))
        if not found[0]:
            break
        program.exclude(solved.x)
    return tuple(sorted(found))


class _ChangeProgram(Program):
    """Columns: a panel, then for each limit by how much it moves, then for each limit whether it moves."""

    def __init__(self, classes: Classes) -> None:
        self.quotas = classes.quotas
        self.count = len(classes)
        self.limits = limits = 2 * len(classes.quotas)
        quota_rows = classes.matrix[classes.quota_rows]
        others = np.delete(classes.matrix, classes.quota_rows, axis=0)
        keep = np.delete(np.arange(len(classes.matrix)), classes.quota_rows)
        lower = np.array([quota.minimum for quota in classes.quotas], dtype=np.float64)
        upper = np.array([quota.maximum for quota in classes.quotas], dtype=np.float64)
        farthest = np.maximum(np.append(lower, [0]).max(), classes.pool.seats) + 1
        half = np.eye(len(classes.quotas))
        none = np.zeros((len(others), limits))
        zero = np.zeros_like(half)
        matrix = np.vstack(
            [
                np.hstack([others, none, none]),
                np.hstack([quota_rows, half, zero, np.zeros((len(half), limits))]),
                np.hstack([quota_rows, zero, -half, np.zeros((len(half), limits))]),
                np.hstack([np.zeros((limits, self.count)), np.eye(limits), -farthest * np.eye(limits)]),
            ]
        )
        infinite = np.full(len(half), INFINITY)
        super().__init__(
            costs=np.concatenate([np.zeros(self.count), np.ones(limits), np.zeros(limits)]),
            lower=np.zeros(self.count + 2 * limits),
            upper=np.concatenate([classes.caps, np.full(limits, farthest), np.ones(limits)]).astype(
                np.float64
            ),
            matrix=matrix,
            row_lower=np.concatenate([classes.row_lower[keep], lower, -infinite, np.full(limits, -INFINITY)]),
            row_upper=np.concatenate([classes.row_upper[keep], infinite, upper, np.zeros(limits)]),
            integer=True,
        )

    def changes(self, x: np.typing.NDArray[np.float64]) -> tuple[Change, ...]:
        moved = x[self.count : self.count + self.limits].astype(np.int64).tolist()
        minima, maxima = moved[: len(self.quotas)], moved[len(self.quotas) :]
        found = []
        for quota, down, up in zip(self.quotas, minima, maxima, strict=True):
            if down:
                found.append(
                    Change(quota.feature, quota.value, "minimum", quota.minimum, quota.minimum - down)
                )
            if up:
                found.append(Change(quota.feature, quota.value, "maximum", quota.maximum, quota.maximum + up))
        return tuple(found)

    def exclude(self, x: np.typing.NDArray[np.float64]) -> None:
        """Not the same limits again, nor more limits than those."""
        row = np.zeros(self.count + 2 * self.limits)
        used = np.flatnonzero(x[self.count : self.count + self.limits] > 0.5)
        row[self.count + self.limits + used] = 1
        self.add_rows(np.array([-INFINITY]), np.array([len(used) - 1.0]), row[None, :])


def _conflict(classes: Classes) -> tuple[Limit, ...]:
    """Limits that cannot be met together while all but any one of them can (a deletion filter: Chinneck and
    Dravnieks, Locating minimal infeasible constraint sets in linear programs, 1991).
    """
    finder = PanelFinder(classes)
    lower, upper = classes.row_lower.copy(), classes.row_upper.copy()
    seats = float(classes.pool.seats)
    kept = []
    for row, quota in enumerate(classes.quotas, start=1):
        for bounds, without, limit in (
            (lower, 0.0, Limit(quota.feature, quota.value, "minimum", quota.minimum)),
            (upper, seats, Limit(quota.feature, quota.value, "maximum", quota.maximum)),
        ):
            held = bounds[row]
            bounds[row] = without
            finder.restrict(finder.lower, finder.upper, lower, upper)
            if finder.any_panel(np.zeros(len(classes))) is not None:
                bounds[row] = held
                kept.append(limit)
    return tuple(kept)

"""The chances of a draw: at once from the relaxation, or proven by panels that give just those chances."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from participatie.sortition.classes import Classes, classes_of
from participatie.sortition.contradictions import contradictions
from participatie.sortition.decomposition import decompose
from participatie.sortition.exact import exact_leximin
from participatie.sortition.mixtures import Columns, Mixture
from participatie.sortition.pools import Clock, Pool, Progress
from participatie.sortition.relaxation import Relaxed, relax
from participatie.sortition.relaxations import CannotBeMet, why_not
from participatie.sortition.solver import Floats, SolverGaveUp


@dataclass(frozen=True)
class Chances:
    """Everyone's chance to be drawn, from 0 to 1.

    They are `proven` when `mixture`, panels with a chance for each, gives exactly these; otherwise they are
    an upper bound for the lowest chance, the next lowest, and so on. `seconds` by step.
    """

    classes: Classes
    per_class: Floats
    mixture: Mixture | None
    relaxed: Relaxed
    seconds: dict[str, float]

    @property
    def proven(self) -> bool:
        return self.mixture is not None

    @cached_property
    def per_person(self) -> Floats:
        """In the order of `classes.pool.people`, which is by id."""
        return self.per_class[self.classes.class_of]

    @cached_property
    def by_id(self) -> dict[str, float]:
        people = self.classes.pool.people
        return {person.id: chance for person, chance in zip(people, self.per_person.tolist(), strict=True)}

    @property
    def lowest(self) -> float:
        return float(self.per_person.min())

    @property
    def median(self) -> float:
        return float(np.median(self.per_person))

    @property
    def highest(self) -> float:
        return float(self.per_person.max())


def chances(pool: Pool, *, progress: Progress | None = None) -> Chances | CannotBeMet:
    """Chances from the relaxation, fast enough for a screen that answers while somebody types (0.1 s for
    1,000 people). Now and then they are a little better than panels can give, and exist where no panel does;
    `leximin` knows. Raises SolverGaveUp.
    """
    return _chances(pool, progress=progress, proven=False)


def leximin(pool: Pool, *, progress: Progress | None = None) -> Chances | CannotBeMet:
    """The leximin chances over all panels, with the panels that prove them [Flanigan, Gölz, Gupta, Hennig and
    Procaccia, Fair algorithms for selecting citizens' assemblies, Nature 2021]. Raises SolverGaveUp.
    """
    return _chances(pool, progress=progress, proven=True)


def _chances(pool: Pool, *, progress: Progress | None, proven: bool) -> Chances | CannotBeMet:
    clock = Clock(progress)
    clock.start("check")
    if contradictions(pool):
        return _no_panel(pool)
    classes = classes_of(pool)
    clock.start("relaxation", len(classes))
    relaxed = relax(classes, clock.tell)
    if relaxed is None:
        clock.start("relaxations")
        return _no_panel(pool)
    if not proven:
        clock.stop()
        return Chances(classes, relaxed.chances, None, relaxed, clock.seconds)
    clock.start("decomposition", 1000)
    columns = Columns(classes)
    per_class = relaxed.chances
    mixture = decompose(classes, relaxed.chances * classes.sizes, columns, clock.tell)
    if mixture is None:
        clock.start("exact", len(classes))
        mixture = exact_leximin(classes, columns, clock.tell)
        if mixture is None:
            clock.start("relaxations")
            return _no_panel(pool)
        per_class = mixture.expected / classes.sizes
    clock.stop()
    return Chances(classes, per_class, mixture, relaxed, clock.seconds)


def _no_panel(pool: Pool) -> CannotBeMet:
    """Why there is none. That there is one after all is a solver that contradicts itself."""
    reason = why_not(pool)
    if reason is None:
        raise SolverGaveUp("no chances, and yet a panel")
    return reason

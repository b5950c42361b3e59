"""People who are interchangeable, taken together.

Two people are of one class when they have the same value for every feature with a quota and the same kind of
household: the same people by features live there. No rule tells them apart, so a fair draw gives them the
same chance, and a panel is known by how many it has of each class [the types of Flanigan et al., Fair
algorithms for selecting citizens' assemblies, Nature 2021, extended here to households].
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from participatie.sortition.pools import Pool, Quota
from participatie.sortition.solver import Floats, Ints

type Profile = tuple[str, ...]


@dataclass(frozen=True)
class Household:
    """All households of one kind: the classes that live there, and how many of these households there are."""

    classes: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class Classes:
    """The pool by class. A panel is a vector of integers z, one for each class, with

    0 ≤ z ≤ caps, row_lower ≤ matrix·z ≤ row_upper; the rows are the seats, each quota, and each kind of
    household with more than one class.
    """

    pool: Pool
    features: tuple[str, ...]
    profiles: tuple[Profile, ...]
    members: tuple[tuple[int, ...], ...]
    households: tuple[Household, ...]
    sizes: Ints
    caps: Ints
    matrix: Floats
    row_lower: Floats
    row_upper: Floats

    def __len__(self) -> int:
        return len(self.members)

    @property
    def quotas(self) -> tuple[Quota, ...]:
        return self.pool.quotas

    @property
    def quota_rows(self) -> slice:
        return slice(1, 1 + len(self.pool.quotas))

    @cached_property
    def class_of(self) -> Ints:
        """For each person the number of the class."""
        found = np.zeros(len(self.pool.people), dtype=np.int64)
        for number, people in enumerate(self.members):
            found[list(people)] = number
        return found

    def loosened(self, slack: int) -> "Classes":
        """The same people with every quota this much wider on both sides."""
        lower, upper = self.row_lower.copy(), self.row_upper.copy()
        lower[self.quota_rows] = np.maximum(lower[self.quota_rows] - slack, 0)
        upper[self.quota_rows] += slack
        return Classes(
            self.pool,
            self.features,
            self.profiles,
            self.members,
            self.households,
            self.sizes,
            self.caps,
            self.matrix,
            lower,
            upper,
        )


def classes_of(pool: Pool) -> Classes:
    """The classes of a pool whose people have a value, known to the quotas, for every feature."""
    pool = pool.sorted()
    features = tuple(pool.features)
    profiles = [tuple(person.values[name] for name in features) for person in pool.people]
    at_home: dict[str, list[Profile]] = defaultdict(list)
    for person, profile in zip(pool.people, profiles, strict=True):
        if person.household:
            at_home[person.household].append(profile)
    kinds = {home: tuple(sorted(living)) for home, living in at_home.items()}
    alone = {home for home, kind in kinds.items() if len(kind) == 1}
    homes = Counter(kind for home, kind in kinds.items() if home not in alone)

    members: dict[tuple[Profile, tuple[Profile, ...]], list[int]] = defaultdict(list)
    for number, (person, profile) in enumerate(zip(pool.people, profiles, strict=True)):
        shared = person.household and person.household not in alone
        members[profile, kinds[person.household] if shared else ()].append(number)
    keys = sorted(members)

    sizes = np.array([len(members[key]) for key in keys], dtype=np.int64)
    caps = np.array([homes[key[1]] if key[1] else len(members[key]) for key in keys], dtype=np.int64)
    of_kind: dict[tuple[Profile, ...], list[int]] = defaultdict(list)
    for number, (_, kind) in enumerate(keys):
        if kind:
            of_kind[kind].append(number)
    households = tuple(Household(tuple(found), homes[kind]) for kind, found in sorted(of_kind.items()))
    sharing = [household for household in households if len(household.classes) > 1]

    matrix = np.zeros((1 + len(pool.quotas) + len(sharing), len(keys)))
    matrix[0] = 1
    places = {name: place for place, name in enumerate(features)}
    for row, quota in enumerate(pool.quotas, start=1):
        matrix[row] = [profile[places[quota.feature]] == quota.value for profile, _ in keys]
    for row, household in enumerate(sharing, start=1 + len(pool.quotas)):
        matrix[row, list(household.classes)] = 1
    return Classes(
        pool=pool,
        features=features,
        profiles=tuple(profile for profile, _ in keys),
        members=tuple(tuple(members[key]) for key in keys),
        households=households,
        sizes=sizes,
        caps=caps,
        matrix=matrix,
        row_lower=np.array(
            [pool.seats, *(quota.minimum for quota in pool.quotas), *(0 for _ in sharing)], dtype=np.float64
        ),
        row_upper=np.array(
            [pool.seats, *(quota.maximum for quota in pool.quotas), *(home.count for home in sharing)],
            dtype=np.float64,
        ),
    )

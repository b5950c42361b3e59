"""What is wrong with a pool that needs no solver to see. Each kind is a value that a screen makes a sentence
of.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from participatie.sortition.pools import Pool, Quota


@dataclass(frozen=True)
class NotAPool:
    """A person, quota or number of seats that is no input at all: nothing can be drawn or advised."""


@dataclass(frozen=True)
class NoSeats(NotAPool):
    seats: int


@dataclass(frozen=True)
class DoubleId(NotAPool):
    id: str


@dataclass(frozen=True)
class DoubleQuota(NotAPool):
    feature: str
    value: str


@dataclass(frozen=True)
class NegativeQuota(NotAPool):
    quota: Quota


@dataclass(frozen=True)
class MissingFeature(NotAPool):
    """So many people have no value for a feature with quotas; `example` is the id of the first."""

    feature: str
    people: int
    example: str


@dataclass(frozen=True)
class UnknownValue(NotAPool):
    """So many people have a value that the quotas of the feature do not know."""

    feature: str
    value: str
    people: int


@dataclass(frozen=True)
class TooFewPeople:
    seats: int
    people: int


@dataclass(frozen=True)
class TooFewHouseholds:
    """At most one of each household can be drawn, and there are more seats than that."""

    seats: int
    households: int


@dataclass(frozen=True)
class MinimumAboveMaximum:
    quota: Quota


@dataclass(frozen=True)
class MinimaAboveSeats:
    feature: str
    total: int
    seats: int


@dataclass(frozen=True)
class MaximaBelowSeats:
    feature: str
    total: int
    seats: int


@dataclass(frozen=True)
class TooFewWithValue:
    """The quota asks for more people than there are, counting one for each household."""

    quota: Quota
    available: int


type Contradiction = (
    NoSeats
    | DoubleId
    | DoubleQuota
    | NegativeQuota
    | MissingFeature
    | UnknownValue
    | TooFewPeople
    | TooFewHouseholds
    | MinimumAboveMaximum
    | MinimaAboveSeats
    | MaximaBelowSeats
    | TooFewWithValue
)


def contradictions(pool: Pool) -> list[Contradiction]:
    """Everything that is plainly impossible; an empty list does not say that the quotas can be met."""
    unusable = [*_about_people(pool), *_about_quotas(pool)]
    if unusable:
        return unusable
    found: list[Contradiction] = []
    if pool.seats > len(pool.people):
        found.append(TooFewPeople(pool.seats, len(pool.people)))
    elif pool.seats > (homes := _homes(pool)):
        found.append(TooFewHouseholds(pool.seats, homes))
    quotas: dict[str, list[Quota]] = defaultdict(list)
    for quota in pool.quotas:
        quotas[quota.feature].append(quota)
        if quota.minimum > quota.maximum:
            found.append(MinimumAboveMaximum(quota))
        available = _homes(pool, quota)
        if quota.minimum > available:
            found.append(TooFewWithValue(quota, available))
    for feature, of_feature in sorted(quotas.items()):
        minima = sum(quota.minimum for quota in of_feature)
        maxima = sum(quota.maximum for quota in of_feature)
        if minima > pool.seats:
            found.append(MinimaAboveSeats(feature, minima, pool.seats))
        if maxima < pool.seats:
            found.append(MaximaBelowSeats(feature, maxima, pool.seats))
    return found


def _homes(pool: Pool, quota: Quota | None = None) -> int:
    """How many can be drawn together at most, of all or of those with the value of the quota."""
    people = [one for one in pool.people if quota is None or one.values[quota.feature] == quota.value]
    alone = sum(1 for one in people if not one.household)
    return alone + len({one.household for one in people if one.household})


def _about_people(pool: Pool) -> list[Contradiction]:
    found: list[Contradiction] = []
    ids = Counter(person.id for person in pool.people)
    found += [DoubleId(id) for id, times in sorted(ids.items()) if times > 1]
    for feature in pool.features:
        missing = sorted(person.id for person in pool.people if not person.values.get(feature))
        if missing:
            found.append(MissingFeature(feature, len(missing), missing[0]))
        known = {quota.value for quota in pool.quotas if quota.feature == feature}
        values = Counter(person.values[feature] for person in pool.people if person.values.get(feature))
        found += [
            UnknownValue(feature, value, people)
            for value, people in sorted(values.items())
            if value not in known
        ]
    return found


def _about_quotas(pool: Pool) -> list[Contradiction]:
    found: list[Contradiction] = []
    if pool.seats < 1:
        found.append(NoSeats(pool.seats))
    names = Counter((quota.feature, quota.value) for quota in pool.quotas)
    found += [DoubleQuota(*name) for name, times in sorted(names.items()) if times > 1]
    found += [NegativeQuota(quota) for quota in sorted(pool.quotas) if min(quota.minimum, quota.maximum) < 0]
    return found

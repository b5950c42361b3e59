"""Checks by counting, as any reader of the lists could. Uses nothing of how the lists were made."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participatie.sortition.pools import Person, Pool, Quota


@dataclass(frozen=True)
class Violation:
    """A quota that is not met: `count` people where it asks from minimum to maximum. `by`: how many off."""

    quota: Quota
    count: int
    by: int


@dataclass(frozen=True)
class WrongList:
    """What is wrong with the list of this number."""

    number: int
    size: int
    violations: tuple[Violation, ...]
    doubles: tuple[str, ...]
    strangers: tuple[str, ...]
    households: tuple[str, ...]


def violations(people: Sequence[Person], quotas: Sequence[Quota]) -> tuple[Violation, ...]:
    """The quotas that these people together do not meet."""
    counts = Counter((name, value) for person in people for name, value in person.values.items())
    found = []
    for quota in quotas:
        count = counts[quota.feature, quota.value]
        by = max(quota.minimum - count, count - quota.maximum, 0)
        if by:
            found.append(Violation(quota, count, by))
    return tuple(found)


def wrong_lists(pool: Pool, lists: Sequence[Sequence[str]]) -> list[WrongList]:
    """The lists that break a rule of the pool: size, quotas, households, or people that it does not know."""
    known = {person.id: person for person in pool.people}
    wrong = []
    for number, ids in enumerate(lists):
        people = [known[id] for id in ids if id in known]
        homes = Counter(person.household for person in people if person.household)
        found = WrongList(
            number,
            len(ids),
            violations(people, pool.quotas),
            tuple(sorted(id for id, times in Counter(ids).items() if times > 1)),
            tuple(sorted(id for id in ids if id not in known)),
            tuple(sorted(home for home, times in homes.items() if times > 1)),
        )
        if len(ids) != pool.seats or found.violations or found.doubles or found.strangers or found.households:
            wrong.append(found)
    return wrong


def off_by(lists: Sequence[Sequence[str]], chances: Mapping[str, float]) -> float:
    """By how many lists the number of lists of a person differs at most from the chance times all lists."""
    counts = Counter(id for ids in lists for id in ids)
    return max((abs(counts[id] - chance * len(lists)) for id, chance in chances.items()), default=0.0)

"""From classes to people: the places of a class go round among its people, one of a household at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field

from participatie.sortition.classes import Classes
from participatie.sortition.randomness import Generator, generator
from participatie.sortition.solver import Ints

# How often a list that is there already is seated again.
TRIES = 10
# How often two people are picked that may change places, for one list that is there already.
EXCHANGES = 100
# After so many lists in a row that cannot be told apart, the pool has no more lists to give.
HOPELESS = 10


@dataclass
class _Seating:
    """On how many lists each person (by number) is so far."""

    classes: Classes
    rng: Generator
    counts: list[int] = field(default_factory=list)

    def seat(self, panel: list[int]) -> list[int]:
        """Of each class those with the fewest lists so far; chance decides between equals."""
        people = self.classes.pool.people
        taken: set[str] = set()
        seated: list[int] = []
        # Where few of many people are needed there is choice left; those go last.
        wanted = [(number, places) for number, places in enumerate(panel) if places]
        wanted.sort(key=lambda one: -one[1] / len(self.classes.members[one[0]]))
        for number, places in wanted:
            order = [(self.counts[one], self.rng.random(), one) for one in self.classes.members[number]]
            for _, _, one in sorted(order):
                home = people[one].household
                if home and home in taken:
                    continue
                seated.append(one)
                taken.add(home)
                places -= 1
                if not places:
                    break
        return seated

    def add(self, seated: list[int], times: int = 1) -> None:
        for one in seated:
            self.counts[one] += times


def seat(
    classes: Classes, panels: Ints, seed: bytes, tell: Callable[[int, int], None]
) -> tuple[tuple[str, ...], ...]:
    """The ids on each list, sorted. Lists differ wherever another choice of people is as even."""
    seating = _Seating(classes, generator("seating", 0, seed), [0] * len(classes.pool.people))
    sizes = classes.sizes.tolist()
    found: list[list[int]] = []
    seen: set[frozenset[int]] = set()
    for number, panel in enumerate(panels.tolist()):
        # A panel that takes everyone of each class goes with one list only.
        tries = TRIES if any(0 < places < size for places, size in zip(panel, sizes, strict=True)) else 1
        tell(number, len(panels))
        for _ in range(tries):
            seated = seating.seat(panel)
            if frozenset(seated) not in seen:
                break
        seen.add(frozenset(seated))
        seating.add(seated)
        found.append(seated)
    _tell_apart(classes, found, seating.rng)
    people = classes.pool.people
    return tuple(tuple(sorted(people[one].id for one in seated)) for seated in found)


def _tell_apart(classes: Classes, found: list[list[int]], rng: Generator) -> None:
    """Lists that are the same exchange a person with another list, of the same class, so that no count
    changes.
    """
    seen: set[frozenset[int]] = set()
    doubles = []
    for number, seated in enumerate(found):
        if frozenset(seated) in seen:
            doubles.append(number)
        seen.add(frozenset(seated))
    class_of = classes.class_of.tolist()
    hopeless = 0
    for number in doubles:
        hopeless += 1
        for _ in range(EXCHANGES):
            other = rng.randrange(len(found))
            exchanged = _exchange(classes, class_of, found[number], found[other], rng)
            if exchanged is None:
                continue
            mine, theirs = frozenset(exchanged[0]), frozenset(exchanged[1])
            if mine not in seen and theirs not in seen and mine != theirs:
                seen |= {mine, theirs}
                found[number], found[other] = exchanged
                hopeless = 0
                break
        if hopeless == HOPELESS:
            break


def _exchange(
    classes: Classes, class_of: list[int], mine: list[int], theirs: list[int], rng: Generator
) -> tuple[list[int], list[int]] | None:
    """Both lists after one of mine and one of theirs changed places; None when no such two were picked."""
    people = classes.pool.people
    one = rng.choice(mine)
    others = [
        two for two in theirs if class_of[two] == class_of[one] and two not in mine and one not in theirs
    ]
    if not others:
        return None
    two = rng.choice(others)
    new_mine = [two if who == one else who for who in mine]
    new_theirs = [one if who == two else who for who in theirs]
    for new in (new_mine, new_theirs):
        homes = [people[who].household for who in new if people[who].household]
        if len(set(homes)) < len(homes):
            return None
    return new_mine, new_theirs

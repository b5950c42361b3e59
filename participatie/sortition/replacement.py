"""Who takes a seat that became free: fewest quota violations, then the reserve order that was drawn in
public.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from participatie.sortition.checks import Violation, violations
from participatie.sortition.pools import Pool


@dataclass(frozen=True)
class Candidate:
    """Somebody who can take the seat, with the quotas that the panel would not meet with this person.

    `off` is by how many people those quotas are missed together; `place` is that in the reserve order, from
    1.
    """

    id: str
    place: int
    off: int
    violations: tuple[Violation, ...]


def replacements(
    pool: Pool, *, staying: Collection[str], reserve: Sequence[str], unavailable: Collection[str] = ()
) -> list[Candidate]:
    """Everyone who can take one free seat beside those who stay, best first; the first one is who it should
    be.

    Nobody of `unavailable` (who declined, say) or of the household of somebody who stays. With more than one
    free seat, fill them one by one. Raises ValueError for ids that the pool does not have, or no free seat.
    """
    known = {person.id: person for person in pool.people}
    strangers = sorted({*staying, *reserve} - known.keys())
    if strangers:
        raise ValueError(f"not in the pool: {', '.join(strangers)}")
    if len(set(reserve)) < len(reserve):
        raise ValueError("somebody has two places in the reserve order")
    panel = [known[id] for id in sorted(set(staying))]
    if len(panel) >= pool.seats:
        raise ValueError("there is no free seat")
    homes = {person.household for person in panel if person.household}
    out = {*staying, *unavailable}
    found = []
    for place, id in enumerate(reserve, start=1):
        if id not in out and known[id].household not in homes:
            broken = violations([*panel, known[id]], pool.quotas)
            found.append(Candidate(id, place, sum(one.by for one in broken), broken))
    return sorted(found, key=lambda one: (one.off, one.place))

"""Who represents the wijk, as everybody may see it: seats, since when, and names only of who wants that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q

from participatie.models import Staat, Zetel


@dataclass(frozen=True)
class Member:
    """Somebody on a seat. No name of who did not say so."""

    since: date
    named_as: str


@dataclass(frozen=True)
class Group:
    """The seats of one loting, and who sits on them now."""

    staat: str
    seats: int
    members: list[Member]
    # The first day after the term; None while nobody sits.
    until: date | None

    @property
    def free(self) -> int:
        return self.seats - len(self.members)

    @property
    def since(self) -> date | None:
        """Since when somebody sits."""
        return min((member.since for member in self.members), default=None)

    @property
    def is_over(self) -> bool:
        return self.staat == Staat.AFGEROND


def groups_on(pages: Iterable[int]) -> dict[int, Group]:
    """{page: the seats of its loting}, of those pages whose loting has seats. One query."""
    rows = (
        Zetel.objects.filter(loting__pages__in=list(pages))
        .annotate(sitting=FilteredRelation("bezettingen", condition=Q(bezettingen__tot__isnull=True)))
        .order_by("nummer")
        .values_list(
            "loting__pages",
            "loting__staat",
            "sitting__vanaf",
            "sitting__genoemd_als",
            "sitting__termijn_tot",
        )
    )
    found: dict[int, list[tuple[str, date | None, str | None, date | None]]] = {}
    for page, *about in rows:
        found.setdefault(page, []).append(tuple(about))
    return {page: _group(seats) for page, seats in found.items()}


def _group(rows: list[tuple[str, date | None, str | None, date | None]]) -> Group:
    members = [Member(since, named_as or "") for _staat, since, named_as, _until in rows if since]
    until = max((until for *_about, until in rows if until), default=None)
    return Group(rows[0][0], len(rows), members, until)

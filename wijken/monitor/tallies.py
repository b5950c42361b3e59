"""What residents answered, added up. Only counts are known, so only counts are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum

from wijken.models import Antwoord, Terugblik


@dataclass(frozen=True)
class Bar:
    """One possible answer and how many gave it; `width` is its percentage of all answers."""

    keuze: Antwoord.Keuze
    count: int
    width: int


@dataclass
class Tally:
    """The answers about one action, or about the plan as a whole."""

    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def bars(self) -> list[Bar]:
        total = self.total
        return [
            Bar(keuze, count := self.counts.get(keuze, 0), round(100 * count / total) if total else 0)
            for keuze in Antwoord.Keuze
        ]


@dataclass(frozen=True)
class Tallies:
    """All answers of one look-back up to a day. `per_actie` has the id of each action that got an answer."""

    plan: Tally
    per_actie: Mapping[int, Tally]
    on_paper: int

    @property
    def total(self) -> int:
        return self.plan.total + sum(tally.total for tally in self.per_actie.values())


def tallies_of(terugblik: Terugblik, *, before: date) -> Tallies:
    """The answers of the days before a day: of a day that is not over the count still grows. One query."""
    rows = (
        Antwoord.objects.filter(terugblik=terugblik, dag__lt=before, aantal__gt=0)
        .order_by("actie__nummer")
        .values_list("actie", "keuze", "kanaal")
        .annotate(sum=Sum("aantal"))
    )
    plan, per_actie, on_paper = Tally(), dict[int, Tally](), 0
    for actie_id, keuze, kanaal, count in rows:
        tally = per_actie.setdefault(actie_id, Tally()) if actie_id else plan
        tally.counts[keuze] = tally.counts.get(keuze, 0) + count
        if kanaal == Antwoord.Kanaal.PAPIER:
            on_paper += count
    return Tallies(plan, per_actie, on_paper)

"""A look-back as its page shows it: how every action stood on that day, beside how it stands today.

What was comes from the snapshot alone; nothing of it is worked out again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wijken.models import Actie, Momentopname, Terugblik
from wijken.monitor.facts import facts_of, parse
from wijken.monitor.listing import ORDER, Row, rows_of
from wijken.monitor.periods import Period
from wijken.monitor.standing import State


@dataclass(frozen=True)
class Then:
    """One action in a snapshot, with what `wijken/stand.html` shows of a standing."""

    pk: int
    nummer: int
    naam: str
    state: State
    days_late: int
    last_report_on: date | None
    promises: tuple[tuple[int, str], ...]
    period: Period | None
    # A snapshot does not know it, and it is no news any more.
    needs_reason: bool = False

    @classmethod
    def read(cls, row: dict[str, Any], *, on: date) -> "Then":
        """From one row of `Momentopname.data`, see `wijken.monitor.snapshots`."""
        return cls(
            pk=row["pk"],
            nummer=row["nummer"],
            naam=row["naam"],
            state=State(row["state"]),
            days_late=row["days_late"],
            last_report_on=_day(row["last_report_on"]),
            promises=tuple((step["pk"], step["current"]) for step in row["milestones"]),
            period=_telling_period(row["milestones"], on=on),
        )

    @property
    def is_unreported(self) -> bool:
        return self.last_report_on is None


@dataclass(frozen=True)
class Compared:
    """One action then and now. `then` is None for one that came later, `now` for one that is gone."""

    then: Then | None
    now: Row[Actie] | None

    @property
    def nummer(self) -> int:
        if self.now:
            return self.now.actie.nummer
        return self.then.nummer if self.then else 0

    @property
    def title(self) -> str:
        """As the page of the action is called today."""
        if self.now:
            return self.now.title
        return self.then.naam if self.then else ""

    @property
    def old_name(self) -> str:
        """The name of then, when the action has another one today."""
        if self.then and self.now and self.then.naam != self.now.actie.naam:
            return self.then.naam
        return ""

    @property
    def is_replanned(self) -> bool:
        """Was anything promised anew, or for the first time, since then?"""
        if not self.then or not self.now:
            return False
        today = tuple((step.pk, step.current.period.code) for step in self.now.facts.milestones)
        return today != self.then.promises

    @property
    def is_changed(self) -> bool:
        if not self.then or not self.now:
            return True
        return self.then.state != self.now.standing.state or self.is_replanned or bool(self.old_name)


@dataclass(frozen=True)
class Count:
    """How many actions were, and are, in one state; the widths of their bars are percentages of the most."""

    state: State
    then: int
    now: int
    most: int

    @property
    def then_width(self) -> int:
        return round(100 * self.then / self.most) if self.most else 0

    @property
    def now_width(self) -> int:
        return round(100 * self.now / self.most) if self.most else 0


@dataclass(frozen=True)
class LookBack:
    """A whole look-back. Without a snapshot only what is true today is known."""

    momentopname: Momentopname | None
    on: date
    today: date
    rows: tuple[Compared, ...]

    @property
    def is_made(self) -> bool:
        return self.momentopname is not None

    @property
    def days_overdue(self) -> int:
        """Days that the snapshot is late; 0 when it is there, or when its day must still come."""
        return 0 if self.is_made else max(0, (self.today - self.on).days)

    @property
    def is_made_later(self) -> bool:
        """Was the snapshot made after its day, from what was known on that day?"""
        return bool(self.momentopname and self.momentopname.gemaakt_op.date() > self.on)

    @property
    def changed(self) -> list[Compared]:
        return [row for row in self.rows if row.is_changed]

    @property
    def unchanged(self) -> list[Compared]:
        return [row for row in self.rows if not row.is_changed]

    @property
    def counts(self) -> list[Count]:
        """One line for each state that was or is there, what asks for attention first."""
        then = Counter(row.then.state for row in self.rows if row.then)
        now = Counter(row.now.standing.state for row in self.rows if row.now)
        most = max([*then.values(), *now.values()], default=0)
        return [Count(state, then[state], now[state], most) for state in ORDER if then[state] or now[state]]

    @property
    def total_then(self) -> int:
        return sum(1 for row in self.rows if row.then)

    @property
    def late_then(self) -> int:
        return sum(1 for row in self.rows if row.then and row.then.state is State.TE_LAAT)

    @property
    def late_now(self) -> int:
        return sum(1 for row in self.rows if row.now and row.now.standing.is_late)


def look_back(terugblik: Terugblik, *, language_code: str, today: date) -> LookBack:
    """The look-back in the words of a language. Seven queries, one more in another than the site's own."""
    momentopname = Momentopname.objects.filter(terugblik=terugblik).first()
    acties = Actie.objects.filter(actieplan=terugblik.actieplan_id).order_by("nummer")
    now = rows_of(list(acties), facts_of(acties, on=today), language_code=language_code, on=today)
    then = _read(momentopname) if momentopname else []
    return LookBack(momentopname, terugblik.peildatum, today, tuple(_compare(then, now)))


def _read(momentopname: Momentopname) -> list[Then]:
    on = date.fromisoformat(momentopname.data["on"])
    return [Then.read(row, on=on) for row in momentopname.data["acties"]]


def _compare(then: Sequence[Then], now: Sequence[Row[Actie]]) -> list[Compared]:
    """In the order of the plan of today; what is no longer in it comes last."""
    by_pk = {row.pk: row for row in then}
    pairs = [Compared(by_pk.pop(row.actie.pk, None), row) for row in now]
    return pairs + [Compared(row, None) for row in by_pk.values()]


def _telling_period(steps: Sequence[dict[str, Any]], *, on: date) -> Period | None:
    """The promise that told most on that day: broken first, else next to be kept, else the last one."""
    periods = [(parse(step["current"]), step["reached_on"]) for step in steps]
    waiting = [period for period, reached_on in periods if not reached_on]
    late = [period for period in waiting if period.ends_on and period.ends_on < on]
    if late:
        return min(late, key=lambda period: period.ends_on or date.max)
    return next(iter(waiting), periods[-1][0] if periods else None)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None

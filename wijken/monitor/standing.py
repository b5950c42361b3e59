"""How an action stands on a day, judged from what was promised and what was reported by then.

Nothing here is typed in by anyone. An action of which nothing was reported has not been started, however
late it is; a promise whose period ended without the word that it was kept is late.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wijken.monitor.periods import Period, whole_months


class State(TextChoices):
    TE_LAAT = "te_laat", _("te laat")
    BEZIG = "bezig", _("bezig")
    GEPLAND = "gepland", _("gepland")
    KLAAR = "klaar", _("klaar")
    GESTOPT = "gestopt", _("gestopt")


class Certainty(TextChoices):
    AFGESPROKEN = "afgesproken", _("afgesproken")
    VERWACHT = "verwacht", _("verwacht")
    ONZEKER = "onzeker", _("onzeker")


class Change(TextChoices):
    """What a published message says about the whole action."""

    BEZIG = "bezig", _("is begonnen")
    KLAAR = "klaar", _("is klaar")
    GESTOPT = "gestopt", _("is gestopt")


@dataclass(frozen=True)
class Promise:
    """One planning of a milestone, from the day it was recorded."""

    period: Period
    certainty: str
    recorded_on: date


@dataclass(frozen=True)
class Milestone:
    """What was promised about one step, oldest first; never empty. `reached_on` when it was reported done."""

    pk: int
    promises: tuple[Promise, ...]
    reached_on: date | None = None

    @property
    def first(self) -> Promise:
        return self.promises[0]

    @property
    def current(self) -> Promise:
        return self.promises[-1]

    @property
    def is_moved(self) -> bool:
        return self.current.period != self.first.period

    @property
    def days_moved(self) -> int | None:
        """Days that the promised end went back (negative: came forward); None while either has no end."""
        first, current = self.first.period.ends_on, self.current.period.ends_on
        return (current - first).days if first and current else None

    def days_late(self, on: date) -> int:
        """Whole days since the promised period ended without the step being reached; 0 when in time."""
        end = self.current.period.ends_on
        return max(0, (on - end).days) if end and self.reached_on is None else 0


@dataclass(frozen=True)
class Report:
    """One published message that was not corrected later."""

    on: date
    change: str = ""
    has_reason: bool = False


@dataclass(frozen=True)
class Facts:
    """All that is known of one action on a day. Reports are oldest first."""

    milestones: tuple[Milestone, ...] = ()
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The judgement. `days_late` is 0 and `late` empty when nothing is late."""

    state: State
    days_late: int = 0
    late: tuple[Milestone, ...] = ()
    needs_reason: bool = False
    last_report_on: date | None = None
    # Full months without a message, counted from the first promise when there never was one; 0 when done.
    silent_months: int = 0

    @property
    def is_late(self) -> bool:
        return self.state is State.TE_LAAT

    @property
    def is_unreported(self) -> bool:
        return self.last_report_on is None


def judge(facts: Facts, *, on: date) -> Standing:
    """How an action stands on a day. `facts` holds only what was known by then."""
    change = next((report.change for report in reversed(facts.reports) if report.change), "")
    last = facts.reports[-1].on if facts.reports else None
    reached = [milestone for milestone in facts.milestones if milestone.reached_on]
    late = tuple(milestone for milestone in facts.milestones if milestone.days_late(on))
    if change == Change.GESTOPT:
        return Standing(State.GESTOPT, last_report_on=last)
    if change == Change.KLAAR or (facts.milestones and len(reached) == len(facts.milestones)):
        return Standing(State.KLAAR, last_report_on=last)
    silent = _silent_months(facts, on=on)
    if late:
        # The promise that was broken first tells how long people have been waiting.
        first_broken = max(late, key=lambda milestone: milestone.days_late(on))
        return Standing(
            State.TE_LAAT,
            days_late=first_broken.days_late(on),
            late=late,
            needs_reason=not _is_explained(facts, late),
            last_report_on=last,
            silent_months=silent,
        )
    state = State.BEZIG if change == Change.BEZIG or reached else State.GEPLAND
    return Standing(state, last_report_on=last, silent_months=silent)


def _is_explained(facts: Facts, late: tuple[Milestone, ...]) -> bool:
    """Was a reason published since each broken promise was made?

    A reason of that same day is why the earlier promise was replaced, not why this one was broken.
    """
    given = max((report.on for report in facts.reports if report.has_reason), default=None)
    return given is not None and all(given > milestone.current.recorded_on for milestone in late)


def _silent_months(facts: Facts, *, on: date) -> int:
    days = [report.on for report in facts.reports] or [
        milestone.first.recorded_on for milestone in facts.milestones
    ]
    if not days:
        return 0
    return whole_months(max(days) if facts.reports else min(days), on)

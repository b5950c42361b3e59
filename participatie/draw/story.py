"""How far a draw is: its steps in order, each with what it means, who did it, and what is in the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participatie.draw import ceremony, computing, recorded, sending
from participatie.draw.checks import trekking_of
from participatie.draw.lots import end_of_objections, too_soon, undecided
from participatie.draw.step_words import behind, moment, progress_words, words_of
from participatie.models import (
    Aanmelding,
    Bezwaar,
    Loting,
    Staat,
    Trekking,
    Uitkomst,
    Vastlegging,
    Vorm,
    Worp,
)
from participatie.stops import what_stops

BEFORE_THE_PROMISE = (Staat.GESLOTEN, Staat.BEVROREN)


class State(StrEnum):
    """Where a step is. Shown as a picture and in words."""

    DONE = "gedaan"
    NOW = "nu"
    BUSY = "bezig"
    WAITING = "wachten"
    STOPPED = "stop"
    LATER = "later"


@dataclass(frozen=True)
class Step:
    """One step. `button` is what can be pressed now; empty when nothing can."""

    key: str
    title: str
    means: str
    state: State = State.LATER
    # What came of it, each a sentence.
    told: list[str] = field(default_factory=list)
    at: datetime | None = None
    by: str = ""
    problems: list[str] = field(default_factory=list)
    button: str = ""

    @property
    def state_words(self) -> str:
        return {
            State.DONE: _("gedaan"),
            State.NOW: _("nu aan de beurt"),
            State.BUSY: _("wordt gedaan"),
            State.WAITING: _("wachten"),
            State.STOPPED: _("kan nog niet"),
            State.LATER: _("later"),
        }[self.state]


class Story:
    """A draw as far as it is, read once. `trekking` is None as long as no lots were handed out."""

    def __init__(self, loting: Loting, trekking: Trekking | None = None, *, now: datetime | None = None):
        self.loting = loting
        self.trekking = trekking or trekking_of(loting)
        if self.trekking:
            self.trekking.loting = loting
        self.now = now or timezone.now()

    @property
    def is_rehearsal(self) -> bool:
        return self.trekking is not None and self.trekking.is_proef

    @property
    def has_lists(self) -> bool:
        return self.loting.vorm == Vorm.LIJSTEN

    @property
    def draws_at(self) -> datetime:
        return self.trekking.trekking_op if self.trekking else self.loting.trekking_op

    @cached_property
    def promised(self) -> Vastlegging | None:
        """The promise that holds."""
        if self.trekking is None:
            return None
        last = ceremony.last_promise(self.trekking)
        if last is None or hasattr(last, "worp"):
            return last
        is_over = self.is_rehearsal and last.ronde_op <= self.now
        return last if ceremony.holds(last, self.trekking) and not is_over else None

    @cached_property
    def worp(self) -> Worp | None:
        return getattr(self.promised, "worp", None)

    @cached_property
    def uitkomst(self) -> Uitkomst | None:
        if self.trekking is None:
            return None
        return Uitkomst.objects.filter(trekking=self.trekking).select_related("door").first()

    @cached_property
    def lots(self) -> int:
        return self.trekking.loten.count() if self.trekking else 0

    @cached_property
    def is_behind(self) -> bool:
        """Do the lots say something else than the sign-ups?"""
        return (
            self.trekking is not None
            and not self.is_rehearsal
            and self.loting.staat == Staat.GESLOTEN
            and recorded.differ(self.trekking)
        )

    @property
    def may_put_off(self) -> bool:
        if self.is_rehearsal or self.worp or self.uitkomst:
            return False
        return self.loting.staat in BEFORE_THE_PROMISE

    @cached_property
    def is_too_soon(self) -> bool:
        """Before lots are handed out: would the term to object end after the draw?"""
        return end_of_objections(self.loting, now=self.now) >= self.draws_at

    @cached_property
    def steps(self) -> list[Step]:
        """All steps. The first that is not done is the one to do; those after it come later."""
        asked: list[Callable[[], Step]] = [self._hand_out]
        if not self.is_rehearsal:
            asked += [self._send, self._objections, self._freeze]
        if self.has_lists:
            asked.append(self._lists)
        asked += [self._promise, self._dice, self._round, self._outcome]
        found: list[Step] = []
        for ask in asked:
            is_next = all(step.state is State.DONE for step in found)
            step = ask() if is_next else _later(ask.__name__)
            found.append(step)
        return found

    @property
    def current(self) -> Step | None:
        return next((step for step in self.steps if step.state is not State.DONE), None)

    # --- the steps ----------------------------------------------------------------------------------

    def _hand_out(self) -> Step:
        if self.trekking:
            told = [ngettext("%(count)d lot.", "%(count)d loten.", self.lots) % {"count": self.lots}]
            if self.is_rehearsal:
                told.append(_("Van verzonnen mensen."))
            return self._done("uitdelen", told, at=self.trekking.gemaakt_op)
        problems = []
        if self.loting.staat != Staat.GESLOTEN:
            problems.append(_("Loten uitdelen kan als aanmelden is gesloten."))
        else:
            fit = Aanmelding.Geschiktheid.CONTROLEREN
            standing = Aanmelding.objects.standing().filter(loting=self.loting, geschiktheid=fit)
            if count := standing.count():
                problems.append(undecided(count))
            if self.is_too_soon:
                problems.append(too_soon(self.loting))
        return self._now("uitdelen", problems, _("Loten uitdelen"))

    def _send(self) -> Step:
        trekking = self._drawn()
        waiting = sending.by_mail(trekking).filter(verstuurd_op=None).count()
        paper = sending.on_paper(trekking).filter(verstuurd_op=None).count()
        told = []
        if trekking.loten_verstuurd_op:
            told.append(_("De mails zijn verstuurd."))
        if paper:
            told.append(
                ngettext(
                    "Nog %(count)d brief of telefoontje.", "Nog %(count)d brieven of telefoontjes.", paper
                )
                % {"count": paper}
            )
        if self.loting.staat != Staat.GESLOTEN:
            return self._done("versturen", told, at=trekking.loten_verstuurd_op)
        if self.is_behind:
            return self._now("versturen", [], _("Loten bijwerken"), told=[*told, behind()])
        if waiting or not trekking.loten_verstuurd_op:
            problems = []
            if not trekking.loten_verstuurd_op and self.is_too_soon:
                problems.append(too_soon(self.loting))
            return self._now("versturen", problems, _("Lotnummers versturen"), told=told)
        if paper:
            return self._now("versturen", [], "", told=told)
        return self._done("versturen", told, at=trekking.loten_verstuurd_op)

    def _objections(self) -> Step:
        trekking = self._drawn()
        rows = Bezwaar.objects.filter(lot__trekking=trekking).values_list("besluit", flat=True)
        is_open = sum(row == Bezwaar.Besluit.OPEN for row in rows)
        told = [_("Het kon tot en met %(moment)s.") % {"moment": moment(trekking.bezwaar_tot)}]
        if rows:
            told.append(
                ngettext("%(count)d bezwaar.", "%(count)d bezwaren.", len(rows)) % {"count": len(rows)}
            )
        if self.loting.staat != Staat.GESLOTEN or (self.now > trekking.bezwaar_tot and not is_open):
            return self._done("bezwaar", told, at=trekking.bezwaar_tot)
        problems = []
        if is_open:
            problems.append(
                ngettext(
                    "Over %(count)d bezwaar is nog niet besloten.",
                    "Over %(count)d bezwaren is nog niet besloten.",
                    is_open,
                )
                % {"count": is_open}
            )
        if self.now <= trekking.bezwaar_tot:
            told[0] = _("Het kan tot en met %(moment)s.") % {"moment": moment(trekking.bezwaar_tot)}
        return self._now("bezwaar", problems, "", told=told, waiting=not problems)

    def _freeze(self) -> Step:
        if self.loting.staat != Staat.GESLOTEN:
            step = self.loting.stappen.filter(naar=Staat.BEVROREN).select_related("door").last()
            by = str(step.door) if step and step.door else ""
            return self._done("vaststellen", [], at=step.op if step else None, by=by)
        problems = list(what_stops(self.loting, Staat.BEVROREN))
        return self._now("vaststellen", problems, _("Deelnemers vaststellen"))

    def _lists(self) -> Step:
        trekking = self._drawn()
        if self.promised or self.uitkomst or computing.is_ready(trekking):
            made = trekking.berekening or {}
            told = [
                ngettext("%(count)d lijst.", "%(count)d lijsten.", trekking.aantal_lijsten)
                % {"count": trekking.aantal_lijsten}
            ]
            if chances := list((made.get("chances") or {}).values()):
                told.append(
                    _("De kleinste kans is %(low)s %%, de grootste %(high)s %%.")
                    % {
                        "low": localize(round(100 * min(chances), 1)),
                        "high": localize(round(100 * max(chances), 1)),
                    }
                )
            if made.get("proven"):
                told.append(_("Bewezen: eerlijker kan niet met deze verdeling."))
            return self._done("berekenen", told)
        if computing.is_busy(trekking):
            return self._make("berekenen", State.BUSY, told=[progress_words(trekking)])
        if trekking.stand == Trekking.Stand.MISLUKT:
            return self._make("berekenen", State.NOW, told=[trekking.melding], button=_("Opnieuw berekenen"))
        told = []
        if trekking.stand == Trekking.Stand.BEZIG:
            told.append(_("Het rekenen is onderbroken. Opnieuw beginnen geeft dezelfde lijsten."))
        return self._now("berekenen", [], _("Lijsten berekenen"), told=told)

    def _promise(self) -> Step:
        if self.promised:
            row = self.promised
            told = [
                _("Ronde %(round)d van het baken: %(moment)s.")
                % {"round": row.ronde, "moment": moment(row.ronde_op, seconds=True)}
            ]
            return self._done("vastleggen", told, at=row.op, by=str(row.door) if row.door else "")
        problems, told = [], []
        if not self.is_rehearsal and self.now >= self.draws_at:
            problems.append(_("Het moment van de loting is voorbij. Stel de loting uit, met een reden."))
        if ceremony.last_promise(self._drawn()):
            told.append(_("Wat eerder is vastgelegd, geldt niet meer. Het blijft wel te zien."))
        return self._now("vastleggen", problems, _("Vastleggen"), told=told)

    def _dice(self) -> Step:
        row = self.promised
        if self.worp:
            by = str(self.worp.door) if self.worp.door else ""
            told = [_("Gegooid: %(dice)s.") % {"dice": self.worp.dobbelstenen}]
            return self._done("gooien", told, at=self.worp.op, by=by)
        if row and self.now >= row.ronde_op:
            over = _(
                "De ronde is al bekend. Wie nu nog gooit, zou kunnen kiezen. "
                "Stel de loting uit, met een reden."
            )
            return self._now("gooien", [over], "")
        if not self.is_rehearsal and self.now < self.draws_at:
            told = [_("Gooien kan vanaf %(moment)s.") % {"moment": moment(self.draws_at)}]
            return self._make("gooien", State.WAITING, told=told)
        return self._now("gooien", [], _("Worp vastleggen"))

    def _round(self) -> Step:
        if self.uitkomst:
            by = str(self.uitkomst.door) if self.uitkomst.door else ""
            told = [str(self.uitkomst.get_bron_display())]
            return self._done("ronde", told, at=self.uitkomst.op, by=by)
        row = self.promised
        if row and self.now < row.ronde_op:
            told = [_("De ronde is bekend op %(moment)s.") % {"moment": moment(row.ronde_op, seconds=True)}]
            return self._make("ronde", State.WAITING, told=told)
        return self._now("ronde", [], _("Ronde ophalen"))

    def _outcome(self) -> Step:
        told = []
        if self.uitkomst and self.uitkomst.lijst is not None:
            width = len(str(self._drawn().aantal_lijsten - 1))
            told.append(_("Lijst %(list)s is getrokken.") % {"list": f"{self.uitkomst.lijst:0{width}}"})
        return self._done("uitkomst", told, at=self.uitkomst.op if self.uitkomst else None)

    # --- parts --------------------------------------------------------------------------------------

    def _drawn(self) -> Trekking:
        """The draw, in steps that come after its lots."""
        if self.trekking is None:
            raise Trekking.DoesNotExist
        return self.trekking

    def _done(self, key: str, told: list[str], *, at: datetime | None = None, by: str = "") -> Step:
        return self._make(key, State.DONE, told=told, at=at, by=by)

    def _now(
        self,
        key: str,
        problems: list[str],
        button: str,
        *,
        told: list[str] | None = None,
        waiting: bool = False,
    ) -> Step:
        state = State.STOPPED if problems else State.WAITING if waiting else State.NOW
        return self._make(key, state, told=told or [], problems=problems, button="" if problems else button)

    def _make(self, key: str, state: State, **more: Any) -> Step:
        title, means = words_of(key)
        return Step(key, title, means, state, **more)


KEYS = {
    "_hand_out": "uitdelen",
    "_send": "versturen",
    "_objections": "bezwaar",
    "_freeze": "vaststellen",
    "_lists": "berekenen",
    "_promise": "vastleggen",
    "_dice": "gooien",
    "_round": "ronde",
    "_outcome": "uitkomst",
}


def _later(method: str) -> Step:
    key = KEYS[method]
    return Step(key, *words_of(key))

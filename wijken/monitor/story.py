"""What the page of an action tells: the promises step by step, the news, the money, who and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from wagtail.models import Page

from core import sizes
from core.page_index import address_of
from wijken.models import (
    Actie,
    Budget,
    Mijlpaal,
    Opgave,
    Organisatie,
    Planning,
    Plek,
    Terugblik,
    TerugblikPage,
    Voortgang,
)
from wijken.monitor.facts import facts_from, known_by, parse
from wijken.monitor.listing import telling_step
from wijken.monitor.periods import Period
from wijken.monitor.standing import Milestone, Standing, State, judge
from wijken.monitor.words import moved, reached_late
from wijken.register_pages import page_of, plek_address


@dataclass(frozen=True)
class Step:
    """One step with everything that was promised about it, the first promise first."""

    mijlpaal: Mijlpaal
    milestone: Milestone
    planning: tuple[Planning, ...]
    days_late: int

    @property
    def first(self) -> Planning:
        return self.planning[0]

    @property
    def current(self) -> Planning:
        return self.planning[-1]

    @property
    def history(self) -> tuple[Planning, ...]:
        """The newest first."""
        return self.planning[::-1]

    @property
    def moved(self) -> str:
        return moved(self.milestone)

    @property
    def reached_late(self) -> str:
        return reached_late(self.milestone)


@dataclass(frozen=True)
class Message:
    """A published message; when it was wrong, with the one that says it better."""

    row: Voortgang
    corrects: Voortgang | None = None
    corrected_by: Voortgang | None = None

    @property
    def period(self) -> Period | None:
        """The new planning that it holds."""
        return parse(self.row.periode) if self.row.periode else None


@dataclass(frozen=True)
class SameWork:
    """An action elsewhere that is the same work, so that no euro is counted twice."""

    actie: Actie
    page: Page | None
    # Both amounts together; None when one of the two has none.
    together: int | None


@dataclass(frozen=True)
class Story:
    """Everything about one action on a day, with words in one language."""

    actie: Actie
    standing: Standing
    steps: tuple[Step, ...]
    # The step that a short summary shows.
    telling_step: Step | None
    messages: tuple[Message, ...]
    trekkers: Sequence[Organisatie]
    betrokken: Sequence[Organisatie]
    eindverantwoordelijk: Sequence[Organisatie]
    budgetten: Sequence[Budget]
    same_work: Sequence[SameWork]
    plekken: Sequence[tuple[Plek, str]]
    opgaven: Sequence[tuple[Opgave, Page | None]]
    # Where residents can say today whether they notice it; empty when nobody asks.
    question_address: str

    @property
    def late_steps(self) -> list[Step]:
        return [step for step in self.steps if step.days_late]

    @property
    def reason(self) -> Voortgang | None:
        """Of what is late or stopped, the newest message that says why.

        One from before the promise that was broken is no excuse.
        """
        if self.standing.needs_reason or self.standing.state not in (State.TE_LAAT, State.GESTOPT):
            return None
        valid = (message.row for message in self.messages if not message.corrected_by)
        return next((row for row in valid if row.reden), None)

    @property
    def is_silent(self) -> bool:
        return self.standing.silent_months >= self.actie.actieplan.silent_after


def story_of(actie: Actie, *, language_code: str, on: date) -> Story:
    """The story of an action, in at most ten queries, however much there is to tell."""
    planning = _planning(actie, language_code, on=on)
    voortgang = _voortgang(actie, language_code, on=on)
    facts = facts_from(planning, reversed(voortgang))
    standing = judge(facts, on=on)
    told = _steps(planning, facts.milestones, standing, on=on)
    telling = telling_step(facts, standing)
    focusopgave = actie.focusopgave
    return Story(
        actie=actie,
        standing=standing,
        steps=told,
        telling_step=next((step for step in told if step.milestone is telling), None),
        messages=_messages(voortgang),
        trekkers=_organisaties(actie.trekkers, language_code),
        betrokken=_organisaties(actie.betrokken, language_code),
        eindverantwoordelijk=_organisaties(focusopgave.eindverantwoordelijk, language_code)
        if focusopgave
        else [],
        budgetten=_budgetten(actie, language_code),
        same_work=_same_work(actie, language_code),
        plekken=[
            (plek, plek_address(plek, language_code))
            for plek in Plek.objects.filter(acties=actie).worded(language_code)
        ],
        opgaven=[
            (opgave, page_of(opgave.perspectief, language_code))
            for opgave in Opgave.objects.filter(acties=actie)
            .select_related("perspectief")
            .order_by("perspectief__nummer", "nummer")
            .worded(language_code)
        ],
        question_address=_question_address(actie, language_code, on=on),
    )


def _question_address(actie: Actie, language_code: str, *, on: date) -> str:
    terugblik = Terugblik.objects.filter(
        actieplan=actie.actieplan_id, vraag_van__lte=on, vraag_tot__gte=on
    ).first()
    page = page_of(terugblik, language_code) if terugblik else None
    if page is None:
        return ""
    return f"{address_of(page)}{TerugblikPage().reverse_subpage('answer')}?actie={actie.nummer}"


def _planning(actie: Actie, language_code: str, *, on: date) -> list[Planning]:
    rows: list[Planning] = (
        Planning.objects.filter(mijlpaal__actie=actie, vastgelegd_op__lte=on)
        .order_by("mijlpaal__order", "mijlpaal", "volgnummer")
        .worded(language_code, "mijlpaal", "na")
    )
    return rows


def _voortgang(actie: Actie, language_code: str, *, on: date) -> list[Voortgang]:
    """Newest first, with who wrote it and the picture."""
    rows: list[Voortgang] = (
        Voortgang.objects.filter(known_by(on), actie=actie)
        .select_related("foto")
        .order_by("-datum", "-pk")
        .worded(language_code, "organisatie", "mijlpaal")
    )
    sizes.prepare(row.foto for row in rows)
    return rows


def _steps(
    planning: list[Planning], milestones: tuple[Milestone, ...], standing: Standing, *, on: date
) -> tuple[Step, ...]:
    late = {milestone.pk for milestone in standing.late}
    by_step: dict[int, list[Planning]] = {}
    for row in planning:
        by_step.setdefault(row.mijlpaal_id, []).append(row)
    return tuple(
        Step(
            mijlpaal=by_step[milestone.pk][0].mijlpaal,
            milestone=milestone,
            planning=tuple(by_step[milestone.pk]),
            days_late=milestone.days_late(on) if milestone.pk in late else 0,
        )
        for milestone in milestones
    )


def _messages(voortgang: list[Voortgang]) -> tuple[Message, ...]:
    by_pk = {row.pk: row for row in voortgang}
    corrections = {row.corrigeert_id: row for row in voortgang if row.corrigeert_id}
    return tuple(
        Message(row, by_pk.get(row.corrigeert_id or 0), corrections.get(row.pk)) for row in voortgang
    )


def _organisaties(related: Any, language_code: str) -> list[Organisatie]:
    rows: list[Organisatie] = related.order_by("naam").worded(language_code)
    return rows


def _budgetten(actie: Actie, language_code: str) -> list[Budget]:
    """The budgets that pay for this action, each with its part in whole euros as `part`."""
    rows: list[Budget] = (
        Budget.objects.filter(financiering__actie=actie)
        .annotate(part=F("financiering__bedrag"))
        .order_by("-part", "naam")
        .worded(language_code)
    )
    return rows


def _same_work(actie: Actie, language_code: str) -> list[SameWork]:
    return [
        SameWork(
            other,
            page_of(other, language_code),
            actie.kosten + other.kosten if actie.kosten and other.kosten else None,
        )
        for other in actie.samen_met.select_related("actieplan")
    ]

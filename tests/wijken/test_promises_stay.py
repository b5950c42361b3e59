"""Whatever people do, in whatever order: an earlier promise, a published message and a snapshot stay."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.forms import modelform_factory
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.append_only import AppendOnlyError
from tests.plans import at, draft, move, new_actie, new_plan, new_step, published
from wijken.actions import (
    publish_voortgang,
    return_voortgang,
    start_correction,
    submit_voortgang,
    take_snapshot,
)
from wijken.models import Actie, Mijlpaal, Momentopname, Organisatie, Planning, Terugblik, Voortgang
from wijken.monitor.facts import facts_of
from wijken.monitor.standing import Change

pytestmark = pytest.mark.django_db
START = date(2026, 1, 5)
WHY = "Het zit tegen."
codes = st.sampled_from(["2025-Q4", "2026-Q1", "2026-Q2", "2026-03", "2026/2027", "2026..2027", "ntb", "na"])
# What a person would do most of the time, and what they should not.
back = st.sampled_from([0, 0, 0, 0, 1, 5, 40]).map(lambda days: timedelta(days=days))
why = st.sampled_from([WHY, WHY, WHY, WHY, "", "  "])
any_of = st.randoms(use_true_random=False)


def sql(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def typed_over(row: Any) -> None:
    """Save a row with all its words and numbers changed, without asking anybody."""
    for field in row._meta.concrete_fields:
        if field.get_internal_type() in ("CharField", "TextField") and not field.choices:
            setattr(row, field.name, "2031")
    row.save()


def form_over(row: Any) -> None:
    names = [name for name in ("periode", "reden", "tekst", "vastgelegd_op", "datum") if hasattr(row, name)]
    form: Any = modelform_factory(type(row), fields=names)(
        data={name: "2026-01-01" if name in ("vastgelegd_op", "datum") else "2031" for name in names},
        instance=row,
    )
    if not form.is_valid():
        # What Wagtail's editor never does, and a hurried programmer might.
        form._errors = {}
    form.save()


def bulk(row: Any) -> None:
    typed = type(row).objects.get(pk=row.pk)
    typed.reden = "Niets aan de hand."
    type(row).objects.bulk_update([typed], ["reden"])


# Every way around the front door that we know.
TAMPERING: list[Callable[[Any], Any]] = [
    typed_over,
    form_over,
    bulk,
    lambda row: row.delete(),
    lambda row: type(row).objects.filter(pk=row.pk).update(reden=""),
    lambda row: type(row).objects.filter(pk=row.pk).delete(),
    lambda row: type(row).objects.all().delete(),
    lambda row: sql(f"UPDATE {row._meta.db_table} SET reden = 'x' WHERE id = %s", row.pk),  # noqa: S608
    lambda row: sql(f"DELETE FROM {row._meta.db_table} WHERE id >= %s", row.pk),  # noqa: S608
]


def rows(model: Any, **which: Any) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in model.objects.filter(**which).values()}


class Plan(RuleBasedStateMachine):
    """A plan in the hands of many people. What it saw once, it must find again after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.today = START
        self.promises: dict[int, dict[str, Any]] = {}
        self.messages: dict[int, dict[str, Any]] = {}
        self.snapshots: dict[int, dict[str, Any]] = {}
        # {(step, day): the code that was its first promise}, as asked at some moment.
        self.firsts: dict[tuple[int, date], str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(periode=codes, days=back)
    def begin(self, periode: str, days: timedelta) -> None:
        self.plan = new_plan(starts_on=START)
        self.actie = new_actie(self.plan)
        step = new_step(self.actie, periode if periode != "na" else "ntb", START - days)
        move(step, "2029", START, reden=WHY)
        published(self.actie, START, verandering="bezig", reden=WHY)
        with at(START):
            take_snapshot(terugblik=Terugblik.objects.create(actieplan=self.plan, peildatum=START))

    def steps(self) -> list[Mijlpaal]:
        return list(Mijlpaal.objects.source().filter(actie=self.actie))

    def own(self, model: Any, **which: Any) -> list[Any]:
        """Rows of this plan, oldest first."""
        path = "mijlpaal__actie" if model is Planning else "actie"
        return list(model.objects.source().filter(**{path: self.actie}, **which).order_by("pk"))

    @rule(days=st.integers(1, 120))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(periode=codes, days=back)
    def add_step(self, periode: str, days: timedelta) -> None:
        with at(self.today), suppress(ValidationError), transaction.atomic():
            new_step(self.actie, periode, self.today - days)

    @rule(choose=any_of, periode=codes, days=back, reden=why)
    def record(self, choose: Any, periode: str, days: timedelta, reden: str) -> None:
        if steps := self.steps():
            with at(self.today), suppress(ValidationError), transaction.atomic():
                move(choose.choice(steps), periode, self.today - days, reden=reden)

    @rule(
        choose=any_of,
        days=back,
        change=st.sampled_from(["", *Change.values]),
        periode=st.sampled_from(["", "", "2026-Q3", "2027", "2028", "na"]),
        reached=st.sampled_from([False, False, True]),
        reden=why,
        back_first=st.booleans(),
    )
    def report(
        self,
        choose: Any,
        days: timedelta,
        change: str,
        periode: str,
        reached: bool,
        reden: str,
        back_first: bool,
    ) -> None:
        day = self.today - days
        facts = {
            "verandering": change,
            "periode": periode,
            "zekerheid": "verwacht" if periode else "",
            "gehaald_op": day if reached and not periode else None,
            "mijlpaal": choose.choice([*self.steps(), *self.steps(), None]),
            "reden": reden,
        }
        with at(self.today), suppress(ValidationError, IntegrityError), transaction.atomic():
            row = submit_voortgang(voortgang=draft(self.actie, day, **facts))
            if back_first:
                row = return_voortgang(voortgang=row, reden="Graag korter.")
                row = submit_voortgang(voortgang=row)
            publish_voortgang(voortgang=row)

    @rule(choose=any_of)
    def correct(self, choose: Any) -> None:
        if found := self.own(Voortgang, stand="gepubliceerd"):
            wrong = choose.choice(found)
            with at(self.today), suppress(ValidationError), transaction.atomic():
                right = start_correction(voortgang=wrong, organisatie=Organisatie.objects.source()[0])
                right.verandering, right.reden = choose.choice([("", ""), ("bezig", WHY)])
                right.save()
                publish_voortgang(voortgang=right)

    @rule(choose=any_of, how=st.sampled_from(TAMPERING), model=st.sampled_from([Planning, Voortgang]))
    def tamper(self, choose: Any, how: Callable[[Any], Any], model: Any) -> None:
        found = self.own(model) if model is Planning else self.own(model, stand="gepubliceerd")
        if found:
            with pytest.raises((AppendOnlyError, IntegrityError)), transaction.atomic():
                how(choose.choice(found))

    @rule(choose=any_of)
    def slip_in_a_promise_before_the_first(self, choose: Any) -> None:
        if steps := self.steps():
            with pytest.raises(IntegrityError), transaction.atomic():
                Planning.objects.create(
                    mijlpaal=choose.choice(steps),
                    volgnummer=choose.choice([0, 1]),
                    periode="2031",
                    reden=WHY,
                    vastgelegd_op=date(2020, 1, 1),
                )

    @rule(days=back)
    def look_back(self, days: timedelta) -> None:
        day = self.today - days
        with at(self.today), suppress(ValidationError, IntegrityError), transaction.atomic():
            take_snapshot(terugblik=Terugblik.objects.create(actieplan=self.plan, peildatum=day))

    @precondition(lambda self: self.snapshots)
    @rule(choose=any_of)
    def tamper_with_a_snapshot(self, choose: Any) -> None:
        row = Momentopname.objects.get(pk=choose.choice(sorted(self.snapshots)))
        with pytest.raises((AppendOnlyError, IntegrityError)), transaction.atomic():
            choose.choice(
                [
                    lambda: Momentopname.objects.filter(pk=row.pk).update(data={}),
                    lambda: sql("DELETE FROM wijken_momentopname"),
                    lambda: save_empty(row),
                    lambda: take_snapshot_again(row),
                ]
            )()

    @rule(days=st.integers(0, 200))
    def ask_about_an_earlier_day(self, days: int) -> None:
        day = self.today - timedelta(days=days)
        known = facts_of(Actie.objects.filter(pk=self.actie.pk), on=day)[self.actie.pk]
        found = {(step.pk, day): step.first.period.code for step in known.milestones}
        for key, code in found.items():
            assert self.firsts.setdefault(key, code) == code

    @invariant()
    def nothing_that_was_there_is_lost_or_other(self) -> None:
        promises = rows(Planning, mijlpaal__actie__actieplan__slug="proefplan")
        messages = rows(Voortgang, actie__actieplan__slug="proefplan", stand="gepubliceerd")
        snapshots = rows(Momentopname, terugblik__actieplan__slug="proefplan")
        for seen, now in (
            (self.promises, promises),
            (self.messages, messages),
            (self.snapshots, snapshots),
        ):
            assert {pk: now.get(pk) for pk in seen} == seen
            seen.update(now)

    @invariant()
    def promises_are_numbered_without_holes_and_in_order_of_days(self) -> None:
        numbers: dict[int, list[int]] = {}
        days: dict[int, list[date]] = {}
        for row in sorted(self.promises.values(), key=lambda row: row["id"]):
            numbers.setdefault(row["mijlpaal_id"], []).append(row["volgnummer"])
            days.setdefault(row["mijlpaal_id"], []).append(row["vastgelegd_op"])
        assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
        assert all(found == sorted(found) for found in days.values())

    @invariant()
    def what_was_asked_before_is_still_the_answer(self) -> None:
        for day in {day for _step, day in self.firsts}:
            known = facts_of(Actie.objects.filter(pk=self.actie.pk), on=day)[self.actie.pk]
            now = {step.pk: step.first.period.code for step in known.milestones}
            then = {step: code for (step, on), code in self.firsts.items() if on == day}
            assert then.items() <= now.items()


def save_empty(row: Momentopname) -> None:
    row.data = {}
    row.save()


def take_snapshot_again(row: Momentopname) -> None:
    try:
        take_snapshot(terugblik=row.terugblik)
    except ValidationError as refused:
        raise AppendOnlyError from refused


def test_no_sequence_of_events_loses_or_alters_a_promise_a_message_or_a_snapshot() -> None:
    run_state_machine_as_test(
        Plan,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

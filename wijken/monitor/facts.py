"""Reads from the database what `standing` judges. At most three queries, however many actions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from wijken.models import Actie, Planning, Voortgang
from wijken.monitor.periods import Period
from wijken.monitor.standing import Facts, Milestone, Promise, Report, Standing, judge

# The same few codes come back in every plan.
parse = lru_cache(maxsize=2000)(Period.parse)


def facts_of(acties: QuerySet[Actie], *, on: date) -> dict[int, Facts]:
    """{id of an action: what was known of it at the end of a day}. Every action is in it."""
    found = known_facts(acties, on=on)
    return {pk: found.get(pk, Facts()) for pk in acties.values_list("pk", flat=True)}


def known_facts(acties: QuerySet[Actie], *, on: date) -> dict[int, Facts]:
    """As `facts_of`, without the actions of which nothing was known. Two queries."""
    ids = acties.order_by().values("pk")
    steps: dict[int, dict[int, list[Promise]]] = defaultdict(lambda: defaultdict(list))
    planning = (
        Planning.objects.source()
        .filter(mijlpaal__actie__in=ids, vastgelegd_op__lte=on)
        .order_by("mijlpaal__order", "mijlpaal_id", "volgnummer")
        .values_list("mijlpaal__actie", "mijlpaal", "periode", "zekerheid", "vastgelegd_op")
    )
    for actie_id, mijlpaal_id, code, certainty, recorded_on in planning:
        steps[actie_id][mijlpaal_id].append(Promise(parse(code), certainty, recorded_on))
    reports: dict[int, list[Report]] = defaultdict(list)
    reached: dict[int, date] = {}
    for actie_id, step_id, reached_on, report in _reports(ids, on=on):
        reports[actie_id].append(report)
        if step_id and reached_on:
            reached[step_id] = reached_on
    return {
        pk: Facts(
            tuple(
                Milestone(step_id, tuple(promises), reached.get(step_id))
                for step_id, promises in steps[pk].items()
            ),
            tuple(reports[pk]),
        )
        for pk in {*steps, *reports}
    }


def facts_from(planning: Iterable[Planning], voortgang: Iterable[Voortgang]) -> Facts:
    """The same of one action, from its rows: planning in the order of the steps, messages oldest first."""
    steps: dict[int, list[Promise]] = defaultdict(list)
    for row in planning:
        steps[row.mijlpaal_id].append(Promise(parse(row.periode), row.zekerheid, row.vastgelegd_op))
    rows = list(voortgang)
    corrected = {row.corrigeert_id for row in rows}
    valid = [row for row in rows if row.pk not in corrected]
    reached = {row.mijlpaal_id: row.gehaald_op for row in valid if row.mijlpaal_id and row.gehaald_op}
    return Facts(
        tuple(Milestone(pk, tuple(promises), reached.get(pk)) for pk, promises in steps.items()),
        tuple(Report(row.datum, row.verandering, bool(row.reden)) for row in valid),
    )


def known_by(on: date) -> Q:
    """Messages that could be read at the end of a day.

    One from the past that was published later was not known yet.
    """
    return Q(stand=Voortgang.Stand.GEPUBLICEERD, datum__lte=on, gepubliceerd_op__date__lte=on)


def _reports(ids: QuerySet, *, on: date) -> list[tuple[int, int | None, date | None, Report]]:
    """Published messages up to a day, oldest first, without those that were corrected by then."""
    rows = list(
        Voortgang.objects.source()
        .filter(known_by(on), actie__in=ids)
        .order_by("datum", "pk")
        .values_list("pk", "corrigeert", "actie", "mijlpaal", "gehaald_op", "datum", "verandering", "reden")
    )
    corrected = {row[1] for row in rows if row[1]}
    return [
        (actie_id, mijlpaal_id, reached_on, Report(day, change, bool(reason)))
        for pk, _corrects, actie_id, mijlpaal_id, reached_on, day, change, reason in rows
        if pk not in corrected
    ]


def standings(acties: QuerySet[Actie], *, on: date) -> Mapping[int, Standing]:
    """{id of an action: how it stands on a day}."""
    return {pk: judge(facts, on=on) for pk, facts in facts_of(acties, on=on).items()}


@dataclass(frozen=True)
class Judged:
    """One action with what is known of it and what follows from that."""

    facts: Facts
    standing: Standing


def judge_one(actie: Actie, *, on: date) -> Judged:
    """How one action stands on a day, with the facts behind it."""
    facts = facts_of(Actie.objects.filter(pk=actie.pk), on=on)[actie.pk]
    return Judged(facts, judge(facts, on=on))

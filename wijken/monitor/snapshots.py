"""A snapshot: how every action of a plan stood on a day, in codes, dates and numbers without words."""

from datetime import date
from typing import Any

from wijken.models import Actie, Actieplan
from wijken.monitor.facts import facts_of
from wijken.monitor.standing import Facts, Milestone, judge

VERSION = 1


def snapshot_of(plan: Actieplan, *, on: date) -> dict[str, Any]:
    """`{"version", "on", "acties": [{"pk", "nummer", "naam", "state", "days_late", …}]}`, ready for JSON."""
    acties = Actie.objects.filter(actieplan=plan)
    facts = facts_of(acties, on=on)
    return {
        "version": VERSION,
        "on": on.isoformat(),
        "acties": [_one(actie, facts[actie.pk], on=on) for actie in acties.order_by("nummer")],
    }


def _one(actie: Actie, facts: Facts, *, on: date) -> dict[str, Any]:
    standing = judge(facts, on=on)
    return {
        "pk": actie.pk,
        "nummer": actie.nummer,
        "naam": actie.naam,
        "focusopgave": actie.focusopgave_id,
        "state": standing.state.value,
        "days_late": standing.days_late,
        "last_report_on": standing.last_report_on.isoformat() if standing.last_report_on else None,
        "kosten": actie.kosten,
        "milestones": [_milestone(milestone) for milestone in facts.milestones],
    }


def _milestone(milestone: Milestone) -> dict[str, Any]:
    return {
        "pk": milestone.pk,
        "first": milestone.first.period.code,
        "current": milestone.current.period.code,
        "reached_on": milestone.reached_on.isoformat() if milestone.reached_on else None,
    }

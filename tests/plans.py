"""Plans, steps and messages for tests, made the way the desk makes them."""

from datetime import date, datetime, time
from typing import Any

import time_machine
from django.utils import timezone

from wijken.actions import add_mijlpaal, publish_voortgang, record_planning, submit_voortgang
from wijken.models import Actie, Actieplan, Mijlpaal, Organisatie, Planning, Voortgang, Wijk
from wijken.monitor.standing import Certainty


def at(day: date) -> time_machine.travel:
    """The middle of a day, standing still."""
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(12))), tick=False)


def new_plan(wijk: str = "velsen-noord", **facts: Any) -> Actieplan:
    return Actieplan.objects.create(
        **{"wijk": Wijk.objects.get(slug=wijk), "naam": "Proefplan", "slug": "proefplan", **facts}
    )


def new_actie(plan: Actieplan, nummer: int = 1, **facts: Any) -> Actie:
    money: dict[str, Any] = {} if "kosten" in facts else {"kosten_reden": "nnb"}
    return Actie.objects.create(
        actieplan=plan, nummer=nummer, **{"naam": f"Proefactie {nummer}", **money, **facts}
    )


def new_step(actie: Actie, periode: str, on: date, **more: Any) -> Mijlpaal:
    return add_mijlpaal(**{"naam": "Proefstap", **more}, actie=actie, periode=periode, vastgelegd_op=on)


def move(step: Mijlpaal, periode: str, on: date, **more: Any) -> Planning:
    return record_planning(
        **{"zekerheid": Certainty.AFGESPROKEN, "reden": "Het zit tegen.", **more},
        mijlpaal=step,
        periode=periode,
        vastgelegd_op=on,
    )


def draft(actie: Actie, on: date, **more: Any) -> Voortgang:
    """A message that nobody but its writer has seen."""
    facts = {"organisatie": Organisatie.objects.source()[0], "tekst": "Er is nieuws.", **more}
    return Voortgang.objects.create(actie=actie, datum=on, **facts)


def published(actie: Actie, on: date, *, published_on: date | None = None, **more: Any) -> Voortgang:
    """A message that went the whole way; `published_on` when that was on a later day than its news."""
    with at(published_on or on):
        row = submit_voortgang(voortgang=draft(actie, on, **more))
        return publish_voortgang(voortgang=row)

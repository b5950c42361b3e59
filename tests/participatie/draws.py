"""A loting that is really drawn: every step by its own action, at its own time, with a real round."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from participatie import actions
from participatie.draw import ceremony, lots
from participatie.draw.pool import pool_of
from participatie.draw.public import Stage
from participatie.models import (
    Aanmelding,
    Lot,
    Loting,
    Lotingstap,
    Staat,
    Trekking,
    Uitkomst,
    Vastlegging,
    Vorm,
    Worp,
)
from participatie.sortition.publication.beacon import Quicknet, RehearsalBeacon
from participatie.sortition.publication.records import fingerprint_of, ticket_numbers
from tests.caches import empty_the_caches
from tests.participatie.publication.publications import SIGNATURES

ROUND = 32285085
DICE = "478"
UPDATES = bool(os.environ.get("UPDATE_SNAPSHOTS"))
BEACON = Quicknet()
# What is thrown after this waits for the round: it decides half an hour later.
DRAWS_AT = BEACON.time_of(ROUND) - ceremony.THROWING
SHORTLY = timedelta(minutes=10)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=False):
        yield


def moved(loting: Loting) -> Loting:
    """The loting of the demo around the days of a round whose signature is known."""
    opened = DRAWS_AT - timedelta(days=60)
    Loting.objects.filter(pk=loting.pk).update(
        opent_op=opened, sluit_op=DRAWS_AT - timedelta(days=25), trekking_op=DRAWS_AT
    )
    Aanmelding.objects.filter(loting=loting).update(ontvangen_op=opened + timedelta(days=3))
    loting.refresh_from_db()
    return loting


def simple(loting: Loting) -> Loting:
    """The same without lists."""
    Loting.objects.filter(pk=loting.pk).update(vorm=Vorm.EENVOUDIG, een_per_adres=False)
    loting.refresh_from_db()
    return loting


def closed(loting: Loting) -> Loting:
    with at(loting.sluit_op + SHORTLY):
        actions.take_step(loting=loting, naar=Staat.GESLOTEN, reden="De tijd is voorbij.", by=None)
    return loting


def handed_out(loting: Loting) -> Trekking:
    """Everybody of whom the address was not known is in."""
    closed(loting)
    waiting = Aanmelding.objects.filter(loting=loting, geschiktheid=Aanmelding.Geschiktheid.CONTROLEREN)
    waiting.update(geschiktheid=Aanmelding.Geschiktheid.GESCHIKT)
    with at(loting.sluit_op + timedelta(days=1)):
        trekking = lots.hand_out(loting=loting, by=None)
        trekking.loten.update(verstuurd_op=timezone.now())
        trekking.loten_verstuurd_op = timezone.now()
        trekking.save(update_fields=["loten_verstuurd_op"])
    return trekking


def frozen(loting: Loting) -> Trekking:
    trekking = handed_out(loting)
    with at(trekking.bezwaar_tot + SHORTLY):
        actions.take_step(loting=loting, naar=Staat.BEVROREN, reden="Niemand had bezwaar.", by=None)
        if loting.vorm == Vorm.LIJSTEN:
            trekking.berekening = {"lists": lists_for(trekking)}
            trekking.stand = Trekking.Stand.KLAAR
            trekking.save(update_fields=["berekening", "stand"])
    return trekking


def promised(loting: Loting) -> Vastlegging:
    trekking = frozen(loting)
    with at(trekking.trekking_op - timedelta(days=2)):
        return ceremony.promise(trekking=trekking, by=None)


def thrown(loting: Loting, dice: str = "") -> Worp:
    vastlegging = promised(loting)
    with at(vastlegging.trekking.trekking_op + SHORTLY):
        dice = dice or (DICE if loting.vorm == Vorm.LIJSTEN else f"{DICE}1")
        return ceremony.throw(vastlegging=vastlegging, dice=dice, by=None)


def drawn(loting: Loting) -> Uitkomst:
    """The loting, drawn; its caches are emptied for whoever looks at it next."""
    return finished(thrown(moved(loting)))


def finished(worp: Worp) -> Uitkomst:
    """What comes out of dice once the round is known."""
    with at(worp.ronde_op + timedelta(seconds=20)):
        made = ceremony.finish(worp=worp, signature=SIGNATURES[ROUND], bron=Uitkomst.Bron.DRAND, by=None)
    empty_the_caches()
    return made


def after(loting: Loting, *states: str) -> None:
    """As if the seats are filled, and so on; those steps have tests of their own."""
    loting.refresh_from_db()
    for naar in states:
        Lotingstap.objects.create(loting=loting, van=loting.staat, naar=naar, reden="De zetels zijn bezet.")
        Loting.objects.filter(pk=loting.pk).update(staat=naar)
        loting.refresh_from_db()
    empty_the_caches()


def put_off(loting: Loting, *, days: int = 7) -> Trekking:
    """Promised for an earlier day, and then put off to the day of the round that is known."""
    earlier = DRAWS_AT - timedelta(days=days)
    Loting.objects.filter(pk=loting.pk).update(trekking_op=earlier)
    loting.refresh_from_db()
    trekking = promised(loting).trekking
    with at(earlier - timedelta(days=1)):
        return ceremony.put_off(trekking=trekking, until=DRAWS_AT, reden="De zaal was niet vrij.", by=None)


def drawn_after_all(loting: Loting) -> Uitkomst:
    """Put off, promised again, and drawn."""
    trekking = put_off(moved(loting))
    with at(DRAWS_AT - timedelta(days=2)):
        again = ceremony.promise(trekking=trekking, by=None, reden="Voor de nieuwe dag.")
    with at(DRAWS_AT + SHORTLY):
        worp = ceremony.throw(vastlegging=again, dice=DICE, by=None)
    return finished(worp)


def rehearsed(loting: Loting) -> Uitkomst:
    """A finished rehearsal with invented people, beside whatever else there is."""
    with at(DRAWS_AT - timedelta(days=1)):
        trekking = Trekking.objects.create(
            loting=loting,
            is_proef=True,
            bezwaar_tot=timezone.now(),
            trekking_op=timezone.now(),
            stand=Trekking.Stand.KLAAR,
        )
        tickets = ticket_numbers(40)
        Lot.objects.bulk_create(
            Lot(trekking=trekking, nummer=number, vingerafdruk=fingerprint_of(number)) for number in tickets
        )
        chance = random.Random(6)  # noqa: S311
        found = [sorted(chance.sample(tickets, loting.zetels)) for _list in range(trekking.aantal_lijsten)]
        trekking.berekening = {"lists": found}
        trekking.save()
        vastlegging = ceremony.promise(trekking=trekking, by=None)
    beacon = RehearsalBeacon(f"trekking {trekking.pk}")
    with at(vastlegging.op + timedelta(seconds=30)):
        worp = ceremony.throw(vastlegging=vastlegging, dice="123", by=None)
    with at(vastlegging.ronde_op + timedelta(seconds=1)):
        signature = beacon.sign(vastlegging.ronde).hex()
        return ceremony.finish(worp=worp, signature=signature, bron=Uitkomst.Bron.OEFENING, by=None)


def in_stage(loting: Loting, stage: Stage) -> datetime:
    """Bring a loting there, and say when to look at it."""
    if stage is Stage.VOORBEREIDING:
        Loting.objects.filter(pk=loting.pk).update(staat=Staat.CONCEPT)
        return loting.opent_op - timedelta(days=1)
    if stage is Stage.AANMELDEN:
        return loting.opent_op + timedelta(days=1)
    before = {
        Stage.GESLOTEN: closed,
        Stage.BEZWAAR: handed_out,
        Stage.DEELNEMERS: frozen,
        Stage.VASTGELEGD: promised,
        Stage.VERLOPEN: promised,
        Stage.UITGESTELD: put_off,
        Stage.GEGOOID: thrown,
    }
    if stage in before:
        before[stage](moved(loting))
        moments = {
            Stage.GESLOTEN: loting.sluit_op + SHORTLY,
            Stage.BEZWAAR: loting.sluit_op + timedelta(days=2),
            Stage.VERLOPEN: DRAWS_AT + timedelta(hours=1),
            Stage.GEGOOID: DRAWS_AT + 2 * SHORTLY,
        }
        moment = moments.get(stage, DRAWS_AT - timedelta(days=1))
    else:
        drawn(loting)
        after(
            loting,
            *{Stage.BEZET: [Staat.BEZET], Stage.AFGEROND: [Staat.BEZET, Staat.AFGEROND]}.get(stage, []),
        )
        moment = DRAWS_AT + timedelta(hours=1)
    empty_the_caches()
    return moment


def lists_for(trekking: Trekking, *, panels: int = 12) -> list[list[str]]:
    """Lists within the quotas, found by trying: a few panels that return. Not fair, and quick."""
    pool = pool_of(trekking)
    chance = random.Random(5)  # noqa: S311

    def wrong(panel: list[Any]) -> int:
        return sum(
            max(0, quota.minimum - count) + max(0, count - quota.maximum)
            for quota in pool.quotas
            for count in [sum(one.values.get(quota.feature) == quota.value for one in panel)]
        )

    found = []
    for _number in range(panels):
        panel = chance.sample(pool.people, pool.seats)
        for _attempt in range(5000):
            if not (now := wrong(panel)):
                break
            other = [*panel]
            other[chance.randrange(len(other))] = chance.choice(
                [one for one in pool.people if one not in panel]
            )
            if wrong(other) <= now:
                panel = other
        found.append(sorted(one.id for one in panel))
    return [chance.choice(found) for _list in range(trekking.aantal_lijsten)]

"""A draw taken as far as a test needs it, by the real actions and with a moved clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from core.models import User
from participatie import actions
from participatie.draw import ceremony, computing, lots, rounds, sending
from participatie.draw.checks import trekking_of
from participatie.models import Aanmelding, Lot, Loting, Staat, Trekking, Uitkomst, Vastlegging, Worp
from tests.participatie.people import answers

STAGES = ("gesloten", "uitgedeeld", "verstuurd", "bevroren", "berekend", "vastgelegd", "gegooid", "getrokken")


class Ceremony:
    """One draw and its clock. Each method does the next thing, at a moment on which it may be done."""

    def __init__(self, loting: Loting, traveller: time_machine.Traveller, by: User | None = None) -> None:
        self.loting = loting
        self.traveller = traveller
        self.by = by

    def to(self, stage: str) -> "Ceremony":
        """Everything up to and with this stage."""
        for name in STAGES[: STAGES.index(stage) + 1]:
            getattr(self, name)()
        return self

    @property
    def trekking(self) -> Trekking:
        found = trekking_of(self.loting)
        assert found
        found.loting.refresh_from_db()
        return found

    @property
    def promised(self) -> Vastlegging:
        found = ceremony.last_promise(self.trekking)
        assert found
        return found

    def promised_hash(self, text: str) -> bool:
        """Does a text tell the hash of the promise?"""
        return self.promised.manifest_hash in text

    def at(self, moment: datetime) -> None:
        self.traveller.move_to(moment, tick=False)

    def gesloten(self) -> None:
        self.at(self.loting.sluit_op + timedelta(minutes=1))
        actions.close_due(now=timezone.now())
        Aanmelding.objects.filter(loting=self.loting, geschiktheid="controleren").update(
            geschiktheid="niet_geschikt"
        )
        self.loting.refresh_from_db()

    def uitgedeeld(self) -> None:
        lots.hand_out(loting=self.loting, by=self.by)

    def verstuurd(self) -> None:
        sending.send(trekking=self.trekking, by=self.by)
        rows = list(sending.on_paper(self.trekking))
        sending.hand_over(trekking=self.trekking, lots=rows, by=self.by)

    def bevroren(self) -> None:
        self.at(self.trekking.bezwaar_tot + timedelta(minutes=1))
        actions.take_step(loting=self.loting, naar=Staat.BEVROREN, reden="Iedereen staat erin.", by=self.by)

    def berekend(self) -> None:
        computing.begin(trekking=self.trekking, in_background=False)
        assert computing.work_out(self.trekking).stand == Trekking.Stand.KLAAR, self.trekking.melding

    def vastgelegd(self) -> None:
        self.at(self.trekking.trekking_op - timedelta(days=2))
        ceremony.promise(trekking=self.trekking, by=self.by)

    def gegooid(self, dice: str = "47") -> Worp:
        self.at(self.promised.ronde_op - timedelta(minutes=5))
        return ceremony.throw(vastlegging=self.promised, dice=dice, by=self.by)

    def getrokken(self) -> Uitkomst:
        self.at(self.promised.ronde_op + timedelta(seconds=4))
        return rounds.fetch(worp=self.promised.worp, by=self.by)


@contextmanager
def ceremony_of(loting: Loting, by: User | None = None) -> Iterator[Ceremony]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield Ceremony(loting, traveller, by)


def freeze(loting: Loting, by: User | None = None) -> None:
    """The participants stand: everybody was told their lot, and had the time to object."""
    with ceremony_of(loting, by) as made:
        for stage in ("uitgedeeld", "verstuurd", "bevroren"):
            getattr(made, stage)()


def fewer_people(loting: Loting, count: int) -> None:
    """So many of those who signed up: enough to draw from, and quick."""
    keep = Aanmelding.objects.in_the_pool().filter(loting=loting).order_by("pk").values_list("pk", flat=True)
    Aanmelding.objects.filter(loting=loting).exclude(pk__in=list(keep[:count])).delete()


def corrected(lot: Lot, by: User | None) -> str:
    """Changes what the owner of a lot answered about their age, at the desk. Returns the new answer."""
    assert lot.aanmelding
    age = "65-plus" if lot.kenmerken["leeftijd"] != "65-plus" else "16-24"
    mail = lot.aanmelding.persoon.mail
    changed = answers(lot.trekking.loting, mail=mail, kenmerk_leeftijd=age)
    actions.correct(aanmelding=lot.aanmelding, answers=changed, by=by)
    return age

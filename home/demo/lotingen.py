"""Builds the lotingen of the demo: the register, its features, and what happened since its page is there."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from home.demo.clock import clock_at
from participatie import actions
from participatie.draw import ceremony, computing, lots, rounds, sending
from participatie.models import (
    Aanmelding,
    Antwoordoptie,
    Kenmerk,
    Loting,
    Lotingstap,
    Persoon,
    Staat,
    Trekking,
    Worp,
)
from participatie.quotas import fill_from_wijk
from participatie.samples import make_sign_ups
from participatie.sortition.publication.beacon import Quicknet
from wijken.models import Plek, Wijk

Row = dict[str, Any]
SEED = 2026
CLOSING_TIME, DRAW_TIME = time(20), time(19, 30)


def build_loting(row: Row, wijken: dict[str, Wijk], plekken: dict[str, Plek], *, today: date) -> Loting:
    """One loting with its features, still being prepared.

    Its days lie around today, or before the round of drand that decided it.
    """

    def moment(name: str, at: time) -> datetime:
        return timezone.make_aware(datetime.combine(today + timedelta(days=row[f"{name}_over_dagen"]), at))

    past = row.get("getrokken")
    loting = Loting(
        naam=row["naam"],
        slug=row["slug"],
        wijk=wijken[row["wijk"]],
        opent_op=before(past, "opent", time(9)) if past else moment("opent", time(9)),
        sluit_op=before(past, "sluit", CLOSING_TIME) if past else moment("sluit", CLOSING_TIME),
        trekking_op=drawn_at(past) if past else moment("trekking", DRAW_TIME),
        trekking_plek=plekken[row["trekking_plek"]],
        **{
            name: row[name]
            for name in (
                "zetels",
                "reserves",
                "termijn_maanden",
                "minimumleeftijd",
                "een_per_adres",
                "vorm",
                "bezwaar_dagen",
                "antwoord_dagen",
                "bewaren_dagen",
                "is_voorbeeld",
            )
        },
    )
    loting.full_clean()
    loting.save()
    for order, feature in enumerate(row["kenmerken"]):
        options = feature["opties"]
        kenmerk = Kenmerk.objects.create(
            loting=loting, order=order, **{name: feature[name] for name in feature if name != "opties"}
        )
        for place, option in enumerate(options):
            Antwoordoptie.objects.create(kenmerk=kenmerk, order=place, **option)
    fill_from_wijk(loting)
    return loting


def open_loting(loting: Loting, row: Row) -> None:
    """It was opened on its first day, and people signed up since."""
    Lotingstap.objects.create(
        loting=loting, van=Staat.CONCEPT, naar=Staat.OPEN, op=loting.opent_op, reden=row["reden_open"]
    )
    loting.staat = Staat.OPEN
    loting.save(update_fields=["staat"])
    make_sign_ups(loting, count=row["aanmeldingen"], seed=SEED)


# --- one that is over ---------------------------------------------------------------------------------


def drawn_at(past: Row) -> datetime:
    """The announced moment of a draw whose round is known: the dice were thrown between the two."""
    return Quicknet().time_of(past["ronde"]) - ceremony.THROWING


def before(past: Row, name: str, at: time) -> datetime:
    """A moment so many days before the draw."""
    day = timezone.localdate(drawn_at(past)) - timedelta(days=past["dagen_ervoor"][name])
    return timezone.make_aware(datetime.combine(day, at))


def draw_loting(loting: Loting, row: Row) -> Trekking:
    """Takes a loting through its whole draw, by the real actions, on the days on which they were done.

    The round is a real one of drand, so everybody can check the outcome. Nobody is mailed: these people
    asked for letters.
    """
    past: Row = row["getrokken"]
    with clock_at(before(past, "sluit", CLOSING_TIME) - timedelta(hours=1)):
        open_loting(loting, row)
        rows = Aanmelding.objects.filter(loting=loting)
        rows.filter(geschiktheid=Aanmelding.Geschiktheid.CONTROLEREN).update(
            geschiktheid=Aanmelding.Geschiktheid.GESCHIKT, reden=Aanmelding.Reden.NAGEVRAAGD
        )
        Persoon.objects.filter(aanmelding__loting=loting).update(mail="", mail_index="")
        rows.update(mail_bevestigd_op=None)
    with clock_at(before(past, "sluit", CLOSING_TIME)):
        actions.take_step(loting=loting, naar=Staat.GESLOTEN, reden=past["reden_gesloten"], by=None)
    with clock_at(before(past, "uitdelen", time(10))):
        trekking = lots.hand_out(loting=loting, by=None)
        sending.send(trekking=trekking, by=None)
        sending.hand_over(trekking=trekking, lots=list(trekking.loten.all()), by=None)
    with clock_at(before(past, "vaststellen", time(10))):
        actions.take_step(loting=loting, naar=Staat.BEVROREN, reden=past["reden_bevroren"], by=None)
        computing.begin(trekking=trekking, in_background=False)
        computing.work_out(trekking)
    with clock_at(before(past, "vastleggen", time(10))):
        promised = ceremony.promise(trekking=trekking, by=None)
    with clock_at(promised.ronde_op - timedelta(minutes=5)):
        ceremony.throw(vastlegging=promised, dice=past["dobbelstenen"], by=None)
    with clock_at(promised.ronde_op + timedelta(seconds=4)):
        worp = Worp.objects.get(vastlegging=promised)
        rounds.type_in(worp=worp, signature=past["handtekening"], by=None)
    loting.refresh_from_db()
    return trekking

"""The order of a draw, in which nothing can be done before its time, twice, or after somebody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from participatie import actions
from participatie.draw import ceremony, chain, computing, lots, rounds, sending
from participatie.draw.story import State, Story
from participatie.models import (
    Aanmelding,
    Lot,
    Lotingstap,
    Staat,
    Trekking,
    Trekkingsbestand,
    Uitkomst,
    Vastlegging,
    Worp,
)
from tests.participatie.draw.ceremonies import STAGES, Ceremony

pytestmark = pytest.mark.django_db

EVERYTHING = (Trekking, Lot, Vastlegging, Trekkingsbestand, Worp, Uitkomst, Lotingstap)
# {what is done: the stages at which it may be done}. Everywhere else it is refused in words.
MAY: dict[str, set[str]] = {
    "uitdelen": {"gesloten"},
    "versturen": {"uitgedeeld", "verstuurd"},
    "bijwerken": {"uitgedeeld", "verstuurd"},
    "vaststellen": {"verstuurd"},
    "berekenen": {"bevroren", "berekend", "vastgelegd", "gegooid"},
    "vastleggen": {"berekend"},
    "gooien": {"vastgelegd"},
    "trekken": {"gegooid", "getrokken"},
    "uitstellen": {"uitgedeeld", "verstuurd", "bevroren", "berekend", "vastgelegd"},
}


def trekking_of(draw: Ceremony) -> Trekking:
    found = Story(draw.loting).trekking
    if found is None:
        raise ValidationError("Er is niets uitgedeeld.")
    return found


def promised_of(draw: Ceremony) -> Vastlegging:
    found = ceremony.last_promise(trekking_of(draw))
    if found is None:
        raise ValidationError("Er is niets vastgelegd.")
    return found


def worp_of(draw: Ceremony) -> Worp:
    promised = promised_of(draw)
    if not hasattr(promised, "worp"):
        raise ValidationError("Er is niet gegooid.")
    return promised.worp


def compute(draw: Ceremony) -> None:
    trekking = trekking_of(draw)
    computing.begin(trekking=trekking, in_background=False)
    computing.work_out(trekking)


def finish(draw: Ceremony) -> Uitkomst:
    worp = worp_of(draw)
    draw.at(worp.ronde_op + timedelta(seconds=4))
    return rounds.fetch(worp=worp, by=draw.by)


ACTS: dict[str, Callable[[Ceremony], Any]] = {
    "uitdelen": lambda draw: lots.hand_out(loting=draw.loting, by=draw.by),
    "versturen": lambda draw: sending.send(trekking=trekking_of(draw), by=draw.by),
    "bijwerken": lambda draw: lots.synchronise(trekking_of(draw)),
    "vaststellen": lambda draw: draw.bevroren() if Story(draw.loting).trekking else trekking_of(draw),
    "berekenen": compute,
    "vastleggen": lambda draw: ceremony.promise(trekking=trekking_of(draw), by=draw.by),
    "gooien": lambda draw: ceremony.throw(vastlegging=promised_of(draw), dice="47", by=draw.by),
    "trekken": finish,
    "uitstellen": lambda draw: ceremony.put_off(
        trekking=trekking_of(draw),
        until=trekking_of(draw).trekking_op + timedelta(days=3),
        reden="De zaal staat onder water.",
        by=draw.by,
    ),
}


def counted() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in EVERYTHING}


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_pressed_in_another_order_does_nothing(draw: Ceremony, stage: str) -> None:
    draw.to(stage)
    for name, act in ACTS.items():
        if stage in MAY[name]:
            continue
        before = counted()
        with pytest.raises(ValidationError) as refused:
            act(draw)
        assert all(message.endswith(".") for message in refused.value.messages), name
        assert counted() == before, name
    assert chain.breaks(draw.loting) == []


def test_from_closing_to_outcome(draw: Ceremony) -> None:
    told = []
    for stage in STAGES:
        getattr(draw, stage)()
        current = Story(draw.loting).current
        told.append(current.key if current else "")
    assert told == ["uitdelen", "versturen", "bezwaar", "berekenen", "vastleggen", "gooien", "ronde", ""]
    draw.loting.refresh_from_db()
    assert draw.loting.staat == Staat.GETROKKEN
    rows = draw.trekking.loten
    assert rows.filter(is_getrokken=True).count() == draw.loting.zetels
    assert not rows.filter(is_getrokken=None).exists()
    assert [row.soort for row in draw.loting.keten.order_by("nummer")] == [
        "loten uitgedeeld",
        "loten verstuurd",
        "vastgelegd",
        "gegooid",
        "getrokken",
    ]
    assert chain.breaks(draw.loting) == []
    # Twice is once.
    assert draw.getrokken() == Uitkomst.objects.get(trekking=draw.trekking)


# --- cut off halfway ------------------------------------------------------------------------------

# {stage: the last thing that is written at it}
LAST_WRITES = {
    "uitgedeeld": "participatie.draw.lots.chain.add",
    "bevroren": "participatie.actions.content_changed",
    "vastgelegd": "participatie.draw.ceremony.chain.add",
    "gegooid": "participatie.draw.ceremony.chain.add",
    "getrokken": "participatie.draw.ceremony.actions.take_step",
}


class Killed(BaseException):
    """As when the process is gone."""


@pytest.mark.parametrize("stage", LAST_WRITES)
def test_who_is_cut_off_before_the_last_write_can_go_on(
    draw: Ceremony, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw.to(STAGES[STAGES.index(stage) - 1])
    before = counted()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(LAST_WRITES[stage], killed)
        with pytest.raises(Killed):
            getattr(draw, stage)()
    assert counted() == before
    for name in STAGES[STAGES.index(stage) :]:
        getattr(draw, name)()
    assert Uitkomst.objects.filter(trekking=draw.trekking).count() == 1
    assert chain.breaks(draw.loting) == []


# --- other ways round -----------------------------------------------------------------------------


def test_the_dice_count_only_for_the_moment_that_is_announced(draw: Ceremony) -> None:
    draw.to("vastgelegd")
    first = draw.promised
    until = draw.trekking.trekking_op + timedelta(days=1)
    ceremony.put_off(trekking=draw.trekking, until=until, reden="Storm.", by=draw.by)
    draw.at(first.ronde_op - timedelta(minutes=5))
    with pytest.raises(ValidationError, match="uitgesteld"):
        ceremony.throw(vastlegging=first, dice="47", by=draw.by)
    # The old promise stays to be seen; the new one says why.
    again = ceremony.promise(trekking=draw.trekking, by=draw.by)
    assert (again.nummer, again.reden) == (2, "Storm.")
    assert again.ronde > first.ronde
    draw.gegooid()
    draw.getrokken()
    assert draw.trekking.uitkomst.worp.vastlegging == again
    assert Vastlegging.objects.get(pk=first.pk).bestanden.count() == 6


def test_nobody_throws_before_people_can_be_there(draw: Ceremony) -> None:
    draw.to("vastgelegd")
    draw.at(draw.trekking.trekking_op - timedelta(seconds=1))
    with pytest.raises(ValidationError, match="kan iedereen erbij zijn"):
        ceremony.throw(vastlegging=draw.promised, dice="47", by=draw.by)
    current = Story(draw.loting).current
    assert current and (current.key, current.state) == ("gooien", State.WAITING)
    draw.at(draw.trekking.trekking_op)
    assert ceremony.throw(vastlegging=draw.promised, dice="47", by=draw.by).dobbelstenen == "47"


def test_a_draw_that_nobody_threw_for_is_put_off(draw: Ceremony) -> None:
    draw.to("vastgelegd")
    draw.at(draw.promised.ronde_op + timedelta(seconds=1))
    with pytest.raises(ValidationError, match="al bekend"):
        ceremony.throw(vastlegging=draw.promised, dice="47", by=draw.by)
    with pytest.raises(ValidationError, match="Stel de loting uit"):
        ceremony.promise(trekking=draw.trekking, by=draw.by)
    current = Story(draw.loting).current
    assert current and (current.key, current.state) == ("gooien", State.STOPPED)
    until = timezone.now() + timedelta(days=2)
    ceremony.put_off(trekking=draw.trekking, until=until, reden="De zaal was dicht.", by=draw.by)
    for stage in ("vastgelegd", "gegooid", "getrokken"):
        getattr(draw, stage)()


@pytest.mark.parametrize("until", [timedelta(days=-1), timedelta(0), timedelta(days=200)])
def test_putting_off_is_to_later_and_while_the_data_is_there(draw: Ceremony, until: timedelta) -> None:
    draw.to("verstuurd")
    before = draw.trekking.trekking_op
    with pytest.raises(ValidationError) as refused:
        ceremony.put_off(trekking=draw.trekking, until=before + until, reden="Zo.", by=draw.by)
    assert "until" in refused.value.message_dict
    assert draw.trekking.trekking_op == before
    with pytest.raises(ValidationError):
        ceremony.put_off(trekking=draw.trekking, until=before + timedelta(days=1), reden=" ", by=draw.by)


def test_too_little_time_to_object_puts_the_draw_off(draw: Ceremony) -> None:
    draw.gesloten()
    draw.at(draw.loting.trekking_op - timedelta(days=2))
    with pytest.raises(ValidationError, match="eerder"):
        lots.hand_out(loting=draw.loting, by=draw.by)
    later = draw.loting.trekking_op + timedelta(days=14)
    lots.hand_out(loting=draw.loting, by=draw.by, later=later, reden="Er was te weinig tijd.")
    assert draw.trekking.trekking_op == later
    assert [row.soort for row in draw.loting.keten.order_by("nummer")] == ["loten uitgedeeld", "uitgesteld"]
    assert sending.send(trekking=draw.trekking, by=draw.by).mailed


def test_somebody_who_withdraws_after_the_lots_were_sent_stops_the_freezing(draw: Ceremony) -> None:
    draw.to("verstuurd")
    lot = draw.trekking.loten.filter(aanmelding__isnull=False)[0]
    assert lot.aanmelding
    actions.withdraw(aanmelding=lot.aanmelding)
    draw.at(draw.trekking.bezwaar_tot + timedelta(minutes=1))
    with pytest.raises(ValidationError, match="Werk eerst de loten bij"):
        draw.bevroren()
    assert lots.synchronise(draw.trekking).gone == [lot.nummer]
    draw.bevroren()
    assert not Lot.objects.filter(pk=lot.pk).exists()


def test_lists_of_others_are_never_promised(draw: Ceremony) -> None:
    draw.to("berekend")
    actions.take_step(loting=draw.loting, naar=Staat.GESLOTEN, reden="Een fout.", by=draw.by)
    gone = Aanmelding.objects.in_the_pool().filter(loting=draw.loting)[0]
    actions.withdraw(aanmelding=gone)
    lots.synchronise(draw.trekking)
    assert draw.trekking.stand == Trekking.Stand.NIET
    actions.take_step(loting=draw.loting, naar=Staat.BEVROREN, reden="Hersteld.", by=draw.by)
    with pytest.raises(ValidationError, match="nog niet berekend"):
        ceremony.promise(trekking=draw.trekking, by=draw.by)


def test_the_simple_way_has_no_lists(draw: Ceremony) -> None:
    type(draw.loting).objects.filter(pk=draw.loting.pk).update(vorm="eenvoudig", een_per_adres=False)
    draw.loting.refresh_from_db()
    draw.to("bevroren")
    with pytest.raises(ValidationError, match="eenvoudig"):
        computing.begin(trekking=draw.trekking)
    draw.vastgelegd()
    assert "lijsten.csv" not in draw.promised.bestanden.values_list("naam", flat=True)
    draw.gegooid("0478")
    assert draw.getrokken().lijst is None
    assert draw.trekking.loten.filter(is_getrokken=True).count() == draw.loting.zetels
    assert "berekenen" not in [step.key for step in Story(draw.loting).steps]

"""Practising: the same screens and actions, of which nothing leaves the house."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.models import OutboxMail, User
from participatie.draw import ceremony, computing, rehearsal, rounds, sending
from participatie.draw.checks import trekking_of
from participatie.draw.story import Story
from participatie.models import Aanmelding, Handeling, Ketenregel, Loting, Persoon, Staat, Trekking, Uitkomst

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(loting: Loting, monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    monkeypatch.setattr(computing, "LISTS", 100)
    monkeypatch.setattr(rehearsal, "AT_LEAST", 48)
    Aanmelding.objects.filter(loting=loting).delete()
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def counts() -> list[int]:
    return [model.objects.count() for model in (Ketenregel, OutboxMail, Aanmelding, Persoon, Handeling)]


def walk(made: Trekking, clock: time_machine.Traveller, by: User) -> Uitkomst:
    computing.begin(trekking=made, in_background=False)
    assert computing.work_out(made).stand == Trekking.Stand.KLAAR
    promised = ceremony.promise(trekking=made, by=by)
    worp = ceremony.throw(vastlegging=promised, dice="47", by=by) if moved(clock) else None
    assert worp
    clock.move_to(promised.ronde_op + timedelta(seconds=4), tick=False)
    return rounds.fetch(worp=worp, by=by)


def moved(clock: time_machine.Traveller) -> bool:
    clock.shift(timedelta(seconds=30))
    return True


def test_a_whole_rehearsal_leaves_no_trace(
    loting: Loting, clock: time_machine.Traveller, keeper_user: User
) -> None:
    before, state = counts(), loting.staat
    made = rehearsal.rehearse(loting=loting)
    outcome = walk(made, clock, keeper_user)
    assert outcome.bron == Uitkomst.Bron.OEFENING
    assert made.loten.filter(is_getrokken=True).count() == loting.zetels
    assert counts() == before
    loting.refresh_from_db()
    assert loting.staat == state == Staat.OPEN
    assert trekking_of(loting) is None
    assert b'"oefening": true' in bytes(made.vastleggingen.get().bestanden.get(naam="regels.json").inhoud)
    assert not made.loten.filter(aanmelding__isnull=False).exists()
    assert Story(loting, made).current is None


def test_again_and_with_the_same_people(loting: Loting, clock: time_machine.Traveller) -> None:
    first, second = (rehearsal.rehearse(loting=loting, seed=7) for _time in range(2))
    assert list(first.loten.values_list("vingerafdruk", flat=True)) == list(
        second.loten.values_list("vingerafdruk", flat=True)
    )
    other = rehearsal.rehearse(loting=loting)
    assert first.loten.count() == other.loten.count() == 48


def test_a_rehearsal_that_was_late_begins_again(
    loting: Loting, clock: time_machine.Traveller, keeper_user: User
) -> None:
    made = rehearsal.rehearse(loting=loting)
    computing.begin(trekking=made, in_background=False)
    made = computing.work_out(made)
    promised = ceremony.promise(trekking=made, by=keeper_user)
    clock.move_to(promised.ronde_op, tick=False)
    with pytest.raises(ValidationError, match="al bekend"):
        ceremony.throw(vastlegging=promised, dice="47", by=keeper_user)
    current = Story(loting, made).current
    assert current and current.key == "vastleggen"
    again = ceremony.promise(trekking=made, by=keeper_user)
    assert again.nummer == 2 and again.reden


def test_nobody_is_told_and_nothing_is_put_off(loting: Loting, clock: time_machine.Traveller) -> None:
    made = rehearsal.rehearse(loting=loting)
    with pytest.raises(ValidationError, match="niemand een bericht"):
        sending.send(trekking=made, by=None)
    with pytest.raises(ValidationError, match="opnieuw"):
        ceremony.put_off(trekking=made, until=timezone.now() + timedelta(days=1), reden="Zo.", by=None)


def test_a_rehearsal_stops_nothing_real(
    loting: Loting, clock: time_machine.Traveller, keeper_user: User
) -> None:
    walk(rehearsal.rehearse(loting=loting), clock, keeper_user)
    assert rounds.fetch_due(now=timezone.now()) == 0
    steps = Story(loting).steps
    assert steps[0].key == "uitdelen" and steps[0].problems

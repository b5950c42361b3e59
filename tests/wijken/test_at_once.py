"""Two people at the same moment, each with a connection of their own: one wins, the other reads why."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from tests.own_database import at_once
from tests.plans import draft, move, new_actie, new_plan, new_step, published
from wijken.actions import publish_voortgang, start_correction, submit_voortgang, take_snapshot
from wijken.models import Actie, Mijlpaal, Momentopname, Planning, Terugblik, Voortgang

pytestmark = pytest.mark.usefixtures("database_to_lose")
DAY = date(2026, 3, 2)
TOGETHER = 4


@pytest.fixture
def actie(database_to_lose: None) -> Actie:
    actie = new_actie(new_plan())
    new_step(actie, "2027", DAY)
    # Each thread has its own; one that waits in this thread would keep SQLite locked.
    connections.close_all()
    return actie


def outcome(work: Callable[[], Any]) -> tuple[list[Any], list[str]]:
    """What those who won got, and what the others read."""
    found = at_once(*[work] * TOGETHER)
    refused = [one for one in found if isinstance(one, ValidationError)]
    won = [one for one in found if not isinstance(one, ValidationError)]
    assert [one for one in won if isinstance(one, Exception)] == []
    return won, [message for error in refused for message in error.messages]


def test_one_promise_recorded_by_several_people(actie: Actie) -> None:
    step = Mijlpaal.objects.source().get(actie=actie)
    won, messages = outcome(lambda: move(step, "2028", DAY))
    assert len(won) == 1
    assert messages == ["Deze planning staat er al."] * (TOGETHER - 1)
    assert list(Planning.objects.filter(mijlpaal=step).values_list("volgnummer", "periode")) == [
        (1, "2027"),
        (2, "2028"),
    ]


def test_different_promises_get_their_numbers_one_after_the_other(actie: Actie) -> None:
    step = Mijlpaal.objects.source().get(actie=actie)
    works = [lambda code=code: move(step, code, DAY) for code in ("2028", "2029", "2030", "2031")]
    found = at_once(*works)
    assert {type(one) for one in found} == {Planning}
    numbers = Planning.objects.filter(mijlpaal=step).values_list("volgnummer", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]


def test_one_message_published_by_several_people(actie: Actie) -> None:
    step = Mijlpaal.objects.source().get(actie=actie)
    row = submit_voortgang(
        voortgang=draft(
            actie, DAY, mijlpaal=step, periode="2028", zekerheid="verwacht", reden="Het zit tegen."
        )
    )
    connections.close_all()
    won, messages = outcome(lambda: publish_voortgang(voortgang=row))
    assert len(won) == 1
    assert messages == ["Dit bericht staat al op de site."] * (TOGETHER - 1)
    assert Planning.objects.filter(mijlpaal=step).count() == 2


def test_one_message_handed_in_several_times(actie: Actie) -> None:
    row = draft(actie, DAY)
    connections.close_all()
    won, messages = outcome(lambda: submit_voortgang(voortgang=row))
    assert len(won) == 1
    assert messages == ["Dit bericht is al ingediend."] * (TOGETHER - 1)


def test_one_message_corrected_by_several_people(actie: Actie) -> None:
    row = published(actie, DAY)
    connections.close_all()
    won, messages = outcome(lambda: start_correction(voortgang=row, organisatie=row.organisatie))
    assert len(won) == 1
    assert messages == ["Van dit bericht is al een verbetering. Verbeter die."] * (TOGETHER - 1)
    assert Voortgang.objects.filter(corrigeert=row).count() == 1


def test_one_snapshot_taken_by_several_people(actie: Actie) -> None:
    terugblik = Terugblik.objects.create(actieplan=actie.actieplan, peildatum=DAY)
    connections.close_all()
    won, messages = outcome(lambda: take_snapshot(terugblik=terugblik))
    assert len(won) == 1
    assert messages == ["De stand van deze dag is al bewaard."] * (TOGETHER - 1)
    assert Momentopname.objects.filter(terugblik=terugblik).count() == 1

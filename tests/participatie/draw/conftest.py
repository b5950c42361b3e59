from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from core.models import User
from participatie.draw import ceremony, computing, publishing, rounds
from participatie.draw import notice as notices
from participatie.models import Loting, Trekking
from participatie.sortition.publication.beacon import Beacon, RehearsalBeacon
from tests.participatie.draw.ceremonies import Ceremony, ceremony_of, fewer_people

PEOPLE = 70
# Two dice: quick, and as good as a thousand.
LISTS = 100


class KnownBeacon(RehearsalBeacon):
    """Signs every round, as drand does, for draws that a test makes at any moment."""

    name = "baken van de proef"


class AlwaysIn(Client):
    """Signed in at every moment: a session is over long before a draw is."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user

    def request(self, **request: Any) -> Any:
        self.force_login(self.user)
        return super().request(**request)


@pytest.fixture
def keeper(keeper_user: User) -> Client:
    return AlwaysIn(keeper_user)


@pytest.fixture
def beacon(monkeypatch: pytest.MonkeyPatch) -> Beacon:
    known = KnownBeacon("proef")

    def beacon_of(trekking: Trekking) -> Beacon:
        return known

    for module in (publishing, ceremony, rounds, notices):
        monkeypatch.setattr(module, "beacon_of", beacon_of)
    return known


@pytest.fixture
def draw(
    loting: Loting, keeper_user: User, beacon: Beacon, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ceremony]:
    """The open loting of the demo with some of its people, ready to be taken through its draw."""
    monkeypatch.setattr(computing, "LISTS", LISTS)
    fewer_people(loting, PEOPLE)
    with ceremony_of(loting, keeper_user) as made:
        yield made

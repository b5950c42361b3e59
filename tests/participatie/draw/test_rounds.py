"""The round of the beacon: fetched from servers, or typed in, and only ever the real one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from participatie.draw import publishing, rounds
from participatie.models import Staat, Uitkomst
from participatie.sortition.publication import fetching
from participatie.sortition.publication.beacon import RehearsalBeacon
from tests.participatie.draw.ceremonies import Ceremony
from tests.participatie.publication.drand_server import DrandServer, drand_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(draw: Ceremony, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[DrandServer]:
    """A server with the round of a draw whose dice lie there, and a beacon that is asked over the network."""
    draw.to("gegooid")
    known = publishing.beacon_of(draw.trekking)
    assert isinstance(known, RehearsalBeacon)
    signature = known.sign(draw.promised.ronde).hex()
    # No rehearsal here: what it signs comes from a server.
    monkeypatch.setattr(rounds, "RehearsalBeacon", type("Other", (), {}))
    monkeypatch.setattr(fetching, "TIMEOUT_SECONDS", 1.0)
    with drand_server(known.chain_hash, {draw.promised.ronde: signature}) as running:
        settings.DRAND_SERVERS = [running.address]  # type: ignore[attr-defined]
        draw.at(draw.promised.ronde_op + timedelta(seconds=4))
        yield running


def test_a_round_is_fetched(draw: Ceremony, server: DrandServer) -> None:
    made = rounds.fetch(worp=draw.promised.worp, by=draw.by)
    assert made.bron == Uitkomst.Bron.DRAND
    assert rounds.fetch(worp=draw.promised.worp, by=draw.by) == made


def test_the_clock_finishes_a_draw(draw: Ceremony, server: DrandServer) -> None:
    assert rounds.fetch_due(now=draw.promised.ronde_op - timedelta(seconds=1)) == 0
    assert rounds.fetch_due(now=timezone.now()) == 1
    assert rounds.fetch_due(now=timezone.now()) == 0
    draw.loting.refresh_from_db()
    assert draw.loting.staat == Staat.GETROKKEN


def test_without_a_connection_it_says_to_type_it_in(draw: Ceremony, server: DrandServer) -> None:
    server.answer = (503, b"")
    with pytest.raises(ValidationError, match="Typ de handtekening zelf in"):
        rounds.fetch(worp=draw.promised.worp, by=draw.by)
    assert rounds.fetch_due(now=timezone.now()) == 0
    assert not Uitkomst.objects.filter(trekking=draw.trekking).exists()


def test_a_server_that_lies_is_not_believed(draw: Ceremony, server: DrandServer) -> None:
    wrong = b'{"round": %d, "signature": "%s"}' % (draw.promised.ronde, b"ab" * 48)
    server.answer = (200, wrong)
    with pytest.raises(ValidationError, match="geen goede handtekening"):
        rounds.fetch(worp=draw.promised.worp, by=draw.by)


@pytest.mark.parametrize("typed", ["", "0" * 96, "zz", "0" * 95, "٣" * 96, "0" * 200])
def test_what_is_typed_is_checked(draw: Ceremony, typed: str) -> None:
    draw.to("gegooid")
    draw.at(draw.promised.ronde_op + timedelta(seconds=4))
    with pytest.raises(ValidationError, match="niet de handtekening van ronde"):
        rounds.type_in(worp=draw.promised.worp, signature=typed, by=draw.by)
    assert not Uitkomst.objects.filter(trekking=draw.trekking).exists()


def test_the_public_servers_are_asked_by_default(draw: Ceremony, settings: object) -> None:
    assert settings.DRAND_SERVERS == []  # type: ignore[attr-defined]
    assert all(server.startswith("https://") for server in fetching.SERVERS)

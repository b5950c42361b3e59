"""A round from servers that are right, wrong, slow, odd or away."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from participatie.sortition.publication.fetching import HttpSource, Reason, Signed, Unavailable
from tests.participatie.publication.drand_server import DrandServer, drand_server
from tests.participatie.publication.publications import BEACON, SIGNATURES

NOW = BEACON.time_of(33_000_000)
# Nothing listens there.
AWAY = "http://127.0.0.1:9"


@pytest.fixture
def server() -> Iterator[DrandServer]:
    with drand_server(BEACON.chain_hash, SIGNATURES) as running:
        yield running


@pytest.fixture
def liar() -> Iterator[DrandServer]:
    with drand_server(BEACON.chain_hash, {1000: SIGNATURES[42]}) as running:
        yield running


def source(*servers: str, timeout: float = 5.0) -> HttpSource:
    return HttpSource(BEACON, servers, timeout)


def test_a_round_comes_checked(server: DrandServer) -> None:
    found = source(server.address).fetch(1000, now=NOW)
    assert found == Signed(1000, bytes.fromhex(SIGNATURES[1000]), server.address)


def test_one_server_that_is_right_is_enough(server: DrandServer, liar: DrandServer) -> None:
    server.delay = 0.2
    found = source(AWAY, liar.address, f"{server.address}/").fetch(1000, now=NOW)
    assert isinstance(found, Signed)
    assert found.signature.hex() == SIGNATURES[1000]


def test_a_server_that_lies_is_not_believed(liar: DrandServer) -> None:
    found = source(liar.address, AWAY).fetch(1000, now=NOW)
    assert isinstance(found, Unavailable)
    assert found.reason is Reason.UNVERIFIED
    assert len(found.details) == 2


@pytest.mark.parametrize(
    "servers", [(), (AWAY,), ("http://", AWAY), ("http://127.0.0.1:99999", "geen adres")]
)
def test_offline(servers: tuple[str, ...]) -> None:
    found = source(*servers).fetch(1000, now=NOW)
    assert isinstance(found, Unavailable)
    assert found.reason is Reason.OFFLINE
    assert len(found.details) == len(servers)


def test_a_round_that_is_still_to_come_is_not_asked_for(server: DrandServer) -> None:
    early = BEACON.time_of(1000) - timedelta(microseconds=1)
    assert source(server.address).fetch(1000, now=early) == Unavailable(Reason.TOO_EARLY)
    assert isinstance(source(server.address).fetch(1000, now=BEACON.time_of(1000)), Signed)


@pytest.mark.parametrize(("delay", "drip"), [(3.0, 0.0), (0.0, 0.2)])
def test_nobody_waits_long_for_a_slow_server(server: DrandServer, delay: float, drip: float) -> None:
    server.delay, server.drip = delay, drip
    started = time.monotonic()
    found = source(server.address, timeout=0.5).fetch(1000, now=NOW)
    assert time.monotonic() - started < 2
    assert isinstance(found, Unavailable)
    assert found.reason is Reason.OFFLINE


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"{}"),
        (302, b""),
        (200, b""),
        (200, b"<html>Inloggen op het netwerk</html>"),
        (200, b"[" * 5000),
        (200, b'{"round": 1000}'),
        (200, b'{"round": 1000, "signature": 12}'),
        (200, b'{"round": 1000, "signature": null}'),
        (200, b'"round"'),
        (200, json.dumps({"round": 1001, "signature": SIGNATURES[1000]}).encode()),
        (200, b" " * 100_000),
        (200, b"\xff\xfe"),
    ],
)
def test_an_odd_answer_is_none(server: DrandServer, status: int, body: bytes) -> None:
    server.answer = (status, body)
    found = source(server.address).fetch(1000, now=NOW)
    assert isinstance(found, Unavailable)
    assert found.details[0].startswith(server.address)

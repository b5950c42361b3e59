"""PDOK's service, asked for real from a server on this machine: when it knows, does not know, and is down."""

import logging
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.wijken.address_server import AddressServer, address_server, adres
from wijken.addresses import services
from wijken.addresses.checking import Kind, Ligging, Source, Where, check, locate
from wijken.addresses.checks import address_service_has_an_address
from wijken.addresses.services import PAUSE_SECONDS, BadAddress, Locatieserver, ServiceError, service_at
from wijken.addresses.typed import Huisnummer
from wijken.models import Adresbuurt, Wijk

pytestmark = pytest.mark.django_db

GILDENBUURT, WESTERWIJK = "BU04530500", "BU04530501"
PROBLEMS: dict[str, tuple[int, bytes]] = {
    "error": (500, b"{}"),
    "busy": (429, b""),
    "moved": (302, b""),
    "no json": (200, b"<html>"),
    "no text": (200, b"\xff\xfe\x00"),
    "another kind": (200, b"[]"),
    "no docs": (200, b'{"response": {"docs": null}}'),
    "odd docs": (200, b'{"response": {"docs": [1, null]}}'),
    "deep": (200, b"[" * 100_000),
    "large": (200, b" " * (services.MAX_ANSWER_BYTES + 1) + b"{}"),
}


@pytest.fixture
def server(settings: Any) -> Iterator[AddressServer]:
    with address_server() as running:
        settings.ADDRESS_URL = running.address
        yield running


@pytest.fixture
def noord() -> Wijk:
    return Wijk.objects.get(slug="velsen-noord")


def test_it_is_asked_for_what_the_table_does_not_know(server: AddressServer, noord: Wijk) -> None:
    server.rows = [adres("1951QA", 12, GILDENBUURT), adres("1951QA", 13, WESTERWIJK)]
    answer = check("1951 qa", "12")
    assert (answer.kind, answer.source, answer.is_sure) == (Kind.BUURT, Source.PDOK, True)
    assert answer.buurt_code == GILDENBUURT
    assert locate(answer, noord) == Ligging(Where.BINNEN, True)
    assert server.asked[0]["fq"] == ["type:adres", "postcode:1951QA", "huisnummer:12"]


def test_it_is_not_asked_for_what_the_table_knows(server: AddressServer) -> None:
    row = Adresbuurt.objects.all()[0]
    assert check(row.postcode, str(row.huisnummer)).source == Source.TABEL
    assert check("geen", "12").kind == Kind.ONBEKEND
    assert check("1951QA", "geen").source == Source.PC4
    assert server.asked == []


def test_it_is_off_without_an_address(server: AddressServer, settings: Any) -> None:
    settings.ADDRESS_URL = ""
    assert check("1951QA", "12").source == Source.PC4
    assert server.asked == []


def test_an_addition_may_decide_the_buurt(server: AddressServer) -> None:
    server.rows = [
        adres("1951QA", 12, GILDENBUURT, huisletter="A"),
        adres("1951QA", 12, WESTERWIJK, huisletter="B", toevoeging="2"),
    ]
    assert check("1951QA", "12a").buurt_code == GILDENBUURT
    assert check("1951QA", "12", "b-2").buurt_code == WESTERWIJK
    assert check("1951QA", "12").buurten == {GILDENBUURT, WESTERWIJK}


def test_it_decides_where_the_table_has_two_buurten(server: AddressServer) -> None:
    assert len(check("1951ZA", "9a").buurten) == 2
    server.rows = [adres("1951ZA", 9, "BU04530504", huisletter="A")]
    answer = check("1951ZA", "9a")
    assert (answer.source, answer.buurt_code) == (Source.PDOK, "BU04530504")


def test_another_municipality(server: AddressServer, noord: Wijk) -> None:
    server.rows = [adres("1012AB", 1, "BU0363AF01")]
    answer = check("1012AB", "1")
    assert (answer.kind, answer.source, answer.is_sure) == (Kind.ELDERS, Source.PDOK, True)
    assert locate(answer, noord) == Ligging(Where.BUITEN, True)


def test_an_address_it_does_not_know_is_told_roughly_and_it_is_asked_again(server: AddressServer) -> None:
    assert [check("1951QA", "12").source, check("1951QA", "13").source] == [Source.PC4, Source.PC4]
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "row",
    [
        adres("1951QB", 12, GILDENBUURT),
        adres("1951QA", 13, GILDENBUURT),
        adres("1951QA", 12, "<b>"),
        {"postcode": "1951QA", "huisnummer": 12},
    ],
    ids=["postcode", "number", "code", "no code"],
)
def test_a_row_that_was_not_asked_for_is_not_used(server: AddressServer, row: dict[str, Any]) -> None:
    import json

    server.answer = (200, json.dumps({"response": {"docs": [row]}}).encode())
    assert check("1951QA", "12").source == Source.PC4


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_service_that_fails_is_left_alone_for_a_minute(
    server: AddressServer, problem: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.rows = [adres("1951QA", 12, GILDENBUURT)]
    server.answer = PROBLEMS[problem]
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False) as clock, caplog.at_level(logging.INFO):
        assert check("1951QA", "12").source == Source.PC4
        server.answer = None
        assert check("1951QA", "12").source == Source.PC4
        assert len(server.asked) == 1
        clock.shift(PAUSE_SECONDS + 1)
        assert check("1951QA", "12").source == Source.PDOK
    warnings = [record.getMessage() for record in caplog.records if record.name == services.__name__]
    assert len(warnings) == 1
    assert "1951" not in warnings[0], "Een adres hoort niet in het logboek."


@pytest.mark.parametrize("slow", ["delay", "drip"])
def test_nobody_waits_long_and_the_next_not_at_all(
    server: AddressServer, slow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "TIMEOUT_SECONDS", 0.3)
    server.rows = [adres("1951QA", 12, GILDENBUURT)]
    setattr(server, slow, {"delay": 1.5, "drip": 0.05}[slow])
    started = time.monotonic()
    assert check("1951QA", "12").source == Source.PC4
    assert time.monotonic() - started < 1.2
    started = time.monotonic()
    assert check("1951QA", "12").source == Source.PC4
    assert time.monotonic() - started < 0.25
    assert len(server.asked) == 1


def test_nothing_listens(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.ADDRESS_URL = f"pdok://?server=http://127.0.0.1:{port}"
    with pytest.raises(ServiceError):
        service_at(settings.ADDRESS_URL).buurten("1951QA", Huisnummer(12))
    assert check("1951QA", "12").source == Source.PC4


# --- its address ------------------------------------------------------------------------------------------


def test_the_address_of_the_service() -> None:
    assert service_at("pdok://").server == Locatieserver.OWN_SERVER
    assert Locatieserver.OWN_SERVER.startswith("https://api.pdok.nl/")
    assert service_at("pdok://?server=https://adres.example.nl/pad/").server == "https://adres.example.nl/pad"


@pytest.mark.parametrize(
    "address",
    [
        "pdok",
        "https://api.pdok.nl",
        "pdok://api.pdok.nl",
        "pdok://?server=ftp://x",
        "pdok://?server=http://x:port",
        "pdok://[",
    ],
)
def test_an_address_that_is_wrong_is_told_at_the_start(address: str, settings: Any) -> None:
    with pytest.raises(BadAddress):
        service_at(address)
    settings.ADDRESS_URL = address
    assert [message.id for message in address_service_has_an_address(None)] == ["wijken.E001"]
    settings.ADDRESS_URL = ""
    assert address_service_has_an_address(None) == []

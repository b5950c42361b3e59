"""What the manual works out by hand is right, and its commands are those of the program."""

import re
from pathlib import Path

import pytest

from participatie.sortition.publication import controle
from participatie.sortition.publication.beacon import beacon_value
from participatie.sortition.publication.drawing import index_of, place_of, randomness_of, ranking
from participatie.sortition.publication.records import fingerprint_of, record_of, ticket_numbers
from tests.participatie.publication.publications import SIGNATURE, Home, publication, records, write

MANUAL = (Path(__file__).resolve().parents[3] / "docs" / "loting-controleren.md").read_text(encoding="utf-8")
SLIP, VALUE, RANDOMNESS = re.findall(r"^    ([0-9a-f]{32} \|.*|[0-9a-f]{64})$", MANUAL, flags=re.MULTILINE)


def test_the_slip_in_the_manual() -> None:
    assert f"`{fingerprint_of(SLIP)}`" in MANUAL
    assert record_of(SLIP).features == (("leeftijd", "18 tot 34"), ("woning", "hoogbouw"))


def test_the_example_by_hand() -> None:
    assert beacon_value(bytes.fromhex(SIGNATURE)) == VALUE
    assert randomness_of("7", VALUE) == RANDOMNESS
    tickets = ticket_numbers(5)
    rows = re.findall(r"^\| (L-\d{4}) \| `([0-9a-f]{12})` \|$", MANUAL, flags=re.MULTILINE)
    assert rows == [(ticket, place_of(RANDOMNESS, ticket)[:12]) for ticket in tickets]
    assert f": {', '.join(ranking(RANDOMNESS, tickets))}. De eerste twee" in " ".join(MANUAL.split())
    assert f"was het lijst {index_of('7', VALUE, 10)} geweest" in MANUAL


def test_every_file_is_explained() -> None:
    assert {name for name in publication().files if f"`{name}`" not in MANUAL} == set()
    assert f"`{controle.OUTCOME}`" in MANUAL


def test_every_command_in_the_manual_works(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = publication(people=50)
    write(made, tmp_path)
    (tmp_path / "briefje.txt").write_text(records(50)[0].text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^ +python3 controle\.py (.*)$", MANUAL, flags=re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        real = command.replace("HASH", made.manifest_hash).replace("HANDTEKENING", SIGNATURE)
        assert home.check(*real.replace("047", "7").replace("32285086", "1000").split()) == 0, home.said

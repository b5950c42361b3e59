"""Small lotings with a real round of the beacon, and their check in this process."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from participatie.sortition.publication import controle
from participatie.sortition.publication.beacon import Quicknet
from participatie.sortition.publication.drawing import Draw, draw, outcome_of
from participatie.sortition.publication.files import OUTCOME, Publication, Quota
from participatie.sortition.publication.records import Record, ticket_numbers
from participatie.sortition.publication.rules import Mode, Rules, versions

BEACON = Quicknet()
# Rounds of the real network, from the documentation and the tests of drand and its clients.
SIGNATURES = {
    42: "95a9f9f5b231b7714de1553105d8ffdf3dcda24cfdb1e689319bccf79a9c8ce430a91b811fbfaf763900bc998b5d686a",
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    657413: "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
    "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    12040883: "929906c959032ab363c9f26570d215d66f5c06cb0c44fe50"
    "8c12bb5839f04ec895bb6868e5b9ff13ab289bdb5266b394",
    32281667: "b0f5ae301358ff87a9d3dd539ed4a07c0148b1ab4f7b61a8"
    "ca43c7e9ca7ca9553e4faae9188deb30b2cd1a7f447e3e5b",
    32285085: "81dbce51d584d90d618547f4b50391d53ace6f6b9aeb8fb6"
    "7e1879427af9d0310ac0ec6f519271d9a313ee84b378d416",
    32285086: "a64d99fd7fa3e48912be7209c7b69c72c88fc5224be25169"
    "49b6f29f3a4b7e3fa069dd58b2bbb4bf2c34ae61ef631a44",
}
ROUND = 1000
SIGNATURE = SIGNATURES[ROUND]


def records(count: int, seed: int = 1) -> list[Record]:
    chance = random.Random(seed)  # noqa: S311
    return [
        Record(
            ticket,
            chance.randbytes(16).hex(),
            (
                ("leeftijd", chance.choice(["16 tot 34", "35 tot 64", "65 of ouder"])),
                ("woning", chance.choice(["hoogbouw", "laagbouw", ""])),
            ),
        )
        for ticket in ticket_numbers(count)
    ]


def rules(**changes: Any) -> Rules:
    values: dict[str, Any] = {
        "loting": "Voorbeeldwijk 2027",
        "mode": Mode.LISTS,
        "seats": 3,
        "reserves": 4,
        "one_per_household": True,
        "dice": 1,
        "draws_at": BEACON.time_of(ROUND) - timedelta(seconds=2),
        "beacon": BEACON.name,
        "chain_hash": BEACON.chain_hash,
        "round": ROUND,
        "is_rehearsal": False,
        "versions": versions(),
    }
    return Rules(**(values | changes))


def publication(people: int = 12, seed: int = 1, **changes: Any) -> Publication:
    chance = random.Random(seed)  # noqa: S311
    chosen = rules(**changes)
    fingerprints = {record.ticket: record.fingerprint for record in records(people, seed)}
    quotas: tuple[Quota, ...] = ()
    if chosen.mode is Mode.LISTS:
        quotas = (Quota("woning", "hoogbouw; é", 1, 2), Quota("woning", "laagbouw", 1, 2))
    lists = tuple(
        tuple(sorted(chance.sample(sorted(fingerprints), chosen.seats))) for _index in range(chosen.lists)
    )
    return Publication(chosen, fingerprints, quotas, lists)


def drawn(made: Publication, dice: str = "7") -> Draw:
    return draw(made, dice=dice, round=ROUND, signature=SIGNATURE, beacon=BEACON)


def write(made: Publication, folder: Path, dice: str = "7") -> Path:
    """The folder as it stands on the site after the draw."""
    made.write(folder)
    (folder / OUTCOME).write_bytes(outcome_of(made, drawn(made, dice)))
    return folder


class Home:
    """Somebody at home with `controle.py`."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.said = ""

    def check(self, *arguments: object) -> int:
        code = controle.main([str(argument) for argument in arguments])
        self.said = self.capsys.readouterr().out
        return code

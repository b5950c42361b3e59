"""The draw: dice that people see, and a number that nobody can know, choose what was published.

Everything that is hashed is text, so that any SHA-256 tool gives the same:

    bakenwaarde   = SHA-256(signature of the round), in hex
    index         = (number of the dice + bakenwaarde as a whole number) mod number of lists
    toevalsgetal  = SHA-256(digits of the dice ‖ bakenwaarde), in hex, such as SHA-256("0478ada64ba…")
    place         = SHA-256(toevalsgetal ‖ ticket), in hex, from low to high

2^256 is no multiple of 1,000, so one list has a chance of at most 10^-73 more than another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from participatie.sortition.publication.beacon import Beacon, read_signature
from participatie.sortition.publication.files import Publication, json_bytes
from participatie.sortition.publication.rules import Mode

VERSION = 1


class DrawError(ValueError):
    """A draw that is not the one that was announced."""


class WrongDice(DrawError):
    """Not the number of digits that the rules ask for."""


class WrongRound(DrawError):
    """Another round, or another beacon, than the one that was announced."""


@dataclass(frozen=True)
class Draw:
    """An outcome. `order` is everyone who was not drawn; the first of them are the reserves."""

    dice: str
    round: int
    signature: str
    beacon_value: str
    randomness: str
    # Which list; None with a ranking.
    index: int | None
    drawn: tuple[str, ...]
    order: tuple[str, ...]


def draw(publication: Publication, *, dice: str, round: int, signature: str, beacon: Beacon) -> Draw:
    """The outcome of these dice (digits in fixed order) and this signature (hex).

    WrongDice or WrongRound when they are not what the rules ask for, WrongSignature when it is not real.
    """
    rules = publication.rules
    if not re.fullmatch(f"[0-9]{{{rules.dice}}}", dice):
        raise WrongDice(f"the dice give {rules.dice} digits")
    if (beacon.chain_hash, round) != (rules.chain_hash, rules.round):
        raise WrongRound(f"the rules announce round {rules.round} of {rules.beacon}")
    signed = read_signature(signature)
    value = beacon.check(round, signed)
    randomness = randomness_of(dice, value)
    order = ranking(randomness, publication.fingerprints)
    if rules.mode is Mode.LISTS:
        index = index_of(dice, value, len(publication.lists))
        drawn = publication.lists[index]
    else:
        index = None
        drawn = tuple(order[: rules.seats])
    chosen = set(drawn)
    rest = tuple(ticket for ticket in order if ticket not in chosen)
    return Draw(dice, round, signed.hex(), value, randomness, index, drawn, rest)


def index_of(dice: str, beacon_value: str, lists: int) -> int:
    """Which of so many lists."""
    return (int(dice) + int(beacon_value, 16)) % lists


def randomness_of(dice: str, beacon_value: str) -> str:
    """What orders the tickets, from dice and beacon both: 64 hexadecimal digits."""
    return sha256(f"{dice}{beacon_value}".encode()).hexdigest()


def place_of(randomness: str, ticket: str) -> str:
    """Where a ticket stands in the order: 64 hexadecimal digits."""
    return sha256(f"{randomness}{ticket}".encode()).hexdigest()


def ranking(randomness: str, tickets: Iterable[str]) -> list[str]:
    """All tickets in their order."""
    return sorted(tickets, key=lambda ticket: place_of(randomness, ticket))


def outcome_of(publication: Publication, draw: Draw) -> bytes:
    """`uitkomst.json`, written at the draw: nothing in it that cannot be worked out from the rest."""
    data: dict[str, Any] = {
        "versie": VERSION,
        "manifest_sha256": publication.manifest_hash,
        "dobbelgetal": draw.dice,
        "ronde": draw.round,
        "handtekening": draw.signature,
        "bakenwaarde": draw.beacon_value,
        "toevalsgetal": draw.randomness,
        "lijst": None if draw.index is None else f"{draw.index:0{publication.rules.dice}}",
        "geloot": list(draw.drawn),
        "reserves": list(draw.order[: publication.rules.reserves]),
    }
    return json_bytes(data)

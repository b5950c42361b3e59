"""The rules of one loting, as they are published before anyone can know the outcome."""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from participatie.sortition.publication.beacon import Beacon

VERSION = 1
MOST_DICE = 4
PACKAGES = ("highspy", "numpy", "huis-van-de-wijken")

# These stand in the official publication, which is in Dutch whatever the language of the site.
DICE_RULE = (
    "In het openbaar, voor de ronde van het baken verschijnt, gooit iemand in vaste volgorde met {dice}. "
    "Samen zijn dat de cijfers van het dobbelgetal. De handtekening van de ronde geeft de bakenwaarde: de "
    "SHA-256 van de handtekening."
)
DRAW_RULE = {
    "lijsten": (
        "Lijst = (dobbelgetal + bakenwaarde als geheel getal) modulo {lists}. Wie op die lijst staat, is "
        "geloot."
    ),
    "rangorde": "De eerste {seats} loten in de volgorde zijn geloot.",
}
HOUSEHOLD_RULE = {
    "lijsten": "Op een lijst staat van een huishouden hoogstens één lot.",
    "rangorde": "Een huishouden heeft samen één lot.",
}
RESERVE_RULE = (
    "Toevalsgetal = SHA-256 van het dobbelgetal met direct daarachter de bakenwaarde in kleine hexadecimale "
    "letters. Volgorde = van klein naar groot de SHA-256 van het toevalsgetal met direct daarachter het "
    "lotnummer. De reserves zijn de eerste {reserves} loten in die volgorde die niet geloot zijn."
)
REPLACEMENT_RULE = {
    "lijsten": (
        "Komt een zetel vrij, dan komt de reserve die de quota het minst schendt. Zijn er meer, dan de "
        "eerste in de volgorde van de reserves."
    ),
    "rangorde": "Komt een zetel vrij, dan komt de eerste reserve in de volgorde.",
}


class Mode(StrEnum):
    """How people are drawn: one list of many, or the first in a ranking."""

    LISTS = "lijsten"
    RANKING = "rangorde"


# The dice lie on the table before anyone can know what the beacon will say.
TIME_FOR_DICE = timedelta(minutes=15)


class RulesError(ValueError):
    """Rules that cannot be drawn by, or a file that holds no rules. The message says why."""


@dataclass(frozen=True)
class Rules:
    """The rules of a loting. `dice` is the number of ten-sided dice; there are 10 ** dice lists."""

    loting: str
    mode: Mode
    seats: int
    reserves: int
    one_per_household: bool
    dice: int
    draws_at: datetime
    beacon: str
    chain_hash: str
    round: int
    is_rehearsal: bool
    versions: Mapping[str, str]
    # The rules in words as an earlier version of this project published them; None for those of now.
    words: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if not self.loting.strip():
            raise RulesError("a loting without a name")
        numbers = (self.seats, self.reserves, self.dice, self.round)
        if any(type(number) is not int for number in numbers):
            raise RulesError("a number that is not a whole one")
        if any(type(answer) is not bool for answer in (self.one_per_household, self.is_rehearsal)):
            raise RulesError("an answer that is not yes or no")
        if self.seats < 1 or self.reserves < 0 or self.round < 1:
            raise RulesError("a number of seats, reserves or the round is too low")
        if not 1 <= self.dice <= MOST_DICE:
            raise RulesError(f"the dice are one to {MOST_DICE}")
        if self.draws_at.utcoffset() is None:
            raise RulesError("a time of the draw without its zone")

    @property
    def lists(self) -> int:
        """The number of lists; a ranking has none."""
        return 10**self.dice if self.mode is Mode.LISTS else 0

    def own_words(self) -> dict[str, str]:
        """The rules in words, in fixed order."""
        dice = "één tienzijdige dobbelsteen" if self.dice == 1 else f"{self.dice} tienzijdige dobbelstenen"
        parts = [
            DICE_RULE.format(dice=dice),
            DRAW_RULE[self.mode].format(lists=self.lists, seats=self.seats),
            *([HOUSEHOLD_RULE[self.mode]] if self.one_per_household else []),
        ]
        return {
            "regel_trekking": " ".join(parts),
            "regel_reserves": RESERVE_RULE.format(reserves=self.reserves),
            "regel_vervanging": REPLACEMENT_RULE[self.mode],
        }

    def as_json(self) -> dict[str, Any]:
        """What is published, in fixed order."""
        return {
            "versie": VERSION,
            "loting": self.loting,
            "oefening": self.is_rehearsal,
            "wijze": str(self.mode),
            "zetels": self.seats,
            "reserves": self.reserves,
            "hoogstens_een_per_huishouden": self.one_per_household,
            "lijsten": self.lists,
            "dobbelstenen": self.dice,
            "trekking_op": self.draws_at.isoformat(),
            "baken": {"naam": self.beacon, "keten": self.chain_hash, "ronde": self.round},
            **(self.words or self.own_words()),
            "gemaakt_met": dict(sorted(self.versions.items())),
        }


def round_for(beacon: Beacon, draws_at: datetime) -> int:
    """The round to announce for a draw that starts then: the first after the time for the dice."""
    return beacon.first_round_from(draws_at + TIME_FOR_DICE)


def rules_of(data: object) -> Rules:
    """The rules in a published file. RulesError when it is anything else than what rules give."""
    try:
        found: Any = data
        rules = Rules(
            loting=found["loting"],
            mode=Mode(found["wijze"]),
            seats=found["zetels"],
            reserves=found["reserves"],
            one_per_household=found["hoogstens_een_per_huishouden"],
            dice=found["dobbelstenen"],
            draws_at=datetime.fromisoformat(found["trekking_op"]),
            beacon=found["baken"]["naam"],
            chain_hash=found["baken"]["keten"],
            round=found["baken"]["ronde"],
            is_rehearsal=found["oefening"],
            versions=found["gemaakt_met"],
        )
        words = {name: str(found[name]) for name in rules.own_words()}
        if words != rules.own_words():
            rules = replace(rules, words=words)
        # As texts: 1, 1.0 and true are equal in Python.
        is_same = json.dumps(rules.as_json()) == json.dumps(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RulesError("not the rules of a loting") from error
    if not is_same:
        raise RulesError("not the rules of a loting")
    return rules


def versions() -> dict[str, str]:
    """The versions of what the lists are made with."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            # Run from its source without being installed.
            found[package] = "onbekend"
    return found

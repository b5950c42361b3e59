"""A draw small enough for pen and paper: eight people, ten lists, one die and a real round of the beacon.

Worked out by the very code that draws, so that the explanation cannot say something else than what happens.
"""

from dataclasses import dataclass
from functools import cache

from participatie.sortition.publication.beacon import beacon_value
from participatie.sortition.publication.drawing import index_of, place_of, randomness_of, ranking
from participatie.sortition.publication.records import Record, ticket_numbers

# Round 1000 of drand quicknet; anybody can look it up at the network.
ROUND = 1000
SIGNATURE = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
DIE = "4"
PEOPLE, SEATS, RESERVES = 8, 4, 2
# Everybody stands on five of the ten lists.
LISTS = ("1234", "5678", "1256", "3478", "1278", "3456", "1357", "2468", "1368", "2457")
SALT = "9f86d081884c7d659a2feaa0c55ad015"


@dataclass(frozen=True)
class List:
    """One of the ten lists."""

    label: str
    tickets: tuple[str, ...]
    is_drawn: bool


@dataclass(frozen=True)
class Place:
    """Where somebody stands in the order, and what that means for them."""

    ticket: str
    hash: str
    is_drawn: bool
    is_reserve: bool


@dataclass(frozen=True)
class Example:
    """Everything that the explanation shows, worked out."""

    round: int
    signature: str
    value: str
    die: str
    lists: tuple[List, ...]
    # The signs of the value but the last, as numbers, added up; and the last.
    digit_sum: int
    last_digit: int
    by_six: int
    total: int
    remainder: int
    label: str
    drawn: tuple[str, ...]
    randomness: str
    # Those of the list left out; and the same draw without lists.
    rest: tuple[Place, ...]
    everybody: tuple[Place, ...]
    slip: str
    fingerprint: str
    times_on_a_list: int

    @property
    def value_groups(self) -> list[str]:
        return [self.value[at : at + 4] for at in range(0, len(self.value), 4)]


@cache
def worked_out() -> Example:
    """The example. By hand: 16 to any power ends in a 6, so every sign but the last counts six times."""
    value = beacon_value(bytes.fromhex(SIGNATURE))
    digits = [int(sign, 16) for sign in value]
    digit_sum, last = sum(digits[:-1]), digits[-1]
    tickets = ticket_numbers(PEOPLE)
    lists = [tuple(tickets[int(number) - 1] for number in numbers) for numbers in LISTS]
    index = index_of(DIE, value, len(lists))
    total = int(DIE) + 6 * digit_sum + last
    randomness = randomness_of(DIE, value)
    everybody = ranking(randomness, tickets)
    rest = [ticket for ticket in everybody if ticket not in lists[index]]
    record = Record(tickets[1], SALT, (("leeftijd", "65-plus"), ("woning", "eigen")))
    return Example(
        round=ROUND,
        signature=SIGNATURE,
        value=value,
        die=DIE,
        lists=tuple(List(str(at), on, at == index) for at, on in enumerate(lists)),
        digit_sum=digit_sum,
        last_digit=last,
        by_six=6 * digit_sum,
        total=total,
        remainder=total % 10,
        label=str(index),
        drawn=lists[index],
        randomness=randomness,
        rest=_places(randomness, rest, drawn=0),
        everybody=_places(randomness, everybody, drawn=SEATS),
        slip=record.text,
        fingerprint=record.fingerprint,
        times_on_a_list=sum(tickets[0] in on for on in lists),
    )


def _places(randomness: str, order: list[str], *, drawn: int) -> tuple[Place, ...]:
    return tuple(
        Place(ticket, place_of(randomness, ticket), at < drawn, drawn <= at < drawn + RESERVES)
        for at, ticket in enumerate(order)
    )

"""Dice and beacon choose the list and the order; neither can be left out."""

import math
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest

from participatie.sortition.publication.beacon import RehearsalBeacon, WrongSignature
from participatie.sortition.publication.drawing import (
    WrongDice,
    WrongRound,
    draw,
    index_of,
    outcome_of,
    place_of,
    randomness_of,
    ranking,
)
from participatie.sortition.publication.records import ticket_numbers
from participatie.sortition.publication.rules import Mode, round_for
from tests.participatie.publication.publications import (
    BEACON,
    ROUND,
    SIGNATURE,
    SIGNATURES,
    drawn,
    publication,
)

VALUE = sha256(bytes.fromhex(SIGNATURE)).hexdigest()


def test_a_draw_worked_out_by_hand() -> None:
    """VALUE ends in …4fdd, so as a number it is 9 mod 10 (by a calculator of large numbers)."""
    made = publication()
    outcome = drawn(made, "7")
    assert VALUE == "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
    assert outcome.index == (7 + int(VALUE, 16)) % 10
    assert outcome.drawn == made.lists[outcome.index]
    assert outcome.randomness == sha256(f"7{VALUE}".encode()).hexdigest()
    rest = sorted(made.fingerprints.keys() - set(outcome.drawn))
    by_hand = sorted(
        (sha256(f"{outcome.randomness}{ticket}".encode()).hexdigest(), ticket) for ticket in rest
    )
    assert outcome.order == tuple(ticket for _hash, ticket in by_hand)


def test_every_number_of_the_dice_gives_another_list() -> None:
    made = publication(people=40, dice=2)
    outcomes = [drawn(made, f"{number:02}") for number in range(100)]
    assert {outcome.index for outcome in outcomes} == set(range(100))
    assert len({outcome.randomness for outcome in outcomes}) == 100


def test_another_value_of_the_beacon_gives_another_list_and_order() -> None:
    values = [sha256(bytes.fromhex(signature)).hexdigest() for signature in SIGNATURES.values()]
    assert len({index_of("000", value, 1000) for value in values}) == len(values)
    assert len({tuple(ranking(randomness_of("000", value), ticket_numbers(9))) for value in values}) == len(
        values
    )


def test_a_ranking() -> None:
    made = publication(mode=Mode.RANKING, dice=3)
    outcome = drawn(made, "042")
    everyone = ranking(outcome.randomness, made.fingerprints)
    assert outcome.index is None
    assert [*outcome.drawn, *outcome.order] == everyone
    assert len(outcome.drawn) == made.rules.seats
    assert sorted(everyone) == sorted(made.fingerprints)
    assert everyone == sorted(made.fingerprints, key=lambda ticket: place_of(outcome.randomness, ticket))


@pytest.mark.parametrize("dice", ["", "07", "a", "-1", "٣", "7\n", " 7"])
def test_wrong_dice(dice: str) -> None:
    with pytest.raises(WrongDice):
        drawn(publication(), dice)


def test_wrong_round_beacon_and_signature() -> None:
    made = publication()
    practice = RehearsalBeacon("x")
    with pytest.raises(WrongRound):
        draw(made, dice="7", round=ROUND + 1, signature=SIGNATURE, beacon=BEACON)
    with pytest.raises(WrongRound):
        draw(made, dice="7", round=ROUND, signature=practice.sign(ROUND).hex(), beacon=practice)
    for signature in (SIGNATURES[42], SIGNATURE[:-1], "", practice.sign(ROUND).hex()):
        with pytest.raises(WrongSignature):
            draw(made, dice="7", round=ROUND, signature=signature, beacon=BEACON)


def test_a_rehearsal_draws_with_its_own_beacon() -> None:
    practice = RehearsalBeacon("repetitie")
    made = publication(chain_hash=practice.chain_hash, beacon=practice.name, is_rehearsal=True)
    signature = practice.sign(ROUND).hex()
    outcome = draw(made, dice="7", round=ROUND, signature=signature, beacon=practice)
    assert outcome.drawn in made.lists
    with pytest.raises(WrongRound):
        draw(made, dice="7", round=ROUND, signature=SIGNATURE, beacon=BEACON)


def test_the_outcome_is_the_same_however_the_signature_is_typed() -> None:
    made = publication()
    typed = draw(made, dice="7", round=ROUND, signature=f" {SIGNATURE.upper()}\n", beacon=BEACON)
    assert outcome_of(made, typed) == outcome_of(made, drawn(made, "7"))
    assert outcome_of(made, replace(typed, dice="8")) != outcome_of(made, typed)


def chi_square(counts: Counter, cells: int) -> float:
    expected = counts.total() / cells
    return sum((counts[cell] - expected) ** 2 / expected for cell in range(cells))


@pytest.mark.parametrize("lists", [10, 100, 1000, 10_000])
def test_the_index_is_uniform_over_the_beacon(lists: int) -> None:
    """The same dice every time, as a cheater would throw them: 20 a list, and four standard deviations."""
    values = (sha256(f"ronde {number}".encode()).hexdigest() for number in range(20 * lists))
    counts = Counter(index_of("0007", value, lists) for value in values)
    spread = math.sqrt(2 * (lists - 1))
    assert abs(chi_square(counts, lists) - (lists - 1)) < 4 * spread


def test_every_place_in_the_order_is_as_likely() -> None:
    tickets = ticket_numbers(8)
    places: Counter = Counter()
    for number in range(4000):
        randomness = randomness_of(f"{number % 1000:03}", sha256(f"{number}".encode()).hexdigest())
        places[ranking(randomness, tickets).index("L-0003")] += 1
    assert abs(chi_square(places, 8) - 7) < 4 * math.sqrt(14)


def test_the_round_of_a_draw_leaves_time_for_the_dice() -> None:
    draws_at = datetime(2027, 3, 1, 20, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    wait = BEACON.time_of(round_for(BEACON, draws_at)) - draws_at
    assert timedelta(minutes=15) <= wait < timedelta(minutes=15, seconds=3)

"""The explanation: its example is right, can be done by hand, and is on the page as it is."""

from hashlib import sha256

import pytest
from django.test import Client

from participatie.draw.example import LISTS, PEOPLE, SEATS, worked_out
from participatie.models import Loting
from participatie.sortition.publication.beacon import Quicknet
from tests.html import Document
from tests.participatie import draws
from tests.participatie.own import PAGE

EXAMPLE = worked_out()


def test_the_round_is_a_real_one() -> None:
    assert Quicknet().check(EXAMPLE.round, bytes.fromhex(EXAMPLE.signature)) == EXAMPLE.value


def test_by_hand_it_comes_out_the_same() -> None:
    """As somebody does it on paper, sign by sign, with none of the code that draws."""
    signs = "0123456789abcdef"
    added = 0
    for sign in EXAMPLE.value[:-1]:
        added += signs.index(sign)
    total = 6 * added + signs.index(EXAMPLE.value[-1]) + int(EXAMPLE.die)
    assert (added, 6 * added, total) == (EXAMPLE.digit_sum, EXAMPLE.by_six, EXAMPLE.total)
    assert str(total)[-1] == EXAMPLE.label == str((int(EXAMPLE.die) + int(EXAMPLE.value, 16)) % 10)
    assert [f"L-000{number}" for number in LISTS[int(EXAMPLE.label)]] == list(EXAMPLE.drawn)


def test_everybody_has_the_same_chance() -> None:
    assert len(LISTS) == len(set(LISTS)) == 10
    for person in range(1, PEOPLE + 1):
        assert sum(str(person) in numbers for numbers in LISTS) == EXAMPLE.times_on_a_list
    assert all(len(set(numbers)) == SEATS for numbers in LISTS)


def test_the_order_and_the_slip() -> None:
    randomness = sha256(f"{EXAMPLE.die}{EXAMPLE.value}".encode()).hexdigest()
    assert randomness == EXAMPLE.randomness
    for places in (EXAMPLE.rest, EXAMPLE.everybody):
        hashes = [place.hash for place in places]
        assert hashes == sorted(
            sha256(f"{randomness}{place.ticket}".encode()).hexdigest() for place in places
        )
    assert {place.ticket for place in EXAMPLE.rest}.isdisjoint(EXAMPLE.drawn)
    assert [place.is_drawn for place in EXAMPLE.everybody].count(True) == SEATS
    assert sha256(EXAMPLE.slip.encode()).hexdigest() == EXAMPLE.fingerprint


@pytest.mark.django_db
@pytest.mark.parametrize("is_simple", [False, True])
def test_it_is_on_the_page(client: Client, loting: Loting, is_simple: bool) -> None:
    made = draws.drawn(draws.simple(loting) if is_simple else loting)
    document = Document(client.get(f"{PAGE}trekking/uitleg/").content.decode())
    text = " ".join(document.first("main").all_text.split())
    for shown in (EXAMPLE.signature, EXAMPLE.randomness, EXAMPLE.slip, EXAMPLE.fingerprint):
        assert shown in text
    assert (EXAMPLE.digit_sum in map(int, filter(str.isdigit, text.split()))) != is_simple
    assert made.worp.vastlegging.manifest_hash in text
    assert [link.attrs["href"] for link in document.all("a") if "alles.zip" in link.attrs.get("href", "")]

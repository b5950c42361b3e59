"""The real beacon on real rounds, and the one for practice."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.sortition.publication.beacon import (
    BeaconError,
    Quicknet,
    RehearsalBeacon,
    WrongSignature,
    beacon_value,
    read_signature,
)
from tests.participatie.publication.publications import BEACON, SIGNATURES

# Published with these rounds by the network and by clients of it.
RANDOMNESS = {
    1000: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
    657413: "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
    32281667: "4fd2fc55983dbfa3f446d8a0bd56f16cc8c5e76afd1ec154b60d477cbabed13b",
}
# Round 1000 of another network of drand.
FOREIGN = "b09eacd45767c4d58306b98901ad0d6086e2663766f3a4ec71d00cf26f0f49eaf248abc7151c60cf419c4e8b37e80412"
INFINITY = "c0" + 47 * "00"


@pytest.mark.parametrize(("round_number", "signature"), SIGNATURES.items())
def test_a_real_round(round_number: int, signature: str) -> None:
    assert BEACON.verify(round_number, bytes.fromhex(signature))
    assert not BEACON.verify(round_number + 1, bytes.fromhex(signature))
    assert not RehearsalBeacon("x").verify(round_number, bytes.fromhex(signature))


@pytest.mark.parametrize(("round_number", "randomness"), RANDOMNESS.items())
def test_the_value_of_a_round(round_number: int, randomness: str) -> None:
    assert BEACON.check(round_number, read_signature(SIGNATURES[round_number])) == randomness


def test_one_changed_bit_is_no_signature() -> None:
    right = bytes.fromhex(SIGNATURES[42])
    for bit in range(8 * len(right)):
        wrong = bytearray(right)
        wrong[bit // 8] ^= 1 << bit % 8
        assert not BEACON.verify(42, bytes(wrong)), bit


@pytest.mark.parametrize("signature", [FOREIGN, INFINITY, "ff" * 48, "00" * 48, SIGNATURES[42] + "00", ""])
def test_what_is_no_signature_of_this_network(signature: str) -> None:
    assert not BEACON.verify(1000, bytes.fromhex(signature))
    with pytest.raises(WrongSignature):
        BEACON.check(1000, bytes.fromhex(signature))


def test_another_way_of_writing_the_same_signature_is_none() -> None:
    """It would have another SHA-256. This point is so small that the size of the field can be added."""
    right = int(SIGNATURES[32285085], 16)
    field = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB
    other = (right + field).to_bytes(48)
    assert other[0] >> 5 == right >> 381
    assert not BEACON.verify(32285085, other)


@pytest.mark.parametrize("round_number", [0, -1, 2**64])
def test_a_round_that_does_not_exist(round_number: int) -> None:
    assert not BEACON.verify(round_number, bytes.fromhex(SIGNATURES[42]))


def test_a_signature_as_people_paste_it() -> None:
    typed = f"  0x{SIGNATURES[42][:50].upper()}\n {SIGNATURES[42][50:]}"
    assert read_signature(typed).hex() == SIGNATURES[42]
    for wrong in ("", SIGNATURES[42][:-1], SIGNATURES[42] + "0", SIGNATURES[42][:-1] + "g"):
        with pytest.raises(WrongSignature):
            read_signature(wrong)


def test_times_of_rounds() -> None:
    # https://docs.drand.love and its clients give this genesis; round 27946612 is midnight.
    assert BEACON.time_of(1) == datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
    assert BEACON.time_of(27946612) == datetime(2026, 4, 20, tzinfo=UTC)
    assert BEACON.round_at(datetime(2026, 4, 20, 12, 30, 45, tzinfo=UTC)) == 27961627
    amsterdam = timezone(timedelta(hours=2))
    assert BEACON.round_at(datetime(2026, 4, 20, 14, 30, 45, tzinfo=amsterdam)) == 27961627


@settings(deadline=None)
@given(st.integers(1, 10**9), st.integers(-1_500_000, 1_500_000))
def test_a_round_is_the_newest_for_three_seconds(number: int, microseconds: int) -> None:
    at = BEACON.time_of(number)
    assert BEACON.round_at(at) == BEACON.first_round_from(at) == number
    assert BEACON.round_at(at + timedelta(microseconds=2_999_999)) == number
    assert BEACON.first_round_from(at + timedelta(microseconds=1)) == number + 1
    moment = max(at + timedelta(microseconds=microseconds), BEACON.genesis)
    first = BEACON.first_round_from(moment)
    assert moment <= BEACON.time_of(first) < moment + BEACON.period


def test_times_that_the_beacon_does_not_have() -> None:
    for ask in (BEACON.round_at, BEACON.first_round_from):
        with pytest.raises(BeaconError):
            ask(datetime(2026, 1, 1))  # noqa: DTZ001
        with pytest.raises(BeaconError):
            ask(BEACON.genesis - timedelta(microseconds=1))
    for number in (0, -5, 10**15):
        with pytest.raises(BeaconError):
            BEACON.time_of(number)


def test_the_beacon_for_practice_is_never_real() -> None:
    practice = RehearsalBeacon("repetitie")
    signature = practice.sign(1000)
    assert len(signature) == 48
    assert practice.check(1000, signature) == beacon_value(signature) == sha256(signature).hexdigest()
    assert not practice.verify(1001, signature)
    assert not BEACON.verify(1000, signature)
    assert not RehearsalBeacon("andere").verify(1000, signature)
    assert practice.is_real is False
    assert Quicknet.is_real is True
    assert practice.chain_hash != RehearsalBeacon("andere").chain_hash != BEACON.chain_hash
    assert "niet echt" in practice.name

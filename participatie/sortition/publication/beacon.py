"""The public beacon: numbers that come at a fixed moment, that nobody can know before and anyone can check.

drand's quicknet signs the number of each round with a key that its members share (BLS on BLS12-381, RFC 9380,
signatures on G1). The randomness of a round is the SHA-256 of its signature.
Source: https://docs.drand.love/docs/cryptography and /dev-guide/API%20Documentation/http-api.
"""

import re
from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from hashlib import sha256, sha384
from typing import ClassVar

from py_arkworks_bls12381 import GT, G1Point, G2Point

SIGNATURE_BYTES = 48
SIGNATURE = re.compile(r"[0-9a-f]{96}")
MICROSECOND = timedelta(microseconds=1)


class BeaconError(ValueError):
    """A time or a round that the beacon does not have."""


class WrongSignature(ValueError):
    """What was given is not the signature of this round."""


def read_signature(typed: str) -> bytes:
    """The signature that somebody typed or pasted, spaces and capitals allowed. WrongSignature for others."""
    plain = re.sub(r"\s", "", typed).lower().removeprefix("0x")
    if not SIGNATURE.fullmatch(plain):
        raise WrongSignature("a signature is 96 hexadecimal digits")
    return bytes.fromhex(plain)


def beacon_value(signature: bytes) -> str:
    """The randomness of a round: SHA-256 of its signature, 64 hexadecimal digits."""
    return sha256(signature).hexdigest()


class Beacon(ABC):
    """A source of numbered signatures, one every period."""

    name: ClassVar[str]
    chain_hash: str
    # Whether nobody here can know a value before its moment.
    is_real: ClassVar[bool]
    period: ClassVar[timedelta] = timedelta(seconds=3)
    genesis: ClassVar[datetime] = datetime.fromtimestamp(1692803367, UTC)

    @abstractmethod
    def verify(self, round: int, signature: bytes) -> bool:
        """Whether this is the signature of this round, in the one way of writing it."""

    def time_of(self, round: int) -> datetime:
        """When a round appears, in UTC. BeaconError for a round that does not exist."""
        if round < 1:
            raise BeaconError("rounds are counted from one")
        try:
            return self.genesis + (round - 1) * self.period
        except OverflowError as error:
            raise BeaconError("a round beyond all calendars") from error

    def round_at(self, moment: datetime) -> int:
        """The newest round at a moment (with its zone). BeaconError before the first."""
        return self._periods(moment) // (self.period // MICROSECOND) + 1

    def first_round_from(self, moment: datetime) -> int:
        """The first round that appears at or after a moment: the one to announce for a draw at that time."""
        return -(-self._periods(moment) // (self.period // MICROSECOND)) + 1

    def check(self, round: int, signature: bytes) -> str:
        """The value of a round. WrongSignature when this is not its signature."""
        if not self.verify(round, signature):
            raise WrongSignature(f"not the signature of round {round} of {self.name}")
        return beacon_value(signature)

    def _periods(self, moment: datetime) -> int:
        """Microseconds since the first round."""
        if moment.utcoffset() is None:
            raise BeaconError("a time without its zone")
        passed = (moment - self.genesis) // MICROSECOND
        if passed < 0:
            raise BeaconError("before the first round")
        return passed


class Quicknet(Beacon):
    """drand's public network, scheme bls-unchained-g1-rfc9380. Checking takes about 4 ms."""

    name = "drand quicknet"
    is_real = True
    chain_hash = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
    PUBLIC_KEY: ClassVar[bytes] = bytes.fromhex(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
        "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
        "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    )
    DOMAIN: ClassVar[bytes] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"

    def verify(self, round: int, signature: bytes) -> bool:
        if not 1 <= round < 2**64 or len(signature) != SIGNATURE_BYTES:
            return False
        try:
            point = G1Point.from_compressed_bytes(signature)
        except ValueError:
            return False
        message = G1Point.hash_to_curve(sha256(round.to_bytes(8, "big")).digest(), self.DOMAIN)
        key = G2Point.from_compressed_bytes(self.PUBLIC_KEY)
        # e(message, key) = e(signature, generator)
        return GT.pairing_check([message, -point], [key, G2Point()])


class RehearsalBeacon(Beacon):
    """Only for practice: whoever knows the seed knows every value beforehand. Never for a real draw."""

    name = "oefenbaken (niet echt)"
    is_real = False

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.chain_hash = sha256(f"oefenbaken\n{seed}".encode()).hexdigest()

    def sign(self, round: int) -> bytes:
        """What stands for the signature of a round here: 48 bytes. BeaconError for a round below one."""
        if round < 1:
            raise BeaconError("rounds are counted from one")
        return sha384(f"oefenbaken\n{self.seed}\n{round}".encode()).digest()

    def verify(self, round: int, signature: bytes) -> bool:
        return round >= 1 and self.sign(round) == signature

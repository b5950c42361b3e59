"""Chance that is the same in every process, on every machine, for the same seed.

The generator for a purpose is `random.Random` (Mersenne Twister) started with the integer, big endian, of

    SHA-256("sortition" ‖ 0 ‖ purpose ‖ 0 ‖ number in decimal ‖ 0 ‖ seed)

with the words in ASCII and 0 one zero byte. Each purpose has a stream of its own, so that one step that takes
more numbers does not change the next. Nothing else in the draw is random.
"""

import hashlib
import random

import numpy as np

from participatie.sortition.solver import Floats


class Generator(random.Random):
    """The generator of the standard library, which can also give many numbers at once."""

    def numbers(self, count: int) -> Floats:
        """So many numbers from 0 to 1, taken in order."""
        return np.array([self.random() for _ in range(count)])


def generator(purpose: str, number: int = 0, seed: bytes = b"") -> Generator:
    """The generator for this purpose, as documented above."""
    words = b"\0".join([b"sortition", purpose.encode(), str(number).encode(), seed])
    return Generator(int.from_bytes(hashlib.sha256(words).digest()))

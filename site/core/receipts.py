"""Receipt numbers and secret addresses: made, read back as people type them, and kept only as a hash."""

import hashlib
import secrets
import unicodedata

# Without letters and digits that look alike.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 10
GROUP = 5


def new_number() -> str:
    """A number nobody can guess: ten signs of `ALPHABET`."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(NUMBER_LENGTH))


def shown(number: str) -> str:
    """A number as people read it out: in two groups."""
    return f"{number[:GROUP]} {number[GROUP:]}"


def read_number(typed: str) -> str:
    """The number somebody typed, without spaces, dashes and small letters. Empty when it is none.

    Copied from a mail it may have marks around it that nobody sees.
    """
    number = "".join(
        sign
        for sign in typed[:60].upper()
        if sign not in " -.\u00a0\t" and unicodedata.category(sign) != "Cf"
    )
    return number if len(number) == NUMBER_LENGTH and set(number) <= set(ALPHABET) else ""


def new_token() -> str:
    """A secret for an address: 32 signs, more than can be tried."""
    return secrets.token_urlsafe(24)


def hash_of(token: str) -> str:
    """What is kept of a secret: enough to know it again, of no use to whoever reads it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

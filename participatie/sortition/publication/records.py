"""The ticket of a participant and the fingerprint that stands for it in public.

A record is one line of text, so that it can be pasted into any SHA-256 tool without a question about line
ends. Its parts are joined by " | " and a feature is written as "name = value":

    9f86d081884c7d659a2feaa0c55ad015 | L-0042 | leeftijd = 18 tot 34 | woning = hoogbouw

In a name or a value these signs are written as \\u{hex}: the backslash, | and =, what cannot be seen (control
signs, odd spaces, marks of direction), a space at either end and a space after a space. An answer that was
not given is "-"; a value that is itself "-" is \\u{2d}. So no two records have the same line. The
fingerprint is the SHA-256 of that line in UTF-8, without a line end, in 64 hexadecimal digits.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

TICKET = re.compile(r"L-[0-9]{4,6}")
SALT = re.compile(r"[0-9a-f]{32}")
MOST_TICKETS = 999_999
NOT_GIVEN = "-"
PART, PAIR = " | ", " = "
# A fixed set: what counts as invisible may not depend on the Unicode of somebody's Python.
HIDDEN = re.compile(
    r"[\\|=\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
    r"|^ | $|(?<= ) "
)
ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
SURROGATE = re.compile(r"[\ud800-\udfff]")


class RecordError(ValueError):
    """A record that cannot be published, or a line that is no record. The message says why."""


@dataclass(frozen=True)
class Record:
    """What is recorded of a participant: ticket, salt (16 bytes in hex) and (feature, value) in fixed order.

    Texts are kept in Unicode's NFC, as keyboards make them. RecordError for what is not a record.
    """

    ticket: str
    salt: str
    features: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if not TICKET.fullmatch(self.ticket):
            raise RecordError("not a ticket number")
        if not SALT.fullmatch(self.salt):
            raise RecordError("the salt is not 32 hexadecimal digits")
        if any(SURROGATE.search(text) for pair in self.features for text in pair):
            raise RecordError("a text has half a sign in it")
        features = tuple((_nfc(name), _nfc(value)) for name, value in self.features)
        names = [name for name, _value in features]
        if not all(names) or len(set(names)) < len(names):
            raise RecordError("a feature has no name, or the name of another")
        object.__setattr__(self, "features", features)

    @property
    def text(self) -> str:
        """The line on the participant's own slip: exactly what they hash at home."""
        pairs = [f"{_escaped(name)}{PAIR}{_value(value)}" for name, value in self.features]
        return PART.join([self.salt, self.ticket, *pairs])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the slip, 64 hexadecimal digits."""
        return fingerprint_of(self.text)


def fingerprint_of(text: str) -> str:
    """SHA-256 of a line in UTF-8, 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def record_of(text: str) -> Record:
    """The record of a slip. RecordError when it is not a line that a record gives."""
    salt, *rest = text.split(PART)
    ticket, *pairs = rest or [""]
    features = []
    for pair in pairs:
        name, sign, value = pair.partition(PAIR)
        if not sign:
            raise RecordError("a part without a value")
        features.append((_unescaped(name), "" if value == NOT_GIVEN else _unescaped(value)))
    record = Record(ticket, salt, tuple(features))
    if record.text != text:
        raise RecordError("not written as a record is")
    return record


def new_salt() -> str:
    """Sixteen bytes that nobody can guess, in hex."""
    return secrets.token_hex(16)


def ticket_numbers(count: int) -> list[str]:
    """Tickets for so many people, in order, all of the same length."""
    if not 0 <= count <= MOST_TICKETS:
        raise RecordError("so many tickets cannot be numbered")
    width = max(4, len(str(count)))
    return [f"L-{number:0{width}}" for number in range(1, count + 1)]


def shuffled_tickets(count: int) -> list[str]:
    """The same tickets in a random order: given out so, a number does not tell who signed up first."""
    tickets = ticket_numbers(count)
    secrets.SystemRandom().shuffle(tickets)
    return tickets


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _escaped(text: str) -> str:
    return HIDDEN.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text)


def _value(value: str) -> str:
    if value == NOT_GIVEN:
        return f"\\u{{{ord(NOT_GIVEN):x}}}"
    return _escaped(value) or NOT_GIVEN


def _unescaped(text: str) -> str:
    def sign(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        if code > 0x10FFFF:
            raise RecordError("an escape that is no sign")
        return chr(code)

    return ESCAPE.sub(sign, text)

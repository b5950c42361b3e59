"""A chain of events: whoever knows its last hash sees any later change in what came before."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

START = "0" * 64


class LedgerError(ValueError):
    """An event that cannot be written in one way only, such as one with a fraction in it."""


@dataclass(frozen=True)
class Entry:
    """An event, the hash of the entry before it, and its own hash (64 hexadecimal digits)."""

    previous: str
    event: Mapping[str, Any]
    hash: str


class Trouble(StrEnum):
    """What is wrong with an entry."""

    CHANGED = "changed"
    # Something before it is missing, added or elsewhere.
    LOOSE = "loose"
    # The chain does not end where it should.
    END = "end"


@dataclass(frozen=True)
class Break:
    """Where a chain is broken: the index of the entry; the number of entries for its end."""

    index: int
    trouble: Trouble


def canonical(event: Mapping[str, Any]) -> str:
    """An event as JSON that can be written in one way only. LedgerError for what has more ways.

    Keys are sorted, nothing stands between the signs; values are texts, whole numbers, true, false, null,
    and lists and objects of these.
    """
    _check(dict(event))
    return json.dumps(dict(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def append(previous_hash: str, event: Mapping[str, Any]) -> Entry:
    """The entry for an event after the one with this hash; START for the first."""
    return Entry(previous_hash, event, _hash(previous_hash, event))


def verify(entries: Iterable[Entry], *, head: str | None = None) -> list[Break]:
    """Every place where the chain is broken. Without `head`, its last hash, what was cut off goes unseen."""
    breaks = []
    last = START
    count = 0
    for count, entry in enumerate(entries, start=1):
        if entry.previous != last:
            breaks.append(Break(count - 1, Trouble.LOOSE))
        try:
            is_same = _hash(entry.previous, entry.event) == entry.hash
        except LedgerError:
            is_same = False
        if not is_same:
            breaks.append(Break(count - 1, Trouble.CHANGED))
        last = entry.hash
    if head is not None and head != last:
        breaks.append(Break(count, Trouble.END))
    return breaks


def _hash(previous: str, event: Mapping[str, Any]) -> str:
    try:
        return sha256(f"{previous}\n{canonical(event)}".encode()).hexdigest()
    except (UnicodeEncodeError, RecursionError) as error:
        raise LedgerError("an event that cannot be written") from error


def _check(value: object) -> None:
    match value:
        case None | bool() | int() | str():
            return
        case list() | tuple():
            for item in value:
                _check(item)
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise LedgerError("a key that is no text")
                _check(item)
        case _:
            raise LedgerError(f"a value of a kind that has no one way of writing: {type(value).__name__}")

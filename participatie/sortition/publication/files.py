"""The files of a loting, byte for byte: committed before the randomness exists, and read back strictly.

| file           | holds                                                                             |
|----------------|-----------------------------------------------------------------------------------|
| manifest.json  | name, size in bytes and SHA-256 of every other file; its own SHA-256 is announced |
| regels.json    | the rules: seats, reserves, time, round of the beacon, how lists are drawn        |
| loten.csv      | lot;vingerafdruk: every ticket and the fingerprint of its record                  |
| quota.csv      | kenmerk;antwoord;minstens;hoogstens (not with a ranking)                          |
| lijsten.csv    | lijst;lot 1;lot 2;…: lists 000 to 999, each with its tickets (not with a ranking) |
| controle.py    | the check for at home                                                             |

UTF-8 without a mark in front, line ends LF, ";" between cells, rows in order of ticket or list. No name, no
address, and of nobody a feature.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from participatie.sortition.publication.records import TICKET
from participatie.sortition.publication.rules import Mode, Rules, RulesError, rules_of

MANIFEST, RULES, TICKETS = "manifest.json", "regels.json", "loten.csv"
QUOTAS, LISTS, CHECK, OUTCOME = "quota.csv", "lijsten.csv", "controle.py", "uitkomst.json"
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
VERSION = 1


class PublicationError(ValueError):
    """Something that cannot be published, or published files that are not right. The message says what."""


class Quota(NamedTuple):
    """At least and at most so many seats for one answer to one feature."""

    feature: str
    value: str
    minimum: int
    maximum: int


@dataclass(frozen=True)
class Publication:
    """What is committed to: rules, ticket → fingerprint, quotas in order, and per list its tickets in order.

    PublicationError when these do not fit each other.
    """

    rules: Rules
    fingerprints: Mapping[str, str]
    quotas: tuple[Quota, ...] = ()
    lists: tuple[tuple[str, ...], ...] = ()
    # The check for at home as it was committed to, which a later version of this project does not change.
    check: bytes = field(default_factory=lambda: Path(__file__).with_name(CHECK).read_bytes(), repr=False)

    def __post_init__(self) -> None:
        for ticket, fingerprint in self.fingerprints.items():
            if not TICKET.fullmatch(ticket) or not FINGERPRINT.fullmatch(fingerprint):
                raise PublicationError("a ticket or a fingerprint is not written as it should be")
        if len({len(ticket) for ticket in self.fingerprints}) > 1:
            raise PublicationError("tickets of different lengths have no one order")
        if len(set(self.fingerprints.values())) < len(self.fingerprints):
            raise PublicationError("two tickets have the same fingerprint")
        if len(self.fingerprints) < self.rules.seats:
            raise PublicationError("there are fewer tickets than seats")
        if len(self.lists) != self.rules.lists:
            raise PublicationError(f"there are {len(self.lists)} lists, not {self.rules.lists}")
        if self.quotas and self.rules.mode is Mode.RANKING:
            raise PublicationError("a ranking has no quotas")
        if any(not 0 <= quota.minimum <= quota.maximum for quota in self.quotas):
            raise PublicationError("a quota with its minimum above its maximum")
        if len({(quota.feature, quota.value) for quota in self.quotas}) < len(self.quotas):
            raise PublicationError("an answer with two quotas")
        known = self.fingerprints.keys()
        for index, tickets in enumerate(self.lists):
            if len(tickets) != self.rules.seats or list(tickets) != sorted(set(tickets)):
                raise PublicationError(f"list {index} has not each seat once, in order")
            if not known >= set(tickets):
                raise PublicationError(f"list {index} has a ticket that is not there")

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its name, the manifest first."""
        files = {RULES: json_bytes(self.rules.as_json()), TICKETS: self._tickets()}
        if self.rules.mode is Mode.LISTS:
            files |= {QUOTAS: self._quotas(), LISTS: self._lists()}
        files[CHECK] = self.check
        return {MANIFEST: manifest_of(files), **files}

    @property
    def manifest_hash(self) -> str:
        """What goes into the official publication: SHA-256 of manifest.json."""
        return sha256(self.files[MANIFEST]).hexdigest()

    def write(self, folder: Path) -> None:
        """Write every file into a folder, which is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)

    def _tickets(self) -> bytes:
        return csv_bytes([("lot", "vingerafdruk"), *sorted(self.fingerprints.items())])

    def _quotas(self) -> bytes:
        return csv_bytes([("kenmerk", "antwoord", "minstens", "hoogstens"), *self.quotas])

    def _lists(self) -> bytes:
        heading = ("lijst", *(f"lot {seat}" for seat in range(1, self.rules.seats + 1)))
        rows = ((f"{index:0{self.rules.dice}}", *tickets) for index, tickets in enumerate(self.lists))
        return csv_bytes([heading, *rows])


def json_bytes(data: object) -> bytes:
    """JSON as it is published: two spaces, keys in the given order, a line end at the end."""
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


def csv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    """CSV as it is published: ";" between cells, LF after each row, quotes only where they are needed."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def manifest_of(files: Mapping[str, bytes]) -> bytes:
    """The manifest of these files."""
    rows = [
        {"naam": name, "bytes": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    ]
    return json_bytes({"versie": VERSION, "bestanden": rows})


def publication_of(files: Mapping[str, bytes]) -> Publication:
    """The publication in these files. PublicationError unless they are byte for byte what it gives."""
    try:
        rules = rules_of(json.loads(files[RULES]))
        has_lists = rules.mode is Mode.LISTS
        quotas, lists = (_rows(files[name]) if has_lists else [] for name in (QUOTAS, LISTS))
        publication = Publication(
            rules,
            dict(_rows(files[TICKETS])),
            tuple(Quota(name, value, int(least), int(most)) for name, value, least, most in quotas),
            tuple(tuple(tickets) for _index, *tickets in lists),
            files[CHECK],
        )
    except PublicationError:
        raise
    except (KeyError, RulesError, RecursionError, ValueError, csv.Error) as error:
        raise PublicationError("a file is missing or cannot be read") from error
    for name, content in publication.files.items():
        if files.get(name) != content:
            raise PublicationError(f"{name} has been changed")
    return publication


def read(folder: Path) -> Publication:
    """The publication in a folder. PublicationError when a file is missing or is not right."""
    names = (MANIFEST, RULES, TICKETS, QUOTAS, LISTS, CHECK)
    return publication_of({name: (folder / name).read_bytes() for name in names if (folder / name).is_file()})


def _rows(content: bytes) -> list[Any]:
    """The rows of a CSV file without its heading."""
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";", strict=True))[1:]

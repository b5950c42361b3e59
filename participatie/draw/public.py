"""The draw as everybody may see it: what was promised, when what was known, what came out, and the log.

Only of the real draw of a loting. Nothing in it leads to a person: lots by number, counts from
`participatie.draw.numbers`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models.functions import Length

from participatie.draw import chain
from participatie.draw.publishing import DICE_OF_A_RANKING
from participatie.draw.telling import reason_of, sentence_of, with_whole_tickets
from participatie.models import (
    Ketenregel,
    Loting,
    Staat,
    Trekking,
    Trekkingsbestand,
    Uitkomst,
    Vastlegging,
    Vorm,
    Worp,
)
from participatie.sortition.publication.beacon import Quicknet
from participatie.sortition.publication.files import CHECK, LISTS, MANIFEST, OUTCOME, QUOTAS, RULES, TICKETS

# In the order in which somebody reads them.
FILES = (MANIFEST, RULES, TICKETS, QUOTAS, LISTS, CHECK, OUTCOME)
ALL_FILES = "alles.zip"
LOG = "logboek.json"


class Stage(StrEnum):
    """How far the draw is, for who looks at it from outside."""

    # Before anybody has a lot.
    VOORBEREIDING = "voorbereiding"
    AANMELDEN = "aanmelden"
    GESLOTEN = "gesloten"
    BEZWAAR = "bezwaar"
    DEELNEMERS = "deelnemers"
    VASTGELEGD = "vastgelegd"
    # Promised, and then the draw was put off, or nobody threw the dice in time.
    UITGESTELD = "uitgesteld"
    VERLOPEN = "verlopen"
    GEGOOID = "gegooid"
    GETROKKEN = "getrokken"
    BEZET = "bezet"
    AFGEROND = "afgerond"


@dataclass(frozen=True)
class File:
    """A file as the page links to it; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Commitment:
    """What was promised, with its files; the last one of a draw is the one that counts."""

    row: Vastlegging
    files: tuple[File, ...]
    worp: Worp | None

    @property
    def hash_groups(self) -> list[str]:
        """The hash in sixteen groups of four, to read aloud."""
        return in_groups(self.row.manifest_hash)


@dataclass(frozen=True)
class Outcome:
    """What came out, as `uitkomst.json` has it."""

    row: Uitkomst
    data: dict[str, Any]

    @property
    def dice(self) -> list[str]:
        return list(self.data["dobbelgetal"])

    @property
    def value_groups(self) -> list[str]:
        return in_groups(self.data["bakenwaarde"])

    @property
    def file(self) -> File:
        content = bytes(self.row.bestand)
        return File(OUTCOME, len(content), sha256(content).hexdigest())


@dataclass(frozen=True)
class Line:
    """A line of the log: what it says (empty when that is not known), why, and whether it is whole."""

    row: Ketenregel
    sentence: str
    reason: str
    is_whole: bool

    @property
    def event(self) -> str:
        """What is hashed, as it stands in `logboek.json`."""
        return json.dumps(chain.event_of(self.row), ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class Log:
    """The lines, and whether nothing was changed in them or in what they tell about."""

    lines: tuple[Line, ...]
    is_whole: bool

    @property
    def tickets(self) -> int:
        """How many lots there are; nought while none were handed out."""
        count = 0
        for line in self.lines:
            data = line.row.gegevens
            if line.is_whole and line.row.soort == "loten uitgedeeld":
                count = data["loten"]
            elif line.is_whole and line.row.soort == "loten bijgewerkt":
                count += len(data["nieuw"]) - len(data["vervallen"])
        return count

    @property
    def put_off(self) -> list[Line]:
        return [line for line in self.lines if line.row.soort == "uitgesteld"]


@dataclass(frozen=True)
class DrawStory:
    """The draw of a loting from outside. Without a trekking there are no lots yet."""

    loting: Loting
    trekking: Trekking | None
    stage: Stage
    commitments: tuple[Commitment, ...]
    outcome: Outcome | None
    log: Log
    beacon_chain: str = Quicknet.chain_hash

    @property
    def has_lists(self) -> bool:
        return bool(self.loting.vorm == Vorm.LIJSTEN)

    @property
    def is_drawn(self) -> bool:
        return self.outcome is not None

    @property
    def current(self) -> Commitment | None:
        """The promise that counts, or counted last."""
        return self.commitments[-1] if self.commitments else None

    @property
    def earlier(self) -> tuple[Commitment, ...]:
        return self.commitments[:-1]

    @property
    def moment(self) -> datetime:
        """When it is drawn, as far as it is known now."""
        return self.trekking.trekking_op if self.trekking else self.loting.trekking_op

    @property
    def dice(self) -> list[str]:
        worp = self.current.worp if self.current else None
        return list(worp.dobbelstenen) if worp else []

    @property
    def dice_count(self) -> int:
        """How many ten-sided dice; three for 1,000 lists."""
        if not self.has_lists:
            return DICE_OF_A_RANKING
        return len(str(self.trekking.aantal_lijsten if self.trekking else 1000)) - 1

    @property
    def lists(self) -> int:
        return int(10**self.dice_count) if self.has_lists else 0

    @property
    def files(self) -> list[File]:
        """What can be downloaded of the promise that counts."""
        found = list(self.current.files) if self.current else []
        return [*found, self.outcome.file] if self.outcome else found

    @cached_property
    def version(self) -> str:
        """Another text when there is something else to see; says nothing."""
        parts = (self.stage, self.moment, self.current and self.current.row.manifest_hash, self.dice)
        return sha256(repr(parts).encode()).hexdigest()[:16]


def in_groups(digits: str, size: int = 4) -> list[str]:
    return [digits[at : at + size] for at in range(0, len(digits), size)]


def draw_story_of(loting: Loting, *, now: datetime) -> DrawStory:
    """The story of the real draw, in at most three queries."""
    commitments = _commitments(Trekkingsbestand.objects.filter(vastlegging__trekking__is_proef=False), loting)
    if commitments:
        trekking: Trekking | None = commitments[-1].row.trekking
    else:
        known = Trekking.objects.filter(loting=loting, is_proef=False)
        trekking = known.select_related("uitkomst", "cijfers").first()
    outcome = _outcome(trekking)
    return DrawStory(
        loting=loting,
        trekking=trekking,
        stage=_stage(loting, trekking, commitments, outcome, now=now),
        commitments=commitments,
        outcome=outcome,
        log=_log(loting, commitments, outcome),
    )


def rehearsal_story_of(trekking: Trekking, *, now: datetime) -> DrawStory:
    """The same of a rehearsal, for the screen in the room. It has no log: nothing of it counts."""
    files = Trekkingsbestand.objects.filter(vastlegging__trekking=trekking)
    commitments = _commitments(files, trekking.loting)
    outcome = _outcome(trekking)
    return DrawStory(
        loting=trekking.loting,
        trekking=trekking,
        stage=_stage(trekking.loting, trekking, commitments, outcome, now=now),
        commitments=commitments,
        outcome=outcome,
        log=Log((), True),
    )


def _commitments(files: Any, loting: Loting) -> tuple[Commitment, ...]:
    """The promises in order, each with its dice, in one query: none is without files."""
    rows = (
        files.filter(vastlegging__trekking__loting=loting)
        .select_related(
            "vastlegging__worp",
            "vastlegging__trekking__uitkomst",
            "vastlegging__trekking__cijfers",
        )
        .annotate(size=Length("inhoud"))
        .defer("inhoud")
        .order_by("vastlegging__nummer")
    )
    held: dict[int, tuple[Vastlegging, list[File]]] = {}
    for row in rows:
        _promise, found = held.setdefault(row.vastlegging_id, (row.vastlegging, []))
        found.append(File(row.naam, row.size, row.sha256))
    return tuple(
        Commitment(
            promise,
            tuple(sorted(found, key=lambda file: FILES.index(file.name))),
            getattr(promise, "worp", None),
        )
        for promise, found in held.values()
    )


def _outcome(trekking: Trekking | None) -> Outcome | None:
    row = getattr(trekking, "uitkomst", None)
    return Outcome(row, json.loads(bytes(row.bestand))) if row else None


def _stage(
    loting: Loting,
    trekking: Trekking | None,
    commitments: Sequence[Commitment],
    outcome: Outcome | None,
    *,
    now: datetime,
) -> Stage:
    if outcome:
        after = {Staat.BEZET: Stage.BEZET, Staat.AFGEROND: Stage.AFGEROND}
        return after.get(Staat(loting.staat), Stage.GETROKKEN)
    if trekking is None:
        before = {Staat.CONCEPT: Stage.VOORBEREIDING, Staat.OPEN: Stage.AANMELDEN}
        stage = before.get(Staat(loting.staat), Stage.GESLOTEN)
        return Stage.VOORBEREIDING if stage is Stage.AANMELDEN and now < loting.opent_op else stage
    if not commitments:
        is_frozen = loting.staat == Staat.BEVROREN or trekking.is_proef
        return Stage.DEELNEMERS if is_frozen else Stage.BEZWAAR
    last = commitments[-1]
    if last.worp:
        return Stage.GEGOOID
    if trekking.trekking_op > last.row.ronde_op:
        return Stage.UITGESTELD
    return Stage.VERLOPEN if now >= last.row.ronde_op else Stage.VASTGELEGD


def _log(loting: Loting, commitments: Sequence[Commitment], outcome: Outcome | None) -> Log:
    """The log in one query, compared with what else the page shows."""
    rows = list(Ketenregel.objects.filter(loting=loting).order_by("nummer"))
    broken = {found.index for found in chain.breaks_in(rows)}
    told = {"vastgelegd": set[str](), "getrokken": set[str]()}
    for row in rows:
        if row.soort in told and isinstance(row.gegevens, dict):
            told[row.soort].add(str(row.gegevens.get("manifest") or row.gegevens.get("uitkomst")))
    promised = {commitment.row.manifest_hash for commitment in commitments}
    stored = {file.sha256 for one in commitments for file in one.files if file.name == MANIFEST}
    came_out = {outcome.file.sha256} if outcome else set[str]()
    return Log(
        tuple(
            Line(row, with_whole_tickets(sentence_of(row)), reason_of(row), at not in broken)
            for at, row in enumerate(rows)
        ),
        not broken and told["vastgelegd"] == promised == stored and told["getrokken"] == came_out,
    )

"""What was asked, who took part and who was drawn, answer by answer, for a table and the bars beside it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participatie.models import Antwoordoptie, Kenmerk, Loting, Quota, Quotawijziging, Trekking, Vorm
from participatie.signup.questions import features_of


@dataclass(frozen=True)
class Change:
    """Other numbers than were promised, with the reason, in Dutch."""

    before: Quota
    after: Quota
    op: datetime
    reden: str


@dataclass(frozen=True)
class Answer:
    """One answer to a question; without an option it is that of who gave none."""

    option: Antwoordoptie | None
    # None when nothing is asked: with a simple draw, and of who gave no answer.
    promised: Quota | None
    changes: tuple[Change, ...]
    # Of the draw, once it is there: the counts are None when they are hidden.
    is_counted: bool
    pool: int | None
    panel: int | None
    is_kept: bool
    people: int
    seats: int

    @property
    def now(self) -> Quota | None:
        """What is asked after every change."""
        return self.changes[-1].after if self.changes else self.promised

    @property
    def low(self) -> int:
        """The least that is asked, in thousandths of all seats."""
        return self._share(self.now.minimum if self.now else 0, self.seats)

    @property
    def span(self) -> int:
        """From the least to the most that is asked, in thousandths; a line for one number."""
        return max(12, self._share(self.now.maximum, self.seats) - self.low) if self.now else 0

    @property
    def pool_share(self) -> int | None:
        """In thousandths of who took part."""
        return None if self.pool is None else self._share(self.pool, self.people)

    @property
    def pool_percentage(self) -> int | None:
        """In whole hundredths, as people read it."""
        return None if self.pool is None or not self.people else round(100 * self.pool / self.people)

    @property
    def panel_share(self) -> int | None:
        """In thousandths of who was drawn."""
        return None if self.panel is None else self._share(self.panel, self.seats)

    @staticmethod
    def _share(count: int, whole: int) -> int:
        return round(1000 * count / whole) if whole else 0


@dataclass(frozen=True)
class Feature:
    """A question with its answers."""

    kenmerk: Kenmerk
    answers: tuple[Answer, ...]


def comparison_of(loting: Loting, trekking: Trekking | None, *, language_code: str) -> list[Feature]:
    """Every question with its promise, every change of it, and the counts of the draw. Three queries."""
    changes: dict[int, list[Change]] = {}
    for row in Quotawijziging.objects.filter(optie__kenmerk__loting=loting).order_by("op", "pk"):
        before, after = Quota(row.van_minimum, row.van_maximum), Quota(row.naar_minimum, row.naar_maximum)
        changes.setdefault(row.optie_id, []).append(Change(before, after, row.op, row.reden))
    data = _stored(trekking)
    counted = {
        (feature["code"], answer["code"]): answer
        for feature in data.get("kenmerken", [])
        for answer in feature["antwoorden"]
    }
    totals = {"people": data.get("deelnemers", 0), "seats": data.get("zetels", loting.zetels)}
    found = []
    for kenmerk, options in features_of(loting, language_code=language_code):
        answers = [
            Answer(
                option,
                _promised(option, changes.get(option.pk, []), loting),
                tuple(changes.get(option.pk, [])),
                **_counts(counted.get((kenmerk.code, option.code))),
                **totals,
            )
            for option in options
        ]
        if nothing := counted.get((kenmerk.code, "")):
            answers.append(Answer(None, None, (), **_counts(nothing), **totals))
        found.append(Feature(kenmerk, tuple(answers)))
    return found


def _stored(trekking: Trekking | None) -> dict[str, Any]:
    kept = getattr(trekking, "cijfers", None)
    return kept.gegevens if kept else {}


def _promised(option: Antwoordoptie, changes: list[Change], loting: Loting) -> Quota | None:
    """The first promise: what it was before the first change."""
    if loting.vorm != Vorm.LIJSTEN:
        return None
    if changes:
        return changes[0].before
    return option.quota(seats=loting.zetels)


def _counts(answer: dict[str, Any] | None) -> dict[str, Any]:
    if answer is None:
        return {"is_counted": False, "pool": None, "panel": None, "is_kept": True}
    return {
        "is_counted": True,
        "pool": answer["pool"],
        "panel": answer["panel"],
        "is_kept": answer["past"],
    }

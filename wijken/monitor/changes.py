"""What changed lately in the action plans of a wijk: messages that were published, promises that moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.models import attach_words
from wijken.models import Planning, Voortgang
from wijken.monitor.periods import Period
from wijken.monitor.standing import Facts

DAYS = 30
# Newer changes than these stand with the action itself.
MOST = 10


@dataclass(frozen=True)
class Change:
    """One thing that happened to an action. `words` holds its texts in the reader's language if they exist.

    `before` and `now` are set when a promise moved.
    """

    on: date
    actie_id: int
    words: Any
    words_language: str
    organisatie: Any = None
    is_correction: bool = False
    before: Period | None = None
    now: Period | None = None


@dataclass(frozen=True)
class Changes:
    """The newest first. `this_month` since the first of the month, `earlier` the days before that."""

    since: date
    first_of_month: date
    shown: tuple[Change, ...]
    has_more: bool

    @property
    def this_month(self) -> list[Change]:
        return [change for change in self.shown if change.on >= self.first_of_month]

    @property
    def earlier(self) -> list[Change]:
        return [change for change in self.shown if change.on < self.first_of_month]


def changes_of(wijk_id: int, facts: Mapping[int, Facts], *, language_code: str, on: date) -> Changes:
    """What was published or moved since the first of the month, and in the last thirty days. Two queries.

    In another language than the site's own one more, for the names of organisations.
    """
    first_of_month = on.replace(day=1)
    since = min(first_of_month, on - timedelta(days=DAYS))
    messages = _messages(wijk_id, language_code, since=since, on=on)
    planning = _planning(wijk_id, language_code, since=since, on=on)
    steps = {step.pk: step for known in facts.values() for step in known.milestones} if planning else {}
    attach_words(language_code, [row.organisatie for row in messages])
    told = {(row.mijlpaal_id, row.periode) for row in messages if row.periode}
    found = [_of_message(row) for row in messages]
    for row in planning:
        # A message that moves a promise says so itself.
        if (row.mijlpaal_id, row.periode) not in told and row.mijlpaal_id in steps:
            promises = steps[row.mijlpaal_id].promises
            found.append(_of_planning(row, promises[max(0, row.volgnummer - 2)].period))
    found.sort(key=lambda change: change.on, reverse=True)
    return Changes(since, first_of_month, tuple(found[:MOST]), len(found) > MOST)


def _messages(wijk_id: int, language_code: str, *, since: date, on: date) -> list[Voortgang]:
    better = Voortgang.objects.source().published().filter(corrigeert=OuterRef("pk"))
    newest = (
        Voortgang.objects.source()
        .published()
        .filter(
            ~Exists(better),
            actie__actieplan__wijk=wijk_id,
            gepubliceerd_op__date__gte=since,
            gepubliceerd_op__date__lte=on,
        )
        .order_by("-gepubliceerd_op", "-pk")
        .values("pk")[: MOST + 1]
    )
    rows: list[Voortgang] = (
        Voortgang.objects.filter(pk__in=newest).select_related("organisatie").worded(language_code)
    )
    return rows


def _planning(wijk_id: int, language_code: str, *, since: date, on: date) -> list[Planning]:
    newest = (
        Planning.objects.source()
        .filter(
            mijlpaal__actie__actieplan__wijk=wijk_id,
            volgnummer__gt=1,
            vastgelegd_op__gte=since,
            vastgelegd_op__lte=on,
        )
        .order_by("-vastgelegd_op", "-pk")
        .values("pk")[: MOST + 1]
    )
    rows: list[Planning] = (
        Planning.objects.filter(pk__in=newest).select_related("mijlpaal").worded(language_code)
    )
    return rows


def _of_message(row: Voortgang) -> Change:
    return Change(
        on=timezone.localdate(row.gepubliceerd_op),
        actie_id=row.actie_id,
        words=row.words,
        words_language=row.words_language,
        organisatie=row.organisatie,
        is_correction=row.corrigeert_id is not None,
        now=Period.parse(row.periode) if row.periode else None,
    )


def _of_planning(row: Planning, before: Period) -> Change:
    return Change(
        on=row.vastgelegd_op,
        actie_id=row.mijlpaal.actie_id,
        words=row.words,
        words_language=row.words_language,
        before=before,
        now=row.period,
    )

"""What can be said of a translation, computed from its row in the register."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.vertaalstand import Vertaalstand


class State(models.TextChoices):
    """From what needs most work to what needs none."""

    MISSING = "ontbreekt", _("ontbreekt")
    DRAFT = "concept", _("concept")
    INCOMPLETE = "onvolledig", _("deels vertaald")
    OUTDATED = "verouderd", _("verouderd")
    MACHINE = "computervertaling", _("computervertaling")
    HUMAN = "vertaald", _("door een mens vertaald")
    CHECKED = "nagekeken", _("nagekeken")

    @property
    def is_live(self) -> bool:
        return self not in (State.MISSING, State.DRAFT)


@dataclass(frozen=True)
class Standing:
    """How one published translation stands. Without a row in the register nothing is claimed of it."""

    missing: int = 0
    total: int = 0
    is_machine: bool = False
    checked_on: date | None = None
    is_native: bool = False
    # When the source became newer than this.
    changed_at: datetime | None = None
    published_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Is nothing of it translated yet? Of a snippet that is what a draft is."""
        return self.total > 0 and self.missing == self.total

    @property
    def is_outdated(self) -> bool:
        return self.changed_at is not None

    @property
    def outdated_since(self) -> date | None:
        return _day(self.changed_at)

    @property
    def has_note(self) -> bool:
        """Is there something a reader should know before reading?"""
        return bool(self.missing) or self.is_outdated or self.is_unchecked_machine

    @property
    def is_unchecked_machine(self) -> bool:
        """The label that only a person can take away."""
        return self.is_machine and self.checked_on is None

    @property
    def state(self) -> State:
        if self.missing:
            return State.INCOMPLETE
        if self.is_outdated:
            return State.OUTDATED
        if self.checked_on:
            return State.CHECKED
        return State.MACHINE if self.is_machine else State.HUMAN


# The columns of the register that a standing is made of.
COLUMNS = (
    "missing",
    "total",
    "is_machine",
    "checked_at",
    "is_native",
    "published_at",
    "made_from",
    "current_digest",
    "current_since",
)


def standing(row: dict[str, Any]) -> Standing:
    """From the COLUMNS of a row of `Vertaalstand.objects.with_current()`."""
    is_outdated = row["current_digest"] not in (None, row["made_from"])
    return Standing(
        missing=row["missing"],
        total=row["total"],
        is_machine=row["is_machine"],
        checked_on=_day(row["checked_at"]),
        is_native=row["is_native"],
        changed_at=row["current_since"] if is_outdated else None,
        published_at=row["published_at"],
    )


def with_standing(pages: Any) -> Any:
    """The pages of a queryset with how they stand, in the same query; read it with `standing_of_row`."""
    stands = Vertaalstand.objects.with_current().filter(
        translation_key=OuterRef("translation_key"), locale=OuterRef("locale")
    )
    row = JSONObject(**{name: name for name in COLUMNS})
    return pages.annotate(_standing=Subquery(stands.values(row=row)[:1]))


def standing_of_row(page: Any) -> Standing:
    """How a page of `with_standing` stands. JSON knows no moments, and SQLite no truth."""
    row: dict[str, Any] | None = page._standing
    if not row:
        return Standing()
    moments = {name: _moment(row[name]) for name in ("checked_at", "published_at", "current_since")}
    truths = {name: bool(row[name]) for name in ("is_machine", "is_native")}
    return standing({**row, **moments, **truths})


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    # SQLite keeps moments without a zone, in UTC.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def standing_of(translation_key: UUID, locale_id: int) -> Standing:
    """How one translation stands. One query."""
    rows = Vertaalstand.objects.with_current().filter(translation_key=translation_key, locale_id=locale_id)
    row = rows.values(*COLUMNS).first()
    return standing(row) if row else Standing()


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None

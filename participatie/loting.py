"""What the page of a loting tells: how it stands, when what happens, and how many signed up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from core.models import attach_words
from participatie.models import (
    Aanmelding,
    Antwoordoptie,
    Kenmerk,
    Loting,
    Lotingcijfers,
    Lotingstap,
    Staat,
)
from participatie.quotas import Seats, holding
from participatie.seats.retention import most_until
from participatie.signup.questions import features_of
from wijken.models import Plek


@dataclass(frozen=True)
class Feature:
    """A feature with how many of the seats each answer gets: now, and as it was promised first."""

    kenmerk: Kenmerk
    options: list[tuple[Antwoordoptie, Seats]]


@dataclass(frozen=True)
class Change:
    """When and why the seats were shared differently."""

    op: datetime
    reden: str


@dataclass(frozen=True)
class Story:
    """A loting as its page tells it. `signed_up` counts days that are over."""

    staat: Staat
    is_accepting: bool
    is_before: bool
    signed_up: int
    features: list[Feature]
    changes: list[Change]
    buurten: list[str]
    steps: list[Lotingstap]
    kept_until: datetime
    # Where it is drawn, with its words in the page's language.
    place: Plek | None

    @property
    def is_over(self) -> bool:
        return self.staat not in (Staat.CONCEPT, Staat.OPEN)


def story_of(loting: Loting, *, language_code: str, now: datetime) -> Story:
    """The whole story, in at most ten queries."""
    attach_words(language_code, [loting.trekking_plek])
    kept_until = most_until(loting)
    quotas = holding(loting)
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Story(
        staat=Staat(loting.staat),
        is_accepting=loting.is_accepting(at=now),
        is_before=loting.staat == Staat.CONCEPT or loting.opent_op > now,
        signed_up=_signed_up(loting, before=today, is_counted=kept_until <= now),
        features=[
            Feature(kenmerk, [(option, quotas.of(option)) for option in options])
            for kenmerk, options in features_of(loting, language_code=language_code)
        ],
        changes=[Change(*facts) for facts in dict.fromkeys((row.op, row.reden) for row in quotas.changes)],
        buurten=[str(buurt) for buurt in loting.buurten.all()],
        steps=list(loting.stappen.all()),
        kept_until=kept_until,
        place=loting.trekking_plek,
    )


def _signed_up(loting: Loting, *, before: datetime, is_counted: bool) -> int:
    """How many signed up before a moment; as it was counted, once most of them are deleted."""
    kept = Lotingcijfers.objects.filter(loting=loting).first() if is_counted else None
    if kept is not None:
        count: int = kept.data["aangemeld"]
        return count
    return Aanmelding.objects.standing().filter(Q(loting=loting), ontvangen_op__lt=before).count()

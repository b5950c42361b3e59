"""From shares of the population to seats, and whether the seats of a question can be filled at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participatie.models import Antwoordoptie, Loting, Quota, Quotawijziging, Staat
from wijken.models import Wijkcijfer

PERCENTAGE = re.compile(r"^(\d{1,3}(?:[.,]\d+)?) ?%$")


@transaction.atomic
def fill_from_wijk(loting: Loting) -> list[Antwoordoptie]:
    """Give the options that name one of the wijk's figures the newest of it. Returns those that changed.

    Only a figure that is a percentage says something about seats; others are left alone.
    """
    changed = []
    shares = shares_of(loting)
    for option in Antwoordoptie.objects.source().filter(kenmerk__loting=loting).exclude(cijfer=""):
        figure = shares.get(option.cijfer)
        if figure and (option.aandeel, option.bron) != figure:
            option.aandeel, option.bron = figure
            option.save()
            changed.append(option)
    return changed


def shares_of(loting: Loting) -> dict[str, tuple[Decimal, str]]:
    """{kind of figure: (percentage, source with its date)}, the newest of each."""
    found: dict[str, tuple[Decimal, str]] = {}
    for row in Wijkcijfer.objects.filter(wijk=loting.wijk_id).order_by("peildatum"):
        if match := PERCENTAGE.match(row.waarde):
            share = Decimal(match[1].replace(",", ".")).quantize(Decimal("0.01"))
            if share <= 100:
                found[row.soort] = (share, f"{row.bron}, {row.peildatum:%d-%m-%Y}"[:160])
    return found


@dataclass(frozen=True)
class Seats:
    """The seats for an answer: as they were promised first, and as they are now."""

    promised: Quota
    now: Quota

    @property
    def is_changed(self) -> bool:
        return self.promised != self.now


@dataclass(frozen=True)
class Holding:
    """The quotas of a loting that hold now. `changes` are those since it opened, the oldest first."""

    loting: Loting
    changes: tuple[Quotawijziging, ...]

    def of(self, option: Antwoordoptie) -> Seats:
        promised = option.quota(seats=self.loting.zetels)
        now = promised
        for change in self.changes:
            if change.optie_id == option.pk:
                now = Quota(change.naar_minimum, change.naar_maximum)
        return Seats(promised, now)


def holding(loting: Loting) -> Holding:
    """What holds now. One query; none while the loting is prepared."""
    if loting.staat == Staat.CONCEPT:
        return Holding(loting, ())
    rows = Quotawijziging.objects.filter(optie__kenmerk__loting=loting)
    return Holding(loting, tuple(rows.order_by("op", "pk")))


@dataclass(frozen=True)
class Total:
    """What the answers of one question ask for together."""

    minimum: int
    maximum: int


def total_of(quotas: Sequence[Quota]) -> Total:
    return Total(sum(quota.minimum for quota in quotas), sum(quota.maximum for quota in quotas))


def problems_of(counted: Sequence[tuple[Antwoordoptie, Quota]], *, seats: int) -> list[str]:
    """Why the seats cannot be filled like this, each a sentence for whoever sets the numbers."""
    if len(counted) < 2:
        return [_("Een vraag heeft minstens twee antwoorden.")]
    found = []
    for option, quota in counted:
        if quota.minimum > quota.maximum:
            found.append(
                _("Voor “%(label)s” is minstens %(minimum)d meer dan hoogstens %(maximum)d.")
                % {"label": option.label, "minimum": quota.minimum, "maximum": quota.maximum}
            )
    total = total_of([quota for _option, quota in counted])
    if total.minimum > seats:
        found.append(
            ngettext(
                "Samen vraagt u minstens %(minimum)d zetels. Er is er %(seats)d.",
                "Samen vraagt u minstens %(minimum)d zetels. Er zijn er %(seats)d.",
                seats,
            )
            % {"minimum": total.minimum, "seats": seats}
        )
    if total.maximum < seats:
        found.append(
            ngettext(
                "Samen mag hoogstens %(maximum)d zetel bezet zijn. Er zijn er %(seats)d.",
                "Samen mogen hoogstens %(maximum)d zetels bezet zijn. Er zijn er %(seats)d.",
                total.maximum,
            )
            % {"maximum": total.maximum, "seats": seats}
        )
    return found

"""From shares of the population to seats."""

import re
from decimal import Decimal

from django.db import transaction

from participatie.models import Antwoordoptie, Loting
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

"""What a redactie chooses to fill the pages that are left."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.krant.druk.vullingen import Size, titles, vullingen
from home.models import Editie

KINDS: dict[str, Any] = {
    "nummers": gettext_lazy("Telefoonnummers om uit te knippen en op te hangen."),
    "notities": gettext_lazy("Lijnen om zelf iets op te schrijven."),
    "kleurplaat": gettext_lazy("Een tekening om in te kleuren."),
    "puzzel": gettext_lazy("Een puzzel, met de oplossing erbij."),
    "weetjes": gettext_lazy("Korte zinnen tussen twee artikelen."),
}
SIZES: dict[Size, Any] = {
    Size.WHOLE: gettext_lazy("hele bladzijde"),
    Size.HALF: gettext_lazy("halve bladzijde"),
    Size.STRIP: gettext_lazy("strook tussen artikelen"),
}


@dataclass(frozen=True)
class Filler:
    """One to choose from: its title, what it is and how much room it takes, in the language of the moment."""

    key: str
    title: str
    kind: str
    size: str


def fillers() -> list[Filler]:
    """All there are, in a fixed order."""
    named = titles()
    return [
        Filler(key, named[key], str(KINDS.get(one.kind, "")), str(SIZES[one.size]))
        for key, one in vullingen().items()
    ]


@transaction.atomic
def choose_fillers(*, editie: Editie, keys: list[str]) -> None:
    """Keep what fills the pages, in the order of use. ValidationError when it is out or a key is unknown."""
    row = Editie.objects.select_for_update(no_key=True).get(pk=editie.pk)
    if row.is_out:
        raise ValidationError(_("De editie is uit. Wat gedrukt is, blijft zoals het is."))
    if set(keys) - set(vullingen()) or len(keys) != len(set(keys)):
        raise ValidationError(_("Deze vulling is er niet meer. Kies opnieuw."))
    row.vullingen = keys
    row.save(update_fields=["vullingen"])

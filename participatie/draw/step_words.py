"""What the steps of a draw are called, what they mean, and how far they are."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participatie.models import Trekking


def words_of(key: str) -> tuple[str, str]:
    """What a step is called, and what it means."""
    return {
        "uitdelen": (
            _("Loten uitdelen"),
            _("Iedereen die meedoet krijgt een lotnummer. De nummers zijn willekeurig."),
        ),
        "versturen": (
            _("Lotnummers versturen"),
            _("Iedereen hoort het eigen lotnummer, en wat wij noteerden. Per mail, of op papier."),
        ),
        "bezwaar": (
            _("Klopt er iets niet?"),
            _("Wie ziet dat er iets niet klopt, zegt het nu. U besluit erover."),
        ),
        "vaststellen": (
            _("Deelnemers vaststellen"),
            _("Wie meedoet, staat vast. Niemand kan er nog bij, en niemand kan nog iets wijzigen."),
        ),
        "berekenen": (
            _("Lijsten berekenen"),
            _("De computer maakt lijsten die allemaal bij de verdeling passen, met eerlijke kansen."),
        ),
        "vastleggen": (
            _("Vastleggen"),
            _("Alles wat telt, wordt openbaar. Daarna kan niemand er nog iets aan veranderen, ook wij niet."),
        ),
        "gooien": (
            _("Dobbelstenen"),
            _("In het openbaar gooit iemand. De cijfers liggen vast voordat de ronde bekend is."),
        ),
        "ronde": (
            _("De ronde van het baken"),
            _("Een getal dat niemand vooraf kent. Samen met de dobbelstenen wijst het de lijst aan."),
        ),
        "uitkomst": (
            _("Uitkomst"),
            _("Wie is geloot, en wie reserve is. Iedereen kan het narekenen."),
        ),
    }[key]


def behind() -> str:
    return _("Er is iets veranderd aan wie meedoet. Werk de loten bij.")


def moment(at: datetime, *, seconds: bool = False) -> str:
    """A moment as people say it, in the time of the site."""
    return date_format(timezone.localtime(at), "j E Y, H:i:s" if seconds else "j E Y, H:i")


def progress_words(trekking: Trekking) -> str:
    """How far the lists are."""
    now = trekking.voortgang or {}
    name = {
        "check": _("De verdeling wordt nagekeken."),
        "relaxation": _("De kansen worden berekend."),
        "decomposition": _("De kansen worden bewezen."),
        "exact": _("De kansen worden bewezen, langs de lange weg."),
        "panels": _("De lijsten worden gemaakt."),
        "seating": _("De plaatsen op de lijsten worden verdeeld."),
    }.get(str(now.get("step", "")), _("Het rekenen begint."))
    done, total = now.get("done") or 0, now.get("total") or 0
    return f"{name} {done}/{total}" if total else name

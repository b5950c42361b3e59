"""The questions of the form, under the same numbers on the web and on paper."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PHOTOS = (1, 2, 3)
MOST_TITLE, MOST_TEXT = 120, 6000


@dataclass(frozen=True)
class Question:
    """One question: its number, and the names of its fields in the form."""

    number: int
    key: str
    title: "StrOrPromise"
    fields: tuple[str, ...]
    is_optional: bool = False
    why: "StrOrPromise" = ""


QUESTIONS = (
    Question(1, "titel", _("Waar gaat het over?"), ("titel",)),
    Question(
        2,
        "tekst",
        _("Uw tekst"),
        ("tekst", "teksttaal"),
        why=_("Een paar zinnen is genoeg. U mag schrijven in uw eigen taal. De redactie kijkt uw tekst na."),
    ),
    Question(3, "rubriek", _("In welke rubriek past het?"), ("rubriek",), is_optional=True),
    Question(
        4,
        "fotos",
        _("Foto's"),
        tuple(f"foto{number}" for number in PHOTOS),
        is_optional=True,
        why=_("Hoogstens drie. De site haalt er zelf uit waar en wanneer een foto is gemaakt."),
    ),
    Question(
        5,
        "naam",
        _("Hoe heet u?"),
        ("naam",),
        why=_("Dan weet de redactie wie er schrijft. Een voornaam mag ook."),
    ),
    Question(
        6,
        "bereikbaar",
        _("Hoe kunnen wij u bereiken?"),
        ("mail", "telefoon"),
        is_optional=True,
        why=_(
            "Vul een van de twee in als u wilt horen wat er met uw stuk gebeurt. "
            "Zonder kunnen wij u niets laten weten of vragen."
        ),
    ),
    Question(7, "noemen", _("Mag uw naam bij het stuk staan?"), ("noemen",)),
)

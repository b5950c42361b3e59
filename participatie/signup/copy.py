"""What somebody filled in, as they get to see it again: on their own page, in a mail, in a file."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from core.bidi import isolated
from participatie.models import Aanmelding, Antwoordoptie, Persoon
from participatie.signup.questions import questions_of

# In text without elements: a name of any script keeps its own direction.
FIRST_STRONG, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True)
class Given:
    """One answer with what was asked. An empty answer was left open."""

    asked: str
    answer: str
    # Of words that an editor wrote: the language they are in.
    asked_language: str = ""
    answer_language: str = ""
    direction: str = "auto"
    is_special: bool = False

    @property
    def plain(self) -> str:
        """For text without elements."""
        if self.direction == "ltr":
            return isolated(self.answer)
        return f"{FIRST_STRONG}{self.answer}{END}" if get_language_bidi() else self.answer


def copy_of(aanmelding: Aanmelding, persoon: Persoon, *, language_code: str) -> list[Given]:
    """Every answer in the order of the form, in the active language; features in `language_code`."""
    chosen: dict[int, int] = dict(aanmelding.kenmerkwaarden.values_list("kenmerk_id", "optie_id"))
    found: list[Given] = []
    for question in questions_of(aanmelding.loting, language_code=language_code):
        if question.kenmerk:
            option = next(
                (row for row in question.options if row.pk == chosen.get(question.kenmerk.pk)), None
            )
            found.append(
                _feature(question.title, question.language_code, option, question.kenmerk.is_bijzonder)
            )
        elif question.key == "naam":
            found.append(Given(_("Naam"), persoon.naam))
        elif question.key == "adres":
            is_plain = bool(persoon.postcode)
            found.append(Given(_("Adres"), persoon.adres, direction="ltr" if is_plain else "auto"))
        elif question.key == "leeftijd":
            found.append(Given(question.title, _("Ja")))
        elif question.key == "bereikbaar":
            found.append(Given(_("E-mail"), persoon.mail, direction="ltr"))
            found.append(Given(_("Telefoon"), persoon.telefoon, direction="ltr"))
        elif question.key == "taal":
            name = dict(settings.LANGUAGES).get(aanmelding.taal, aanmelding.taal)
            found.append(Given(question.title, str(name), answer_language=aanmelding.taal))
    return found


def _feature(asked: str, asked_language: str, option: Antwoordoptie | None, is_special: bool) -> Given:
    if option is None:
        return Given(asked, "", asked_language, is_special=is_special)
    return Given(asked, option.words.label, asked_language, option.words_language, is_special=is_special)

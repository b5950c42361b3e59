"""The questions of a loting, in order. Paper, desk and web count them the same way."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.models import lend_words
from participatie.models import Antwoordoptie, Kenmerk, Loting

FEATURE = "kenmerk_"


@dataclass(frozen=True)
class Question:
    """One question: its number on paper, its address on the web, and the fields that answer it."""

    number: int
    key: str
    title: str
    fields: tuple[str, ...]
    why: str = ""
    is_optional: bool = False
    # Of a feature: the language its words are in.
    language_code: str = ""
    kenmerk: Kenmerk | None = None
    options: tuple[Antwoordoptie, ...] = field(default=())


def features_of(loting: Loting, *, language_code: str) -> list[tuple[Kenmerk, list[Antwoordoptie]]]:
    """The features of a loting and their answers, in order, with their words in a language. Two queries."""
    kenmerken: list[Kenmerk] = (
        Kenmerk.objects.filter(loting=loting).order_by("order", "pk").worded(language_code)
    )
    options: dict[int, list[Antwoordoptie]] = {kenmerk.pk: [] for kenmerk in kenmerken}
    rows = Antwoordoptie.objects.source().filter(kenmerk__in=options).order_by("order", "pk")
    for option in lend_words(language_code, rows.with_words(language_code)):
        options[option.kenmerk_id].append(option)
    return [(kenmerk, options[kenmerk.pk]) for kenmerk in kenmerken]


def questions_of(loting: Loting, *, language_code: str) -> list[Question]:
    """Every question of the form, numbered from one. Titles are in the active language."""
    found: list[Question] = []

    def add(key: str, title: str, *fields: str, why: str = "", is_optional: bool = False) -> None:
        found.append(Question(len(found) + 1, key, title, fields, why, is_optional))

    add("naam", _("Hoe heet u?"), "naam", why=_("Zo weten wij wie wij moeten uitnodigen als u wordt geloot."))
    add(
        "adres",
        _("Waar woont u?"),
        "postcode",
        "huisnummer",
        "toevoeging",
        "adres_anders",
        why=_(
            "Alleen wie in de wijk woont, kan meedoen. En als u geen mail hebt, schrijven wij u een brief."
        ),
    )
    add(
        "leeftijd",
        _("Bent u %(age)d jaar of ouder?") % {"age": loting.minimumleeftijd},
        "oud_genoeg",
        why=_("Wij vragen niet wanneer u geboren bent."),
    )
    for kenmerk, options in features_of(loting, language_code=language_code):
        found.append(
            Question(
                len(found) + 1,
                # A feature may be called what a question of ours is: “taal”, “leeftijd”.
                f"kenmerk-{kenmerk.code}",
                kenmerk.words.vraag,
                (f"{FEATURE}{kenmerk.code}",),
                kenmerk.words.uitleg,
                not kenmerk.is_verplicht,
                kenmerk.words_language,
                kenmerk,
                tuple(options),
            )
        )
    add(
        "bereikbaar",
        _("Hoe kunnen wij u bereiken?"),
        "mail",
        "telefoon",
        why=_("Niets ingevuld? Dan krijgt u een brief."),
        is_optional=True,
    )
    add("taal", _("In welke taal schrijven wij u?"), "taal")
    return found

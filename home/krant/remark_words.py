"""What the printed edition remarks, as sentences for a volunteer who can do something about it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from home.krant import lengths
from home.krant.druk import Kind, Remark

# With these it cannot be made final: words are missing, or it costs more paper than was ordered.
IN_THE_WAY = {Kind.OVERFLOW, Kind.ARTICLE_EMPTY, Kind.EDITION_LONG}
# `a` and `b` are the numbers that go with it.
WORDS: dict[Kind, Any] = {
    Kind.ARTICLE_LONG: _(
        "Dit artikel vult ± %(a)s bladzijde. Krijgt elk artikel evenveel ruimte, dan is dat ± %(b)s. Kort "
        "het in, of spreek af dat het meer ruimte krijgt."
    ),
    Kind.EDITION_LONG: _(
        "Aantal bladzijden: %(a)s. Het doel is %(b)s. Kort artikelen in, zet er een alleen op de "
        "site, of kies meer bladzijden."
    ),
    Kind.ARTICLE_EMPTY: _("In dit artikel staat nog geen tekst. Schrijf het, of haal het van papier."),
    Kind.TITLE_LONG: _("De titel is lang voor op papier. Maak hem korter."),
    Kind.PICTURE_COARSE: _(
        "Een foto is wat grof voor papier: %(a)s beeldpunten per inch, %(b)s is mooi. Vraag de maker om een "
        "grotere."
    ),
    Kind.PICTURE_TOO_COARSE: _(
        "Een foto is te grof voor papier: %(a)s beeldpunten per inch, %(b)s is mooi. Vraag de maker om een "
        "grotere, of laat hem weg."
    ),
    Kind.PICTURE_WITHOUT_TEXT: _(
        "Bij een foto staat niet wat erop te zien is. Schrijf dat erbij, voor wie de krant laat voorlezen."
    ),
    Kind.LINK_UNREADABLE: ngettext_lazy(
        "%(a)s webadres is te lang om over te typen. Lezers vinden het alleen op de site.",
        "%(a)s webadressen zijn te lang om over te typen. Lezers vinden ze alleen op de site.",
        "a",
    ),
    Kind.HEADING_ALONE: _(
        "Op bladzijde %(a)s staat een tussenkop onderaan, los van zijn tekst. Maak het artikel een paar "
        "regels korter of langer."
    ),
    Kind.PICTURE_ALONE: _(
        "Op bladzijde %(a)s staat een foto los van zijn tekst. Zet hem ergens anders in het artikel."
    ),
    Kind.OVERFLOW: _(
        "Op bladzijde %(a)s past iets niet op het papier. Maak een tabel smaller, of kort een lang woord in."
    ),
    Kind.WHITE: _(
        "Op bladzijde %(a)s blijft %(b)s mm wit. Kies een vulling, of zet de artikelen in een andere "
        "volgorde."
    ),
}
QUARTERS = {Kind.ARTICLE_LONG}


def stored(remark: Remark) -> dict[str, Any]:
    """As JSON."""
    return {"kind": remark.kind.value, "key": remark.key, "numbers": list(remark.numbers)}


def unstored(row: dict[str, Any]) -> Remark:
    return Remark(Kind(row["kind"]), row["key"], tuple(row["numbers"]))


def sentence(remark: Remark) -> str:
    """What is the matter, and what to do, in the language of the moment."""
    numbers: tuple[Any, ...] = remark.numbers
    if remark.kind in QUARTERS:
        numbers = tuple(lengths.in_quarters(number / 4) for number in numbers)
    return str(WORDS[remark.kind] % dict(zip("ab", numbers, strict=False)))

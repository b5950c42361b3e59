"""What the days of an edition mean today, in sentences: how long kopij can come, when delivery begins."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.models import Editie

# From this many days before its day on, somebody has to do something about it.
NEAR_DAYS = 7


@dataclass(frozen=True)
class Moment:
    """A day of an edition: what about it, and whether it is late or close."""

    sentence: str
    is_late: bool = False
    is_near: bool = False


def kopij_moment(editie: Editie, *, on: date) -> Moment:
    """About the last day for kopij."""
    days, day = (editie.kopij_tot - on).days, _day(editie.kopij_tot)
    if editie.staat != Editie.Staat.KOPIJ:
        return Moment(
            _("Kopij insturen kan niet meer voor dit nummer. De laatste dag was %(day)s.") % {"day": day}
        )
    if days > 0:
        sentence = ngettext(
            "Kopij insturen kan nog %(count)d dag: tot en met %(day)s.",
            "Kopij insturen kan nog %(count)d dagen: tot en met %(day)s.",
            days,
        ) % {"count": days, "day": day}
        return Moment(sentence, is_near=days <= NEAR_DAYS)
    if days == 0:
        return Moment(_("Vandaag is de laatste dag voor kopij."), is_near=True)
    sentence = ngettext(
        "De laatste dag voor kopij was gisteren, %(day)s. Zet de editie op “redactie”.",
        "De laatste dag voor kopij was %(count)d dagen geleden, op %(day)s. Zet de editie op “redactie”.",
        -days,
    ) % {"count": -days, "day": day}
    return Moment(sentence, is_late=True)


def delivery_moment(editie: Editie, *, on: date) -> Moment:
    """About the first day of delivery."""
    days, day = (editie.bezorgd_van - on).days, _day(editie.bezorgd_van)
    if editie.is_out:
        sentence = _("Bezorgd van %(first)s tot en met %(last)s.")
        return Moment(sentence % {"first": day, "last": _day(editie.bezorgd_tot)})
    if days > 0:
        sentence = ngettext(
            "Bezorgen begint morgen, %(day)s.",
            "Bezorgen begint over %(count)d dagen, op %(day)s.",
            days,
        ) % {"count": days, "day": day}
        return Moment(sentence, is_near=days <= 2 * NEAR_DAYS)
    if days == 0:
        return Moment(_("Bezorgen begint vandaag, maar de editie staat nog niet op “uit”."), is_late=True)
    sentence = ngettext(
        "Bezorgen zou gisteren beginnen, op %(day)s. De editie staat nog niet op “uit”.",
        "Bezorgen zou %(count)d dagen geleden beginnen, op %(day)s. De editie staat nog niet op “uit”.",
        -days,
    ) % {"count": -days, "day": day}
    return Moment(sentence, is_late=True)


def moments(editie: Editie, *, on: date) -> list[Moment]:
    return [kopij_moment(editie, on=on), delivery_moment(editie, on=on)]


def _day(day: date) -> str:
    return date_format(day, "j E Y")

"""The public log in plain sentences. A line that says something else than it should is shown as it is."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participatie.models import Ketenregel
from participatie.sortition.publication.records import TICKET

Data = Mapping[str, Any]


def sentence_of(row: Ketenregel) -> str:
    """What a line says, in the active language; empty when its kind or its data is not known here."""
    tell = SENTENCES.get(row.soort)
    try:
        return tell(row.gegevens) if tell else ""
    except (KeyError, TypeError, ValueError):
        return ""


def reason_of(row: Ketenregel) -> str:
    """Why, as somebody of the municipality wrote it, in Dutch; empty when there is nothing to explain."""
    reason = row.gegevens.get("reden") if isinstance(row.gegevens, dict) else ""
    return reason if isinstance(reason, str) else ""


def with_whole_tickets(sentence: str) -> SafeString:
    """The same, in which no line ends in the middle of a ticket, and no ticket is turned around."""
    return SafeString(TICKET.sub(r'<bdi class="wijk-lot" dir="ltr">\g<0></bdi>', str(escape(sentence))))


def moment(written: str) -> str:
    """A moment of the log as people read it."""
    return date_format(timezone.localtime(datetime.fromisoformat(written)), "j E Y, H:i")


def _handed_out(data: Data) -> str:
    count = int(data["loten"])
    return ngettext(
        "Er is %(count)d lot uitgedeeld. Tot en met %(until)s kon iemand zeggen dat er iets niet klopt.",
        "Er zijn %(count)d loten uitgedeeld. Tot en met %(until)s kon iemand zeggen dat er iets niet klopt.",
        count,
    ) % {"count": count, "until": moment(data["bezwaar_tot"])}


def _sent(data: Data) -> str:
    count = int(data["loten"])
    return ngettext(
        "Het lotnummer is verstuurd, aan %(count)d mens. Bezwaar kan tot en met %(until)s.",
        "De lotnummers zijn verstuurd, aan %(count)d mensen. Bezwaar kan tot en met %(until)s.",
        count,
    ) % {"count": count, "until": moment(data["bezwaar_tot"])}


def _changed(data: Data) -> str:
    return _(
        "De loten zijn bijgewerkt: %(new)d nieuw, %(renewed)d met andere antwoorden, %(gone)d vervallen."
    ) % {
        "new": len(data["nieuw"]),
        "renewed": len(data["vernieuwd"]),
        "gone": len(data["vervallen"]),
    }


def _promised(data: Data) -> str:
    return _(
        "De bestanden zijn vastgelegd, voor een loting op %(moment)s. Ronde %(round)d van het baken telt."
    ) % {"moment": moment(data["trekking_op"]), "round": int(data["ronde"])}


def _put_off(data: Data) -> str:
    return _("De loting is uitgesteld: niet %(before)s, maar %(after)s.") % {
        "before": moment(data["van"]),
        "after": moment(data["naar"]),
    }


def _divided(data: Data) -> str:
    count = len([line["antwoord"] for line in data["zetels"]])
    return ngettext(
        "De verdeling van de zetels is gewijzigd, bij %(count)d antwoord.",
        "De verdeling van de zetels is gewijzigd, bij %(count)d antwoorden.",
        count,
    ) % {"count": count}


def _thrown(data: Data) -> str:
    return _("De dobbelstenen zijn gegooid: %(dice)s.") % {"dice": " ".join(data["dobbelstenen"])}


def _drawn(data: Data) -> str:
    tickets = ", ".join(data["geloot"])
    if data["lijst"] is None:
        return _("Ronde %(round)d is bekend. Geloot zijn %(tickets)s.") % {
            "round": int(data["ronde"]),
            "tickets": tickets,
        }
    return _("Ronde %(round)d is bekend. Lijst %(list)d is getrokken. Geloot zijn %(tickets)s.") % {
        "round": int(data["ronde"]),
        "list": int(data["lijst"]),
        "tickets": tickets,
    }


def _offered(data: Data) -> str:
    return _("Zetel %(seat)d is aangeboden aan lot %(ticket)s. Antwoorden kan tot %(until)s.") % {
        "seat": int(data["zetel"]),
        "ticket": data["lot"],
        "until": moment(data["antwoord_voor"]),
    }


def _about_seat(template: Callable[[], str]) -> Callable[[Data], str]:
    return lambda data: template() % {"seat": int(data["zetel"]), "ticket": data["lot"]}


SENTENCES: dict[str, Callable[[Data], str]] = {
    "loten uitgedeeld": _handed_out,
    "loten verstuurd": _sent,
    "loten bijgewerkt": _changed,
    "vastgelegd": _promised,
    "uitgesteld": _put_off,
    "verdeling gewijzigd": _divided,
    "gegooid": _thrown,
    "getrokken": _drawn,
    "zetel aangeboden": _offered,
    "zetel aangenomen": _about_seat(lambda: _("Lot %(ticket)s neemt zetel %(seat)d aan.")),
    "zetel niet aangenomen": _about_seat(lambda: _("Lot %(ticket)s neemt zetel %(seat)d niet aan.")),
    "zetel vrijgekomen": _about_seat(lambda: _("Zetel %(seat)d, van lot %(ticket)s, is vrijgekomen.")),
    "termijn voorbij": _about_seat(
        lambda: _("De termijn van zetel %(seat)d, van lot %(ticket)s, is voorbij.")
    ),
    "geen antwoord op tijd": _about_seat(
        lambda: _("Lot %(ticket)s gaf voor zetel %(seat)d geen antwoord op tijd.")
    ),
}

"""Everything that is kept of one person: for their own page and for the file they can take along."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.receipts import shown
from participatie.models import Aanmelding, Handeling
from participatie.seats.actions import LAPSED, TERM_OVER
from participatie.seats.offers import offer_to
from participatie.seats.retention import kept_until_of
from participatie.signup.copy import Given, copy_of

Soort = Handeling.Soort
# About everybody at once; one line for each is not worth reading.
ABOUT_ALL = (Soort.LIJST, Soort.DUBBEL, Soort.GEEXPORTEERD, Soort.BERICHT)
BY_THEMSELVES = (
    Soort.AANGEMELD,
    Soort.BEVESTIGD,
    Soort.GEDOWNLOAD,
    Soort.GEWIJZIGD,
    Soort.INGETROKKEN,
    Soort.GEWIST,
    Soort.ZETEL,
)


@dataclass(frozen=True)
class Seen:
    """Something that was done with somebody's data: what, by whom without a name, and when last."""

    what: str
    who: str
    at: datetime
    times: int = 1


def seen_by(aanmelding: Aanmelding) -> list[Seen]:
    """Who saw or changed the data of one person, the last first. Two queries."""
    rows = Handeling.objects.filter(loting=aanmelding.loting_id)
    own = [
        Seen(row.get_soort_display(), _who(row.soort, row.door_id is not None, row.toelichting), row.op)
        for row in rows.filter(bonnummer=aanmelding.bonnummer)
    ]
    labels = dict(Soort.choices)
    about_all = (
        rows.filter(bonnummer="", soort__in=ABOUT_ALL, op__gte=aanmelding.ontvangen_op)
        .values("soort")
        .annotate(times=Count("pk"), last=Max("op"))
        .order_by("soort")
    )
    everybody = [
        Seen(str(labels[row["soort"]]), _who(row["soort"], True), row["last"], row["times"])
        for row in about_all
    ]
    return sorted([*own, *everybody], key=lambda seen: seen.at, reverse=True)


def _who(soort: str, is_staff: bool, about: str = "") -> str:
    if is_staff:
        return _("een medewerker")
    if about in (LAPSED, TERM_OVER):
        return _("de site")
    return _("uzelf") if soort in BY_THEMSELVES else _("de site")


@dataclass(frozen=True)
class Everything:
    """All that is kept of one person."""

    aanmelding: Aanmelding
    answers: list[Given]
    seen: list[Seen]

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """What the site wrote down itself, by name; moments in the time of the site."""
        row = self.aanmelding
        return [
            (_("Loting"), row.loting.naam),
            (_("Bonnummer"), shown(row.bonnummer)),
            (_("Ontvangen op"), row.ontvangen_op),
            (_("Via"), row.get_kanaal_display()),
            (_("Stand"), row.get_stand_display()),
            (_("Ingetrokken op"), row.ingetrokken_op),
            (_("Doet mee?"), row.get_geschiktheid_display()),
            (_("Waarom"), row.get_reden_display()),
            (_("Toelichting"), row.toelichting),
            (_("Adres gecontroleerd"), row.get_adrescontrole_display()),
            (_("Gecontroleerd met"), row.adresbron),
            (_("Buurt"), row.buurt_code),
            (_("Mailadres bevestigd op"), row.mail_bevestigd_op),
            (_("Herinnerd op"), row.herinnerd_op),
            (_("Mail kwam niet aan op"), row.onbestelbaar_op),
            (_("Bewaard tot"), kept_until_of(row)),
            *_about_a_seat(row),
        ]

    @property
    def known_facts(self) -> list[tuple[str, Any, bool, str]]:
        """(name, value, is a moment, language if it is the site's own) of what is not empty."""
        row = self.aanmelding
        as_it_was_written = {row.loting.naam, row.toelichting, row.adresbron}
        return [
            (
                name,
                value,
                isinstance(value, datetime),
                settings.LANGUAGE_CODE if value in as_it_was_written else "",
            )
            for name, value in self.facts
            if value not in (None, "")
        ]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "aanmelding": {name: _plain(value) for name, value in self.facts},
            "antwoorden": [
                {"vraag": given.asked, "antwoord": given.answer or None} for given in self.answers
            ],
            "handelingen": [
                {"wat": row.what, "wie": row.who, "laatst": _plain(row.at), "keer": row.times}
                for row in self.seen
            ],
        }


def _about_a_seat(aanmelding: Aanmelding) -> list[tuple[str, Any]]:
    """The seat that somebody was offered, and what came of it; nothing when they were not."""
    aanbod = offer_to(aanmelding)
    if aanbod is None:
        return []
    facts: list[tuple[str, Any]] = [
        (_("Zetel aangeboden op"), aanbod.aangeboden_op),
        (_("Uw antwoord"), aanbod.get_stand_display()),
        (_("Beantwoord op"), aanbod.beantwoord_op),
    ]
    if sitting := getattr(aanbod, "bezetting", None):
        facts += [
            (_("Op de zetel vanaf"), f"{sitting.vanaf:%d-%m-%Y}"),
            (_("Op de zetel tot"), f"{sitting.tot:%d-%m-%Y}" if sitting.tot else ""),
            (_("Uw naam op de site"), sitting.genoemd_als),
        ]
    return facts


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value or None


def exported(aanmelding: Aanmelding, *, language_code: str) -> Everything:
    answers = copy_of(aanmelding, aanmelding.persoon, language_code=language_code)
    return Everything(aanmelding, answers, seen_by(aanmelding))

"""Letters of a loting, as PDFs that are made when they are asked for: nothing of them lies on disk."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from core import pdf
from core.bidi import isolated
from core.models import SiteInstellingen
from core.receipts import shown
from participatie.actions import make_link
from participatie.draw.lots import record_of
from participatie.identity import shown_postcode
from participatie.loting_address import address_of_loting
from participatie.models import Aanmelding, Lot, Loting, PersoonlijkeLink, Uitnodiging, Zetelaanbod
from participatie.seats.links import answer_link
from participatie.seats.term import term_ends_on

Doel = PersoonlijkeLink.Doel
# Some seconds of work and some MB; a printer takes them one after the other.
PER_FILE = 50


def invitations(loting: Loting, letters: Sequence[Uitnodiging]) -> bytes:
    """One PDF with a letter for each address: in Dutch, with a line in every other language."""
    address = address_of_loting(loting, settings.LANGUAGE_CODE)
    return pdf.make_letters(
        "print/loting_uitnodiging.html",
        [
            {
                "address": [
                    letter.aan or _("Aan de bewoners van"),
                    f"{letter.straat} {_number(letter.huisnummer, letter.toevoeging)}",
                    f"{shown_postcode(letter.postcode)} {letter.plaats}",
                ],
                "date": timezone.localdate(),
                "reference": "",
                "subject": _("Praat mee over %(wijk)s: meld u aan voor de loting") % {"wijk": loting.wijk},
                "code": shown(letter.code),
                "sign_up_url": address.to(f"aanmelden/?code={letter.code}"),
            }
            for letter in letters
        ],
        language=settings.LANGUAGE_CODE,
        title=_("Uitnodigingen voor de loting"),
        loting=loting,
        page_url=address.to(""),
        other_languages=_lines_in_other_languages(_phone()),
    )


@transaction.atomic
def confirmations(loting: Loting, rows: Sequence[Aanmelding], *, language_code: str) -> bytes:
    """One PDF with a letter for each sign-up: its number, and a new link to the person's own data."""
    address = address_of_loting(loting, language_code)
    with translation.override(language_code):
        return pdf.make_letters(
            "print/loting_ontvangen.html",
            [
                {
                    "address": _address_of(row),
                    "date": timezone.localdate(),
                    "reference": shown(row.bonnummer),
                    "subject": _("Uw aanmelding voor de loting is binnen"),
                    "number": shown(row.bonnummer),
                    "received_at": row.ontvangen_op,
                    "own_url": address.to(f"mijn/{make_link(aanmelding=row, doel=Doel.BEHEREN)}/"),
                }
                for row in rows
            ],
            language=language_code,
            title=_("Uw aanmelding voor de loting is binnen"),
            loting=loting,
            page_url=address.to(""),
        )


@transaction.atomic
def seat_letters(loting: Loting, rows: Sequence[Zetelaanbod], *, language_code: str) -> bytes:
    """One PDF with a letter for each offer of a seat: what it asks, until when, and a new link to answer."""
    address = address_of_loting(loting, language_code)
    with translation.override(language_code):
        return pdf.make_letters(
            "print/loting_zetel.html",
            [
                {
                    "address": _address_of(owner),
                    "date": timezone.localdate(),
                    "reference": shown(owner.bonnummer),
                    "subject": _("Er is een zetel voor u. Wilt u hem?"),
                    "number": shown(owner.bonnummer),
                    "aanbod": row,
                    "answer_url": address.to(f"zetel/{answer_link(row)}/"),
                }
                for row in rows
                if (owner := row.lot.aanmelding)
            ],
            language=language_code,
            title=_("Er is een zetel voor u. Wilt u hem?"),
            loting=loting,
            page_url=address.to(""),
            ends_on=term_ends_on(loting),
        )


@transaction.atomic
def lots(loting: Loting, rows: Sequence[Lot], *, language_code: str) -> bytes:
    """One PDF with a letter for each lot: its number, the line that is hashed, and the term to object."""
    address = address_of_loting(loting, language_code)
    letters = []
    with translation.override(language_code):
        for row in rows:
            if row.aanmelding is None:
                continue
            own = make_link(aanmelding=row.aanmelding, doel=PersoonlijkeLink.Doel.BEHEREN)
            letters.append(
                {
                    "address": _address_of(row.aanmelding),
                    "date": timezone.localdate(),
                    "reference": shown(row.aanmelding.bonnummer),
                    "subject": _("Uw lot voor de loting"),
                    "number": shown(row.aanmelding.bonnummer),
                    "lot_number": row.nummer,
                    "record": record_of(row).text,
                    "fingerprint": row.vingerafdruk,
                    "until": row.trekking.bezwaar_tot,
                    "draws_at": row.trekking.trekking_op,
                    "own_url": f"{address}mijn/{own}/",
                }
            )
        return pdf.make_letters(
            "print/loting_lot.html",
            letters,
            language=language_code,
            title=_("Uw lot voor de loting"),
            loting=loting,
            page_url=address,
        )


def without_mail(loting: Loting) -> QuerySet[Aanmelding]:
    """Standing sign-ups that can be written to only on paper."""
    rows = Aanmelding.objects.standing().filter(loting=loting, persoon__mail_index="")
    return rows.select_related("persoon").order_by("pk")


def _phone() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return str(SiteInstellingen.for_site(site).telefoon) if site else ""


def _lines_in_other_languages(phone: str) -> list[tuple[str, str]]:
    """[(language, what to do)], of the languages in which that line is there."""
    own, found = "", []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            line = _("U kunt meedoen in uw eigen taal. Scan de code of bel %(phone)s.") % {
                "phone": isolated(phone)
            }
        if code == settings.LANGUAGE_CODE:
            own = line
        elif line != own and not code.startswith(f"{settings.LANGUAGE_CODE}-"):
            found.append((code, line))
    return found


def _address_of(row: Aanmelding) -> list[str]:
    persoon = row.persoon
    if not persoon.postcode:
        return [persoon.naam, persoon.adres_anders]
    number = _number(persoon.huisnummer, persoon.toevoeging)
    # The post finds a home by these two, and reads Dutch; nobody was asked for the street.
    with translation.override(settings.LANGUAGE_CODE):
        where = _("Huisnummer %(number)s") % {"number": number}
    return [persoon.naam, where, shown_postcode(persoon.postcode)]


def _number(huisnummer: str, toevoeging: str) -> str:
    return f"{huisnummer} {toevoeging}".strip()

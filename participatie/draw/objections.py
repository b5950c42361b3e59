"""Somebody says that what is recorded about them is wrong: receiving it, and deciding with a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.receipts import read_number
from participatie import actions, mails
from participatie.draw.locks import hold_trekking
from participatie.draw.lots import synchronise
from participatie.models import Aanmelding, Bezwaar, Handeling, Lot, Loting, Staat, Trekking

LONGEST = 2000


def may_object(trekking: Trekking | None, loting: Loting) -> bool:
    """Can somebody still say that something is wrong?"""
    return bool(
        trekking
        and loting.staat == Staat.GESLOTEN
        and trekking.loten_verstuurd_op is not None
        and timezone.now() <= trekking.bezwaar_tot
    )


def lot_of(aanmelding: Aanmelding) -> Lot | None:
    """The lot of somebody in the real draw."""
    return aanmelding.loten.filter(trekking__is_proef=False).select_related("trekking").first()


def find_lot(loting: Loting, typed: str) -> Lot | None:
    """The lot that somebody means on the telephone: by its number or by a receipt number."""
    lots = Lot.objects.filter(trekking__loting=loting, trekking__is_proef=False).select_related("aanmelding")
    plain = "".join(typed.split()).upper()
    digits = plain.removeprefix("L-").removeprefix("L")
    if digits.isascii() and digits.isdigit() and (plain.startswith("L") or len(digits) <= 6):
        found = [lot for lot in lots.filter(nummer__endswith=digits) if int(lot.nummer[2:]) == int(digits)]
        return found[0] if found else None
    number = read_number(typed)
    return lots.filter(aanmelding__bonnummer=number).first() if number else None


@transaction.atomic
def object_to(*, lot: Lot, text: str, kanaal: str, by: User | None = None) -> Bezwaar:
    """Keep what somebody says, and tell them that it came in. The same words twice are one objection.

    ValidationError when it is too late, or there are no words.
    """
    held = _hold(lot.trekking)
    lots = held.loten.select_for_update(of=("self",)).select_related("aanmelding__persoon")
    row = lots.filter(pk=lot.pk).first()
    if row is None or row.aanmelding is None:
        raise ValidationError(_("Dit lot doet niet meer mee."))
    text = text.replace("\0", "").strip()[:LONGEST]
    if not text:
        raise ValidationError({"tekst": _("Schrijf op wat er niet klopt.")})
    # What came by post in time may be entered later, as long as the participants do not stand.
    if by is None and not may_object(held, held.loting):
        raise ValidationError(_("Dit kan niet meer: de tijd om dit te zeggen is voorbij. Bel ons."))
    for known in row.bezwaren.filter(besluit=Bezwaar.Besluit.OPEN):
        if known.tekst == text:
            return known
    made = Bezwaar.objects.create(lot=row, kanaal=kanaal, tekst=text)
    actions.note(held.loting, Handeling.Soort.BEZWAAR, aanmelding=row.aanmelding, by=by)
    _tell(row.aanmelding, f"bezwaar:{made.pk}")
    return made


@transaction.atomic
def decide(*, bezwaar: Bezwaar, besluit: str, uitleg: str, by: User) -> Bezwaar:
    """Decide, once, and tell the person. Refusing needs a reason, which they read.

    Correcting is done first, at the sign-up; deciding so brings the lots in line with it.
    """
    held = _hold(bezwaar.lot.trekking)
    rows = Bezwaar.objects.select_for_update(of=("self",)).select_related("lot__aanmelding__persoon")
    row = rows.get(pk=bezwaar.pk)
    if row.besluit != Bezwaar.Besluit.OPEN:
        raise ValidationError(_("Over dit bezwaar is al besloten."))
    if besluit not in (Bezwaar.Besluit.HERSTELD, Bezwaar.Besluit.AFGEWEZEN):
        raise ValidationError({"besluit": _("Kies wat u besluit.")})
    uitleg = uitleg.replace("\0", "").strip()[:LONGEST]
    if besluit == Bezwaar.Besluit.AFGEWEZEN and not uitleg:
        raise ValidationError({"uitleg": _("Leg uit waarom. De bewoner leest dit.")})
    row.besluit, row.uitleg, row.besloten_op, row.door = besluit, uitleg, timezone.now(), by
    row.save()
    aanmelding = row.lot.aanmelding
    if aanmelding:
        actions.note(
            held.loting,
            Handeling.Soort.BEZWAAR,
            aanmelding=aanmelding,
            by=by,
            about=str(row.get_besluit_display()),
        )
        if aanmelding.persoon.mail:
            mails.objection_decided(
                aanmelding=aanmelding,
                persoon=aanmelding.persoon,
                is_corrected=besluit == Bezwaar.Besluit.HERSTELD,
                explanation=uitleg,
                key=f"bezwaar:{row.pk}:besluit",
            )
    if besluit == Bezwaar.Besluit.HERSTELD:
        synchronise(held)
    return row


def _tell(aanmelding: Aanmelding, key: str) -> None:
    if aanmelding.persoon.mail:
        mails.objection_received(aanmelding=aanmelding, persoon=aanmelding.persoon, key=key)


def _hold(trekking: Trekking) -> Trekking:
    held = hold_trekking(trekking)
    if held.is_proef or held.loting.staat != Staat.GESLOTEN:
        raise ValidationError(_("Wie meedoet, staat vast. Hier verandert niets meer aan."))
    return held

"""What is decided about sign-ups that look alike: one person, or several."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from participatie.actions import BEFORE_FREEZING, GoneError, LotingClosedError, hold, judge, note
from participatie.eligibility import Verdict, judge_address
from participatie.models import Aanmelding, Handeling, NietDubbel, Persoon


@transaction.atomic
def mark_doubles(*, kept: Aanmelding, others: list[Aanmelding], by: User) -> None:
    """One sign-up stays, the others take no part. Nothing is deleted, and it can be undone."""
    if not others or kept in others:
        raise ValidationError(_("Kies welke aanmelding blijft."))
    stays = hold(kept)
    # Two who decide at the same time would otherwise put both out, each for the other.
    if stays.stand != Aanmelding.Stand.AANGEMELD or stays.reden == Aanmelding.Reden.DUBBEL:
        raise ValidationError(_("Kies welke aanmelding blijft."))
    for row in others:
        judge(
            aanmelding=row,
            geschiktheid=Aanmelding.Geschiktheid.NIET_GESCHIKT,
            reden=Aanmelding.Reden.DUBBEL,
            toelichting=_("Dubbel met %(number)s.") % {"number": kept.bonnummer},
            by=by,
        )


@transaction.atomic
def tell_apart(*, aanmeldingen: list[Aanmelding], by: User) -> None:
    """These look alike and are of different people. Twice is once."""
    rows = _held(aanmeldingen)
    if len(rows) < 2:
        raise ValidationError(_("Kies minstens twee aanmeldingen."))
    decided = set()
    for place, first in enumerate(rows):
        for second in rows[place + 1 :]:
            _pair, is_new = NietDubbel.objects.get_or_create(
                eerste=first, tweede=second, defaults={"door": by}
            )
            if is_new:
                decided |= {first, second}
    _note(rows, decided, by=by, about="niet_dubbel")


def undo_doubles(*, aanmeldingen: list[Aanmelding], by: User) -> None:
    """Take back what was decided about these, so that somebody looks again. The address is judged anew."""
    # Before the transaction: a service may take seconds.
    verdicts = {row: _verdict(row) for row in aanmeldingen if row.reden == Aanmelding.Reden.DUBBEL}
    with transaction.atomic():
        rows = _held(aanmeldingen)
        for row in rows:
            if row.reden == Aanmelding.Reden.DUBBEL and (verdict := verdicts.get(row)):
                judge(aanmelding=row, geschiktheid=verdict.geschiktheid, reden=verdict.reden, by=by)
        # Only between these: what was decided about one of them and another stays.
        pairs = NietDubbel.objects.filter(eerste__in=rows, tweede__in=rows).select_related("eerste", "tweede")
        together = {row for pair in pairs for row in (pair.eerste, pair.tweede)}
        pairs.delete()
        _note(rows, together, by=by, about="niet_dubbel: terug")


def _held(aanmeldingen: list[Aanmelding]) -> list[Aanmelding]:
    """The sign-ups, locked, the first number first. GoneError or LotingClosedError as for one of them."""
    rows = [hold(row) for row in sorted(set(aanmeldingen), key=lambda row: row.pk)]
    if any(row.loting.staat not in BEFORE_FREEZING for row in rows):
        raise LotingClosedError
    return rows


def _note(rows: list[Aanmelding], decided: set[Aanmelding], *, by: User, about: str) -> None:
    for row in rows:
        if row in decided:
            note(row.loting, Handeling.Soort.BEOORDEELD, aanmelding=row, by=by, about=about)


def _verdict(aanmelding: Aanmelding) -> Verdict:
    persoon = Persoon.objects.filter(aanmelding=aanmelding).first()
    if persoon is None:
        raise GoneError
    return judge_address(
        aanmelding.loting,
        postcode=persoon.postcode,
        huisnummer=persoon.huisnummer,
        toevoeging=persoon.toevoeging,
    )

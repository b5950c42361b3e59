"""What is decided about sign-ups that look alike: one person, or several."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import User
from participatie.actions import judge, note
from participatie.eligibility import judge_address
from participatie.models import Aanmelding, Handeling, NietDubbel, Persoon


@transaction.atomic
def mark_doubles(*, kept: Aanmelding, others: list[Aanmelding], by: User) -> None:
    """One sign-up stays, the others take no part. Nothing is deleted, and it can be undone."""
    if not others or kept in others:
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
    numbers = sorted(row.pk for row in aanmeldingen)
    if len(numbers) < 2:
        raise ValidationError(_("Kies minstens twee aanmeldingen."))
    for place, first in enumerate(numbers):
        for second in numbers[place + 1 :]:
            NietDubbel.objects.get_or_create(eerste_id=first, tweede_id=second, defaults={"door": by})
    for row in aanmeldingen:
        note(row.loting, Handeling.Soort.BEOORDEELD, aanmelding=row, by=by, about="niet_dubbel")


@transaction.atomic
def undo_doubles(*, aanmeldingen: list[Aanmelding], by: User) -> None:
    """Take back what was decided about these, so that somebody looks again. The address is judged anew."""
    for row in aanmeldingen:
        persoon = Persoon.objects.get(aanmelding=row)
        verdict = judge_address(
            row.loting,
            postcode=persoon.postcode,
            huisnummer=persoon.huisnummer,
            toevoeging=persoon.toevoeging,
        )
        if row.reden == Aanmelding.Reden.DUBBEL:
            judge(aanmelding=row, geschiktheid=verdict.geschiktheid, reden=verdict.reden, by=by)
        NietDubbel.objects.filter(Q(eerste=row) | Q(tweede=row)).delete()

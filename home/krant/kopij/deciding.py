"""What the redactie decides about kopij. The sender is told, and colleagues do not cross each other."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from home.krant.kopij import mails
from home.krant.kopij.actions import note
from home.krant.kopij.placing import place
from home.krant.kopij.reasons import sentence_of
from home.models import ArtikelPage, Editie, Kopij, Kopijhandeling

Staat = Kopij.Staat
Soort = Kopijhandeling.Soort


@transaction.atomic
def make_article(*, kopij: Kopij, editie: Editie, versie: int, by: User) -> ArtikelPage:
    """A draft article of kopij, in an edition that is being made. ValidationError, in a sentence, if not."""
    row = _held(kopij, versie)
    if editie.wijk_id != row.wijk_id or editie.is_out:
        raise ValidationError(_("Dit nummer is al uit, of van een andere wijk. Kies een ander nummer."))
    article = place(row, editie, by=by)
    row.editie, row.artikel_key = editie, article.translation_key
    _decide(row, Staat.GEBRUIKT, by=by)
    note(row, Soort.GEBRUIKT, by=by)
    mails.decided(row)
    return article


@transaction.atomic
def keep_for_later(*, kopij: Kopij, reden: str, woorden: str, versie: int, by: User) -> Kopij:
    """Keep it for a number after the one it was sent for."""
    row = _held(kopij, versie)
    row.editie = _edition_after(row)
    row.antwoord = _told(reden, woorden)
    _decide(row, Staat.LATER, by=by)
    note(row, Soort.LATER, by=by)
    mails.decided(row, reden=reden, woorden=woorden)
    return row


@transaction.atomic
def turn_down(*, kopij: Kopij, reden: str, woorden: str, versie: int, by: User) -> Kopij:
    """Not in the paper, with a reason."""
    row = _held(kopij, versie)
    row.antwoord = _told(reden, woorden)
    _decide(row, Staat.AFGEWEZEN, by=by)
    note(row, Soort.AFGEWEZEN, by=by)
    mails.decided(row, reden=reden, woorden=woorden)
    return row


@transaction.atomic
def reopen(*, kopij: Kopij, versie: int, by: User) -> Kopij:
    """Take a decision back. An article that was made stays as it is; the sender hears the next decision."""
    row = _held(kopij, versie, is_decided=True)
    row.staat, row.artikel_key, row.antwoord = Staat.NIEUW, None, ""
    row.behandeld_op = row.behandeld_door = None
    row.versie += 1
    row.save()
    note(row, Soort.HEROPEND, by=by)
    return row


def _held(kopij: Kopij, versie: int, *, is_decided: bool = False) -> Kopij:
    """The row as it is now, and nobody else's until the end."""
    row = Kopij.objects.select_for_update(of=("self",)).filter(pk=kopij.pk).select_related("wijk").first()
    if row is None:
        raise ValidationError(_("De inzender heeft dit stuk intussen teruggenomen."))
    may = not row.is_open if is_decided else row.is_open or row.staat == Staat.LATER
    if row.versie != versie or not may:
        raise ValidationError(_("Een collega was u voor. Kijk eerst wat er nu staat."))
    return row


def _decide(row: Kopij, staat: str, *, by: User) -> None:
    row.staat, row.behandeld_op, row.behandeld_door = staat, timezone.now(), by
    row.versie += 1
    row.save()


def _told(reden: str, woorden: str) -> str:
    return "\n\n".join(part for part in (sentence_of(reden), woorden) if part)


def _edition_after(row: Kopij) -> Editie | None:
    """The next number of this wijk that is being made; None when it is not planned yet."""
    later = Editie.objects.in_the_making().filter(wijk=row.wijk).order_by("bezorgd_van")
    if row.editie:
        later = later.filter(bezorgd_van__gt=row.editie.bezorgd_van)
    return later.first() if row.editie else None

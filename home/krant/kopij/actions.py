"""Kopij comes in, and goes at the request of its sender."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.models import OutboxMail, User
from core.photos import Photo
from core.receipts import hash_of
from home.krant.kopij import mails
from home.krant.kopij.drafts import stored
from home.krant.kopij.forms import Sent
from home.models import Editie, Kopij, Kopijconcept, Kopijfoto, Kopijhandeling
from wijken.models import Wijk

Soort = Kopijhandeling.Soort


class DecidedError(Exception):
    """The redactie decided already; taking it back is for a person to do."""


def edition_for(wijk: Wijk) -> Editie | None:
    """The edition that kopij of today is for; None when it waits for one that is not planned yet."""
    return Editie.objects.filter(wijk=wijk).collecting(on=timezone.localdate()).first()


def secret_of(number: str) -> str:
    """The secret in the address of the sender's own page.

    It follows from the number, so that whoever presses twice gets to the same page.
    """
    return salted_hmac("home.krant.kopij", number, algorithm="sha256").hexdigest()[:40]


def find(secret: str, *, wijk: Wijk) -> Kopij | None:
    """The kopij behind the address of somebody's own page."""
    return Kopij.objects.filter(wijk=wijk, link_hash=hash_of(secret)).select_related("editie__wijk").first()


def receive(
    *,
    wijk: Wijk,
    number: str,
    sent: Sent,
    language: str,
    photos: Mapping[int, Photo],
    draft: Kopijconcept | None = None,
    by: User | None = None,
    received_at: datetime | None = None,
) -> Kopij:
    """Store what somebody sent under the number of the form, once; the second time it is the first again.

    `photos` came along just now; the others are with the draft, which is gone afterwards. `by` is who copied
    it from paper.
    """
    try:
        return _store(
            wijk=wijk,
            number=number,
            sent=sent,
            language=language,
            photos=photos,
            draft=draft,
            by=by,
            received_at=received_at or timezone.now(),
        )
    except IntegrityError:
        if (known := Kopij.objects.filter(bonnummer=number).first()) is None:
            raise
        return known


@transaction.atomic
def _store(
    *,
    wijk: Wijk,
    number: str,
    sent: Sent,
    language: str,
    photos: Mapping[int, Photo],
    draft: Kopijconcept | None,
    by: User | None,
    received_at: datetime,
) -> Kopij:
    kopij = Kopij.objects.create(
        wijk=wijk,
        editie=edition_for(wijk),
        bonnummer=number,
        ontvangen_op=received_at,
        kanaal=Kopij.Kanaal.PAPIER if by else Kopij.Kanaal.WEB,
        ingevoerd_door=by,
        taal=language,
        teksttaal=sent.teksttaal,
        rubriek=sent.rubriek,
        titel=sent.titel,
        tekst=sent.tekst,
        ondertekening=sent.ondertekening,
        naam=sent.naam,
        mail=sent.mail,
        telefoon=sent.telefoon,
        link_hash=hash_of(secret_of(number)),
    )
    _store_photos(kopij, sent, photos, draft)
    if by:
        note(kopij, Soort.INGEVOERD, by=by)
    mails.received(kopij)
    return kopij


def _store_photos(kopij: Kopij, sent: Sent, photos: Mapping[int, Photo], draft: Kopijconcept | None) -> None:
    kept = {row.nummer: row for row in draft.fotos.all()} if draft else {}
    for about in sent.fotos:
        picture: dict[str, Any]
        if about.nummer in photos:
            picture = stored(photos[about.nummer])
        else:
            row = kept[about.nummer]
            picture = {name: getattr(row, name) for name in ("inhoud", "klein", "breedte", "hoogte")}
        Kopijfoto.objects.create(
            kopij=kopij,
            nummer=about.nummer,
            beschrijving=about.beschrijving,
            maker=about.maker,
            toestemming=about.toestemming,
            **picture,
        )
    if draft:
        draft.delete()


def note(kopij: Kopij, soort: str, *, by: User | None) -> None:
    """Write down who saw or did something; without `by` it was the sender."""
    Kopijhandeling.objects.create(wijk=kopij.wijk, soort=soort, bonnummer=kopij.bonnummer, door=by)


@transaction.atomic
def take_back(*, kopij: Kopij) -> None:
    """Delete kopij for its sender; nothing when it is gone already. DecidedError after a decision."""
    row = Kopij.objects.select_for_update(of=("self",)).filter(pk=kopij.pk).first()
    if row is None:
        return
    if not row.is_open:
        raise DecidedError
    erase(kopij=row, by=None)


@transaction.atomic
def erase(*, kopij: Kopij, by: User | None) -> None:
    """Delete kopij, its pictures and what was mailed about it. That it was deleted stays known."""
    note(kopij, Soort.GEWIST, by=by)
    OutboxMail.objects.without_contents().filter(kind=mails.KIND, about=kopij.bonnummer).delete()
    Kopij.objects.filter(pk=kopij.pk).delete()

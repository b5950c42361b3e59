"""Mails to who sent kopij: that it is here, and what the redactie decided. Each in the sender's language."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone, translation

from core import outbox
from core.bidi import isolated
from core.models import OutboxMail
from core.outbox import mail_undeliverable
from core.page_index import page_index
from core.receipts import shown
from home.krant.kopij.reasons import sentence_of
from home.models import Kopij, WijkkrantPage

KIND = "kopij"


def received(kopij: Kopij) -> None:
    """Number, time, a copy of the text, until when it is kept, and the address of the sender's own page."""
    from home.krant.kopij.actions import secret_of

    _send(
        kopij,
        template="krant_kopij_ontvangen",
        own_path=f"ontvangen/{secret_of(kopij.bonnummer)}/",
        fotos=kopij.fotos.count(),
    )


def decided(kopij: Kopij, *, reden: str = "", woorden: str = "") -> None:
    """What becomes of it: why by the key of `reasons`, and in the redactie's own words, which are Dutch."""
    with translation.override(kopij.taal):
        why = sentence_of(reden)
    _send(
        kopij,
        template="krant_kopij_besluit",
        # A decision that was taken back may come again, and is then told again.
        key=f"{kopij.bonnummer} {kopij.versie}",
        why=why,
        words=woorden,
        words_language=settings.LANGUAGE_CODE,
    )


@receiver(mail_undeliverable)
def note_undeliverable(mail: OutboxMail, **_kwargs: Any) -> None:
    """Whoever cannot be mailed is called, if there is a number."""
    if mail.kind == KIND and mail.about:
        Kopij.objects.filter(bonnummer=mail.about).update(onbestelbaar_op=timezone.now())


def _send(kopij: Kopij, *, template: str, key: str = "", own_path: str = "", **context: Any) -> None:
    if not kopij.mail:
        return
    with translation.override(kopij.taal):
        number_in_text, phone_in_text = isolated(shown(kopij.bonnummer)), isolated(kopij.telefoon)
    form_url = form_address(kopij)
    outbox.send(
        kind=KIND,
        to=kopij.mail,
        language=kopij.taal,
        template=template,
        context={
            **context,
            "kopij": kopij,
            "editie": kopij.editie,
            "number": shown(kopij.bonnummer),
            "number_in_text": number_in_text,
            "phone_in_text": phone_in_text,
            "own_url": f"{form_url}{own_path}" if own_path and form_url else "",
        },
        about=kopij.bonnummer,
        key=key,
    )


def form_address(kopij: Kopij) -> str:
    """Where kopij for this wijk is sent in, in the sender's language; empty while no such page is live."""
    page = WijkkrantPage.objects.filter(wijk=kopij.wijk_id, locale__language_code=settings.LANGUAGE_CODE)
    index = page_index()
    known = next((found for pk in page.values_list("pk", flat=True) if (found := index.by_pk.get(pk))), None)
    if known is None:
        return ""
    path = index.address_in(known, kopij.taal) or index.addresses[known.pk]
    return f"{settings.SITE_URL}{path}kopij/"

"""The mails of a loting: each in the person's own language, written with the change it tells about.

Mail is not safe: none holds more than the person gave, and special personal data is never in one. What goes
to a mail address that was left says only that something changed.
"""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone, translation

from core import outbox
from core.bidi import isolated
from core.models import OutboxMail
from core.outbox import mail_undeliverable
from core.receipts import shown
from participatie.actions import make_link
from participatie.loting_address import address_of_loting
from participatie.models import Aanmelding, Loting, Persoon, PersoonlijkeLink
from participatie.signals import erased, person_corrected, signed_up, withdrawn
from participatie.signup.copy import copy_of
from participatie.signup.drafts import KEPT_ON_REQUEST

Doel = PersoonlijkeLink.Doel
KIND = "loting"
IN_ADDRESS = {"postcode", "huisnummer", "toevoeging", "adres_anders"}


# --- mails to who signed up -----------------------------------------------------------------------


@receiver(signed_up)
def receipt(aanmelding: Aanmelding, persoon: Persoon, **_kwargs: Any) -> None:
    """Number, time, a copy of the answers, the button to confirm and the personal link."""
    if persoon.mail:
        _send(
            aanmelding,
            to=persoon.mail,
            template="loting_ontvangen",
            answers=_answers(aanmelding, persoon),
            confirm_url=_secret(aanmelding, Doel.BEVESTIGEN),
            own_url=_secret(aanmelding, Doel.BEHEREN),
        )


@receiver(person_corrected)
def corrected(
    aanmelding: Aanmelding, persoon: Persoon, changed: list[str], old_mail: str, **_kwargs: Any
) -> None:
    """What was changed, without the old or the new; also to a mail address that is not theirs any more."""
    is_new_mail = "mail" in changed
    if persoon.mail:
        names = {"adres" if name in IN_ADDRESS else name for name in changed}
        _send(
            aanmelding,
            to=persoon.mail,
            template="loting_gewijzigd",
            changed=names & {"naam", "adres", "mail", "telefoon", "taal"},
            has_changed_answers=bool(names - {"naam", "adres", "mail", "telefoon", "taal"}),
            confirm_url=_secret(aanmelding, Doel.BEVESTIGEN) if is_new_mail else "",
            own_url=_secret(aanmelding, Doel.BEHEREN),
        )
    if is_new_mail and old_mail:
        _send(aanmelding, to=old_mail, template="loting_ander_adres")


@receiver(withdrawn)
def withdrawal(aanmelding: Aanmelding, persoon: Persoon, **_kwargs: Any) -> None:
    if persoon.mail:
        _send(
            aanmelding,
            to=persoon.mail,
            template="loting_ingetrokken",
            own_url=_secret(aanmelding, Doel.BEHEREN),
        )


def reminder(*, aanmelding: Aanmelding, persoon: Persoon) -> None:
    """Ask once more to confirm the mail address."""
    _send(
        aanmelding,
        to=persoon.mail,
        template="loting_herinnering",
        confirm_url=_secret(aanmelding, Doel.BEVESTIGEN),
        own_url=_secret(aanmelding, Doel.BEHEREN),
    )


def new_link(*, aanmelding: Aanmelding, persoon: Persoon) -> None:
    """A new link to one's own data, for who asked for it."""
    _send(
        aanmelding,
        to=persoon.mail,
        template="loting_link",
        own_url=_secret(aanmelding, Doel.BEHEREN),
    )


def message(
    *, aanmelding: Aanmelding, persoon: Persoon, words: dict[str, str], words_language: str, key: str
) -> None:
    """A message to everybody, for one of them; `key` keeps it from going twice."""
    _send(
        aanmelding,
        to=persoon.mail,
        template="loting_bericht",
        key=key,
        is_one_of_many=True,
        words=words,
        words_language=words_language,
        is_translated=words_language == aanmelding.taal,
    )


def lot(
    *,
    aanmelding: Aanmelding,
    persoon: Persoon,
    number: str,
    record: str,
    fingerprint: str,
    until: datetime,
    draws_at: datetime,
    is_renewed: bool,
    key: str,
) -> None:
    """Somebody's lot: number, the line that is hashed and its fingerprint, and until when one can object."""
    with translation.override(aanmelding.taal):
        lot_number_in_text = isolated(number)
    _send(
        aanmelding,
        to=persoon.mail,
        template="loting_lot",
        key=key,
        lot_number=number,
        lot_number_in_text=lot_number_in_text,
        record=record,
        fingerprint=fingerprint,
        until=until,
        draws_at=draws_at,
        is_renewed=is_renewed,
        own_url=_secret(aanmelding, Doel.BEHEREN),
    )


def objection_received(*, aanmelding: Aanmelding, persoon: Persoon, key: str) -> None:
    """We have it. What it says is not repeated in a mail."""
    _send(
        aanmelding,
        to=persoon.mail,
        template="loting_bezwaar_ontvangen",
        key=key,
        own_url=_secret(aanmelding, Doel.BEHEREN),
    )


def objection_decided(
    *, aanmelding: Aanmelding, persoon: Persoon, is_corrected: bool, explanation: str, key: str
) -> None:
    """What was decided, and why."""
    _send(
        aanmelding,
        to=persoon.mail,
        template="loting_bezwaar_besloten",
        key=key,
        is_corrected=is_corrected,
        explanation=explanation,
        own_url=_secret(aanmelding, Doel.BEHEREN),
    )


def draft_link(*, loting: Loting, to: str, language: str, token: str) -> None:
    """A link to go on with a form that is not sent yet; `token` is the secret of the draft."""
    context = _about(loting, language)
    outbox.send(
        kind=KIND,
        to=to,
        language=language,
        template="loting_verder",
        context={
            **context,
            "draft_url": f"{context['page_url']}aanmelden/{token}/",
            "kept_days": KEPT_ON_REQUEST.days,
        },
    )


def about_a_seat(aanmelding: Aanmelding, *, template: str, key: str, **context: Any) -> None:
    """A mail about a seat; what ends in `_url` is the end of an address below that of the page."""
    _send(aanmelding, to=aanmelding.persoon.mail, template=template, key=key, **context)


# --- what happens to mails ------------------------------------------------------------------------


@receiver(erased)
def forget_mails(aanmelding: Aanmelding, **_kwargs: Any) -> None:
    """What somebody was mailed goes with the rest, sent or not."""
    OutboxMail.objects.without_contents().filter(about=aanmelding.bonnummer).delete()


@receiver(mail_undeliverable)
def note_undeliverable(mail: OutboxMail, **_kwargs: Any) -> None:
    """Somebody whose mail does not arrive is called or written to. Not when it went to an old address."""
    if mail.about:
        Aanmelding.objects.filter(bonnummer=mail.about, persoon__mail_index=mail.recipient_index).update(
            onbestelbaar_op=timezone.now()
        )


# --- parts ----------------------------------------------------------------------------------------


def _send(
    aanmelding: Aanmelding,
    *,
    to: str,
    template: str,
    key: str = "",
    is_one_of_many: bool = False,
    **context: Any,
) -> None:
    about = _about(aanmelding.loting, aanmelding.taal)
    with translation.override(aanmelding.taal):
        number_in_text = isolated(shown(aanmelding.bonnummer))
    # Without a page there is nowhere to lead to; everything else is still worth telling.
    links = {
        name: f"{about['page_url']}{path}" if path and about["page_url"] else ""
        for name, path in context.items()
        if name.endswith("_url")
    }
    outbox.send(
        kind=KIND,
        to=to,
        language=aanmelding.taal,
        template=template,
        context={
            **about,
            "confirm_url": "",
            **context,
            **links,
            "aanmelding": aanmelding,
            "number": shown(aanmelding.bonnummer),
            "number_in_text": number_in_text,
        },
        about=aanmelding.bonnummer,
        key=key,
        is_one_of_many=is_one_of_many,
    )


def _about(loting: Loting, language: str) -> dict[str, Any]:
    """The page of the loting for a reader of a language, as the templates of a mail name it."""
    found = address_of_loting(loting, language)
    return {
        "loting": loting,
        "page_url": found.url,
        "title": found.title,
        "title_language": found.title_language,
    }


def _secret(aanmelding: Aanmelding, doel: str) -> str:
    """What comes after the address of the page in a new personal link."""
    path = "bevestigen" if doel == Doel.BEVESTIGEN else "mijn"
    return f"{path}/{make_link(aanmelding=aanmelding, doel=doel)}/"


def _answers(aanmelding: Aanmelding, persoon: Persoon) -> list[Any]:
    with translation.override(aanmelding.taal):
        return copy_of(aanmelding, persoon, language_code=aanmelding.taal)

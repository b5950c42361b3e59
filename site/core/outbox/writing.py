"""Writing a mail in the language of its reader, and putting it into the outbox."""

import base64
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from wagtail.models import Site

from core.models import OutboxMail, SiteInstellingen
from core.outbox.delivering import deliver_mail
from core.sealing import blind

# What stands in text from right to left without being turned round.
LEFT_TO_RIGHT, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mimetype: str


class Written(NamedTuple):
    """What a mail says, in both forms."""

    subject: str
    text: str
    html: str


def normalised(address: str) -> str:
    """The one form of a mail address in which two can be compared."""
    return address.strip().lower()


def recipient_index(address: str) -> str:
    """What stands in `OutboxMail.recipient_index` for an address."""
    return blind("mail", normalised(address))


def send(
    *,
    kind: str,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    about: str = "",
    attachments: Iterable[Attachment] = (),
    key: str = "",
    unsubscribe_url: str = "",
    is_one_of_many: bool = False,
) -> OutboxMail:
    """Put a mail into the outbox, from `emails/<template>.subject.txt`, `.txt` and `.html`.

    It leaves when the caller's transaction is stored, and not if that is undone. `about` says in a few signs
    what it is about, without a name or an address. Whoever asks twice with the same `key` gets the same mail.
    One of many mails, to everybody, waits for the clock and lets others go first.
    ValueError for an address that cannot be one; the message does not repeat it.
    """
    to = _one_address(to)
    if key and (known := _earlier(kind, key)):
        return known
    if language not in dict(settings.LANGUAGES):
        # A language that the site no longer has.
        language = settings.LANGUAGE_CODE
    return send_written(
        kind=kind,
        to=to,
        language=language,
        words=written(template, context, language=language),
        about=about,
        attachments=attachments,
        key=key,
        unsubscribe_url=unsubscribe_url,
        is_one_of_many=is_one_of_many,
    )


def send_written(
    *,
    kind: str,
    to: str,
    language: str,
    words: Written,
    about: str = "",
    attachments: Iterable[Attachment] = (),
    key: str = "",
    unsubscribe_url: str = "",
    is_one_of_many: bool = False,
) -> OutboxMail:
    """Put a mail that is written already into the outbox; all else is as with `send`.

    For a mail that is the same for thousands of people but for a link: writing takes far longer than storing.
    """
    to = _one_address(to)
    if unsubscribe_url:
        _check_web_address(unsubscribe_url)
    mail = OutboxMail(
        kind=kind,
        language=language,
        recipient=to,
        subject=words.subject,
        text=words.text,
        html=words.html,
        attachments=[_packed(attachment) for attachment in attachments] or None,
        unsubscribe_url=unsubscribe_url,
        recipient_index=recipient_index(to),
        key=_stored(kind, key) if key else None,
        message_id=f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname}>",
        about=about,
    )
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        # Somebody with the same key was first.
        return OutboxMail.objects.get(key=mail.key)
    # Without a worker the clock finds it all the same.
    if not is_one_of_many:
        transaction.on_commit(lambda: deliver_mail.enqueue(mail.pk), robust=True)
    return mail


def _earlier(kind: str, key: str) -> OutboxMail | None:
    return OutboxMail.objects.filter(key=_stored(kind, key)).first()


def is_known(*, kind: str, key: str) -> bool:
    """Was there a mail with this key before?"""
    return OutboxMail.objects.filter(key=_stored(kind, key)).exists()


def _stored(kind: str, key: str) -> str:
    return blind("outbox", kind, key)


def _one_address(address: str) -> str:
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError("This is not one mail address.") from None
    return address


def _check_web_address(address: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        # An address without a dot, of a site that somebody tries at home.
        if not address.startswith(f"{settings.SITE_URL}/") or set(address) & set("<> \t\r\n"):
            raise ValueError("This is not a web address.") from None


def _packed(attachment: Attachment) -> list[str]:
    content = base64.b64encode(attachment.content).decode("ascii")
    return [" ".join(attachment.name.split()), attachment.mimetype, content]


def written(template: str, context: Mapping[str, Any], *, language: str) -> Written:
    """What a mail says in a language."""
    site = Site.objects.filter(is_default_site=True).first()
    site_settings = SiteInstellingen.for_site(site) if site else SiteInstellingen()
    with translation.override(language):
        everywhere = {
            **context,
            "site_settings": site_settings,
            "site_url": settings.SITE_URL,
            "phone": _isolated(site_settings.telefoon),
            "hours": _isolated(site_settings.telefoon_uren),
        }
        subject = _plain(f"emails/{template}.subject.txt", everywhere)
        # A new line in a name would otherwise start a header of its own.
        subject = " ".join(subject.split())
        text = _plain(f"emails/{template}.txt", everywhere).strip() + "\n"
        html = get_template(f"emails/{template}.html").render({**everywhere, "subject": subject})
    return Written(subject, text, html)


def _isolated(text: str) -> str:
    """For the text of a mail, which has no elements to say it with."""
    return f"{LEFT_TO_RIGHT}{text}{END}" if text and translation.get_language_bidi() else text


def _plain(name: str, context: Mapping[str, Any]) -> str:
    template: Any = get_template(name)
    rendered: str = template.template.render(Context(dict(context), autoescape=False))
    return rendered

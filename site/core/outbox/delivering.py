"""Getting mails out of the outbox: each by one worker at a time, again and again until it is certain.

A mail is claimed by an update that only one can win, stored before the mail server hears of it. Only a worker
that is killed between the server's "yes" and its own note of it leads to a second mail, with the same
Message-ID.
"""

import base64
import logging
import smtplib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.tasks import task
from django.utils import timezone
from wagtail.models import Site

from core.models import OutboxMail, SiteInstellingen
from core.models.outbox import UNDELIVERED

log = logging.getLogger(__name__)

State = OutboxMail.State

# Waiting times after each try, in minutes: in the end a day, five times. After the last one it has failed.
BACK_OFF_MINUTES = (1, 5, 30, 120, 360, 1440, 1440, 1440, 1440, 1440)
BATCH = 500


class WorkerStoppedError(Exception):
    """Who was delivering a mail never said how it went."""


# It is certain that a mail did not arrive. Receivers get `mail`, without what it says, and run in the same
# transaction as the note of it.
mail_undeliverable = Signal()


@task()
def deliver_mail(pk: int) -> None:
    """The first try, right after a mail was written."""
    deliver([pk])


def deliver_due(*, limit: int = BATCH) -> int:
    """Deliver what is due now, the longest waiting first. Returns how many went out."""
    now = timezone.now()
    _take_back(now)
    due = OutboxMail.objects.due(at=now).order_by("next_try_at", "pk")
    return deliver(list(due.values_list("pk", flat=True)[:limit]))


def deliver(pks: Iterable[int]) -> int:
    """Deliver these over one connection, as far as they are due. Returns how many went out.

    When the mail server is not there, one of them was a try in vain and the others keep their turn.
    """
    sent, mailer, sent_over_this = 0, None, 0
    answers_to = _answers_to()
    try:
        for pk in pks:
            claim = _claim(pk)
            if claim is None:
                continue
            try:
                mailer = mailer or _connected()
                mailer.send_messages([message_of(pk, answers_to=answers_to)])
            except smtplib.SMTPRecipientsRefused as error:
                # One mail is for one person.
                code = min((code for code, _words in error.recipients.values()), default=0)
                _not_sent(claim, error, code=code, is_final=code >= 500)
            except smtplib.SMTPDataError as error:
                _not_sent(claim, error, code=error.smtp_code, is_final=error.smtp_code >= 500)
            except (smtplib.SMTPException, OSError) as error:
                _not_sent(claim, error, code=getattr(error, "smtp_code", None))
                if not sent_over_this:
                    break
                # Many servers hang up after some mails; they take the next one over a new connection.
                _close(mailer)
                mailer, sent_over_this = None, 0
            except Exception as error:
                log.warning("mail %d failed: %s", pk, type(error).__name__)
                _not_sent(claim, error)
            else:
                # At once: what is between the server's "yes" and this note may become a second copy.
                _sent(claim)
                sent, sent_over_this = sent + 1, sent_over_this + 1
    finally:
        _close(mailer)
    return sent


def _connected() -> Any:
    mailer = mailers.default
    mailer.open()
    return mailer


def _close(mailer: Any) -> None:
    # What the server took, it took: how it says goodbye is of no matter.
    with suppress(smtplib.SMTPException, OSError):
        if mailer:
            mailer.close()


@dataclass(frozen=True)
class _Claim:
    """A mail that is this worker's, since when."""

    pk: int
    claimed_at: datetime | None


def _claim(pk: int) -> _Claim | None:
    """The mail for this worker only; None when another has it or it is not due."""
    now = timezone.now()
    claimed = OutboxMail.objects.due(at=now).filter(pk=pk)
    if not claimed.update(state=State.BEZIG, claimed_at=now, next_try_at=None, tries=F("tries") + 1):
        return None
    return _Claim(pk, now)


def _take_back(now: datetime) -> None:
    """Give mails of workers that stopped halfway another turn, unless they had all their turns."""
    for mail in OutboxMail.objects.without_contents().abandoned(at=now):
        _not_sent(_Claim(mail.pk, mail.claimed_at), WorkerStoppedError())


def _answers_to() -> str:
    """Where an answer to a mail goes; empty when nobody reads answers."""
    site = Site.objects.filter(is_default_site=True).first()
    return SiteInstellingen.for_site(site).email if site else ""


def message_of(pk: int, *, answers_to: str = "") -> EmailMultiAlternatives:
    """The mail as a mail server gets it. SealError when it is sealed with a key that is gone."""
    mail = OutboxMail.objects.get(pk=pk)
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        # The address stops it at one POST, without questions (RFC 8058).
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        # What comes back goes here.
        from_email=settings.BOUNCE_EMAIL,
        to=[mail.recipient],
        reply_to=[answers_to] if answers_to else None,
        headers=headers,
    )
    message.attach_alternative(mail.html, "text/html")
    for name, mimetype, content in mail.attachments or ():
        message.attach(name, base64.b64decode(content), mimetype)
    return message


def _sent(claim: _Claim) -> None:
    # Also when the claim ended meanwhile, but not over word that it came back already.
    OutboxMail.objects.filter(pk=claim.pk, state__in=[State.WACHTEND, State.BEZIG, State.MISLUKT]).update(
        state=State.VERZONDEN, sent_at=timezone.now(), claimed_at=None, next_try_at=None, last_error=""
    )


def _not_sent(claim: _Claim, error: Exception, *, code: int | None = None, is_final: bool = False) -> None:
    last_error = f"{type(error).__name__} {code or ''}".strip()[:100]
    own = Q(state=State.BEZIG, claimed_at=claim.claimed_at)
    mail = OutboxMail.objects.without_contents().filter(pk=claim.pk).first()
    if mail is None:
        # Whoever it was for was forgotten meanwhile.
        return
    if is_final:
        give_up(mail.pk, State.GEWEIGERD, last_error, only=own)
    elif mail.tries > len(BACK_OFF_MINUTES):
        give_up(mail.pk, State.MISLUKT, last_error, only=own)
    else:
        wait = timedelta(minutes=BACK_OFF_MINUTES[mail.tries - 1])
        OutboxMail.objects.filter(own, pk=mail.pk).update(
            state=State.WACHTEND, claimed_at=None, next_try_at=timezone.now() + wait, last_error=last_error
        )


def give_up(pk: int, state: str, last_error: str, *, only: Q) -> bool:
    """Note that a mail did not arrive and tell who wants to know. Returns whether that was news."""
    changes: dict[str, Any] = {
        "state": state,
        "last_error": last_error,
        "claimed_at": None,
        "next_try_at": None,
    }
    rows = OutboxMail.objects.filter(only, pk=pk)
    try:
        with transaction.atomic():
            is_news = bool(rows.update(**changes))
            if is_news:
                mail = OutboxMail.objects.without_contents().get(pk=pk)
                mail_undeliverable.send(OutboxMail, mail=mail)
    except Exception:
        # What others do with it must not make the mail go round for ever.
        log.exception("telling about an undeliverable mail failed")
        is_news = bool(rows.update(**changes))
    return is_news


def retry(mails: Any) -> int:
    """Give mails that did not arrive all their turns again. Returns how many; wiped ones cannot.

    `mails` is a queryset of OutboxMail.
    """
    rows = mails.filter(state__in=UNDELIVERED, wiped_at=None)
    pks = list(rows.values_list("pk", flat=True))
    count: int = rows.filter(pk__in=pks).update(
        state=State.WACHTEND, tries=0, next_try_at=timezone.now(), sent_at=None
    )
    for pk in pks:
        transaction.on_commit(lambda pk=pk: deliver_mail.enqueue(pk), robust=True)  # type: ignore[misc]
    return count

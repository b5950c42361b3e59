"""Reaching people who signed up: reminders to who did not finish, and messages to everybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.models import User
from core.outbox import write_next
from participatie import actions, mails
from participatie.models import (
    Aanmelding,
    Handeling,
    Kenmerk,
    Kenmerkwaarde,
    Loting,
    Rondbericht,
    Rondberichtstand,
)

Soort = Handeling.Soort
# Somebody who signed up today may still be reading the mail.
CONFIRM_AFTER = timedelta(days=3)
# Nobody is reminded more often.
ONCE_IN = timedelta(days=7)
# Mails that are stored together.
AT_ONCE = 50


@dataclass(frozen=True)
class Unfinished:
    """Sign-ups that miss something, by what they miss. Rows may stand in more than one."""

    unconfirmed: QuerySet[Aanmelding]
    without_answer: QuerySet[Aanmelding]
    unknown_address: QuerySet[Aanmelding]
    undeliverable: QuerySet[Aanmelding]
    without_mail: QuerySet[Aanmelding]


def unfinished(loting: Loting, *, now: datetime) -> Unfinished:
    """What a lotingbeheerder may want to do something about."""
    standing = Aanmelding.objects.standing().filter(loting=loting)
    needed = Kenmerk.objects.source().filter(loting=loting, is_verplicht=True)
    missing = Q()
    for kenmerk in needed:
        given = Kenmerkwaarde.objects.filter(aanmelding=OuterRef("pk"), kenmerk=kenmerk)
        missing |= ~Q(Exists(given))
    return Unfinished(
        unconfirmed=standing.unconfirmed().filter(ontvangen_op__lte=now - CONFIRM_AFTER),
        without_answer=standing.filter(missing) if missing else standing.none(),
        unknown_address=standing.filter(
            geschiktheid=Aanmelding.Geschiktheid.CONTROLEREN, reden=Aanmelding.Reden.ADRES_ONBEKEND
        ),
        undeliverable=standing.filter(onbestelbaar_op__isnull=False),
        without_mail=standing.filter(persoon__mail_index=""),
    )


def remind(loting: Loting, *, now: datetime, by: User) -> int:
    """Mail everybody who did not confirm their address and was not reminded this week. Returns how many."""
    due = unfinished(loting, now=now).unconfirmed.filter(
        Q(herinnerd_op__isnull=True) | Q(herinnerd_op__lte=now - ONCE_IN), onbestelbaar_op__isnull=True
    )
    count = 0
    for pk in list(due.values_list("pk", flat=True)):
        # One at a time, so that pressing twice or a failure half-way mails nobody twice.
        with transaction.atomic():
            row = due.select_for_update(of=("self",)).select_related("persoon").filter(pk=pk).first()
            if row is None:
                continue
            Aanmelding.objects.filter(pk=pk).update(herinnerd_op=now)
            mails.reminder(aanmelding=row, persoon=row.persoon)
            actions.note(loting, Soort.HERINNERD, aanmelding=row, by=by)
        count += 1
    return count


def languages_of(loting: Loting) -> dict[str, int]:
    """{language: how many standing sign-ups with a mail address}, the site's own language always first."""
    rows = Aanmelding.objects.standing().filter(loting=loting).exclude(persoon__mail_index="")
    counts = dict(rows.order_by("taal").values_list("taal").annotate(count=Count("pk")))
    return {settings.LANGUAGE_CODE: 0, **counts}


@transaction.atomic
def write_to_all(loting: Loting, *, texts: dict[str, dict[str, str]], key: str, by: User) -> int:
    """Send a message to everybody with a mail address: the clock writes the mails. Returns to how many.

    `texts` is {language: {"onderwerp": …, "tekst": …}}, with at least the site's own language; who reads
    another one gets that with a line in their own. The same `key` twice is one message.
    """
    Loting.objects.locked().get(pk=loting.pk)
    if known := Rondbericht.objects.filter(sleutel=key).first():
        return known.aantal
    count = _mailable(loting).count()
    if count:
        sent = Rondbericht.objects.create(
            loting=loting, door=by, teksten=texts, aantal=count, op=timezone.now(), sleutel=key
        )
        Rondberichtstand.objects.create(rondbericht=sent)
        actions.note(loting, Soort.BERICHT, by=by, count=count)
    return count


def write_messages(*, limit: int = 500) -> int:
    """Put mails of messages to everybody into the outbox, at most so many. Returns how many.

    A few at a time, so that others can store something in between; cut off halfway, it goes on from there.
    """
    written = 0
    for pk in list(Rondberichtstand.objects.order_by("pk").values_list("pk", flat=True)):
        while written < limit and (count := _write_some(pk, most=min(AT_ONCE, limit - written))):
            written += count
    return written


@transaction.atomic
def _write_some(pk: int, *, most: int) -> int:
    """The next mails of one message; 0 when it has them all."""
    stand = Rondberichtstand.objects.select_for_update().filter(pk=pk).first()
    if stand is None:
        return 0
    sent = stand.rondbericht
    # Who signed up later did not miss anything.
    rows = _mailable(sent.loting).filter(ontvangen_op__lte=sent.op).select_related("loting", "persoon")

    def write(row: Aanmelding) -> None:
        language = row.taal if row.taal in sent.teksten else settings.LANGUAGE_CODE
        mails.message(
            aanmelding=row,
            persoon=row.persoon,
            words=sent.teksten[language],
            words_language=language,
            key=f"rondbericht:{sent.pk}:{row.pk}",
        )

    return write_next(stand, rows, write, most=most)


def _mailable(loting: Loting) -> QuerySet[Aanmelding]:
    """Everybody who takes part and whose mail arrives, as far as is known."""
    rows = Aanmelding.objects.standing().filter(loting=loting, onbestelbaar_op__isnull=True)
    return rows.exclude(persoon__mail_index="")

"""An edition goes out by mail: to everybody who is subscribed at that moment, once, at a rate that is set.

The clock writes the mails of each minute into the outbox, and keeps in the same transaction how far it is.
"""

import logging
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.models import OutboxMail, User
from home.krant.edition_mail import EditionMail, NotOnTheSiteError, edition_mail
from home.krant.subscriber_mails import KIND_OF_EDITION, about_edition
from home.krant.subscribing import token_of
from home.models import Abonnee, Editie, Mailing, Mailingstand
from wijken.models import Wijk

log = logging.getLogger(__name__)
State = OutboxMail.State
# Mails that are stored together.
AT_ONCE = 50
MINUTE = timedelta(minutes=1)


def languages_of(wijk: Wijk) -> dict[str, int]:
    """{language: how many subscribers that can be reached}, the site's own language always first."""
    rows = Abonnee.objects.reachable().filter(wijk=wijk)
    counts = dict(rows.order_by("taal").values_list("taal").annotate(count=Count("pk")))
    return {settings.LANGUAGE_CODE: 0, **counts}


# --- starting, pausing and going on ---------------------------------------------------------------


@transaction.atomic
def start(*, editie: Editie, per_minuut: int, by: User) -> Mailing:
    """Send an edition that is out to its subscribers. Twice is once. ValidationError when it cannot be."""
    stored = Editie.objects.select_for_update(no_key=True).select_related("wijk").get(pk=editie.pk)
    if known := Mailing.objects.filter(editie=stored).first():
        return known
    if not stored.is_out:
        raise ValidationError(_("Mailen kan pas als de editie uit is."))
    try:
        edition_mail(stored, settings.LANGUAGE_CODE)
    except NotOnTheSiteError as error:
        raise ValidationError(_("De pagina van deze editie staat nog niet op de site.")) from error
    now = timezone.now()
    count = _subscribed(stored, at=now).count()
    if not count:
        raise ValidationError(_("Nog niemand krijgt deze wijkkrant per mail."))
    mailing = Mailing(editie=stored, op=now, door=by, aantal=count, per_minuut=per_minuut)
    mailing.full_clean()
    mailing.save()
    Mailingstand.objects.create(mailing=mailing)
    return mailing


@transaction.atomic
def pause(mailing: Mailing, *, is_paused: bool = True) -> bool:
    """Write no more mails for now, or go on. Returns False when all are written already."""
    changed = Mailingstand.objects.filter(mailing=mailing).update(is_gepauzeerd=is_paused)
    return bool(changed)


# --- writing --------------------------------------------------------------------------------------


def write_mailings() -> int:
    """Put the mails that are due by now into the outbox. Returns how many."""
    running = Mailingstand.objects.filter(is_gepauzeerd=False).order_by("pk")
    return sum(_write_due(pk) for pk in list(running.values_list("pk", flat=True)))


def _write_due(pk: int) -> int:
    """What one mailing may write now, a few at a time: others can store something in between."""
    written, by_language = 0, dict[str, EditionMail]()
    try:
        while count := _write_some(pk, by_language):
            written += count
    except NotOnTheSiteError:
        log.warning("mailing %d waits: its edition is not on the site", pk)
    return written


@transaction.atomic
def _write_some(pk: int, by_language: dict[str, EditionMail]) -> int:
    """The next mails of a mailing; 0 when it wrote what it may, or has them all."""
    stand = (
        Mailingstand.objects.select_for_update(of=("self",))
        .select_related("mailing__editie__wijk")
        .filter(pk=pk, is_gepauzeerd=False)
        .first()
    )
    if stand is None:
        return 0
    mailing, now = stand.mailing, timezone.now()
    since, allowed = _allowed(stand, now)
    if not allowed:
        return 0

    def write(abonnee: Abonnee) -> None:
        if abonnee.taal not in by_language:
            by_language[abonnee.taal] = edition_mail(mailing.editie, abonnee.taal)
        _write_one(mailing, abonnee, by_language[abonnee.taal])

    # Who stops at this very moment waits until it is stored, and then takes the mail along.
    rows = _subscribed(mailing.editie, at=mailing.op).select_for_update(no_key=True)
    written = outbox.write_next(stand, rows, write, most=min(AT_ONCE, allowed))
    if written:
        stand.geschreven_op = since + MINUTE * written / mailing.per_minuut
        stand.save(update_fields=["geschreven_op"])
    return written


def _allowed(stand: Mailingstand, now: datetime) -> tuple[datetime, int]:
    """(from when, how many mails since): never more than a minute's worth, with what waits to leave."""
    rate = stand.mailing.per_minuut
    earliest = now - MINUTE
    since = max(stand.geschreven_op or earliest, earliest)
    waiting = OutboxMail.objects.due(at=now).filter(about=about_edition(stand.mailing.editie_id)).count()
    # To the nearest microsecond, the division of a minute is not exact.
    earned = int(((now - since) / MINUTE) * rate + 0.001)
    return since, max(0, min(earned, rate - waiting))


def _write_one(mailing: Mailing, abonnee: Abonnee, mail: EditionMail) -> None:
    token = token_of(abonnee)
    outbox.send_written(
        kind=KIND_OF_EDITION,
        to=abonnee.mail,
        language=mail.language,
        words=mail.for_reader(token),
        about=about_edition(mailing.editie_id),
        key=f"editie:{mailing.editie_id}:{abonnee.pk}",
        unsubscribe_url=mail.stop_url(token),
        is_one_of_many=True,
    )


def _subscribed(editie: Editie, *, at: datetime) -> QuerySet[Abonnee]:
    """Who gets an edition: subscribed by then, and still."""
    return Abonnee.objects.reachable().filter(wijk_id=editie.wijk_id, bevestigd_op__lte=at)


def send_test(*, editie: Editie, language: str, to: str) -> None:
    """The mail as subscribers get it, to one address. Its link to stop stops nothing.

    NotOnTheSiteError without a page; ValueError for an address that cannot be one.
    """
    mail = edition_mail(editie, language)
    outbox.send_written(
        kind="krantproef",
        to=to,
        language=mail.language,
        words=mail.for_reader("proef"),
        about=f"{about_edition(editie.pk)}:proef",
    )


# --- how it goes ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How a mailing goes, in numbers of people."""

    total: int
    per_minute: int
    unwritten: int
    waiting: int
    sent: int
    failed: int
    refused: int
    bounced: int
    is_paused: bool
    is_running: bool

    @property
    def stopped(self) -> int:
        """Who stopped after it began, and needed no mail any more."""
        known = self.unwritten + self.waiting + self.sent + self.failed + self.refused + self.bounced
        return max(0, self.total - known)

    @property
    def still_waiting(self) -> int:
        return self.unwritten + self.waiting

    @property
    def settled(self) -> int:
        return max(0, self.total - self.still_waiting)

    @property
    def is_done(self) -> bool:
        return not self.is_running and not self.waiting

    @property
    def minutes_left(self) -> int:
        return math.ceil(self.unwritten / self.per_minute)


def progress_of(mailing: Mailing) -> Progress:
    """What became of the mails so far. The outbox knows it for half a year."""
    rows = OutboxMail.objects.filter(about=about_edition(mailing.editie_id))
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    stand = Mailingstand.objects.filter(mailing=mailing).first()
    unwritten = _subscribed(mailing.editie, at=mailing.op).filter(pk__gt=stand.tot).count() if stand else 0
    return Progress(
        total=mailing.aantal,
        per_minute=mailing.per_minuut,
        unwritten=unwritten,
        waiting=counts.get(State.WACHTEND, 0) + counts.get(State.BEZIG, 0),
        sent=counts.get(State.VERZONDEN, 0),
        failed=counts.get(State.MISLUKT, 0),
        refused=counts.get(State.GEWEIGERD, 0),
        bounced=counts.get(State.TERUGGEKOMEN, 0),
        is_paused=bool(stand and stand.is_gepauzeerd),
        is_running=stand is not None,
    )

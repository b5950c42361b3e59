"""`manage.py klok`: what happens by itself, because its time has come."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from types import FrameType
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision

from core.challenge.store import remove_expired
from core.models import OutboxMail, ZoektermZonderResultaat
from core.outbox import deliver_due
from core.translation_states import register
from home.desk.translation_mail import mail_translators
from home.krant import reminders, retention
from home.krant.mailing import write_mailings
from participatie import letter_bundles
from participatie.actions import close_due
from participatie.draw.computing import resume
from participatie.draw.rounds import fetch_due
from participatie.own_actions import answer_link_requests
from participatie.purge import purge
from participatie.reaching import write_messages
from participatie.seats.deadlines import tend
from wijken.terugblikken import make_due

log = logging.getLogger(__name__)

SECONDS = 60
# So that the other things of a round have their turn each minute.
DELIVER_SECONDS = 40
KEEP_TASK_RESULTS_DAYS = 14
KEEP_SEARCH_TERMS_DAYS = 365


class Command(BaseCommand):
    help = (
        "Publiceert wat gepland staat en verzendt mail, elke minuut. Ruimt op, begint terugblikken en mailt "
        "vertalers en redacties."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stopping = threading.Event()
        self.tidied_on: date | None = None

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--eenmaal", action="store_true", help="Eén ronde, met opruimen, en dan klaar.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["eenmaal"]:
            self.round()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        log.info("klok loopt")
        while not self.stopping.is_set():
            began = time.monotonic()
            self.round()
            # A connection kept for a minute may be dead by then.
            connections.close_all()
            # A round that took long does not make the next one late: so many mails a minute are so many.
            self.stopping.wait(max(0, SECONDS - (time.monotonic() - began)))
        log.info("klok gestopt")

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def round(self) -> None:
        """Everything that is due now. One thing that fails does not stop the others, nor the next round."""
        for job in (
            publish_scheduled,
            answer_link_requests,
            write_messages,
            write_mailings,
            deliver_mail,
            close_lotingen,
            tend_seats,
            resume_lists,
            fetch_rounds,
            delete_letters,
        ):
            self.attempt(job, is_quiet=True)
        today = timezone.localdate()
        if self.tidied_on != today and not self.stopping.is_set():
            daily = (
                prune_task_results,
                clear_sessions,
                forget_search_terms,
                wipe_mail,
                delete_mail,
                delete_personal_data,
                forget_challenges,
                make_terugblikken,
                note_translations,
                mail_translators,
                remind_redacties,
            )
            for job in daily:
                self.attempt(job)
            self.tidied_on = today

    def attempt(self, job: Callable[[], int], *, is_quiet: bool = False) -> None:
        try:
            count = job()
        except Exception:
            log.exception("%s failed", job.__name__)
            return
        # A quiet minute is not worth a line; a daily job always leaves its count.
        if count or not is_quiet:
            log.info("%s: %d", job.__name__, count)


def publish_scheduled() -> int:
    """Publish and unpublish what was planned for before now. Returns how many pages and snippets."""
    now = timezone.now()
    due = Revision.objects.filter(approved_go_live_at__lt=now).count()
    due += Page.objects.filter(live=True, expire_at__lt=now).count()
    if due:
        call_command("publish_scheduled", verbosity=0)
    return due


def deliver_mail() -> int:
    """Deliver mail that waits, or waits again, while there is time. Returns how many mails went out."""
    began, count = time.monotonic(), 0
    while sent := deliver_due():
        count += sent
        if time.monotonic() - began > DELIVER_SECONDS:
            break
    return count


def wipe_mail() -> int:
    """Empty what mails said, some days after they went out. Returns how many."""
    return OutboxMail.objects.wipe(at=timezone.now())


def delete_mail() -> int:
    """Delete the traces of mail after half a year. Returns how many."""
    return OutboxMail.objects.delete_old(at=timezone.now())


def close_lotingen() -> int:
    """Close the lotingen whose window has passed. Returns how many."""
    return close_due(now=timezone.now())


def tend_seats() -> int:
    """Remind of seats that were offered, let offers lapse, end terms. Returns how many things were done."""
    return tend(now=timezone.now())


def delete_letters() -> int:
    """Delete files with letters after a day. Returns how many."""
    return letter_bundles.delete_letters(now=timezone.now())


def resume_lists() -> int:
    """Go on with lists of lotingen that were cut off. Returns how many."""
    return resume(now=timezone.now())


def fetch_rounds() -> int:
    """Finish the draws whose round of drand is known by now. Returns how many."""
    return fetch_due(now=timezone.now())


def delete_personal_data() -> int:
    """Delete personal data whose term is over. Returns how many rows."""
    now = timezone.now()
    return sum(purge(now=now).values()) + sum(retention.purge(now=now).values())


def forget_challenges() -> int:
    """Delete the digits that nobody typed in time. Returns how many."""
    return remove_expired()


def prune_task_results() -> int:
    """Delete results of background work after two weeks. Returns how many."""
    before = DBTaskResult.objects.count()
    limit = timezone.now() - timedelta(days=KEEP_TASK_RESULTS_DAYS)
    DBTaskResult.objects.finished().filter(finished_at__lte=limit).delete()
    return before - DBTaskResult.objects.count()


def clear_sessions() -> int:
    """Delete sessions that ended. Returns how many."""
    deleted, _per_model = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted


def forget_search_terms() -> int:
    """Delete searches without a result after a year. Returns how many."""
    limit = timezone.localdate() - timedelta(days=KEEP_SEARCH_TERMS_DAYS)
    deleted, _per_model = ZoektermZonderResultaat.objects.filter(on__lt=limit).delete()
    return deleted


def make_terugblikken() -> int:
    """Start the look-backs that are due and keep the standing of their day. Returns how many."""
    return make_due(on=timezone.localdate())


def remind_redacties() -> int:
    """Mail the redacties of wijkkranten about days that come near. Returns how many mails."""
    return reminders.remind_redacties(on=timezone.localdate())


def note_translations() -> int:
    """Note translations that went live in a way that gives no signal. Returns how many."""
    return register.fill()

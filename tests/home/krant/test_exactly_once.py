"""Five thousand subscribers, and a clock that is killed three times: everybody gets the edition exactly once.

The clock is the real one, in a process of its own, and so is the mail server. What cannot be ruled out is
shown apart: a server that took a mail, and a clock that is killed before it noted that.
"""

import asyncio
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from django.db import connections
from django.utils import timezone

from core.models import OutboxMail, User
from core.models.outbox import CLAIM_ENDS_AFTER
from home.krant import mailing
from home.management.commands import klok
from home.models import Abonnee, Mailing, Mailingstand
from tests.home.krant.subscribers import many, published
from tests.mailserver import MailServer, running
from tests.processes import command

SUBSCRIBERS = 5000
TO, MESSAGE_ID = re.compile(rb"^To: (\S+)", re.MULTILINE), re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


class PostOffice(MailServer):
    """Keeps of a mail only for whom it was, and which: reading thousands takes time. Can stop at one."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[str, str]] = []
        # Where it stops for good, once it took so many.
        self.stops_at, self.stops = 0, ""

    def stop_at(self, count: int, when: str) -> None:
        self.stops_at, self.stops = count, when
        self.somebody_waits.clear()

    async def _stop(self, when: str) -> None:
        if self.stops == when and len(self.taken) >= self.stops_at:
            self.somebody_waits.set()
            await asyncio.sleep(600)

    async def handle_MAIL(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        await self._stop("before")
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        await self._stop("without taking it")
        to, message_id = TO.search(envelope.content), MESSAGE_ID.search(envelope.content)
        assert to
        assert message_id
        self.taken.append((to[1].decode(), message_id[1].decode()))
        await self._stop("without saying so")
        return "250 OK"


@pytest.fixture
def office(settings: Any) -> PostOffice:
    made = PostOffice()
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": made.options()}
    }
    return made


def started(count: int, by: User) -> Mailing:
    many(count, languages=("nl", "en", "ar"))
    return mailing.start(editie=published(), per_minuut=1000, by=by)


def clock(folder: Path, office: PostOffice) -> subprocess.Popen[str]:
    connections.close_all()
    return command("klok", "--eenmaal", folder=folder, server=office)


def kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)


def wait_for(true: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    for _tick in range(6000):
        if true():
            return
        if process.poll() is not None:
            pytest.fail(f"It stopped by itself: {process.communicate()}")
        time.sleep(0.01)
    pytest.fail("It took too long.")


def much_later() -> None:
    """A minute of the rate goes by, and the time after which a worker that says nothing is given up."""
    now = timezone.now()
    Mailingstand.objects.update(geschreven_op=None)
    OutboxMail.objects.filter(state="bezig").update(claimed_at=now - CLAIM_ENDS_AFTER - timedelta(seconds=1))
    OutboxMail.objects.filter(state="wachtend").update(next_try_at=now)


def a_minute_later() -> None:
    much_later()
    mailing.write_mailings()
    klok.deliver_mail()


def written() -> int:
    return OutboxMail.objects.filter(kind="krantabonnee-editie").count()


def test_everybody_gets_it_once_though_it_is_killed_three_times(
    beheerder_of_copy: User, office: PostOffice, tmp_path: Path
) -> None:
    sent = started(SUBSCRIBERS, beheerder_of_copy)
    with running(office):
        process = clock(tmp_path, office)
        wait_for(lambda: written() >= 300, process)
        kill(process)
        # In the middle of a minute, and what is written is exactly what is noted.
        stand = Mailingstand.objects.get()
        assert 300 <= written() < 1000
        assert written() == Abonnee.objects.filter(pk__lte=stand.tot).count()

        for count, when in ((400, "without taking it"), (900, "before")):
            office.stop_at(count, when)
            process = clock(tmp_path, office)
            wait_for(office.somebody_waits.is_set, process)
            kill(process)
            assert OutboxMail.objects.filter(state="bezig").count() == 1
            much_later()
        office.stop_at(0, "")

        # Minute after minute, as the clock does, without starting it for each.
        while Mailingstand.objects.exists() or OutboxMail.objects.filter(state="wachtend").exists():
            a_minute_later()

    counts = Counter(to for to, _message_id in office.taken if to.startswith("a"))
    assert len(counts) == SUBSCRIBERS
    assert set(counts.values()) == {1}
    progress = mailing.progress_of(sent)
    assert (progress.sent, progress.still_waiting, progress.is_done) == (SUBSCRIBERS, 0, True)
    # Sending it once more sends nothing.
    assert mailing.start(editie=sent.editie, per_minuut=1, by=beheerder_of_copy) == sent
    assert mailing.write_mailings() == 0


def test_a_second_copy_that_cannot_be_ruled_out_is_the_same_mail(
    beheerder_of_copy: User, office: PostOffice, tmp_path: Path
) -> None:
    """The server took it and the clock never heard: mail programs know the second one by its Message-ID."""
    started(3, beheerder_of_copy)
    with running(office):
        office.stop_at(2, "without saying so")
        process = clock(tmp_path, office)
        wait_for(office.somebody_waits.is_set, process)
        kill(process)
        office.stop_at(0, "")
        for _turn in range(2):
            a_minute_later()
    mails = [mail for mail in office.taken if mail[0].startswith("a")]
    assert (len(mails), len(set(mails))) == (4, 3)
    [(twice, count)] = Counter(mails).most_common(1)
    assert (twice[0], count) == ("a1@example.nl", 2)

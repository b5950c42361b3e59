"""Two who do the same at once, and a worker that is killed halfway."""

import os
import signal
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from core import outbox
from core.models import OutboxMail
from core.models.outbox import CLAIM_ENDS_AFTER
from tests.mailserver import MailServer, running
from tests.outbox.mails import now, write
from tests.own_database import at_once
from tests.processes import command

pytestmark = pytest.mark.usefixtures("database_to_lose")


@pytest.fixture(autouse=True)
def nobody_works_yet(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


def test_the_same_key_at_the_same_time_gives_one_mail() -> None:
    found = at_once(*[lambda: write(key="aanmelding:7Q").pk] * 6)
    assert len(set(found)) == 1, found
    assert OutboxMail.objects.count() == 1


def worker(folder: Path, server: MailServer) -> subprocess.Popen[str]:
    return command("post", "--nu", folder=folder, server=server)


def test_two_at_once_deliver_each_mail_once(tmp_path: Path) -> None:
    mails = [write(f"a{number}@example.nl") for number in range(40)]
    connections.close_all()
    server = MailServer()
    # Both have claimed a mail and are connected before one of them gets further.
    server.waits_for = 2
    with running(server):
        workers = [worker(tmp_path, server), worker(tmp_path, server)]
        ends = [process.communicate(timeout=120) for process in workers]
    assert [process.returncode for process in workers] == [0, 0], ends
    delivered = [str(message["Message-ID"]) for message in server.received]
    assert sorted(delivered) == sorted(mail.message_id for mail in mails)
    sent = [int(out.split("verzonden: ")[1].split()[0]) for out, _err in ends]
    assert sum(sent) == 40
    assert all(sent), "Both took part."
    assert not OutboxMail.objects.exclude(state="verzonden").exists()


def test_a_worker_that_is_killed_halfway_loses_nothing(tmp_path: Path, settings: Any) -> None:
    mail = write()
    connections.close_all()
    server = MailServer()
    server.is_silent = True
    with running(server):
        process = worker(tmp_path, server)
        assert server.somebody_waits.wait(60), process.communicate(timeout=5)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
    assert now(mail).state == "bezig"

    other = MailServer()
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": other.options()}
    }
    with running(other):
        assert outbox.deliver_due() == 0
        with time_machine.travel(timezone.now() + CLAIM_ENDS_AFTER):
            # Its turn comes again, as after any failure.
            assert outbox.deliver_due() == 0
        with time_machine.travel(timezone.now() + CLAIM_ENDS_AFTER + timedelta(minutes=2)):
            assert outbox.deliver_due() == 1
    assert [str(message["Message-ID"]) for message in other.received] == [mail.message_id]
    assert (now(mail).state, now(mail).tries) == ("verzonden", 2)

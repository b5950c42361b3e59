"""Delivery to a real mail server: one that works, is away, refuses, or hangs up halfway."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.utils import timezone

from core import outbox
from core.models import OutboxMail
from core.models.outbox import CLAIM_ENDS_AFTER
from core.outbox.delivering import BACK_OFF_MINUTES, deliver
from tests.mailserver import MailServer, running
from tests.outbox.mails import now, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[list[tuple[str, str]]]:
    """(about, state) of each mail of which the site was told that it did not arrive."""
    found: list[tuple[str, str]] = []

    def note(sender: Any, *, mail: OutboxMail, **kwargs: Any) -> None:
        found.append((mail.about, mail.state))

    outbox.mail_undeliverable.connect(note)
    yield found
    outbox.mail_undeliverable.disconnect(note)


def later(**time: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


def test_many_go_over_one_connection(server: MailServer, settings: Any) -> None:
    settings.BOUNCE_EMAIL = "retour@example.nl"
    mails = [write(f"a{number}@example.nl") for number in range(5)]
    assert outbox.deliver_due() == 5
    assert server.connections == 1
    assert server.addresses == [f"a{number}@example.nl" for number in range(5)]
    assert set(server.senders) == {"retour@example.nl"}
    assert str(server.received[0]["From"]) == settings.DEFAULT_FROM_EMAIL
    sent = now(mails[0])
    assert (sent.state, sent.tries, sent.claimed_at, sent.next_try_at) == ("verzonden", 1, None, None)
    assert outbox.deliver_due() == 0


def test_a_mail_server_that_is_away_loses_nothing(down: MailServer, told: list[Any]) -> None:
    mails = [write(f"a{number}@example.nl") for number in range(3)]
    assert outbox.deliver_due() == 0
    # One was tried; the others keep their turn.
    assert [now(mail).tries for mail in mails] == [1, 0, 0]
    tried = now(mails[0])
    assert (tried.state, tried.last_error) == ("wachtend", "ConnectionRefusedError")
    with running(down):
        assert outbox.deliver_due() == 2
        with later(minutes=1, seconds=1):
            assert outbox.deliver_due() == 1
    assert sorted(down.addresses) == ["a0@example.nl", "a1@example.nl", "a2@example.nl"]
    assert {str(message["Message-ID"]) for message in down.received} == {mail.message_id for mail in mails}
    assert told == []


def test_waiting_takes_longer_each_time_and_ends(down: MailServer, told: list[Any]) -> None:
    mail = write(about="aanmelding:7Q")
    moment = timezone.now()
    for minutes in BACK_OFF_MINUTES:
        with time_machine.travel(moment, tick=False):
            outbox.deliver_due()
            assert now(mail).next_try_at == timezone.now() + timedelta(minutes=minutes)
        moment += timedelta(minutes=minutes)
        with time_machine.travel(moment - timedelta(seconds=1), tick=False):
            outbox.deliver_due()
    assert now(mail).tries == len(BACK_OFF_MINUTES)
    assert told == []
    with time_machine.travel(moment, tick=False):
        outbox.deliver_due()
    failed = now(mail)
    assert (failed.state, failed.tries, failed.next_try_at) == ("mislukt", len(BACK_OFF_MINUTES) + 1, None)
    assert timedelta(days=5) < moment - mail.created_at < timedelta(days=6)
    assert told == [("aanmelding:7Q", "mislukt")]


def test_one_refused_recipient_does_not_stop_the_others(server: MailServer, told: list[Any]) -> None:
    server.answers_to["nobody@example.nl"] = "550 5.1.1 nobody@example.nl: user unknown"
    server.answers_to["full@example.nl"] = "452 4.2.2 full@example.nl: mailbox full"
    server.answers_data["spam@example.nl"] = "554 5.7.1 spam@example.nl: refused"
    server.answers_data["grey@example.nl"] = "451 4.7.1 grey@example.nl: later"
    names = ("nobody", "full", "spam", "grey", "fine")
    mails = {name: write(f"{name}@example.nl", about=name) for name in names}
    assert outbox.deliver_due() == 1
    assert server.addresses == ["fine@example.nl"]
    assert {name: (now(mail).state, now(mail).last_error) for name, mail in mails.items()} == {
        "nobody": ("geweigerd", "SMTPRecipientsRefused 550"),
        "full": ("wachtend", "SMTPRecipientsRefused 452"),
        "spam": ("geweigerd", "SMTPDataError 554"),
        "grey": ("wachtend", "SMTPDataError 451"),
        "fine": ("verzonden", ""),
    }
    assert told == [("nobody", "geweigerd"), ("spam", "geweigerd")]


def test_a_server_that_dies_halfway_gets_it_again(server: MailServer, told: list[Any]) -> None:
    server.hangs_up_at.add("b@example.nl")
    mails = [write(f"{name}@example.nl") for name in "abc"]
    assert outbox.deliver_due() == 2
    # After a hang-up the rest goes over a new connection.
    assert server.addresses == ["a@example.nl", "c@example.nl"]
    assert now(mails[1]).last_error == "SMTPServerDisconnected"
    server.hangs_up_at.clear()
    with later(minutes=2):
        assert outbox.deliver_due() == 1
    assert str(server.received[-1]["Message-ID"]) == mails[1].message_id
    assert told == []


def test_a_server_that_takes_a_few_at_a_time_gets_them_all(server: MailServer) -> None:
    server.per_connection = 2
    for number in range(7):
        write(f"a{number}@example.nl")
    sent, moment = 0, timezone.now()
    for minute in range(0, 20, 2):
        with time_machine.travel(moment + timedelta(minutes=minute)):
            sent += outbox.deliver_due()
    assert sent == 7
    assert sorted(server.addresses) == [f"a{number}@example.nl" for number in range(7)]


def test_nobody_takes_what_another_has(server: MailServer) -> None:
    mail = write()
    OutboxMail.objects.filter(pk=mail.pk).update(state="bezig", claimed_at=timezone.now(), next_try_at=None)
    assert deliver([mail.pk]) == outbox.deliver_due() == 0
    with later(minutes=CLAIM_ENDS_AFTER.total_seconds() / 60 - 1):
        assert outbox.deliver_due() == 0
    assert server.received == []


def test_a_worker_that_stopped_each_time_ends_too(server: MailServer, told: list[Any]) -> None:
    mail = write()
    long_ago = timezone.now() - CLAIM_ENDS_AFTER
    OutboxMail.objects.filter(pk=mail.pk).update(
        state="bezig", claimed_at=long_ago, next_try_at=None, tries=len(BACK_OFF_MINUTES) + 1
    )
    outbox.deliver_due()
    assert (now(mail).state, now(mail).last_error) == ("mislukt", "WorkerStoppedError")
    assert told == [("", "mislukt")]


def test_a_mail_sealed_with_a_lost_key_does_not_stop_the_others(server: MailServer, settings: Any) -> None:
    lost = write("lost@example.nl")
    settings.PERSONAL_DATA_KEYS = [Fernet.generate_key().decode()]
    write("fine@example.nl")
    assert outbox.deliver_due() == 1
    found = OutboxMail.objects.without_contents().get(pk=lost.pk)
    assert (found.state, found.last_error) == ("wachtend", "SealError")
    assert server.addresses == ["fine@example.nl"]


def test_who_is_told_and_fails_does_not_undo_the_note(server: MailServer) -> None:
    def broken(sender: Any, **kwargs: Any) -> None:
        OutboxMail.objects.create(kind="x", message_id="<twice@example.nl>")
        OutboxMail.objects.create(kind="x", message_id="<twice@example.nl>")

    server.answers_to["fatima@example.nl"] = "550 no"
    mail = write()
    outbox.mail_undeliverable.connect(broken)
    try:
        outbox.deliver_due()
    finally:
        outbox.mail_undeliverable.disconnect(broken)
    assert now(mail).state == "geweigerd"
    assert not OutboxMail.objects.filter(kind="x").exists()


def test_no_address_in_the_logs(server: MailServer, caplog: pytest.LogCaptureFixture, capsys: Any) -> None:
    server.answers_to["fatima@example.nl"] = "550 5.1.1 fatima@example.nl: user unknown"
    server.answers_data["ahmed@example.nl"] = "451 ahmed@example.nl: later"
    with caplog.at_level(logging.DEBUG):
        write("fatima@example.nl")
        write("ahmed@example.nl")
        call_command("klok", "--eenmaal")
        call_command("post")
    # The test's own mail server tells everything.
    lines = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    out = "\n".join(lines) + "".join(capsys.readouterr())
    assert "geweigerd 1" in out
    assert "fatima" not in out
    assert "ahmed" not in out
    assert "fatima" not in str(OutboxMail.objects.values_list("last_error", flat=True))


def test_the_clock_delivers_each_minute_and_forgets_each_day(
    server: MailServer, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    with time_machine.travel("2026-11-01 10:00+01:00"):
        sent, waiting = write("sent@example.nl", attachments=[]), write("waiting@example.nl")
        OutboxMail.objects.filter(pk=waiting.pk).update(next_try_at=timezone.now() + timedelta(days=400))
        refused = write("refused@example.nl")
        server.answers_to["refused@example.nl"] = "550 no"
        call_command("klok", "--eenmaal")
    assert server.addresses == ["sent@example.nl"]
    assert now(sent).recipient == "sent@example.nl"
    with time_machine.travel("2026-11-09 10:00+01:00"):
        call_command("klok", "--eenmaal")
    wiped = now(sent)
    assert wiped.wiped_at
    assert {wiped.recipient, wiped.subject, wiped.text, wiped.html, wiped.attachments} == {"", None}
    assert now(refused).recipient == "refused@example.nl"
    with time_machine.travel("2026-12-02 10:00+01:00"), caplog.at_level(logging.INFO):
        call_command("klok", "--eenmaal")
    assert now(refused).recipient == ""
    assert "wipe_mail: 1" in caplog.messages
    with time_machine.travel("2027-05-01 10:00+02:00"), caplog.at_level(logging.INFO):
        call_command("klok", "--eenmaal")
    assert "delete_mail: 2" in caplog.messages
    assert now(waiting).recipient == "waiting@example.nl"
    assert OutboxMail.objects.count() == 1


def test_the_command_counts_sends_and_tries_again(server: MailServer, capsys: Any) -> None:
    call_command("post", "--proef", "fatima@example.nl", "--taal", "ar", "--nu")
    out = capsys.readouterr().out
    assert "verzonden: 1" in out
    assert "    verzonden 1" in out
    assert "     wachtend 0" in out
    assert str(server.received[0]["Content-Language"]) == "ar"
    failed = write("ahmed@example.nl")
    OutboxMail.objects.filter(pk=failed.pk).update(state="mislukt", next_try_at=None, tries=11)
    call_command("post", "--opnieuw", "--nu")
    out = capsys.readouterr().out
    assert "opnieuw: 1" in out
    assert (now(failed).state, now(failed).tries) == ("verzonden", 1)


def test_what_was_wiped_is_not_tried_again() -> None:
    mail = write()
    OutboxMail.objects.filter(pk=mail.pk).update(state="mislukt", next_try_at=None)
    assert OutboxMail.objects.wipe(at=timezone.now() + timedelta(days=31)) == 1
    assert outbox.retry(OutboxMail.objects.all()) == 0

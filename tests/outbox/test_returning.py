"""Reports of mail servers on what they could not deliver, as they come in."""

import io
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core import outbox
from core.models import OutboxMail
from core.outbox.returning import NoReportError, read_report
from tests.outbox.mails import now, write
from tests.outside import ROOT, production

# As Postfix writes them; Exchange and others leave the text and some fields out.
REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.nl (Mail Delivery System)
To: retour@example.nl
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="GRENS"
Message-Id: <20261125.report@mx.example.nl>

--GRENS
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message to fatima@example.nl
could not be delivered. <not-this-one@example.nl>

--GRENS
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.nl
X-Postfix-Queue-ID: 4ABC
Arrival-Date: Wed, 25 Nov 2026 10:00:00 +0100 (CET)

Final-Recipient: rfc822; fatima@example.nl
Original-Recipient: rfc822;fatima@example.nl
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.nl
Diagnostic-Code: smtp; 550 5.1.1 <fatima@example.nl>: user unknown

--GRENS
{original}
--GRENS--
"""
WHOLE = """\
Content-Type: message/rfc822

From: wijken@example.nl
To: fatima@example.nl
Message-ID: {message_id}
Subject: Uw aanmelding

Beste Fatima
"""
HEADERS_ONLY = """\
Content-Type: text/rfc822-headers

From: wijken@example.nl
Message-ID:
 {message_id}
Subject: Uw aanmelding
"""


def report(message_id: str, *, action: str = "failed", status: str = "5.1.1", original: str = WHOLE) -> bytes:
    text = REPORT.format(action=action, status=status, original=original.format(message_id=message_id))
    return text.encode()


def sent() -> OutboxMail:
    mail = write(about="aanmelding:7Q")
    OutboxMail.objects.filter(pk=mail.pk).update(
        state="verzonden", next_try_at=None, sent_at=timezone.now(), tries=1
    )
    return mail


def hand_over(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command says about a mail on its standard input."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("mail_retour", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "internet"])
@pytest.mark.parametrize("original", [WHOLE, HEADERS_ONLY], ids=["whole", "headers"])
@pytest.mark.parametrize(
    ("action", "status", "state", "last_error"),
    [
        ("failed", "5.1.1", "teruggekomen", "DSN 5.1.1"),
        ("Failed ", "5.7.26 (policy)", "teruggekomen", "DSN 5.7.26"),
        # It tried for five days and stopped.
        ("failed", "4.4.1", "teruggekomen", "DSN 4.4.1"),
        ("delayed", "4.4.1", "verzonden", ""),
        ("relayed", "2.0.0", "verzonden", ""),
        ("delivered", "2.0.0", "verzonden", ""),
    ],
)
def test_a_report_is_noted(
    monkeypatch: pytest.MonkeyPatch,
    action: str,
    status: str,
    state: str,
    last_error: str,
    original: str,
    ending: str,
) -> None:
    mail, other = sent(), sent()
    raw = report(mail.message_id, action=action, status=status, original=original)
    hand_over(raw.replace(b"\n", ending.encode()), monkeypatch)
    assert (now(mail).state, now(mail).last_error) == (state, last_error)
    assert now(other).state == "verzonden"


@pytest.mark.django_db
def test_it_is_told_once_to_who_wants_to_know(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def note(sender: Any, *, mail: OutboxMail, **kwargs: Any) -> None:
        told.append(f"{mail.about} {mail.state}")

    mail = sent()
    outbox.mail_undeliverable.connect(note)
    try:
        assert "Genoteerd" in hand_over(report(mail.message_id), monkeypatch)
        assert "al teruggekomen" in hand_over(report(mail.message_id), monkeypatch)
        assert outbox.mark_bounced(mail.message_id) is False
    finally:
        outbox.mail_undeliverable.disconnect(note)
    assert told == ["aanmelding:7Q teruggekomen"]


@pytest.mark.django_db
def test_a_report_that_is_quicker_than_our_own_note_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.outbox import delivering

    mail = write()
    claimed = delivering._claim(mail.pk)
    assert claimed
    assert outbox.mark_bounced(mail.message_id, status="5.1.1")
    delivering._sent(claimed)
    assert now(mail).state == "teruggekomen"


@pytest.mark.django_db
def test_a_mail_of_somebody_else_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = sent()
    assert "niet" in hand_over(report("<other@example.nl>"), monkeypatch)
    assert now(mail).state == "verzonden"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff\xfe" * 1000,
        b"Subject: Ik ben op vakantie\nIn-Reply-To: <a@example.nl>\n\nTot maandag, fatima@example.nl",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n\n",
        report("geen-kenmerk"),
    ],
    ids=["empty", "bytes", "holiday", "hollow", "without-id"],
)
def test_garbage_is_said_to_be_garbage(
    raw: bytes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mail = sent()
    with caplog.at_level(logging.DEBUG), pytest.raises(CommandError) as caught:
        hand_over(raw, monkeypatch)
    assert caught.value.returncode == os.EX_DATAERR
    assert "fatima" not in f"{caught.value}{caplog.text}"
    assert now(mail).state == "verzonden"


@given(st.binary(max_size=400), st.integers(0, 1500))
def test_nothing_that_comes_in_breaks_it(noise: bytes, place: int) -> None:
    whole = report("<a@example.nl>")
    for raw in (noise, whole[:place] + noise + whole[place:], whole[:place]):
        try:
            found = read_report(raw)
        except NoReportError:
            continue
        assert isinstance(found.message_id, str)


def test_boxes_in_boxes_without_end_are_no_report() -> None:
    raw = b"".join(
        f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n".encode()
        for number in range(3000)
    )
    with pytest.raises(NoReportError):
        read_report(raw)


def test_the_pipe_of_a_mail_server_gets_a_clear_end(tmp_path: Path) -> None:
    """65: never try again. 75: keep it and try later, for the database is away."""

    def end(raw: bytes) -> tuple[int, str]:
        done = subprocess.run(  # noqa: S603
            [sys.executable, str(ROOT / "manage.py"), "mail_retour"],
            env=production(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'away' / 'db.sqlite3'}"),
            input=raw,
            capture_output=True,
            check=False,
            timeout=120,
        )
        return done.returncode, (done.stdout + done.stderr).decode()

    code, said = end(b"Subject: fatima\n\nfatima@example.nl")
    assert code == os.EX_DATAERR
    assert "fatima" not in said
    code, said = end(report("<a@example.nl>"))
    assert code == os.EX_TEMPFAIL, said
    assert "fatima" not in said

"""Mail that comes back: reports of mail servers on what they could not deliver (RFC 3464)."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from django.db.models import Q

from core.models import OutboxMail
from core.outbox.delivering import State, give_up

_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}")


class NoReportError(ValueError):
    """This mail is no report of a mail server; the message holds nothing of it."""


@dataclass(frozen=True)
class Report:
    """What a mail server says about one mail: which, whether it gave up, and the status it names."""

    message_id: str
    is_final: bool
    status: str


def read_report(raw: bytes) -> Report:
    """The report in a mail. NoReportError when it is something else, or names no mail."""
    try:
        message = email.message_from_bytes(raw)
        parts = list(message.walk())
    except RecursionError as error:
        raise NoReportError("boxes in boxes without end") from error
    blocks = [block for part in parts for block in _blocks(part)]
    recipients = [block for block in blocks if block["Action"]]
    if not recipients:
        raise NoReportError("no delivery status")
    message_id = next(_ids(message, blocks), "")
    if not message_id:
        raise NoReportError("no Message-ID of the mail it is about")
    for block in recipients:
        found = _STATUS.search(str(block["Status"] or ""))
        status = found.group() if found else ""
        # "Failed" with a status of 4 is a server that tried for days and stopped.
        if str(block["Action"]).strip().lower() == "failed":
            return Report(message_id, is_final=True, status=status)
    return Report(message_id, is_final=False, status="")


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a delivery status: one about the mail, one about each recipient."""
    if part.get_content_type() != "message/delivery-status":
        return []
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _ids(message: Message, blocks: list[Message]) -> Iterator[str]:
    """Which mail it may be about, the surest first."""
    for part in message.walk():
        kind, payload = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list):
            for original in payload:
                yield from _found(original["Message-ID"] if isinstance(original, Message) else "")
        elif kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield from _found(email.message_from_bytes(content)["Message-ID"])
    for block in blocks:
        yield from _found(block["Original-Message-ID"])
    yield from _found(message["In-Reply-To"])


def _found(value: object) -> list[str]:
    return _ID.findall(str(value or ""))[:1]


def mark_bounced(message_id: str, *, status: str = "") -> bool:
    """Note that a mail came back. Returns False when there is no such mail, or it was known already."""
    pk = OutboxMail.objects.filter(message_id=message_id).values_list("pk", flat=True).first()
    if pk is None:
        return False
    last_error = f"DSN {status}".strip()
    return give_up(pk, State.TERUGGEKOMEN, last_error, only=~Q(state=State.TERUGGEKOMEN))

"""Mails for the tests of the outbox."""

from typing import Any

from core import outbox
from core.models import OutboxMail


def write(to: str = "fatima@example.nl", **changes: Any) -> OutboxMail:
    values: dict[str, Any] = {
        "kind": "proef",
        "language": "nl",
        "template": "proef",
        "context": {},
        **changes,
    }
    return outbox.send(to=to, **values)


def now(mail: OutboxMail) -> OutboxMail:
    """The mail as it is stored now."""
    return OutboxMail.objects.get(pk=mail.pk)

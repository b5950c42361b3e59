"""Mail that is never lost: written with the change it tells about, delivered by a worker or the clock.

`send` stores a mail in the caller's transaction. `mail_undeliverable` tells when it is certain that one did
not arrive.
"""

from core.outbox.delivering import deliver_due, mail_undeliverable, retry
from core.outbox.returning import mark_bounced
from core.outbox.spreading import write_next
from core.outbox.writing import (
    Attachment,
    Written,
    is_known,
    normalised,
    recipient_index,
    send,
    send_written,
    written,
)

__all__ = [
    "Attachment",
    "Written",
    "deliver_due",
    "is_known",
    "mail_undeliverable",
    "mark_bounced",
    "normalised",
    "recipient_index",
    "retry",
    "send",
    "send_written",
    "write_next",
    "written",
]

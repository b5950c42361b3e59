"""Mail to many: a few at a time, and how far it is kept with what was written.

Cut off anywhere, the next run goes on where the last stored one stopped: nobody is skipped or written to
twice.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

log = logging.getLogger(__name__)


def write_next[R: Any](stand: Any, rows: QuerySet[R], write: Callable[[R], object], *, most: int) -> int:
    """Write the mails of the next rows, at most so many, in the caller's transaction. Returns how many.

    `stand` is a locked row with `tot`: the number of the last row that has its mail. It goes when nobody is
    left, and then the answer is 0. `write` puts the mail of one row into the outbox, or raises ValueError.
    """
    some = list(rows.filter(pk__gt=stand.tot).order_by("pk")[:most])
    for row in some:
        try:
            write(row)
        except ValueError:
            # An address that cannot be one keeps nobody else waiting.
            log.warning("%s: no mail for %d", stand, row.pk)
    if some:
        stand.tot = some[-1].pk
        stand.save(update_fields=["tot"])
    else:
        stand.delete()
    return len(some)

"""What happened earlier, made by the same actions as everything else: the site thinks it is then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Within it `timezone.now` is this moment. For building the demo, in a process that does nothing else."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz or UTC)

    with patch.object(timezone, "datetime", Then):
        yield

"""The running site of the browser tests, which knows when it has nothing left to do."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler

PATIENCE = 10  # seconds
_busy: set[object] = set()


class CountedSite(StaticFilesHandler):
    """A browser has its page before the site has closed its database: that too is part of a request."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        this = object()
        _busy.add(this)
        try:
            response: Any = super().__call__(environ, start_response)
        except BaseException:
            _busy.discard(this)
            raise
        close = response.close

        def closed() -> None:
            try:
                close()
            finally:
                _busy.discard(this)

        response.close = closed
        return response


def wait_until_idle() -> None:
    """Returns when every request is finished; AssertionError when one is not within PATIENCE."""
    # Counted, not timed: tests stop the clock.
    for _time in range(PATIENCE * 100):
        if not _busy:
            return
        time.sleep(0.01)
    raise AssertionError(f"De site is na {PATIENCE} seconden nog bezig.")

"""A copy of the demo's database for a test that really commits, migrates or uses threads; gone afterwards.

What may never be deleted cannot be cleaned up after a test either, so such a test gets a database to lose.
"""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.conf import settings
from django.db import connection, connections

from tests.caches import empty_the_caches
from tests.conftest import drop, one_at_a_time
from tests.running_site import wait_until_idle

_numbers = itertools.count(1)


@contextmanager
def _without_connections() -> Iterator[None]:
    connections.close_all()
    if connection.vendor == "postgresql":
        close_pool: Any = getattr(connection, "close_pool")  # noqa: B009
        close_pool()
    yield
    connections.close_all()


@contextmanager
def own_database() -> Iterator[None]:
    """Within this every connection, in every thread, goes to the copy."""
    creation: Any = connection.creation
    shared = connection.settings_dict["NAME"]
    copy = ""
    try:
        with _without_connections(), one_at_a_time():
            # From the database that nobody is connected to: PostgreSQL copies no other.
            connection.settings_dict["NAME"] = connection.settings_dict["COPIED_FROM"]
            # No name twice: a connection that closes late takes the journal of its name with it.
            suffix = f"{settings.TEST_WORKER}_own{next(_numbers)}"
            creation.clone_test_db(suffix, verbosity=0)
            copy = creation.get_test_db_clone_settings(suffix)["NAME"]
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = copy
        yield
    finally:
        wait_until_idle()
        connections.close_all()
        if copy:
            drop(copy)
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = shared
        empty_the_caches()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of these gave, or the exception it ended with; each in a thread, started together."""
    together = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))

"""The order of a run: while one worker loads the demo, the others do what needs no database."""

import os
from collections.abc import Iterable

import pytest
from django.test import TransactionTestCase


def side_by_side(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same tests, with those of modules without a database first for every worker but one.

    Each worker starts with an equal part of the list, in its order, and takes over from the end of another's.
    So what takes long, which has a browser or a database of its own, comes before the many short ones.
    """
    asking = {module_of(item) for item in items if needs_database(item)}
    free = [item for item in items if module_of(item) not in asking]
    rest = [item for item in items if module_of(item) in asking]
    if workers < 2:
        return items
    rest.sort(key=lambda item: is_undone(item) and not shares_with_its_module(item))
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        size = (len(items) - len(ordered)) // (workers - worker)
        first = [] if worker == 0 else _take(free, -(-len(free) // (workers - worker)))
        ordered += [*first, *_take(rest, size - len(first))]
    return [*ordered, *free, *rest]


def is_undone(item: pytest.Item) -> bool:
    """Is what it does in the database rolled back?"""
    return item.get_closest_marker("django_db") is not None


def shares_with_its_module(item: pytest.Item) -> bool:
    """Two workers who have a part of such a module would both make what it shares."""
    known = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    return any(fixture[-1].scope == "module" for fixture in known.values())


def needs_database(item: pytest.Item) -> bool:
    if is_undone(item) or "django_db_setup" in fixtures_of(item):
        return True
    kind = getattr(item, "cls", None)
    return isinstance(kind, type) and issubclass(kind, TransactionTestCase)


def fixtures_of(item: pytest.Item) -> Iterable[str]:
    names: Iterable[str] = getattr(item, "fixturenames", ())
    return names


def module_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def workers_of_this_run() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


def _take(items: list[pytest.Item], number: int) -> list[pytest.Item]:
    """Off the front of the list; fewer when there are no more."""
    taken = items[: max(0, number)]
    del items[: len(taken)]
    return taken

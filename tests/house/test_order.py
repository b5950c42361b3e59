"""The order of a run with several workers: nothing is left out, and one of them waits for the demo."""

from typing import Any

import pytest

from tests.order import needs_database, side_by_side


class Named(pytest.Item):
    """A test of this run with another name."""

    def runtest(self) -> None:
        raise NotImplementedError


def listed(request: pytest.FixtureRequest) -> list[pytest.Item]:
    """Of 24 modules with 5 tests each every third one does without a database."""
    made: list[pytest.Item] = []
    for module in range(24):
        for number in range(5):
            item: Any = Named.from_parent(
                request.session, name=f"{number}", nodeid=f"test_{module}.py::{number}"
            )
            if module % 3:
                if number:
                    item.add_marker("django_db")
                item.fixturenames = ["django_db_setup"]
            made.append(item)
    return made


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_every_test_is_in_it_once(request: pytest.FixtureRequest, workers: int) -> None:
    items = listed(request)
    ordered = side_by_side(list(items), workers)
    assert sorted(map(id, ordered)) == sorted(map(id, items))


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_one_worker_begins_with_the_database_and_the_others_without(
    request: pytest.FixtureRequest, workers: int
) -> None:
    ordered = side_by_side(listed(request), workers)
    # As `--dist worksteal` gives them out.
    size = len(ordered) // workers
    begins = [needs_database(ordered[number * size]) for number in range(workers)]
    assert begins == [True, *[False] * (workers - 1)]

"""Public pools: never below what the library of the field reaches.

Numbers of sortition-algorithms 0.12.15, as tools/bench_sortition.py measures them: its maximin, and its
leximin with Gurobi, which stops within 5e-4 of the optimum.
"""

from pathlib import Path

import pytest

from participatie.sortition.checks import wrong_lists
from participatie.sortition.csv_files import read_people, read_quotas
from participatie.sortition.leximin import Chances, leximin
from participatie.sortition.lists import LEEWAY, lists
from participatie.sortition.pools import Pool

POOLS = Path(__file__).parent / "pools"
# By pool: seats, lowest chance of its maximin, and of its leximin how many people have which lower chance.
LIBRARY = {
    "example_small_20": (20, 0.1, [(0.1, 200)]),
    "sa_fixture_22": (22, 0.0909090899, [(0.0909090899, 22), (0.1153822571, 25)]),
}


def public(name: str) -> Pool:
    quotas = read_quotas(POOLS / name / "quotas.csv")
    return Pool(read_people(POOLS / name / "people.csv", quotas), quotas, LIBRARY[name][0])


@pytest.mark.parametrize("name", LIBRARY)
def test_at_least_as_fair_as_the_library(name: str) -> None:
    _, lowest, leximin_of_library = LIBRARY[name]
    found = leximin(public(name))
    assert isinstance(found, Chances)
    assert found.proven
    assert found.lowest >= lowest - 1e-9
    ours = sorted(found.per_person)
    for chance, people in leximin_of_library:
        assert min(ours[:people]) >= chance - 1e-8
        ours = ours[people:]


@pytest.mark.parametrize("name", LIBRARY)
def test_lists_of_public_pools(name: str) -> None:
    pool = public(name)
    found = leximin(pool)
    assert isinstance(found, Chances)
    made = lists(found)
    assert wrong_lists(pool, made.lists) == []
    assert made.furthest <= LEEWAY
    assert made.distinct == 1000

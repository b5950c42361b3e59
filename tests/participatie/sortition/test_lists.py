"""Lists: each keeps to the rules, and everyone is on as many as the chance says."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from participatie.sortition.checks import wrong_lists
from participatie.sortition.leximin import Chances, chances, leximin
from participatie.sortition.lists import LEEWAY, lists
from participatie.sortition.pools import Person, Pool, Quota
from tests.participatie.sortition.brute_force import all_panels
from tests.participatie.sortition.random_pools import medium_pool, random_pool, tiny_pool

ROOT = Path(__file__).resolve().parents[3]


def proven(pool: Pool) -> Chances:
    found = leximin(pool)
    assert isinstance(found, Chances)
    return found


@pytest.mark.parametrize("seed", [1, 2, 4, 13])
def test_lists_keep_to_every_rule_and_chance(seed: int) -> None:
    pool = medium_pool(seed)
    found = proven(pool)
    made = lists(found)
    assert len(made.lists) == 1000
    assert wrong_lists(pool, made.lists) == []
    counts = Counter(id for ids in made.lists for id in ids)
    furthest = max(abs(counts[id] - 1000 * chance) for id, chance in found.by_id.items())
    assert furthest <= LEEWAY
    assert made.furthest == pytest.approx(furthest)
    assert made.distinct == len(set(made.lists)) == 1000


@pytest.mark.parametrize("seed", [0, 1, 10, 18, 20, 24, 27, 30, 34, 48])
def test_lists_of_tiny_pools(seed: int) -> None:
    pool = tiny_pool(seed)
    found = leximin(pool)
    if not isinstance(found, Chances):
        pytest.skip("no panel")
    made = lists(found, count=200)
    assert wrong_lists(pool, made.lists) == []
    assert made.furthest <= LEEWAY
    assert made.distinct <= len(all_panels(pool))


def test_lists_differ_where_the_pool_allows() -> None:
    """Five of fifty people: far more lists than are asked."""
    made = lists(proven(Pool(tuple(Person(f"p{number}", {}) for number in range(50)), (), 5)))
    assert made.distinct == 1000
    assert made.furthest == pytest.approx(0)


def test_lists_repeat_where_the_pool_has_no_more() -> None:
    made = lists(proven(Pool(tuple(Person(f"p{number}", {}) for number in range(4)), (), 2)), count=60)
    assert made.distinct == 6


def test_people_of_one_class_take_turns() -> None:
    pool = random_pool(3, people=80, seats=10, features=2, households=0.5)
    found = proven(pool)
    counts = Counter(id for ids in lists(found, count=300).lists for id in ids)
    for members in found.classes.members:
        of_class = [counts[found.classes.pool.people[one].id] for one in members]
        assert max(of_class) - min(of_class) <= 1


def test_another_seed_gives_other_lists_with_the_same_chances() -> None:
    found = proven(medium_pool(1))
    one, other = lists(found, seed=b"een", count=100), lists(found, seed=b"twee", count=100)
    assert one.lists != other.lists
    assert one.lists == lists(found, seed=b"een", count=100).lists
    assert max(one.furthest, other.furthest) <= LEEWAY


def test_lists_ask_for_proof() -> None:
    found = chances(tiny_pool(0))
    assert isinstance(found, Chances)
    with pytest.raises(ValueError, match="proven"):
        lists(found)


PROGRAM = """
import hashlib, sys
from participatie.sortition.leximin import leximin
from participatie.sortition.lists import lists
from tests.participatie.sortition.random_pools import medium_pool
made = lists(leximin(medium_pool(4)), seed=b"zaad", count=200)
sys.stdout.write(hashlib.sha256(repr(made.lists).encode()).hexdigest())
"""


def test_the_same_lists_in_every_process() -> None:
    digests = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for hash_seed in ("0", "1", "4242")
    }
    assert len(digests) == 1
    assert len(digests.pop()) == 64


def test_a_wrong_list_is_seen() -> None:
    people = (Person("a", {"f": "x"}, "h"), Person("b", {"f": "y"}, "h"), Person("c", {"f": "y"}))
    pool = Pool(people, (Quota("f", "x", 1, 1), Quota("f", "y", 1, 1)), 2)
    assert wrong_lists(pool, [["a", "c"]]) == []
    (home,) = wrong_lists(pool, [["a", "c"], ["a", "b"]])
    assert (home.number, home.households, home.violations) == (1, ("h",), ())
    (quota,) = wrong_lists(pool, [["b", "c"]])
    assert [(one.quota.value, one.count, one.by) for one in quota.violations] == [("x", 0, 1), ("y", 2, 1)]
    (double,) = wrong_lists(replace(pool, quotas=()), [["c", "c"]])
    assert double.doubles == ("c",)
    (stranger,) = wrong_lists(replace(pool, quotas=()), [["c", "z"]])
    assert stranger.strangers == ("z",)
    (short,) = wrong_lists(replace(pool, quotas=()), [["c"]])
    assert short.size == 1

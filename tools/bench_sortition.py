"""Measures the draw against sortition-algorithms, the library of the field: same pools, in turn, in one run.

    uv run --group benchmark python tools/bench_sortition.py [--all] [--medium N] [NAME ...]

The library's maximin raises only the lowest chance; its leximin needs Gurobi and is compared too where that
is installed. Quote the ratios: the absolute numbers hold for one machine on one day. `--medium` answers that
many random pools of 100 to 300 people instead, without the library.
"""

import argparse
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from participatie.sortition.csv_files import read_people, read_quotas  # noqa: E402
from participatie.sortition.leximin import Chances, chances, leximin  # noqa: E402
from participatie.sortition.lists import lists  # noqa: E402
from participatie.sortition.pools import Pool  # noqa: E402
from tests.participatie.sortition.random_pools import example_large, medium_pool, random_pool  # noqa: E402

POOLS = ROOT / "tests" / "participatie" / "sortition" / "pools"
EQUAL = 1e-8


def public(name: str, seats: int) -> Pool:
    quotas = read_quotas(POOLS / name / "quotas.csv")
    return Pool(read_people(POOLS / name / "people.csv", quotas), quotas, seats)


PUBLIC: dict[str, Callable[[], Pool]] = {
    "example_small 200/20": lambda: public("example_small_20", 20),
    "sa_fixture 150/22": lambda: public("sa_fixture_22", 22),
}
SMALL: dict[str, Callable[[], Pool]] = {
    "random 150/22": lambda: random_pool(1, people=150, seats=22, features=4),
    "random 200/24": lambda: random_pool(1, people=200, seats=24, features=5),
    "random 200/24, rich": lambda: random_pool(0, people=200, seats=24, features=5),
}
LONG: dict[str, Callable[[], Pool]] = {
    "example_large 2000/200": example_large,
    "random 500/24": lambda: random_pool(1, people=500, seats=24, features=5),
    "random 1000/24": lambda: random_pool(1, people=1000, seats=24, features=5),
    "random 1000/24, rich": lambda: random_pool(0, people=1000, seats=24, features=5),
    "random 2000/24": lambda: random_pool(1, people=2000, seats=24, features=5),
}


def timed[T](work: Callable[[], T]) -> tuple[T, float]:
    since = time.perf_counter()
    found = work()
    return found, time.perf_counter() - since


def library(pool: Pool, algorithm: str) -> dict[str, float]:
    """Everyone's chance by the library's `maximin` or `leximin`, households as one column of addresses."""
    from sortition_algorithms import committee_generation
    from sortition_algorithms.features import read_in_features
    from sortition_algorithms.people import read_in_people
    from sortition_algorithms.settings import Settings

    homes = any(person.household for person in pool.people)
    rows = [
        {"feature": one.feature, "value": one.value, "min": str(one.minimum), "max": str(one.maximum)}
        for one in pool.quotas
    ]
    features, _, _ = read_in_features(list(rows[0]), rows, pool.seats)
    settings = Settings(
        id_column="id",
        columns_to_keep=["home"],
        check_same_address=homes,
        check_same_address_columns=["home"] if homes else [],
    )
    table = [
        {"id": one.id, "home": one.household or one.id, **{name: one.values[name] for name in pool.features}}
        for one in pool.people
    ]
    people, _ = read_in_people(list(table[0]), table, features, settings)
    find = getattr(committee_generation, f"find_distribution_{algorithm}")
    committees, weights, _ = find(features, people, pool.seats, settings.normalised_address_columns)
    found = dict.fromkeys((person.id for person in pool.people), 0.0)
    for committee, weight in zip(committees, weights, strict=True):
        for id in committee:
            found[id] += weight
    return found


def first_difference(ours: dict[str, float], theirs: dict[str, float]) -> float:
    """Of the sorted chances the first that differ: ours less theirs. For leximin it is not below zero."""
    pairs = zip(sorted(ours.values()), sorted(theirs.values()), strict=True)
    return next((one - other for one, other in pairs if abs(one - other) > EQUAL), 0.0)


def gurobi_is_here() -> bool:
    from sortition_algorithms.committee_generation import GUROBI_AVAILABLE

    return bool(GUROBI_AVAILABLE)


def measure(name: str, pool: Pool) -> bool:
    """Whether the draw is faster than the library, and its lowest chance at least as high."""
    relaxed, live = timed(lambda: chances(pool))
    found, proven = timed(lambda: leximin(pool))
    assert isinstance(relaxed, Chances) and isinstance(found, Chances)  # noqa: S101
    made, listing = timed(lambda: lists(found))
    sys.stdout.write(
        f"{name:<24} kansen {live:7.3f} s, bewezen {proven:7.2f} s, lijsten {listing:6.2f} s, "
        f"laagste {100 * found.lowest:.4f} %, hoogstens {made.furthest:.2f} ernaast, "
        f"{made.distinct} verschillend\n"
    )
    sys.stdout.flush()
    theirs, seconds = timed(lambda: library(pool, "maximin"))
    good = proven < seconds and found.lowest > min(theirs.values()) - EQUAL
    sys.stdout.write(
        f"{'  maximin':<24} {seconds:.2f} s, {seconds / proven:.1f} keer zo lang, "
        f"laagste {100 * min(theirs.values()):.4f} %\n"
    )
    if gurobi_is_here():
        try:
            theirs, seconds = timed(lambda: library(pool, "leximin"))
        except Exception as problem:  # noqa: BLE001 The free licence stops at a size that it says itself.
            sys.stdout.write(f"{'  leximin (Gurobi)':<24} {problem}\n")
        else:
            difference = first_difference(found.by_id, theirs)
            good = good and difference >= 0
            sys.stdout.write(
                f"{'  leximin (Gurobi)':<24} {seconds:.2f} s, {seconds / proven:.1f} keer zo lang, "
                f"eerste verschil {difference:+.1e}\n"
            )
    sys.stdout.flush()
    return good


def medium(count: int) -> bool:
    """Whether each of so many random pools is answered."""
    slowest, kinds = 0.0, {"bewezen": 0, "precies": 0, "kan niet": 0}
    for seed in range(count):
        found, seconds = timed(lambda seed=seed: leximin(medium_pool(seed)))  # type: ignore[misc]
        kind = "kan niet"
        if isinstance(found, Chances):
            kind = "precies" if "exact" in found.seconds else "bewezen"
        kinds[kind] += 1
        slowest = max(slowest, seconds)
        sys.stdout.write(f"{seed:4} {kind:<9} {seconds:7.2f} s\n")
        sys.stdout.flush()
    sys.stdout.write(f"{kinds}, langste {slowest:.1f} s\n")
    return sum(kinds.values()) == count


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--all", action="store_true", help="ook de grote pools: dat duurt een half uur")
    options.add_argument("--medium", type=int, metavar="N", help="beantwoord N pools van 100-300 mensen")
    options.add_argument("names", nargs="*", metavar="NAME", help="alleen pools met dit in hun naam")
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    if chosen.medium:
        return 0 if medium(chosen.medium) else 1
    pools = PUBLIC | SMALL | (LONG if chosen.all else {})
    wanted = [name for name in pools if any(part in name for part in chosen.names or [""])]
    good = [measure(name, pools[name]()) for name in wanted]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Who is never or always drawn, what quotas cost and whom they squeeze: against every panel there is."""

from dataclasses import replace

import pytest

from participatie.sortition.leximin import Chances, chances, leximin
from participatie.sortition.pools import Person, Pool, Quota
from participatie.sortition.warnings import Group, extremes, price_of_quotas, squeeze
from tests.participatie.sortition.brute_force import all_panels
from tests.participatie.sortition.random_pools import medium_pool, tiny_pool


def ids_of(groups: tuple[Group, ...]) -> set[str]:
    return {id for group in groups for id in group.ids}


@pytest.mark.parametrize("proven", [True, False], ids=["proven", "relaxed"])
def test_never_and_always_are_exact(proven: bool) -> None:
    seen_never = seen_always = 0
    for seed in range(50):
        pool = tiny_pool(seed)
        panels = all_panels(pool)
        found = leximin(pool) if proven else chances(pool)
        if not panels or not isinstance(found, Chances):
            continue
        drawn = [{pool.people[number].id for number in panel} for panel in panels]
        never = {person.id for person in pool.people} - set().union(*drawn)
        always = set.intersection(*drawn)
        warnings = extremes(found)
        assert ids_of(warnings.never) == never
        assert ids_of(warnings.always) == always
        seen_never += bool(never)
        seen_always += bool(always)
    assert seen_never > 3
    assert seen_always > 3


def test_only_whole_panels_count() -> None:
    """In parts, everybody could be drawn; panels of whole people leave nobody but the fourth."""
    profiles = [("a", "a", "b"), ("a", "b", "a"), ("b", "a", "a"), ("b", "b", "b"), ("a", "a", "a")]
    people = tuple(
        Person(f"p{number}", dict(zip("fgh", values, strict=True))) for number, values in enumerate(profiles)
    )
    quotas = tuple(Quota(name, value, 1, 1) for name in "fgh" for value in "ab")
    relaxed = chances(Pool(people, quotas, 2))
    assert isinstance(relaxed, Chances)
    assert relaxed.lowest > 0
    found = extremes(relaxed)
    assert ids_of(found.never) == {"p0", "p1", "p2"}
    assert ids_of(found.always) == {"p3", "p4"}
    assert found.always[0].values == (("f", "a"), ("g", "a"), ("h", "a"))


def test_wider_quotas_never_lower_the_lowest_chance() -> None:
    for seed in range(6):
        prices = price_of_quotas(medium_pool(seed))
        assert [price.slack for price in prices] == [0, 1, 2]
        lowest = [price.lowest for price in prices]
        assert lowest == pytest.approx(sorted(lowest), abs=1e-9)
        assert all(price.lowest <= price.median <= price.highest for price in prices)


def test_slack_may_be_what_makes_quotas_possible() -> None:
    people = tuple(
        Person(f"p{number}", {"f": "ab"[number % 2], "g": "xy"[number % 2]}) for number in range(8)
    )
    quotas = (Quota("f", "a", 2, 2), Quota("f", "b", 1, 1), Quota("g", "x", 1, 1), Quota("g", "y", 2, 2))
    assert [price.slack for price in price_of_quotas(Pool(people, quotas, 3))] == [1, 2]


def test_who_is_squeezed_and_by_what() -> None:
    """Nine of ten signed up with a, and may have one of the two seats."""
    people = tuple(Person(f"p{number}", {"f": "b" if number == 9 else "a"}) for number in range(10))
    pool = Pool(people, (Quota("f", "a", 0, 1), Quota("f", "b", 0, 2)), 2)
    found = leximin(pool)
    assert isinstance(found, Chances)
    squeezed = squeeze(found)
    assert squeezed.chance == pytest.approx(1 / 9)
    assert ids_of(squeezed.groups) == {f"p{number}" for number in range(9)}
    (binding,) = squeezed.bindings
    assert (binding.limit.feature, binding.limit.value, binding.limit.bound) == ("f", "a", "maximum")
    assert binding.lowest_if_moved == pytest.approx(0.2)


def test_moving_what_binds_brings_what_is_told() -> None:
    pool = medium_pool(4)
    found = chances(pool)
    assert isinstance(found, Chances)
    squeezed = squeeze(found)
    assert squeezed.bindings
    best = squeezed.bindings[0]
    quotas = tuple(
        replace(
            quota,
            minimum=quota.minimum - (best.limit.bound == "minimum"),
            maximum=quota.maximum + (best.limit.bound == "maximum"),
        )
        if (quota.feature, quota.value) == (best.limit.feature, best.limit.value)
        else quota
        for quota in pool.quotas
    )
    moved = chances(replace(pool, quotas=quotas))
    assert isinstance(moved, Chances)
    assert moved.lowest == pytest.approx(best.lowest_if_moved)
    assert moved.lowest > found.lowest

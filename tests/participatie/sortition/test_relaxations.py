"""Quotas that cannot be met: no way out is smaller, and no limit of a conflict can be left out of it."""

from dataclasses import replace

import pytest

from participatie.sortition.checks import violations
from participatie.sortition.classes import classes_of
from participatie.sortition.contradictions import MinimaAboveSeats, MinimumAboveMaximum, TooFewHouseholds
from participatie.sortition.leximin import Chances, chances, leximin
from participatie.sortition.pools import Person, Pool, Quota
from participatie.sortition.relaxations import CannotBeMet, Change, Limit, smallest_changes, why_not
from tests.participatie.sortition.brute_force import all_panels
from tests.participatie.sortition.random_pools import tiny_pool


def changed(pool: Pool, changes: tuple[Change, ...]) -> Pool:
    quotas = {(quota.feature, quota.value): quota for quota in pool.quotas}
    for change in changes:
        key = (change.feature, change.value)
        assert getattr(quotas[key], change.bound) == change.old
        if change.bound == "minimum":
            assert change.new < change.old
            quotas[key] = replace(quotas[key], minimum=change.new)
        else:
            assert change.new > change.old
            quotas[key] = replace(quotas[key], maximum=change.new)
    return replace(pool, quotas=tuple(quotas.values()))


def total(changes: tuple[Change, ...]) -> int:
    return sum(abs(change.new - change.old) for change in changes)


def without(pool: Pool, limits: tuple[Limit, ...]) -> Pool:
    """The pool with these limits and no others."""
    kept = {(limit.feature, limit.value, limit.bound) for limit in limits}
    return replace(
        pool,
        quotas=tuple(
            Quota(
                one.feature,
                one.value,
                one.minimum if (one.feature, one.value, "minimum") in kept else 0,
                one.maximum if (one.feature, one.value, "maximum") in kept else pool.seats,
            )
            for one in pool.quotas
        ),
    )


def smallest_total(pool: Pool) -> int:
    """By looking at every panel: how far the nearest one is from the quotas."""
    free = replace(pool, quotas=())
    return min(
        sum(one.by for one in violations([pool.people[number] for number in panel], pool.quotas))
        for panel in all_panels(free)
    )


@pytest.mark.parametrize("seed", range(60))
def test_ways_out_are_the_smallest(seed: int) -> None:
    pool = tiny_pool(seed)
    if all_panels(pool):
        assert why_not(pool) is None
        return
    found = why_not(pool)
    assert isinstance(found, CannotBeMet)
    if any(isinstance(one, TooFewHouseholds) for one in found.contradictions):
        assert found.alternatives == ()
        return
    assert found.alternatives
    assert len(set(found.alternatives)) == len(found.alternatives)
    for changes in found.alternatives:
        assert all_panels(changed(pool, changes))
        assert total(changes) == smallest_total(pool)
    assert not all_panels(without(pool, found.conflict))
    for limit in found.conflict:
        assert all_panels(without(pool, tuple(one for one in found.conflict if one != limit)))


def test_nothing_to_change() -> None:
    people = tuple(Person(f"p{number}", {"f": "a"}) for number in range(3))
    assert smallest_changes(classes_of(Pool(people, (Quota("f", "a", 1, 3),), 2))) == ((),)


def test_every_way_out_is_named() -> None:
    """Two values that each want both seats: either one gives way."""
    people = tuple(Person(f"p{number}", {"f": "ab"[number % 2]}) for number in range(6))
    found = leximin(Pool(people, (Quota("f", "a", 2, 2), Quota("f", "b", 1, 2)), 2))
    assert isinstance(found, CannotBeMet)
    assert found.contradictions == (MinimaAboveSeats("f", 3, 2),)
    assert set(found.alternatives) == {
        (Change("f", "a", "minimum", 2, 1),),
        (Change("f", "b", "minimum", 1, 0),),
    }
    assert set(found.conflict) == {Limit("f", "a", "minimum", 2), Limit("f", "b", "minimum", 1)}


def test_a_minimum_above_its_maximum_has_ways_out_too() -> None:
    people = tuple(Person(f"p{number}", {"f": "ab"[number % 2]}) for number in range(6))
    pool = Pool(people, (Quota("f", "a", 2, 1), Quota("f", "b", 0, 2)), 2)
    found = chances(pool)
    assert isinstance(found, CannotBeMet)
    assert found.contradictions == (MinimumAboveMaximum(Quota("f", "a", 2, 1)),)
    for changes in found.alternatives:
        assert isinstance(leximin(changed(pool, changes)), Chances)


def test_too_few_households_have_no_way_out() -> None:
    people = tuple(Person(f"p{number}", {"f": "a"}, "h") for number in range(4))
    found = leximin(Pool(people, (Quota("f", "a", 0, 2),), 2))
    assert found == CannotBeMet((TooFewHouseholds(2, 1),))


def test_nobody_to_draw_from() -> None:
    found = leximin(Pool(tuple(Person(f"p{n}", {"f": "a"}) for n in range(2)), (), 3))
    assert isinstance(found, CannotBeMet)
    assert found.alternatives == ()

"""Chances by class: the same as those of the draw itself, and what is told about them."""

from dataclasses import replace

import numpy as np
import pytest

from participatie.draw import people as draw_people
from participatie.draw.chances import Group, groups_of, outcome_of, price_of
from participatie.draw.people import people_of
from participatie.draw.quota_warnings import chance_words
from participatie.sortition.classes import classes_of
from participatie.sortition.contradictions import contradictions
from participatie.sortition.leximin import Chances, chances
from participatie.sortition.pools import Person, Pool, Quota
from participatie.sortition.relaxations import CannotBeMet, smallest_changes
from participatie.sortition.warnings import extremes, price_of_quotas
from tests.participatie.sortition.random_pools import random_pool

SEEDS = range(12)


def pool_by(seed: int, people: int = 120) -> Pool:
    return random_pool(seed, people=people, seats=10, features=3, households=0.3)


def of(*rows: tuple[str, int], quotas: tuple[Quota, ...], seats: int) -> Pool:
    """So many people with each answer to one question."""
    people = [
        Person(f"{value}-{number}", {"woning": value}) for value, count in rows for number in range(count)
    ]
    return Pool(tuple(people), quotas, seats)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_three_numbers_are_those_of_the_draw(seed: int) -> None:
    pool = pool_by(seed)
    known, found = chances(pool), outcome_of(people_of(pool))
    if isinstance(known, CannotBeMet):
        assert found.problem is not None
        return
    assert found.problem is None
    assert (found.lowest, found.median, found.highest) == pytest.approx(
        (known.lowest, known.median, known.highest), abs=1e-9
    )
    assert found.people == sum(one.people for one in found.bins) == len(pool.people)
    for one in found.bins:
        inside = (known.per_person >= one.low - 1e-7) & (known.per_person < one.high + 1e-7)
        assert one.people <= inside.sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_other_quotas_for_the_same_classes_are_a_pool_with_other_quotas(seed: int) -> None:
    pool = pool_by(seed)
    wider = tuple(replace(quota, minimum=0, maximum=quota.maximum + 1) for quota in pool.quotas)
    people = people_of(pool).with_quotas(wider)
    classes = people.classes
    expected = classes_of(replace(pool, quotas=wider))
    assert classes.quotas == expected.quotas
    for name in ("matrix", "row_lower", "row_upper", "sizes", "caps"):
        assert np.array_equal(getattr(classes, name), getattr(expected, name)), name
    found = outcome_of(people)
    known = chances(replace(pool, quotas=wider))
    assert isinstance(known, Chances)
    assert found.lowest == pytest.approx(known.lowest, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_cannot_be_is_told_like_the_draw_tells_it(seed: int) -> None:
    pool = pool_by(seed, people=30)
    # More than there are of everybody, and less in all than there are seats.
    tight = tuple(
        replace(quota, minimum=quota.minimum + seed % 4, maximum=quota.maximum - seed % 3)
        for quota in pool.quotas
        if quota.maximum >= 3
    )
    features = {quota.feature for quota in tight}
    rest = tuple(quota for quota in pool.quotas if quota.feature in features and quota.maximum < 3)
    pool = replace(pool, quotas=(*tight, *rest))
    found = outcome_of(people_of(pool))
    known = contradictions(pool)
    assert list(found.problem.contradictions if found.problem else ()) == known
    ways = smallest_changes(classes_of(pool))
    if found.problem is None:
        assert ways == ((),)
    else:
        assert found.problem.alternatives == tuple(way for way in ways if way)


@pytest.mark.parametrize("seed", SEEDS[:6])
def test_a_limit_that_is_moved_brings_what_is_said(seed: int) -> None:
    pool = pool_by(seed)
    for one in outcome_of(people_of(pool)).binding:
        down, up = (1, 0) if one.bound == "minimum" else (0, 1)
        quotas = tuple(
            replace(quota, minimum=quota.minimum - down, maximum=quota.maximum + up)
            if (quota.feature, quota.value) == (one.feature, one.value)
            else quota
            for quota in pool.quotas
        )
        known = chances(replace(pool, quotas=quotas))
        assert isinstance(known, Chances)
        assert one.lowest_if_moved == pytest.approx(known.lowest, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_the_price_is_that_of_the_draw(seed: int) -> None:
    pool = pool_by(seed)
    found = [one for one in price_of(people_of(pool)) if one]
    assert [(one.slack, one.lowest, one.median, one.highest) for one in found] == [
        pytest.approx((one.slack, one.lowest, one.median, one.highest), abs=1e-9)
        for one in price_of_quotas(pool)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_without_households_in_the_classes_the_chances_are_the_same_or_said_to_be_rough(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = random_pool(seed, people=90, seats=20 if seed % 2 else 4, features=2, households=0.8)
    exact = outcome_of(people_of(pool))
    monkeypatch.setattr(draw_people, "MOST_CLASSES", 1)
    people = people_of(pool)
    assert people.homes is not None
    found = outcome_of(people)
    if exact.problem is not None:
        return
    assert not exact.is_rough
    if not found.is_rough:
        assert (found.lowest, found.median, found.highest) == pytest.approx(
            (exact.lowest, exact.median, exact.highest), abs=1e-9
        )
    assert seed % 2 or not found.is_rough


def test_a_home_that_does_not_fit_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [Person(f"p{number}", {"woning": "huis"}, "samen" if number < 6 else "") for number in range(12)]
    pool = Pool(tuple(people), (Quota("woning", "huis", 0, 9),), 6)
    monkeypatch.setattr(draw_people, "MOST_CLASSES", 0)
    assert outcome_of(people_of(pool)).is_rough
    assert not outcome_of(people_of(replace(pool, seats=2))).is_rough


def test_nobody_has_a_price_or_a_chance() -> None:
    nobody = people_of(Pool((), (Quota("woning", "flat", 0, 3),), 3))
    assert price_of(nobody) == (None, None, None)
    found = outcome_of(nobody)
    assert found.people == 0
    assert found.problem is not None


def test_who_is_squeezed_and_which_quota_binds() -> None:
    quotas = (Quota("woning", "flat", 0, 2), Quota("woning", "huis", 0, 9))
    found = outcome_of(people_of(of(("flat", 40), ("huis", 20), quotas=quotas, seats=10)))
    assert found.squeezed == (Group((("woning", "flat"),), 40),)
    assert [(one.value, one.bound, one.number, one.people) for one in found.binding] == [
        ("flat", "maximum", 2, 40)
    ]
    # Two seats for forty people; with a third it is three for forty.
    assert found.lowest == pytest.approx(2 / 40)
    assert found.binding[0].lowest_if_moved == pytest.approx(3 / 40)
    assert found.answers["woning", "huis"].lowest == pytest.approx(8 / 20)
    assert not found.never
    assert not found.always


def test_never_and_always_are_those_of_the_lists() -> None:
    quotas = (Quota("woning", "boot", 6, 9), Quota("woning", "flat", 0, 0), Quota("woning", "huis", 0, 9))
    pool = of(("boot", 6), ("flat", 7), ("huis", 20), quotas=quotas, seats=9)
    found = outcome_of(people_of(pool))
    assert found.never == (Group((("woning", "flat"),), 7),)
    assert found.always == (Group((("woning", "boot"),), 6),)
    known = chances(pool)
    assert isinstance(known, Chances)
    exact = extremes(known)
    assert [group.values for group in exact.never] == [(("woning", "flat"),)]
    assert [group.values for group in exact.always] == [(("woning", "boot"),)]


def test_few_people_are_counted_and_not_described() -> None:
    people = [Person(f"a{number}", {"leeftijd": "jong", "woning": "flat"}) for number in range(6)]
    people += [Person(f"b{number}", {"leeftijd": "jong", "woning": "boot"}) for number in range(3)]
    people += [Person(f"c{number}", {"leeftijd": "jong", "woning": "kasteel"}) for number in range(2)]
    people.append(Person("d", {"leeftijd": "oud", "woning": "boot"}))
    quotas = tuple(
        Quota(feature, value, 0, 9)
        for feature, values in (("leeftijd", ("jong", "oud")), ("woning", ("flat", "boot", "kasteel")))
        for value in values
    )
    classes = classes_of(Pool(tuple(people), quotas, 3))
    groups = groups_of(classes, np.ones(len(classes), dtype=np.bool_), classes.features)
    assert groups == (
        Group((("leeftijd", "jong"), ("woning", "flat")), 6),
        Group((("leeftijd", "jong"),), 5),
        Group((), 1),
    )


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "geen kans"),
        (1.0, "zeker"),
        (0.03, "3 op 100"),
        (0.0286, "2,9 op 100"),
        (0.171, "17 op 100"),
        (0.0043, "4,3 op 1.000"),
        (0.0001, "1 op 10.000"),
        (0.00096, "1 op 1.000"),
        (0.9996, "bijna zeker"),
    ],
)
def test_a_chance_in_words(chance: float, words: str) -> None:
    assert chance_words(chance) == words

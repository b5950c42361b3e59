"""The chances are those of leximin over every panel there is."""

from collections import Counter

import numpy as np
import pytest

from participatie.sortition.classes import classes_of
from participatie.sortition.exact import exact_leximin
from participatie.sortition.leximin import Chances, chances, leximin
from participatie.sortition.lists import lists
from participatie.sortition.mixtures import Columns
from participatie.sortition.pools import Person, Pool, Quota
from participatie.sortition.relaxations import CannotBeMet
from tests.participatie.sortition.brute_force import brute_force
from tests.participatie.sortition.random_pools import example_large, medium_pool, random_pool, tiny_pool

EQUAL = 2e-8


@pytest.mark.parametrize("seed", range(200))
def test_equal_to_looking_at_every_panel(seed: int) -> None:
    pool = tiny_pool(seed)
    expected = brute_force(pool)
    found = leximin(pool)
    if expected is None:
        assert isinstance(found, CannotBeMet)
        return
    assert isinstance(found, Chances)
    assert found.proven
    np.testing.assert_allclose(found.per_person, expected, rtol=0, atol=EQUAL)


def assert_proven(found: Chances) -> None:
    """The mixture is made of panels, and gives the chances it proves."""
    classes, mixture = found.classes, found.mixture
    assert mixture is not None
    rows = mixture.panels @ classes.matrix.T
    assert (rows >= classes.row_lower).all()
    assert (rows <= classes.row_upper).all()
    assert (mixture.panels >= 0).all()
    assert (mixture.panels <= classes.caps).all()
    assert (mixture.weights >= 0).all()
    assert mixture.weights.sum() == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(mixture.expected / classes.sizes, found.per_class, rtol=0, atol=EQUAL)


@pytest.mark.parametrize("seed", [1, 3, 4, 13, 14, 25])
def test_medium_pools_are_answered_with_proof(seed: int) -> None:
    found = leximin(medium_pool(seed))
    assert isinstance(found, Chances)
    assert_proven(found)


@pytest.mark.parametrize("seed", range(30))
def test_tiny_pools_have_proof(seed: int) -> None:
    found = leximin(tiny_pool(seed))
    if isinstance(found, Chances):
        assert_proven(found)


@pytest.mark.parametrize("seed", [1, 2, 4, 14])
def test_column_generation_finds_what_the_decomposition_proves(seed: int) -> None:
    """Two ways to the same chances, which share only how a panel is found."""
    found = leximin(medium_pool(seed))
    assert isinstance(found, Chances)
    assert "exact" not in found.seconds
    mixture = exact_leximin(found.classes, Columns(found.classes), lambda done, total: None)
    assert mixture is not None
    chances_again = mixture.expected / found.classes.sizes
    np.testing.assert_allclose(chances_again, found.per_class, rtol=0, atol=EQUAL)


def test_the_relaxation_never_promises_less() -> None:
    """Leximin of more is more: sorted, the first chance that differs is higher."""
    differed = 0
    for seed in range(60):
        real, relaxed = leximin(tiny_pool(seed)), chances(tiny_pool(seed))
        if isinstance(real, Chances) and isinstance(relaxed, Chances):
            steps = np.sort(relaxed.per_person) - np.sort(real.per_person)
            first = steps[np.abs(steps) > 1e-7]
            differed += bool(len(first))
            assert not len(first) or first[0] > 0
            assert not relaxed.proven
    assert differed > 3


def test_a_large_pool_with_few_kinds_of_people() -> None:
    found = leximin(example_large())
    assert isinstance(found, Chances)
    assert len(found.classes) == 3
    assert found.lowest == pytest.approx(0.1, abs=1e-9)
    assert found.proven


def test_people_whom_no_rule_tells_apart_have_the_same_chance() -> None:
    pool = random_pool(7, people=60, seats=12, features=3, households=0.5)
    found = leximin(pool)
    assert isinstance(found, Chances)
    for members in found.classes.members:
        assert len({found.by_id[found.classes.pool.people[one].id] for one in members}) == 1


def test_order_of_people_and_quotas_makes_no_difference() -> None:
    pool = tiny_pool(2)
    turned = Pool(pool.people[::-1], pool.quotas[::-1], pool.seats)
    one, other = leximin(pool), leximin(turned)
    assert isinstance(one, Chances)
    assert isinstance(other, Chances)
    assert one.by_id == other.by_id


def test_without_quotas_everybody_has_the_same_chance() -> None:
    pool = Pool(tuple(Person(f"p{number}", {}) for number in range(7)), (), 3)
    found = leximin(pool)
    assert isinstance(found, Chances)
    assert list(found.by_id.values()) == pytest.approx([3 / 7] * 7)


def test_as_many_seats_as_people() -> None:
    people = tuple(Person(f"p{number}", {"f": "a"}) for number in range(4))
    found = leximin(Pool(people, (Quota("f", "a", 0, 9),), 4))
    assert isinstance(found, Chances)
    assert found.lowest == pytest.approx(1)


def test_one_of_a_household() -> None:
    """Two at one address share what one alone has."""
    people = (Person("a", {}, "h"), Person("b", {}, "h"), Person("c", {}), Person("d", {}))
    found = leximin(Pool(people, (), 3))
    assert isinstance(found, Chances)
    assert found.by_id == {
        "a": pytest.approx(0.5),
        "b": pytest.approx(0.5),
        "c": pytest.approx(1),
        "d": pytest.approx(1),
    }


def test_the_example_of_the_documentation() -> None:
    people = (
        Person("Anna", {"leeftijd": "jong", "woning": "huis"}),
        Person("Bas", {"leeftijd": "oud", "woning": "huis"}),
        Person("Cor", {"leeftijd": "oud", "woning": "huis"}),
        Person("Dina", {"leeftijd": "oud", "woning": "flat"}),
        Person("Eva", {"leeftijd": "jong", "woning": "flat"}),
    )
    values = [("leeftijd", "jong"), ("leeftijd", "oud"), ("woning", "huis"), ("woning", "flat")]
    found = leximin(Pool(people, tuple(Quota(*value, 1, 1) for value in values), 2))
    assert isinstance(found, Chances)
    third = pytest.approx(1 / 3)
    assert found.by_id == {
        "Anna": third,
        "Bas": third,
        "Cor": third,
        "Dina": third,
        "Eva": pytest.approx(2 / 3),
    }
    times = Counter(lists(found).lists)
    assert set(times) == {("Anna", "Dina"), ("Bas", "Eva"), ("Cor", "Eva")}
    assert set(times.values()) <= {333, 334}


def test_households_of_one_are_no_households() -> None:
    people = tuple(Person(f"p{number}", {"f": "a"}, f"h{number}") for number in range(5))
    assert len(classes_of(Pool(people, (Quota("f", "a", 0, 5),), 2))) == 1


def test_steps_are_told_and_timed() -> None:
    told: list[tuple[str, int, int]] = []
    found = leximin(tiny_pool(10), progress=lambda step, done, total: told.append((step, done, total)))
    assert isinstance(found, Chances)
    assert list(found.seconds) == ["check", "relaxation", "decomposition", "exact"]
    assert {step for step, _, _ in told} == set(found.seconds)
    assert all(0 <= done <= total or total == 0 for _, done, total in told)


def test_quotas_that_only_parts_of_people_meet_have_no_panel() -> None:
    """Half of each person meets these; whole people come in threes, and two of three is what is asked."""
    profiles = [("a", "a", "b"), ("a", "b", "a"), ("b", "a", "a"), ("b", "b", "b")]
    people = tuple(
        Person(f"p{number}", dict(zip("fgh", profile, strict=True)))
        for number, profile in enumerate(profiles)
    )
    quotas = tuple(Quota(name, value, 1, 1) for name in "fgh" for value in "ab")
    pool = Pool(people, quotas, 2)
    assert isinstance(chances(pool), Chances)
    found = leximin(pool)
    assert isinstance(found, CannotBeMet)
    assert found.alternatives

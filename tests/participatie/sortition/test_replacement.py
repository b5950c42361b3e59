"""A free seat goes to whoever breaks the fewest quotas, and then to the first in the reserve order."""

import pytest

from participatie.sortition.pools import Person, Pool, Quota
from participatie.sortition.replacement import replacements

PEOPLE = (
    Person("a1", {"f": "a"}),
    Person("a2", {"f": "a"}, "h"),
    Person("a3", {"f": "a"}),
    Person("b1", {"f": "b"}, "h"),
    Person("b2", {"f": "b"}),
    Person("b3", {"f": "b"}, "k"),
    Person("b4", {"f": "b"}, "k"),
)
POOL = Pool(PEOPLE, (Quota("f", "a", 2, 2), Quota("f", "b", 1, 1)), 3)
RESERVE = ("b3", "a3", "b4", "a2", "b2")


def test_fewest_violations_go_before_the_reserve_order() -> None:
    found = replacements(POOL, staying=["a1", "b1"], reserve=RESERVE)
    assert [(one.id, one.place, one.off) for one in found] == [
        ("a3", 2, 0),
        ("b3", 1, 2),
        ("b4", 3, 2),
        ("b2", 5, 2),
    ]
    assert found[0].violations == ()
    assert [(one.quota.value, one.count, one.by) for one in found[1].violations] == [("a", 1, 1), ("b", 2, 1)]


def test_nobody_joins_somebody_of_the_same_household() -> None:
    assert "a2" not in {one.id for one in replacements(POOL, staying=["a1", "b1"], reserve=RESERVE)}
    assert "a2" in {one.id for one in replacements(POOL, staying=["a1", "b2"], reserve=RESERVE)}


def test_who_declined_or_has_a_seat_is_not_asked() -> None:
    found = replacements(POOL, staying=["a1", "b2"], reserve=RESERVE, unavailable=["a3"])
    assert [one.id for one in found] == ["a2", "b3", "b4"]


def test_the_order_decides_between_equals() -> None:
    turned = replacements(POOL, staying=["a1", "b2"], reserve=("a2", "a3"))
    assert [one.id for one in turned] == ["a2", "a3"]


def test_with_more_seats_free_the_distance_to_the_quotas_counts() -> None:
    found = replacements(POOL, staying=["b1"], reserve=RESERVE)
    assert [(one.id, one.off) for one in found][:2] == [("a3", 1), ("b3", 3)]


@pytest.mark.parametrize(
    ("staying", "reserve", "message"),
    [
        (["a1", "zz"], ["a2"], "zz"),
        (["a1"], ["a2", "yy"], "yy"),
        (["a1"], ["a2", "a2"], "two places"),
        (["a1", "a2", "b2"], ["a3"], "no free seat"),
    ],
    ids=["unknown in the panel", "unknown in reserve", "twice in reserve", "full"],
)
def test_bad_input(staying: list[str], reserve: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replacements(POOL, staying=staying, reserve=reserve)

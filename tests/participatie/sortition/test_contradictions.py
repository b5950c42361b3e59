"""What is plainly impossible is said without a solver, each with the numbers for a sentence."""

import pytest

from participatie.sortition import sentences
from participatie.sortition.contradictions import (
    Contradiction,
    DoubleId,
    DoubleQuota,
    MaximaBelowSeats,
    MinimaAboveSeats,
    MinimumAboveMaximum,
    MissingFeature,
    NegativeQuota,
    NoSeats,
    TooFewHouseholds,
    TooFewPeople,
    TooFewWithValue,
    UnknownValue,
    contradictions,
)
from participatie.sortition.pools import Person, Pool, Quota

PEOPLE = (
    Person("p1", {"f": "a"}, "h1"),
    Person("p2", {"f": "a"}, "h1"),
    Person("p3", {"f": "b"}),
    Person("p4", {"f": "b"}),
)
QUOTAS = (Quota("f", "a", 0, 1), Quota("f", "b", 1, 2))

CASES: dict[str, tuple[Pool, list[Contradiction]]] = {
    "none": (Pool(PEOPLE, QUOTAS, 2), []),
    "no seats": (Pool(PEOPLE, QUOTAS, 0), [NoSeats(0)]),
    "seats below zero": (Pool(PEOPLE, QUOTAS, -3), [NoSeats(-3)]),
    "an id twice": (Pool((*PEOPLE, PEOPLE[0]), QUOTAS, 2), [DoubleId("p1")]),
    "a quota twice": (Pool(PEOPLE, (*QUOTAS, Quota("f", "b", 0, 9)), 2), [DoubleQuota("f", "b")]),
    "a quota below zero": (
        Pool(PEOPLE, (QUOTAS[0], Quota("f", "b", -1, 2)), 2),
        [NegativeQuota(Quota("f", "b", -1, 2))],
    ),
    "a feature left open": (
        Pool((*PEOPLE, Person("p5", {"f": ""}), Person("p0", {})), QUOTAS, 2),
        [MissingFeature("f", 2, "p0")],
    ),
    "a value without quota": (
        Pool((*PEOPLE, Person("p5", {"f": "c"})), QUOTAS, 2),
        [UnknownValue("f", "c", 1)],
    ),
    "more seats than people": (
        Pool(PEOPLE, (Quota("f", "a", 0, 9), Quota("f", "b", 0, 9)), 5),
        [TooFewPeople(5, 4)],
    ),
    "more seats than households": (
        Pool(PEOPLE, (Quota("f", "a", 0, 9), Quota("f", "b", 0, 9)), 4),
        [TooFewHouseholds(4, 3)],
    ),
    "minimum above maximum": (
        Pool(PEOPLE, (Quota("f", "a", 1, 0), Quota("f", "b", 1, 2)), 2),
        [MinimumAboveMaximum(Quota("f", "a", 1, 0))],
    ),
    "minima above seats": (
        Pool(PEOPLE, (Quota("f", "a", 1, 1), Quota("f", "b", 2, 2)), 2),
        [MinimaAboveSeats("f", 3, 2)],
    ),
    "maxima below seats": (
        Pool(PEOPLE, (Quota("f", "a", 0, 1), Quota("f", "b", 0, 0)), 2),
        [MaximaBelowSeats("f", 1, 2)],
    ),
    "two of one household": (
        Pool(PEOPLE, (Quota("f", "a", 2, 2), Quota("f", "b", 0, 2)), 2),
        [TooFewWithValue(Quota("f", "a", 2, 2), 1)],
    ),
    "a value nobody has": (
        Pool(PEOPLE, (*QUOTAS, Quota("f", "c", 1, 2)), 2),
        [TooFewWithValue(Quota("f", "c", 1, 2), 0)],
    ),
    "nobody": (Pool((), (), 1), [TooFewPeople(1, 0)]),
}


@pytest.mark.parametrize("name", CASES)
def test_contradiction(name: str) -> None:
    pool, expected = CASES[name]
    assert contradictions(pool) == expected


@pytest.mark.parametrize("name", [name for name, (_, found) in CASES.items() if found])
def test_every_contradiction_is_a_sentence(name: str) -> None:
    for found in CASES[name][1]:
        sentence = sentences.contradiction(found)
        assert sentence.endswith(".")
        assert "None" not in sentence

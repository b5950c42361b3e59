"""A later change shows, wherever it is made."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.sortition.publication.ledger import (
    START,
    Break,
    Entry,
    LedgerError,
    Trouble,
    append,
    canonical,
    verify,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\u00e9", max_size=2), inner, max_size=3)
    ),
    max_leaves=6,
)
EVENTS = st.lists(st.dictionaries(st.sampled_from(["soort", "op", "wat"]), VALUES, max_size=3), max_size=5)


def chain(events: list[dict]) -> list[Entry]:
    entries: list[Entry] = []
    for event in events:
        entries.append(append(entries[-1].hash if entries else START, event))
    return entries


EXAMPLE = chain(
    [{"soort": "opening", "op": "2027-01-01"}, {"soort": "sluiting"}, {"soort": "trekking", "lijst": 7}]
)


def test_a_hash_anyone_can_work_out() -> None:
    first = append(START, {"soort": "opening", "lijst": 7, "één": None})
    assert canonical(first.event) == '{"lijst":7,"soort":"opening","één":null}'
    text = START + "\n" + canonical(first.event)
    assert first.hash == sha256(text.encode()).hexdigest()


@settings(deadline=None)
@given(EVENTS)
def test_an_untouched_chain_is_whole(events) -> None:
    entries = chain(events)
    assert verify(entries, head=entries[-1].hash if entries else START) == []
    # As it comes back out of a database.
    again = [Entry(entry.previous, json.loads(json.dumps(entry.event)), entry.hash) for entry in entries]
    assert verify(again) == []


@settings(deadline=None)
@given(EVENTS.filter(bool), st.data())
def test_any_other_event_shows(events, data) -> None:
    entries = chain(events)
    index = data.draw(st.integers(0, len(entries) - 1))
    event = data.draw(st.dictionaries(st.sampled_from(["soort", "op", "wat"]), VALUES, max_size=3))
    is_same = canonical(event) == canonical(entries[index].event)
    entries[index] = replace(entries[index], event=event)
    assert verify(entries) == ([] if is_same else [Break(index, Trouble.CHANGED)])


def test_who_rewrites_an_entry_has_to_rewrite_all_that_follow() -> None:
    forged = append(START, {"soort": "opening", "op": "2027-02-02"})
    assert verify([forged, *EXAMPLE[1:]]) == [Break(1, Trouble.LOOSE)]
    rewritten = chain([dict(forged.event), *(dict(entry.event) for entry in EXAMPLE[1:])])
    assert verify(rewritten) == []
    assert verify(rewritten, head=EXAMPLE[-1].hash) == [Break(3, Trouble.END)]


def test_left_out_swapped_twice_and_cut_off() -> None:
    first, second, third = EXAMPLE
    assert verify([second, third]) == [Break(0, Trouble.LOOSE)]
    assert verify([first, third]) == [Break(1, Trouble.LOOSE)]
    assert Break(1, Trouble.LOOSE) in verify([first, third, second])
    assert verify([first, first, second, third]) == [Break(1, Trouble.LOOSE)]
    assert verify([first, second]) == []
    assert verify([first, second], head=third.hash) == [Break(2, Trouble.END)]
    assert verify([], head=third.hash) == [Break(0, Trouble.END)]


def test_a_changed_hash_shows_at_once() -> None:
    first, second, third = EXAMPLE
    assert verify([first, replace(second, hash=START), third]) == [
        Break(1, Trouble.CHANGED),
        Break(2, Trouble.LOOSE),
    ]


@pytest.mark.parametrize("value", [1.5, float("nan"), b"x", {1: "a"}, {"a"}, "\ud800", object()])
def test_an_event_that_can_be_written_in_more_ways_is_refused(value) -> None:
    with pytest.raises(LedgerError):
        append(START, {"wat": [value]})
    assert verify([Entry(START, {"wat": value}, START)]) == [Break(0, Trouble.CHANGED)]

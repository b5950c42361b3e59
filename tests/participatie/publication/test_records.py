"""The line that somebody hashes at home is theirs alone, and can be read back."""

import hashlib
import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.sortition.publication.records import (
    Record,
    RecordError,
    fingerprint_of,
    new_salt,
    record_of,
    shuffled_tickets,
    ticket_numbers,
)

SALT = "9f86d081884c7d659a2feaa0c55ad015"
AWKWARD = st.sampled_from(
    [" ", "  ", "|", " | ", "=", " = ", "\\", "\\u{20}", "\n", "\r\n", "-", "\u200f", "é", "e\u0301"]
)
TEXTS = st.lists(AWKWARD | st.text(max_size=4), max_size=4).map("".join)
FEATURES = st.lists(
    st.tuples(TEXTS.filter(bool), TEXTS),
    max_size=4,
    unique_by=lambda pair: unicodedata.normalize("NFC", pair[0]),
).map(tuple)


def test_the_line_of_a_slip_is_what_is_hashed() -> None:
    record = Record("L-0042", SALT, (("leeftijd", "18 tot 34"), ("woning", "hoogbouw")))
    assert record.text == f"{SALT} | L-0042 | leeftijd = 18 tot 34 | woning = hoogbouw"
    assert record.fingerprint == hashlib.sha256(record.text.encode()).hexdigest()
    # Worked out with sha256sum, outside this project.
    assert record.fingerprint == "da95dce251b4933f1a17249a6381f5e89f46672f79e244851ac604192940c405"


def test_an_answer_that_was_not_given() -> None:
    record = Record("L-0042", SALT, (("woning", ""), ("taal", "-"), ("a=b", "x | y\n ")))
    assert (
        record.text
        == f"{SALT} | L-0042 | woning = - | taal = \\u{{2d}} | a\\u{{3d}}b = x \\u{{7c}} y\\u{{a}}\\u{{20}}"
    )


@settings(max_examples=300, deadline=None)
@given(FEATURES)
def test_any_record_is_one_printable_line_and_reads_back(features) -> None:
    record = Record("L-0001", SALT, features)
    assert record_of(record.text) == record
    assert record.text.splitlines() == [record.text]
    assert record.text == record.text.strip()
    assert "  " not in record.text
    assert fingerprint_of(record.text) == record.fingerprint
    # What a phone or a mail makes of it when it normalises.
    assert unicodedata.normalize("NFC", record.text) == record.text


@settings(max_examples=300, deadline=None)
@given(FEATURES, FEATURES)
def test_two_records_never_share_a_line(first, second) -> None:
    one, other = Record("L-0001", SALT, first), Record("L-0001", SALT, second)
    assert (one.text == other.text) == (one.features == other.features)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(AWKWARD | st.sampled_from([SALT, "L-0001", "a", "\\u{7c}", "\\u{110000}"]), max_size=9).map(
        "".join
    )
)
def test_any_text_is_a_record_in_one_way_or_refused(text) -> None:
    try:
        record = record_of(text)
    except RecordError:
        return
    assert record.text == text


@pytest.mark.parametrize(
    ("ticket", "salt", "features"),
    [
        ("l-0001", SALT, ()),
        ("L-001", SALT, ()),
        ("L-00٣1", SALT, ()),
        ("L-0001\n", SALT, ()),
        ("L-0001", SALT.upper(), ()),
        ("L-0001", SALT[:-1], ()),
        ("L-0001", SALT, (("", "a"),)),
        ("L-0001", SALT, (("a", "b"), ("a", "c"))),
        ("L-0001", SALT, (("é", "b"), ("e\u0301", "c"))),
        ("L-0001", SALT, (("a", "\ud800"),)),
    ],
)
def test_what_is_no_record(ticket, salt, features) -> None:
    with pytest.raises(RecordError):
        Record(ticket, salt, features)


@pytest.mark.parametrize(
    "text",
    [
        "",
        SALT,
        "L-0001",
        f"{SALT} | L-0001 | ",
        f"{SALT} | L-0001 | a",
        f"{SALT} | L-0001 | a = ",
        f"{SALT} | L-0001 | a =b",
        f"{SALT} | L-0001 | a = b ",
        f"{SALT} | L-0001 | a = b | ",
        f"{SALT} | L-0001 | a = b\\u{{63}}",
        f"{SALT} | L-0001 | a = \\u{{7C}}",
        f"{SALT} | L-0001 | a = \\u{{07c}}",
        f"{SALT} | L-0001 | a = \\",
        f"{SALT} | L-0001 | a = e\u0301",
        f"{SALT} | L-0001\n",
        f" {SALT} | L-0001",
        f"{SALT}  | L-0001",
    ],
)
def test_a_line_that_no_record_gives(text) -> None:
    with pytest.raises(RecordError):
        record_of(text)


def test_a_record_changes_with_each_of_its_parts() -> None:
    first = Record("L-0001", SALT, (("a", "b"), ("c", "d")))
    others = [
        Record("L-0002", SALT, first.features),
        Record("L-0001", SALT[::-1], first.features),
        Record("L-0001", SALT, (("a", "b"), ("c", "e"))),
        Record("L-0001", SALT, (("c", "d"), ("a", "b"))),
        Record("L-0001", SALT, (("a", "b"),)),
    ]
    assert len({first.fingerprint, *(other.fingerprint for other in others)}) == 6


def test_tickets() -> None:
    assert ticket_numbers(3) == ["L-0001", "L-0002", "L-0003"]
    many = ticket_numbers(12_345)
    assert many[0] == "L-00001"
    assert many == sorted(many)
    assert sorted(shuffled_tickets(500)) == ticket_numbers(500) != shuffled_tickets(500)
    with pytest.raises(RecordError):
        ticket_numbers(1_000_000)


def test_salts_are_sixteen_bytes_and_never_the_same() -> None:
    salts = [new_salt() for _time in range(100)]
    assert len(set(salts)) == 100
    assert all(len(bytes.fromhex(salt)) == 16 for salt in salts)
    assert sha256(salts[0].encode()).hexdigest() == fingerprint_of(salts[0])

"""Postcodes and house numbers as people type them: read when that can be done, refused when not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijken.addresses.typed import MAX_TYPED, Huisnummer, read_huisnummer, read_postcode

ANYTHING = st.text() | st.text(alphabet="0123456789 -./aBéßSD١۵１\u200f\u202d½²①", max_size=12)


@pytest.mark.parametrize(
    "typed",
    [
        "1951AB",
        "1951ab",
        " 1951 ab ",
        "1951  AB.",
        "1951-ab",
        "NL-1951 AB",
        "１９５１ＡＢ",
        "١٩٥١ AB",
        "۱۹۵۱ab",
        "\u200f1951\u00a0AB\u200e",
        "1951\tAB\r\n",
    ],
)
def test_a_postcode_that_can_be_read(typed: str) -> None:
    assert read_postcode(typed) == "1951AB"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1951",
        "AB",
        "0951AB",
        "19511AB",
        "1951ABC",
        "1951SS",
        "1951sa",
        "1951SD",
        # Two letters that look like A and B, and one that is two letters in capitals.
        "1951АВ",
        "195¹AB",
        "1951ß",
        "1951éé",
        "1951AB" + " " * MAX_TYPED,
        "1951AB\n1951AB",
        "'; DROP TABLE wijken_adresbuurt; --",
    ],
)
def test_a_postcode_that_is_refused(typed: str) -> None:
    assert read_postcode(typed) is None


@pytest.mark.parametrize(
    ("typed", "nummer", "toevoeging"),
    [
        ("12", 12, ""),
        (" 012 ", 12, ""),
        ("12a", 12, "A"),
        ("12 A", 12, "A"),
        ("12-a.", 12, "A"),
        ("12-1", 12, "1"),
        ("12/3", 12, "3"),
        ("12 hs", 12, "HS"),
        ("12 bis", 12, "BIS"),
        ("12 A-2", 12, "A2"),
        ("12 1-1", 12, "1-1"),
        ("12-11", 12, "11"),
        ("nr. 12", 12, ""),
        ("№ 12", 12, ""),
        ("１２ａ", 12, "A"),
        ("١٢", 12, ""),
        ("۱۲-۳", 12, "3"),
        ("99999", 99999, ""),
        ("12\nA", 12, "A"),
    ],
)
def test_a_house_number_that_can_be_read(typed: str, nummer: int, toevoeging: str) -> None:
    assert read_huisnummer(typed) == Huisnummer(nummer, toevoeging)


@pytest.mark.parametrize(
    "typed",
    ["", "0", "00", "A12", "hs", "123456", "12 abcdefghi", "12ب", "-", "½", "12½", "12²", "①", "9" * 5000],
)
def test_a_house_number_that_is_refused(typed: str) -> None:
    assert read_huisnummer(typed) is None


@pytest.mark.parametrize("typed", ["12", "12A", "12-1", "12HS", "12-1-1", "12A2"])
def test_a_house_number_is_written_as_it_is_read(typed: str) -> None:
    assert str(read_huisnummer(typed)) == typed


@given(ANYTHING)
def test_whatever_is_typed_gives_a_postcode_or_none(typed: str) -> None:
    read = read_postcode(typed)
    assert read is None or (re.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}", read) and read_postcode(read) == read)


@given(ANYTHING)
def test_whatever_is_typed_gives_a_house_number_or_none(typed: str) -> None:
    read = read_huisnummer(typed)
    assert read is None or (
        0 < read.nummer < 100_000
        and re.fullmatch(r"(?:[0-9A-Z]+(?:-[0-9A-Z]+)*)?", read.toevoeging)
        and read_huisnummer(str(read)) == read
    )


@given(st.integers(1, 99_999), st.from_regex(r"(?:[A-Z][A-Z0-9]{0,4})?", fullmatch=True))
def test_signs_and_capitals_make_no_difference(nummer: int, toevoeging: str) -> None:
    for typed in (f"{nummer}{toevoeging}", f"{nummer} {toevoeging.lower()}", f"{nummer}-{toevoeging}."):
        assert read_huisnummer(typed) == Huisnummer(nummer, toevoeging)

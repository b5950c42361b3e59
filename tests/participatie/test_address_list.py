"""A file of addresses, as offices save them and as nobody should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.csv_files import FileError
from participatie.address_list import example_file, read_addresses

HEADING = "straat;huisnummer;toevoeging;postcode;plaats;naam\r\n"


def read(text: str, encoding: str = "utf-8"):
    return read_addresses(text.encode(encoding))


def test_the_example_can_be_read() -> None:
    found = read(example_file())
    assert found.bad == []
    assert [
        (row.straat, row.huisnummer, row.toevoeging, row.postcode, row.naam) for row in found.addresses
    ] == [
        ("Wijkstraat", "12", "A", "1951AB", ""),
        ("Wijkstraat", "14", "", "1951AB", "Mw. A. Voorbeeld"),
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Straatnaam,Huisnr,Postcode,Woonplaats\nCaféstraat,12-A,1951 ab,Velsen-Noord\n", "utf-8"),
        ("straat;nummer;postcode;plaats\r\nCaféstraat;12 a;1951AB;Velsen-Noord\r\n", "cp1252"),
        ("Plaats\tPostcode\tNr\tToev\tStraat\nVelsen-Noord\t1951 AB\t012\tA\tCaféstraat\n", "utf-8-sig"),
    ],
)
def test_it_does_not_matter_how_the_file_was_saved(text: str, encoding: str) -> None:
    (row,) = read(text, encoding).addresses
    assert (row.straat, row.huisnummer, row.toevoeging, row.postcode, row.plaats) == (
        "Caféstraat",
        "12",
        "A",
        "1951AB",
        "Velsen-Noord",
    )


def test_an_address_that_is_in_it_twice_gets_one_letter() -> None:
    found = read(
        f"{HEADING}Wijkstraat;12;A;1951 AB;Velsen-Noord;\nWijkstraat;12a;;1951ab;VELSEN-NOORD;Bewoner\n"
    )
    assert (len(found.addresses), found.doubles) == (1, 1)


def test_every_line_that_is_wrong_is_told_by_its_number() -> None:
    found = read(
        f"{HEADING}Wijkstraat;12;;1951 AB;Velsen-Noord;\n"
        ";12;;1951 AB;Velsen-Noord;\n"
        "\n"
        "Wijkstraat;twaalf;;1951;Velsen-Noord;\n"
        "Wijkstraat;12\n"
    )
    assert [(row.number, len(row.reasons)) for row in found.bad] == [(3, 1), (5, 2), (6, 2)]
    assert len(found.addresses) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\1\2",
        b"PK\3\4 a spreadsheet",
        b"naam;leeftijd\nA;12\n",
        b"straat;straatnaam;huisnummer;postcode;plaats\n",
        HEADING.encode() + b'"Wijkstraat;12;;1951 AB;Velsen-Noord;\n',
        HEADING.encode() + b"Wijkstraat;12;;1951 AB;Velsen-Noord;\n" * 5001,
        b"x" * 1_000_001,
    ],
    ids=["empty", "binary", "spreadsheet", "columns", "column-twice", "quote", "too-many", "too-big"],
)
def test_what_is_no_list_of_addresses_is_refused(content: bytes) -> None:
    with pytest.raises(FileError):
        read_addresses(content)


def test_a_cell_is_one_line_of_what_can_be_printed() -> None:
    found = read(f'{HEADING}"Wijk\u202e\nstraat";12;;1951 AB;Velsen-Noord;"=HYPERLINK(1)"\n')
    assert [(row.straat, row.naam) for row in found.addresses] == [("Wijk straat", "=HYPERLINK(1)")]
    assert read(f"{HEADING}{'a' * 61};12;;1951 AB;Velsen-Noord;\n").bad


@given(st.binary(max_size=200))
def test_no_file_is_a_fault_of_ours(content: bytes) -> None:
    try:
        found = read_addresses(HEADING.encode() + content)
    except FileError:
        return
    assert all(row.straat and row.postcode and row.huisnummer for row in found.addresses)

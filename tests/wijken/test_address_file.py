"""`manage.py adressen`: the file of the CBS goes in whole, or not at all."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from wijken.addresses import cbs_file
from wijken.addresses.checking import check
from wijken.addresses.checks import addresses_are_recent
from wijken.models import Adresbuurt, Adressenbestand, Buurt

pytestmark = pytest.mark.django_db

NAME = "pc6hnr20260801_gwb.csv"
HEADING = "PC6;Huisnummer;Buurt2026;Wijk2026;Gemeente2026"
GOOD = ("1951QA;1;4530500;45305;453", "1951QA;2;4530507;45305;453", "1011AB;1;363AF01;363AF;363")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(
    folder: Path, *lines: str, heading: str = HEADING, name: str = NAME, encoding: str = "utf-8"
) -> Path:
    file = folder / name
    file.write_bytes("\r\n".join([heading, *lines, ""]).encode(encoding))
    return file


def run(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("adressen", str(file), *options, stdout=out)
    return out.getvalue()


def stored() -> set[tuple[str, int, str]]:
    return set(Adresbuurt.objects.values_list("postcode", "huisnummer", "buurt_code"))


READ = {("1951QA", 1, "BU04530500"), ("1951QA", 2, "BU04530507")}


def test_the_own_municipality_takes_the_place_of_what_was_there(folder: Path) -> None:
    assert len(stored()) > 100
    said = run(write(folder, *GOOD))
    assert stored() == READ
    bestand = Adressenbestand.objects.get()
    assert (bestand.naam, bestand.peildatum) == (NAME, date(2026, 8, 1))
    assert "2 adressen in 2 buurten" in said
    assert "01-08-2026" in said
    assert check("1951qa", "2").buurt_code == "BU04530507"


def test_twice_is_once(folder: Path) -> None:
    file = write(folder, *GOOD, GOOD[0])
    run(file)
    run(file)
    assert stored() == READ
    assert Adressenbestand.objects.count() == 1


@pytest.mark.parametrize(
    ("heading", "lines", "encoding"),
    [
        ("PC6;Huisnummer;Buurt;Wijk;Gemeente", GOOD, "utf-8"),
        (HEADING, GOOD, "utf-8-sig"),
        (HEADING, (*GOOD, "9999ZZ;1;99990000;9999é;9999"), "latin-1"),
        (
            '"PC6","Huisnummer","Buurt2026","Wijk2026","Gemeente2026"',
            [row.replace(";", ",") for row in GOOD],
            "utf-8",
        ),
        ("gemeente2026;pc6;huisnummer;buurt2026", ("453;1951QA;1;4530500", "453;1951QA;2;4530507"), "utf-8"),
        (
            HEADING,
            ('"1951QA";"1";"BU04530500";"WK045305";"GM0453"', "1951QA;2;04530507;045305;0453", ""),
            "utf-8",
        ),
    ],
    ids=["no year", "mark", "latin", "commas", "order", "codes in full"],
)
def test_the_file_as_it_is_some_years(folder: Path, heading: str, lines: Any, encoding: str) -> None:
    run(write(folder, *lines, heading=heading, encoding=encoding))
    assert stored() == READ


def test_another_municipality_or_more_than_one(folder: Path) -> None:
    file = write(folder, *GOOD)
    run(file, "--gemeente", "GM0363")
    assert stored() == {("1011AB", 1, "BU0363AF01")}
    run(file, "--gemeente", "363", "--gemeente", "453")
    assert len(stored()) == 3


def test_a_number_in_two_buurten_stays_in_both(folder: Path) -> None:
    run(write(folder, *GOOD, "1951QA;1;4530501;45305;453"))
    assert check("1951QA", "1").buurten == {"BU04530500", "BU04530501"}


def test_only_looking_changes_nothing(folder: Path) -> None:
    before = stored()
    said = run(write(folder, *GOOD), "--dry-run")
    assert "2 adressen in 2 buurten" in said
    assert "niets veranderd" in said
    assert stored() == before


def test_a_buurt_of_a_wijk_that_is_not_in_the_file_is_told(folder: Path) -> None:
    said = run(write(folder, *GOOD, "1991QA;1;4530800;45308;453"))
    lines = said.splitlines()
    gildenbuurt = next(number for number, line in enumerate(lines) if "Gildenbuurt" in line)
    assert "BU04530500" in lines[gildenbuurt]
    assert "Niet in dit bestand" not in lines[gildenbuurt + 1]
    assert said.count("Niet in dit bestand") == 6
    assert "1 adressen liggen in 1 buurten zonder wijk." in said


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1951Q;3;4530500;45305;453", "'1951Q' is geen postcode"),
        ("1951QA;0;4530500;45305;453", "'0' is geen huisnummer"),
        ("1951QA;" + "9" * 5000 + ";4530500;45305;453", "is geen huisnummer"),
        ("1951QA;3;;45305;453", "is geen buurt"),
        ("1951QA;3;3630500;45305;453", "'03630500' is geen buurt van gemeente 0453"),
        ("1951QA;3;4530500;45305", "er staat geen gemeente"),
        ("1951QA;3;4530500;45305;453;1", "er staat geen gemeente"),
        ("1951QA;3;4530500;45305;Velsen", "er staat geen gemeente"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_nothing_changes(folder: Path, line: str, reason: str) -> None:
    before = stored()
    with pytest.raises(CommandError) as caught:
        run(write(folder, GOOD[0], "", line, GOOD[1]))
    assert f"Regel 4: {reason}" in str(caught.value) or (
        str(caught.value).startswith("Er is niets veranderd.\nRegel 4: ") and reason in str(caught.value)
    )
    assert stored() == before


def test_a_file_full_of_bad_lines_is_told_briefly(folder: Path) -> None:
    with pytest.raises(CommandError) as caught:
        run(write(folder, *["kapot"] * 1000))
    assert str(caught.value).count("Regel ") == cbs_file.MAX_BAD_LINES
    assert "Misschien zijn er meer." in str(caught.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "De kolom PC6 ontbreekt"),
        (b"PK\x03\x04zip", "Pak het zip-bestand van het CBS eerst uit"),
        ((HEADING + "\r\n").encode("utf-16"), "geen CSV-bestand"),
        (b"PC6;Huisnummer;Wijk2026;Gemeente2026\r\n", "De kolom Buurt ontbreekt"),
        (HEADING.encode() + b"\r\n1011AB;1;363AF01;363AF;363\r\n", "geen adres in van gemeente 0453"),
        (HEADING.encode() + b'\r\n1951QA;"1;4530500;45305;453\r\n', "Regel 2 is niet te lezen"),
        (HEADING.encode() + b'\r\n1951QA;"1' + b"9" * 200_000, "niet te lezen"),
    ],
    ids=["empty", "zip", "utf-16", "column", "nobody", "quote", "long"],
)
def test_a_file_that_is_no_such_file(folder: Path, content: bytes, reason: str) -> None:
    before = stored()
    file = folder / NAME
    file.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        run(file)
    assert stored() == before


def test_a_file_that_is_not_there_and_a_name_without_a_date(folder: Path) -> None:
    with pytest.raises(CommandError, match="niet te openen"):
        run(folder / NAME)
    for name in ("adressen.csv", "pc6hnr20261301_gwb.csv"):
        with pytest.raises(CommandError, match="--peildatum"):
            run(write(folder, *GOOD, name=name))
    run(write(folder, *GOOD, name="adressen.csv"), "--peildatum", "2026-08-01")
    assert Adressenbestand.objects.get().peildatum == date(2026, 8, 1)
    with pytest.raises(CommandError, match="gemeente"):
        run(write(folder, *GOOD), "--gemeente", "Velsen")


def test_without_buurten_the_municipality_has_to_be_named(folder: Path) -> None:
    Buurt.objects.all().delete()
    with pytest.raises(CommandError, match="--gemeente 453"):
        run(write(folder, *GOOD))
    run(write(folder, *GOOD), "--gemeente", "453")
    assert stored() == READ


def test_a_store_that_breaks_off_leaves_what_was_there() -> None:
    before = stored()
    with pytest.raises(RuntimeError):
        cbs_file.store(_breaks_off(), name=NAME, on=date(2026, 8, 1))
    assert stored() == before
    assert Adressenbestand.objects.get().naam == "Voorbeeld"


def _breaks_off() -> Any:
    yield cbs_file.Adres("1951QA", 1, "BU04530500")
    raise RuntimeError


# --- how old it is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("today", "ids"), [("2027-01-31", []), ("2027-02-28", ["wijken.W001"])])
def test_an_old_file_is_told_when_the_site_is_updated(today: str, ids: list[str]) -> None:
    Adressenbestand.objects.update(peildatum=date(2025, 8, 1))
    with time_machine.travel(f"{today} 12:00:00+00:00"):
        assert [message.id for message in addresses_are_recent(None, databases=["default"])] == ids
        assert addresses_are_recent(None) == []


def test_a_site_without_addresses_has_nothing_to_check() -> None:
    Adressenbestand.objects.all().delete()
    assert addresses_are_recent(None, databases=["default"]) == []

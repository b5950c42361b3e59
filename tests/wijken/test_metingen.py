"""Measurements from a file: every bad row by its number, all of it or nothing, and twice is once."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.cache import content_version
from core.csv_files import FileError
from core.models import User
from tests.desk import allow_unknown_variables, exported, html
from wijken.metingen import MAX_BYTES, MAX_ROWS, read_file, store, template_file
from wijken.models import Indicator, Meting, Wijk

pytestmark = pytest.mark.django_db
HEADING = "indicator;wijk;datum;waarde;ongeveer;bron;bron_url"
GOOD = "leefbaarometer;velsen-noord;01-07-2024;4,25;nee;Leefbaarometer;https://example.nl/cijfers"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    allow_unknown_variables(monkeypatch)
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        yield


def file_of(*lines: str, heading: str = HEADING, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([heading, *lines, ""]).encode(encoding)


def reasons(*lines: str, heading: str = HEADING) -> dict[int, str]:
    return {row.number: "; ".join(row.reasons) for row in read_file(file_of(*lines, heading=heading)).bad}


# --- what can be read -----------------------------------------------------------------------------


def test_a_good_row_becomes_a_measurement(beheerder: User) -> None:
    reading = read_file(file_of(GOOD))
    assert reading.is_good
    assert store(reading, by=beheerder) == 1
    meting = Meting.objects.get(indicator__code="leefbaarometer")
    assert meting.wijk == Wijk.objects.get(slug="velsen-noord")
    assert (meting.datum, meting.waarde) == (date(2024, 7, 1), Decimal("4.25"))
    assert (meting.bron, meting.bron_url) == ("Leefbaarometer", "https://example.nl/cijfers")
    assert not meting.is_ongeveer
    assert ModelLogEntry.objects.for_instance(meting).get().user == beheerder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_as_programs_write_them(encoding: str) -> None:
    content = file_of(GOOD.replace(";Leefbaarometer", ";Onderzoek “één” € 5"), encoding=encoding)
    assert read_file(content).new[0].bron == "Onderzoek “één” € 5"


def test_commas_between_the_columns_and_other_orders() -> None:
    content = file_of('"7,5",2024-07-01,velsen-noord,leefbaarometer', heading="Waarde, Datum,WIJK ,indicator")
    reading = read_file(content)
    assert reading.new[0].waarde == Decimal("7.5")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("7", "7"),
        ("-0,25", "-0.25"),
        ("5.300,5", "5300.5"),
        ("1.234.567", "1234567"),
        ("5300", "5300"),
        (" 7,50 ", "7.50"),
        ("7,500", "7.5"),
        ("\u00a07,5", "7.5"),
    ],
)
def test_numbers_as_people_write_them(text: str, value: str) -> None:
    reading = read_file(file_of(GOOD.replace("4,25", text)))
    assert reading.bad == []
    assert reading.new[0].waarde == Decimal(value)


@pytest.mark.parametrize("text", ["2024-07-01", "1-7-2024", "01/07/2024", "2024-7-1"])
def test_dates_as_people_write_them(text: str) -> None:
    assert read_file(file_of(GOOD.replace("01-07-2024", text))).new[0].datum == date(2024, 7, 1)


@pytest.mark.parametrize(("text", "about"), [("ja", True), ("X", True), ("", False), ("nee", False)])
def test_about(text: str, about: bool) -> None:
    assert read_file(file_of(GOOD.replace(";nee;", f";{text};"))).new[0].is_ongeveer is about


def test_an_empty_wijk_is_the_whole_municipality() -> None:
    assert read_file(file_of(GOOD.replace("velsen-noord", ""))).new[0].wijk is None


def test_empty_lines_do_not_count_but_keep_the_numbers_right() -> None:
    assert list(reasons("", ";;;;;;", GOOD, "onzin;;1-1-2024;1;;;")) == [5]


# --- what is wrong with a row ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("leefbaarometer;", "onzin;", "indicator “onzin” is er niet"),
        ("leefbaarometer;", ";", "indicator “” is er niet"),
        ("velsen-noord", "nergens", "wijk “nergens” is er niet"),
        ("01-07-2024", "juli", "“juli” is geen datum"),
        ("01-07-2024", "", "“” is geen datum"),
        ("01-07-2024", "31-02-2024", "de datum 31-02-2024 bestaat niet"),
        ("01-07-2024", "23-11-2026", "kan niet zijn gemeten"),
        ("01-07-2024", "01-07-0024", "kan niet zijn gemeten"),
        ("4,25", "veel", "“veel” is geen getal"),
        ("4,25", "", "“” is geen getal"),
        ("4,25", "50%", "“50%” is geen getal"),
        ("4,25", "1e5", "“1e5” is geen getal"),
        ("4,25", "NaN", "“NaN” is geen getal"),
        ("4,25", "٧", "“٧” is geen getal"),
        ("4,25", "=1+1", "“=1+1” is geen getal"),
        ("4,25", "5.300", "schrijf 5300 of 5,3"),
        ("4,25", "1,234", "hoogstens 10 cijfers, en 2 achter de komma"),
        ("4,25", "12345678901", "hoogstens 10 cijfers"),
        (";nee;", ";misschien;", "ongeveer is ja of nee"),
        ("https://example.nl/cijfers", "javascript:alert(1)", "bron_url:"),
        (";Leefbaarometer;", f";{'x' * 201};", "bron:"),
        ("https://example.nl/cijfers", "https://example.nl/;extra", "meer vakken dan de eerste rij"),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_why(was: str, becomes: str, said: str) -> None:
    other = GOOD.replace("01-07-2024", "01-07-2023")
    found = reasons(other, GOOD.replace(was, becomes, 1))
    assert list(found) == [3]
    assert said in found[3]


def test_everything_that_is_wrong_with_a_row_is_told_at_once() -> None:
    (bad,) = read_file(file_of("onzin;nergens;ooit;veel;soms;;")).bad
    assert len(bad.reasons) == 5


def test_a_row_too_few_cells_and_a_row_twice() -> None:
    assert "geen getal" in reasons("leefbaarometer;velsen-noord;01-07-2024")[2]
    found = reasons(GOOD, GOOD.replace("4,25", "9"), GOOD.replace("velsen-noord", ""))
    assert found == {3: "dit is dezelfde indicator, wijk en datum als op rij 2"}


def test_a_value_that_is_there_already_is_never_overwritten(beheerder: User) -> None:
    store(read_file(file_of(GOOD)), by=beheerder)
    assert "al een andere waarde: 4,25" in reasons(GOOD.replace("4,25", "4,3"))[2]
    assert "met een andere bron" in reasons(GOOD.replace(";Leefbaarometer;", ";Iets anders;"))[2]
    assert "met een andere bron" in reasons(GOOD.replace(";nee;", ";ja;"))[2]


def test_the_same_file_twice_changes_nothing(beheerder: User) -> None:
    content = file_of(GOOD, GOOD.replace("velsen-noord", ""))
    assert store(read_file(content), by=beheerder) == 2
    reading = read_file(content)
    assert (reading.new, reading.unchanged, reading.bad) == ([], 2, [])
    assert store(reading, by=beheerder) == 0


def test_a_reading_with_a_bad_row_cannot_be_stored(beheerder: User) -> None:
    reading = read_file(file_of(GOOD, "onzin;;1-1-2024;1;;;"))
    assert len(reading.new) == 1
    with pytest.raises(ValueError, match="not stored"):
        store(reading, by=beheerder)
    assert not Meting.objects.filter(indicator__code="leefbaarometer").exists()


# --- files that are none --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Deze ontbreken"),
        (b"\xef\xbb\xbf", "Deze ontbreken"),
        (HEADING.encode(), "is leeg"),
        (file_of(), "is leeg"),
        (file_of(GOOD) + b"\0", "geen CSV-bestand"),
        (b"PK\x03\x04 een werkblad", "geen CSV-bestand"),
        (file_of(GOOD, encoding="utf-16"), "geen CSV-bestand"),
        (HEADING.encode() + b"\r\n\x81\xff", "niet te lezen"),
        (b"x" * (MAX_BYTES + 1), "te groot"),
        (file_of(GOOD, heading="naam;getal"), "Deze ontbreken: indicator"),
        (file_of(GOOD, heading=HEADING + ";geheim"), "De eerste rij klopt niet"),
        (file_of(GOOD, heading=HEADING + ";bron"), "De eerste rij klopt niet"),
        (file_of('leefbaarometer;velsen-noord;"nooit gesloten'), "Rij 2 is niet te lezen"),
        (file_of(GOOD, 'x;"a"b;c'), "Rij 3 is niet te lezen"),
        (file_of(GOOD, "x" * 200_000), "Rij 3 is niet te lezen"),
    ],
)
def test_a_file_that_is_none_gets_one_clear_sentence(content: bytes, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read_file(content)


def test_too_many_rows() -> None:
    lines = [f"inwoners;;{1 + n % 28}-1-2020;1;;;" for n in range(MAX_ROWS + 1)]
    with pytest.raises(FileError, match="te veel rijen"):
        read_file(file_of(*lines))


def test_a_hundred_thousand_rows_are_refused_quickly(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), pytest.raises(FileError, match="te veel rijen"):
        read_file((HEADING + "\n" + ";;;1\n" * 100_000).encode())


def test_reading_takes_the_same_queries_for_more_rows(django_assert_num_queries: Any) -> None:
    for count in (1, 500):
        lines = [f"inwoners;;{1 + n % 28}-{1 + n // 28 % 12}-{1950 + n // 336};1;;;" for n in range(count)]
        with django_assert_num_queries(3):
            assert len(read_file(file_of(*lines)).new) == count


# --- on the desk ----------------------------------------------------------------------------------


def choose(desk: Client, content: bytes, name: str = "metingen.csv") -> Any:
    return desk.post(reverse("metingen:import"), {"bestand": SimpleUploadedFile(name, content)})


def token_in(response: Any) -> str:
    return html(response).partition('name="bewaar" value="')[2].partition('"')[0]


def test_first_a_look_then_all_of_it(desk: Client, django_capture_on_commit_callbacks: Any) -> None:
    response = choose(desk, file_of(GOOD.replace("Leefbaarometer;h", "=1+1;h")))
    text = html(response)
    assert "Er is 1 nieuwe meting." in text
    assert "=1+1" in text
    assert not Meting.objects.filter(bron="=1+1").exists(), "A look stores nothing."
    before = content_version()
    with django_capture_on_commit_callbacks(execute=True):
        done = desk.post(reverse("metingen:import"), {"bewaar": token_in(response)})
    assert done.headers["Location"] == reverse("metingen:index")
    assert content_version() != before
    assert Meting.objects.get(bron="=1+1").waarde == Decimal("4.25")
    again = choose(desk, file_of(GOOD.replace("Leefbaarometer;h", "=1+1;h")))
    assert "Er verandert niets." in html(again)
    assert token_in(again) == ""
    csv = exported(desk.get(reverse("metingen:index"), {"export": "csv"}))
    assert "'=1+1" in csv, "A spreadsheet must not work it out."


def test_one_bad_row_and_nothing_can_be_stored(desk: Client) -> None:
    response = choose(desk, file_of(GOOD, "onzin;;1-1-2024;1;;;"))
    assert response.status_code == 422
    assert "1 rij klopt niet. Er is niets bewaard." in html(response)
    assert '<th scope="row">3</th>' in html(response)
    assert token_in(response) == ""


def test_what_changed_between_the_look_and_the_storing_is_seen(desk: Client) -> None:
    token = token_in(choose(desk, file_of(GOOD)))
    Meting.objects.create(
        indicator=Indicator.objects.source().get(code="leefbaarometer"),
        wijk=Wijk.objects.get(slug="velsen-noord"),
        datum=date(2024, 7, 1),
        waarde=9,
    )
    response = desk.post(reverse("metingen:import"), {"bewaar": token})
    assert response.status_code == 422
    assert "al een andere waarde: 9" in html(response)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Kies eerst een bestand."),
        ({"bewaar": "onzin"}, "Het bestand is niet meer bekend."),
        ({"bewaar": "x" * 5000}, "Het bestand is niet meer bekend."),
        ({"bewaar": "a\0b"}, "Het bestand is niet meer bekend."),
    ],
)
def test_without_a_file_a_clear_sentence(data: dict[str, str], said: str, desk: Client) -> None:
    response = desk.post(reverse("metingen:import"), data)
    assert response.status_code == 422
    assert said in html(response)


def test_a_file_that_somebody_else_chose_cannot_be_stored(desk: Client, as_somebody: Any) -> None:
    token = token_in(choose(desk, file_of(GOOD)))
    other = as_somebody("wijken.add_meting", "wijken.view_meting")
    assert "niet meer bekend" in html(other.post(reverse("metingen:import"), {"bewaar": token}))


def test_a_workbook_with_another_name_is_no_csv(desk: Client) -> None:
    response = choose(desk, b"PK\x03\x04" + b"\0" * 500)
    assert "Dit is geen CSV-bestand." in html(response)


def test_the_example_can_be_read(desk: Client) -> None:
    response = desk.get(reverse("metingen:import_template"))
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.content.decode() == template_file()
    reading = read_file(response.content)
    assert reading.is_good
    assert len(reading.new) == 2


def test_only_whoever_may_add_measurements_gets_in(as_somebody: Any) -> None:
    viewer = as_somebody("wijken.view_meting")
    for name in ("metingen:import", "metingen:import_template"):
        assert viewer.get(reverse(name)).headers["Location"] == "/admin/"
    assert choose(viewer, file_of(GOOD)).headers["Location"] == "/admin/"
    assert reverse("metingen:import") not in html(viewer.get(reverse("metingen:index")))
    writer = as_somebody("wijken.add_meting", "wijken.view_meting")
    assert reverse("metingen:import") in html(writer.get(reverse("metingen:index")))

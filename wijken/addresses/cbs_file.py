"""The yearly file of the CBS with the buurt of every house number in the country: millions of lines.

`pc6hnrYYYY0801_gwb.csv` has the columns PC6, Huisnummer, BuurtYYYY, WijkYYYY and GemeenteYYYY.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from wijken.models import Adresbuurt, Adressenbestand, Buurt

DATE_IN_NAME = re.compile(r"pc6hnr(\d{4})(\d{2})(\d{2})")
COLUMNS = {"pc6": "PC6", "huisnummer": "Huisnummer", "buurt": "Buurt", "gemeente": "Gemeente"}
POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}")
HUISNUMMER = re.compile(r"[1-9]\d{0,4}")
# Large municipalities have letters in the codes of their buurten.
BUURT = re.compile(r"\d{4}[0-9A-Z]{4}")
MAX_BAD_LINES = 10
LINES_PER_STEP = 100_000
ROWS_PER_INSERT = 5_000

# Called as progress(bytes read, bytes in all) now and then.
Progress = Callable[[int, int], None]


class FileError(Exception):
    """A file that cannot be used; the message says why, with the numbers of lines, and nothing is stored."""


class Adres(NamedTuple):
    """A house number and the code of its buurt, as it is stored."""

    postcode: str
    huisnummer: int
    buurt_code: str


def own_municipalities() -> frozenset[str]:
    """The four-digit codes of the municipalities that the wijken's buurten are in; nearly always one."""
    return frozenset(code[2:6] for code in Buurt.objects.values_list("code", flat=True))


def date_of(file: Path) -> date | None:
    """The date in the name of a file of the CBS."""
    found = DATE_IN_NAME.search(file.name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def read_file(file: Path, municipalities: Collection[str], progress: Progress) -> set[Adres]:
    """The addresses of these municipalities (codes of four digits). FileError when the file is not right."""
    size = file.stat().st_size
    adressen: set[Adres] = set()
    bad: list[str] = []
    with file.open("rb") as raw:
        # What is read is plain ASCII, whatever the rest of the file is written in.
        lines = io.TextIOWrapper(raw, encoding="latin-1", newline="")
        for number, cells in _cells(lines):
            if number % LINES_PER_STEP == 0:
                progress(raw.tell(), size)
            try:
                adres = _adres(cells, municipalities)
            except ValueError as error:
                bad.append(f"Regel {number}: {error}")
                if len(bad) == MAX_BAD_LINES:
                    bad.append("Misschien zijn er meer.")
                    break
                continue
            if adres:
                adressen.add(adres)
    if bad:
        raise FileError("\n".join(bad))
    if not adressen:
        raise FileError(f"Er staat geen adres in van gemeente {', '.join(sorted(municipalities))}.")
    progress(size, size)
    return adressen


@transaction.atomic
def store(adressen: Iterable[Adres], *, name: str, on: date) -> None:
    """Put these addresses in the place of all others, in one go: nobody sees a part of them."""
    for model in (Adresbuurt, Adressenbestand):
        # Nothing refers to them; asking every row whether it may go takes much longer.
        model.objects.all()._raw_delete(model.objects.db)
    Adresbuurt.objects.bulk_create(
        (Adresbuurt(**adres._asdict()) for adres in sorted(adressen)), batch_size=ROWS_PER_INSERT
    )
    Adressenbestand.objects.create(naam=name, peildatum=on)


def _cells(lines: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """(number of the line, its PC6, Huisnummer, Buurt and Gemeente) of every line with something on it."""
    heading = lines.readline()
    if heading.startswith("PK") or "\0" in heading:
        raise FileError("Dit is geen CSV-bestand. Pak het zip-bestand van het CBS eerst uit.")
    delimiter = ";" if ";" in heading else ","
    # A mark in front says that the file is UTF-8; read as latin-1 it is three signs.
    names = [name.strip(' "\r\n') for name in heading.removeprefix("ï»¿").split(delimiter)]
    places = [_place(names, column) for column in COLUMNS]
    nothing = [""] * len(places)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        # The heading is line 1.
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise FileError(f"Regel {reader.line_num + 1} is niet te lezen ({error}).") from error
        if cells is None:
            return
        if cells:
            is_whole = len(cells) == len(names)
            yield reader.line_num + 1, [cells[place].strip() for place in places] if is_whole else nothing


def _place(names: list[str], column: str) -> int:
    """Where a column is; the names of most end in their year."""
    for place, name in enumerate(names):
        if re.fullmatch(rf"{column}(?:\d{{4}})?", name, re.IGNORECASE):
            return place
    raise FileError(
        f"De kolom {COLUMNS[column]} ontbreekt. Op de eerste regel staat: {', '.join(names)[:200]}"
    )


def _adres(cells: list[str], municipalities: Collection[str]) -> Adres | None:
    """The address on a line; None when it is of another municipality. ValueError when it is none."""
    postcode, huisnummer, buurt, gemeente = cells
    gemeente = gemeente.removeprefix("GM").zfill(4)
    if len(gemeente) != 4 or not gemeente.isdecimal() or gemeente == "0000":
        raise ValueError("er staat geen gemeente, of er zijn meer of minder vakken dan op de eerste regel.")
    if gemeente not in municipalities:
        return None
    buurt = buurt.removeprefix("BU").zfill(8)
    if not POSTCODE.fullmatch(postcode):
        raise ValueError(f"'{postcode[:20]}' is geen postcode.")
    if not HUISNUMMER.fullmatch(huisnummer):
        raise ValueError(f"'{huisnummer[:20]}' is geen huisnummer.")
    if not BUURT.fullmatch(buurt) or buurt[:4] != gemeente:
        raise ValueError(f"'{buurt[:20]}' is geen buurt van gemeente {gemeente}.")
    return Adres(postcode, int(huisnummer), f"BU{buurt}")

"""A list of addresses from a CSV file: read strictly, and told line by line what is wrong."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.csv_files import FileError, example_of, text_of
from participatie.identity import address_index
from wijken.addresses.typed import HUISNUMMER_REFUSED, POSTCODE_REFUSED, read_huisnummer, read_postcode

MAX_BYTES = 1_000_000
MAX_ROWS = 5000
# So many lines that are wrong are told; a file with more has another trouble.
MAX_BAD = 50
MAX_TEXT = 60
# What people call the columns. The first is what the example calls them.
COLUMNS = {
    "straat": ("straat", "straatnaam", "openbareruimte"),
    "huisnummer": ("huisnummer", "nummer", "huisnr", "nr"),
    "toevoeging": ("toevoeging", "huisnummertoevoeging", "huisletter", "toev"),
    "postcode": ("postcode", "pc6", "pc"),
    "plaats": ("plaats", "woonplaats", "woonplaatsnaam"),
    "naam": ("naam", "aan", "geadresseerde"),
}
NEEDED = ("straat", "huisnummer", "postcode", "plaats")


@dataclass(frozen=True)
class Address:
    """Where a letter goes. The name may be empty."""

    straat: str
    huisnummer: str
    toevoeging: str
    postcode: str
    plaats: str
    naam: str = ""

    @property
    def index(self) -> str:
        return address_index(self.postcode, self.huisnummer, self.toevoeging)


@dataclass(frozen=True)
class BadRow:
    """A line that is no address, by the number it has in a spreadsheet (the heading is 1), and why."""

    number: int
    reasons: tuple[str, ...]


@dataclass
class AddressList:
    """What a file holds: every address once."""

    addresses: list[Address] = field(default_factory=list)
    doubles: int = 0
    bad: list[BadRow] = field(default_factory=list)
    more_bad: int = 0

    def as_rows(self) -> list[dict[str, Any]]:
        return [asdict(address) for address in self.addresses]


def read_addresses(content: bytes) -> AddressList:
    """Every address of a file, the first of each that is in it twice. FileError when it is no such file."""
    found, seen = AddressList(), set[str]()
    for number, cells in _rows(_text(content)):
        address, reasons = _address(cells)
        if address is None:
            if len(found.bad) < MAX_BAD:
                found.bad.append(BadRow(number, tuple(reasons)))
            else:
                found.more_bad += 1
        elif address.index in seen:
            found.doubles += 1
        else:
            seen.add(address.index)
            found.addresses.append(address)
    return found


def example_file() -> str:
    """A file to start from: the columns, and two examples."""
    lines = [
        ";".join(COLUMNS),
        "Wijkstraat;12;A;1951 AB;Velsen-Noord;",
        "Wijkstraat;14;;1951 AB;Velsen-Noord;Mw. A. Voorbeeld",
    ]
    return example_of(lines)


def _text(content: bytes) -> str:
    too_big = _("Dit bestand is te groot. Het mag hoogstens 1 MB zijn, met hoogstens %(rows)d regels.")
    return text_of(content, most=MAX_BYTES, too_big=too_big % {"rows": MAX_ROWS})


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(number of the line, {column: cell}) of every line that is not empty."""
    heading = text.partition("\n")[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [_column(cell) for cell in next(reader, [])]
        if missing := [name for name in NEEDED if name not in names]:
            raise FileError(_("In de eerste regel ontbreekt: %(columns)s.") % {"columns": ", ".join(missing)})
        if len(set(filter(None, names))) < len([name for name in names if name]):
            raise FileError(_("In de eerste regel staat een kolom twee keer."))
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if number > MAX_ROWS + 1:
                raise FileError(_("Dit bestand heeft meer dan %(rows)d regels.") % {"rows": MAX_ROWS})
            yield number, {name: cell for name, cell in zip(names, cells, strict=False) if name}
    except csv.Error as error:
        raise FileError(
            _("Het bestand is vanaf regel %(line)d niet te lezen. Kijk of een aanhalingsteken ontbreekt.")
            % {"line": reader.line_num}
        ) from error


def _column(heading: str) -> str:
    """Our name of a column; empty for one we do not use."""
    plain = "".join(sign for sign in heading.casefold() if sign.isalnum())
    return next((name for name, known in COLUMNS.items() if plain in known), "")


def _address(cells: dict[str, str]) -> tuple[Address | None, list[str]]:
    reasons = []
    texts = {name: _line(cells.get(name, "")) for name in ("straat", "plaats", "naam")}
    for name in ("straat", "plaats"):
        if not texts[name]:
            reasons.append(_("De kolom %(column)s is leeg.") % {"column": name})
    for name, text in texts.items():
        if len(text) > MAX_TEXT:
            reasons.append(
                _("In de kolom %(column)s staat meer dan %(most)d tekens.")
                % {"column": name, "most": MAX_TEXT}
            )
    postcode = read_postcode(cells.get("postcode", ""))
    if not postcode:
        reasons.append(str(POSTCODE_REFUSED))
    number = read_huisnummer(f"{cells.get('huisnummer', '')} {cells.get('toevoeging', '')}")
    if number is None:
        reasons.append(str(HUISNUMMER_REFUSED))
    if reasons or not postcode or number is None:
        return None, reasons
    return Address(
        straat=texts["straat"],
        huisnummer=str(number.nummer),
        toevoeging=number.toevoeging,
        postcode=postcode,
        plaats=texts["plaats"],
        naam=texts["naam"],
    ), []


def _line(text: str) -> str:
    """One line, without invisible signs."""
    kept = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(sign for sign in kept if unicodedata.category(sign)[0] != "C").split())

"""The list of hard words: for whoever reads a text with it, and from a CSV file."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.readability import Reader
from home.models import MoeilijkWoord

COLUMNS = ("woord", "liever", "opmerking")
MAX_BYTES = 200_000
MAX_ROWS = 2000


class FileError(Exception):
    """A file that cannot be read at all; the message is for the person who chose it."""


@dataclass
class Found:
    """What a file holds: rows to store and, by row number in a spreadsheet, why one cannot be stored."""

    rows: list[MoeilijkWoord] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)


def reader() -> Reader:
    """Reads texts with the list as it is now. One query."""
    return Reader(row.as_hard_word() for row in MoeilijkWoord.objects.all())


def read_file(content: bytes) -> Found:
    """The rows of a CSV file, new ones and changed ones. One query. FileError when it is no such file."""
    known = {row.word.lower(): row for row in MoeilijkWoord.objects.all()}
    found, seen = Found(), set[str]()
    for number, cells in enumerate(_rows(content), start=2):
        word, alternative, note = (" ".join((cells.get(name) or "").split()) for name in COLUMNS)
        if not (word or alternative or note):
            continue
        row = known.get(word.lower()) or MoeilijkWoord()
        row.word, row.alternative, row.note = word, alternative, note
        if word.lower() in seen:
            found.bad.append((number, _("Dit woord staat twee keer in het bestand.")))
            continue
        seen.add(word.lower())
        try:
            row.full_clean(validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            found.bad.append((number, " ".join(_reasons(row, error))))
        else:
            found.rows.append(row)
    return found


@transaction.atomic
def store(found: Found) -> int:
    """Store every row, or none. Returns how many. ValueError when a row is bad."""
    if found.bad:
        raise ValueError("A file with bad rows is not stored.")
    for row in found.rows:
        row.save()
    return len(found.rows)


def _rows(content: bytes) -> list[dict[str, str | None]]:
    if len(content) > MAX_BYTES:
        raise FileError(_("Het bestand is te groot: hoogstens 200 kB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(_("Dit is geen CSV-bestand in UTF-8. Bewaar het zo in uw rekenblad.")) from None
    if "\0" in text:
        raise FileError(_("Dit bestand is niet te lezen als CSV."))
    first_line = text.partition("\n")[0]
    reading = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first_line else ",")
    try:
        names = [(name or "").strip().lower() for name in reading.fieldnames or ()]
        if missing := [name for name in COLUMNS[:2] if name not in names]:
            raise FileError(_("In de eerste rij ontbreekt: %(names)s.") % {"names": ", ".join(missing)})
        reading.fieldnames = names
        rows = list(reading)
    except csv.Error:
        raise FileError(_("Dit bestand is niet te lezen als CSV.")) from None
    if len(rows) > MAX_ROWS:
        raise FileError(_("Te veel rijen: hoogstens %(count)d.") % {"count": MAX_ROWS})
    return rows


def _reasons(row: Any, error: ValidationError) -> list[str]:
    return [
        f"{row._meta.get_field(name).verbose_name}: {' '.join(messages)}"
        for name, messages in error.message_dict.items()
    ]

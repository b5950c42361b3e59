"""Measurements from a CSV file: read strictly, told by row what is wrong, stored together or not at all."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.cache import content_changed
from core.csv_files import FileError, example_of, text_of
from core.models import User
from wijken.models import Indicator, Meting, Wijk

COLUMNS = ("indicator", "wijk", "datum", "waarde", "ongeveer", "bron", "bron_url")
NEEDED = ("indicator", "wijk", "datum", "waarde")
MAX_BYTES = 1_000_000
MAX_ROWS = 2000
MAX_DIGITS, MAX_DECIMALS = 10, 2
YES, NO = {"ja", "j", "x", "1", "true", "waar"}, {"", "nee", "n", "0", "false", "onwaar"}
# Of an indicator, in a wijk (None: the whole municipality), on a day.
type Key = tuple[int, int | None, date]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be stored, by the number it has in a spreadsheet (the heading is 1), and why."""

    number: int
    reasons: tuple[str, ...]


@dataclass
class Reading:
    """What a file holds. It can be stored when no row is bad."""

    new: list[Meting] = field(default_factory=list)
    unchanged: int = 0
    bad: list[BadRow] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.bad


def read_file(content: bytes) -> Reading:
    """Read a file against what is stored now. Three queries. FileError when it is no such file."""
    rows = list(_rows(_text(content)))
    known = _Known.of({cells.get("indicator", "").strip() for _number, cells in rows})
    reading, seen = Reading(), dict[Key, int]()
    for number, cells in rows:
        reasons: list[str] = []
        meting = _meting(cells, known, reasons)
        if meting:
            _compare(meting, number, known, seen, reading, reasons)
        if reasons:
            reading.bad.append(BadRow(number, tuple(reasons)))
    return reading


@transaction.atomic
def store(reading: Reading, *, by: User) -> int:
    """Store every new measurement of a reading. Returns how many. ValueError when a row is bad.

    IntegrityError when somebody stored one of them meanwhile; then nothing is stored.
    """
    if not reading.is_good:
        raise ValueError("A reading with bad rows is not stored.")
    made = Meting.objects.bulk_create(reading.new)
    for meting in made:
        log(instance=meting, action="wagtail.create", user=by)
    if made:
        # Rows stored in bulk give no signal.
        content_changed()
    return len(made)


def template_file() -> str:
    """A file to start from: the columns, and an example for each kind of row."""
    lines = [
        ";".join(COLUMNS),
        "leefbaarometer;velsen-noord;01-01-2024;4,25;nee;Leefbaarometer;https://example.nl/cijfers",
        "leefbaarometer;;01-01-2024;4,5;ja;Leefbaarometer;",
    ]
    return example_of(lines)


# --- the file -------------------------------------------------------------------------------------


def _text(content: bytes) -> str:
    too_big = _("Dit bestand is te groot. Het mag hoogstens 1 MB zijn, met hoogstens %(rows)d rijen.")
    return text_of(content, most=MAX_BYTES, too_big=too_big % {"rows": MAX_ROWS})


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(number in a spreadsheet, {column: text}) of every row with something in it, after the heading."""
    heading = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in heading else ",", strict=True)
    number = 0
    try:
        columns = _columns(next(lines, []))
        number = 1
        found = 0
        for number, cells in enumerate(lines, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            found += 1
            if found > MAX_ROWS:
                raise FileError(
                    _("Dit bestand heeft te veel rijen. Het mogen er hoogstens %(rows)d zijn.")
                    % {"rows": MAX_ROWS}
                )
            row = dict(zip(columns, cells, strict=False))
            if len(cells) > len(columns):
                row[""] = _("deze rij heeft meer vakken dan de eerste rij")
            yield number, row
    except csv.Error as error:
        raise FileError(
            _("Rij %(number)d is niet te lezen. Kijk of er een aanhalingsteken te veel of te weinig staat.")
            % {"number": number + 1}
        ) from error
    if not found:
        raise FileError(_("Dit bestand is leeg: er staat geen enkele meting in."))


def _columns(cells: list[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    if missing := [name for name in NEEDED if name not in columns]:
        raise FileError(
            _("In de eerste rij horen de namen van de kolommen. Deze ontbreken: %(names)s.")
            % {"names": ", ".join(missing)}
        )
    unknown = [name[:40] for name in columns if name not in COLUMNS]
    if unknown or len(set(columns)) != len(columns):
        raise FileError(
            _("De eerste rij klopt niet. Deze kolommen kunnen, elk één keer: %(names)s.")
            % {"names": ", ".join(COLUMNS)}
        )
    return columns


# --- one row --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Known:
    """What a file is compared with."""

    indicators: dict[str, Indicator]
    wijken: dict[str, Wijk]
    stored: dict[Key, Meting]

    @classmethod
    def of(cls, codes: set[str]) -> "_Known":
        indicators = {row.code: row for row in Indicator.objects.source().order_by()}
        wanted = [row.pk for code, row in indicators.items() if code in codes]
        metingen = Meting.objects.filter(indicator__in=wanted)
        return cls(
            indicators,
            {wijk.slug: wijk for wijk in Wijk.objects.all()},
            {(row.indicator_id, row.wijk_id, row.datum): row for row in metingen},
        )


def _meting(cells: dict[str, str], known: _Known, reasons: list[str]) -> Meting | None:
    """The measurement of a row; None when it has none, with what is wrong added to `reasons`."""
    values = {name: " ".join(cell.replace("\u00a0", " ").split()) for name, cell in cells.items()}
    if problem := values.pop("", ""):
        reasons.append(problem)
    code, slug = values.get("indicator", ""), values.get("wijk", "")
    indicator, wijk = known.indicators.get(code), known.wijken.get(slug)
    if indicator is None:
        reasons.append(_("indicator “%(code)s” is er niet") % {"code": code[:60]})
    if slug and wijk is None:
        reasons.append(_("wijk “%(slug)s” is er niet; leeg is de hele gemeente") % {"slug": slug[:60]})
    day, value = _day(values.get("datum", ""), reasons), _number(values.get("waarde", ""), reasons)
    about = values.get("ongeveer", "").lower()
    if about not in YES | NO:
        reasons.append(_("ongeveer is ja of nee, en niet “%(text)s”") % {"text": about[:40]})
    meting = Meting(
        wijk=wijk,
        is_ongeveer=about in YES,
        bron=values.get("bron", ""),
        bron_url=values.get("bron_url", ""),
    )
    try:
        meting.clean_fields(exclude={"indicator", "wijk", "datum", "waarde"})
    except ValidationError as error:
        reasons += [f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
    if reasons or indicator is None or day is None or value is None:
        return None
    meting.indicator, meting.datum, meting.waarde = indicator, day, value
    return meting


def _compare(
    meting: Meting, number: int, known: _Known, seen: dict[Key, int], reading: Reading, reasons: list[str]
) -> None:
    """Put a sound row with the new ones, unless it is there already, here or in the register."""
    key = (meting.indicator_id, meting.wijk_id, meting.datum)
    if key in seen:
        reasons.append(
            _("dit is dezelfde indicator, wijk en datum als op rij %(number)d") % {"number": seen[key]}
        )
        return
    seen[key] = number
    stored = known.stored.get(key)
    if stored is None:
        reading.new.append(meting)
    elif stored.waarde != meting.waarde:
        reasons.append(
            _("op %(dag)s staat al een andere waarde: %(waarde)s. Pas die meting zelf aan als zij fout is")
            % {"dag": date_format(stored.datum, "j E Y"), "waarde": number_format(stored.value)}
        )
    elif _details(stored) != _details(meting):
        reasons.append(_("deze waarde staat er al, maar met een andere bron of een ander “ongeveer”"))
    else:
        reading.unchanged += 1


def _details(meting: Meting) -> tuple[bool, str, str]:
    return meting.is_ongeveer, meting.bron, meting.bron_url


def _day(text: str, reasons: list[str]) -> date | None:
    """2024-07-01 or 1-7-2024."""
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})", text):
        day, month, year = (int(part) for part in found.groups())
    else:
        reasons.append(_("“%(text)s” is geen datum; schrijf bijvoorbeeld 31-12-2024") % {"text": text[:40]})
        return None
    try:
        when = date(year, month, day)
    except ValueError:
        reasons.append(_("de datum %(text)s bestaat niet") % {"text": text})
        return None
    if not year >= 1900 or when > timezone.localdate():
        reasons.append(_("op %(text)s kan niet zijn gemeten") % {"text": text})
    return when


def _number(text: str, reasons: list[str]) -> Decimal | None:
    """7,5 or 7.5 or 5.300,5. A lone dot before three digits could mean either, so that is asked back."""
    digits = text.removeprefix("-")
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", digits):
        plain, small = digits.replace(".", ""), digits.replace(".", ",").rstrip("0").rstrip(",")
        reasons.append(
            _("“%(text)s” kan twee dingen zijn; schrijf %(plain)s of %(small)s")
            % {"text": text, "plain": plain, "small": small}
        )
        return None
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", digits):
        digits = digits.replace(".", "")
    if not re.fullmatch(r"[0-9]+([.,][0-9]+)?", digits):
        reasons.append(_("“%(text)s” is geen getal; schrijf bijvoorbeeld 7,5") % {"text": text[:40]})
        return None
    whole, _dot, decimals = digits.replace(",", ".").partition(".")
    if len(whole.lstrip("0")) > MAX_DIGITS or len(decimals.rstrip("0")) > MAX_DECIMALS:
        reasons.append(
            _("“%(text)s” past niet: hoogstens 10 cijfers, en 2 achter de komma") % {"text": text[:40]}
        )
        return None
    return Decimal(f"{'-' if text.startswith('-') else ''}{whole}.{decimals[:MAX_DECIMALS] or 0}")

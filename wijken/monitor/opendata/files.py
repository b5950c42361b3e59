"""Writes the files: CSV for a spreadsheet, JSON for a program, and the schema that both keep to."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wijken.monitor.opendata.columns import TABLES, Column, Kind, Table
from wijken.monitor.opendata.rows import Record, Value_

LICENCE = "CC0-1.0"
LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LIST_SEPARATOR = " | "
# A spreadsheet runs a cell that starts like this. In a Dutch one a semicolon starts a cell as well.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r＝＋－＠])")
_TYPED = {Kind.TEXT, Kind.LIST, Kind.CODE, Kind.ADDRESS}


def csv_file(table: Table, rows: Iterable[Record]) -> bytes:
    """RFC 4180: commas, quotes where needed, CRLF; UTF-8 with a byte order mark, or Excel spoils every ë.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.header)
    for row in rows:
        writer.writerow([_cell(column, row[column.name]) for column in table.columns])
    return text.getvalue().encode()


def _cell(column: Column, value: Value_) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = LIST_SEPARATOR.join(value) if isinstance(value, list) else str(value)
    return _FORMULA.sub(r"\1'", text) if column.kind in _TYPED else text


def json_file(meta: Mapping[str, Any], rows: Iterable[Record]) -> bytes:
    """`{"meta": {…}, "rows": [{…}, …]}` with one row on a line, so that two days can be compared."""
    text = io.StringIO()
    text.write(f'{{"meta": {_json(meta)},\n"rows": [')
    separator = "\n"
    for row in rows:
        text.write(separator + _json(row))
        separator = ",\n"
    text.write("\n]}\n")
    return text.getvalue().encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        # At most two decimals, so nothing is lost.
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in the open data.")


def schema_file(*, address: str) -> bytes:
    """The schema of all JSON files, in the active language."""
    return (json.dumps(schema(address=address), ensure_ascii=False, indent=2) + "\n").encode()


def schema(*, address: str) -> dict[str, Any]:
    """A JSON Schema (2020-12) that fits each of the files; `address` is where it can be read."""
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": _("Open data van de monitor"),
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in TABLES],
        "$defs": {name: _table_schema(table) for name, table in TABLES.items()},
    }


def _table_schema(table: Table) -> dict[str, Any]:
    texts = ("titel", "beschrijving", "wijk", "wijk_naam", "taal", "uitgever", "licentie")
    addresses = ("licentie_webadres", "webadres", "beschrijving_webadres", "schema_webadres")
    meta = {
        "bestand": {"const": table.name},
        **{name: {"type": "string"} for name in texts},
        "peildatum": {"type": "string", "format": "date"},
        **{name: {"type": "string", "format": "uri"} for name in addresses},
    }
    return _object(
        title=str(table.title),
        description=str(table.text),
        properties={
            "meta": _object(properties=meta),
            "rows": {
                "type": "array",
                "items": _object(
                    properties={column.name: _column_schema(column) for column in table.columns}
                ),
            },
        },
    )


def _object(*, properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        **more,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.CODE: {"type": "string"},
    Kind.PERIOD: {"type": "string", "pattern": r"^(ntb|na|\d{4}[^ ]*)$"},
    Kind.LIST: {"type": "array", "items": {"type": "string"}},
    Kind.NUMBER: {"type": "integer"},
    Kind.DECIMAL: {"type": "number"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.FLAG: {"type": "boolean"},
    Kind.ADDRESS: {"type": "string", "pattern": "^(https?://.+)?$"},
}


def _column_schema(column: Column) -> dict[str, Any]:
    found = dict(_TYPES[column.kind])
    if column.choices:
        found["enum"] = [code for code, _label in column.codes] + ([""] if column.may_be_empty else [])
    elif column.may_be_empty:
        found["type"] = [found["type"], "null"]
    unit = f" ({column.unit})" if column.unit else ""
    return {"description": f"{column.text}{unit}", **found}

"""CSV files that somebody chooses on the desk, and example files to start from."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


class FileError(Exception):
    """A file that cannot be read at all; the message is for the person who chose it."""


def text_of(content: bytes, *, most: int, too_big: str) -> str:
    """The text of a CSV file of at most `most` bytes, as spreadsheets save it. FileError for others."""
    if len(content) > most:
        raise FileError(too_big)
    if b"\0" in content or content.startswith(b"PK"):
        raise FileError(
            _("Dit is geen CSV-bestand. Open het in uw rekenprogramma en kies Opslaan als CSV (UTF-8).")
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(_("De letters in dit bestand zijn niet te lezen. Sla het op als CSV (UTF-8)."))


def example_of(lines: Iterable[str]) -> str:
    """A file of these lines, with a mark in front so that a spreadsheet reads it as UTF-8."""
    return "\ufeff" + "\r\n".join(lines) + "\r\n"

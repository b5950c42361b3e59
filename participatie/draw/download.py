"""The files of the draw as everybody downloads them: byte for byte what was stored."""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from participatie.draw import chain
from participatie.draw.public import ALL_FILES, FILES
from participatie.models import Ketenregel, Loting, Trekkingsbestand, Uitkomst, Vastlegging
from participatie.sortition.publication import ledger
from participatie.sortition.publication.files import OUTCOME, json_bytes

VERSION = 1
# A file in a zip has a time; this one is the same for everybody, so the zip is as well.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def promise_of(loting: Loting, nummer: int | None) -> Vastlegging | None:
    """A promise of the real draw by its number; without one the last."""
    rows = Vastlegging.objects.filter(trekking__loting=loting, trekking__is_proef=False)
    if nummer is not None:
        rows = rows.filter(nummer=nummer)
    return rows.order_by("-nummer").first()


def content_of(promise: Vastlegging, name: str) -> bytes | None:
    """A file of a promise by its name, `alles.zip` for all of them; None when it is not there."""
    if name == ALL_FILES:
        return _zip_of(promise)
    if name == OUTCOME:
        return _outcome_of(promise)
    rows = Trekkingsbestand.objects.filter(vastlegging=promise, naam=name)
    content = rows.values_list("inhoud", flat=True).first()
    return None if content is None else bytes(content)


def log_of(loting: Loting) -> bytes:
    """`logboek.json`: every line as it is hashed, with the hash before it and its own.

    hash = SHA-256(vorige ‖ line end ‖ gebeurtenis), with gebeurtenis as JSON with its keys sorted and nothing
    between the signs, in UTF-8.
    """
    rows = list(Ketenregel.objects.filter(loting=loting).order_by("nummer"))
    lines: list[dict[str, Any]] = [
        {"gebeurtenis": chain.event_of(row), "vorige": row.vorige, "hash": row.hash} for row in rows
    ]
    return json_bytes(
        {
            "versie": VERSION,
            "loting": loting.naam,
            "begin": ledger.START,
            "regel": (
                "hash = SHA-256 van: vorige, een regeleinde (LF), en de gebeurtenis als JSON in UTF-8 met de "
                "namen op volgorde en zonder spaties tussen de tekens."
            ),
            "regels": lines,
            "einde": rows[-1].hash if rows else ledger.START,
        }
    )


def _outcome_of(promise: Vastlegging) -> bytes | None:
    rows = Uitkomst.objects.filter(worp__vastlegging=promise).values_list("bestand", flat=True)
    content = rows.first()
    return None if content is None else bytes(content)


def _zip_of(promise: Vastlegging) -> bytes:
    """All files together, always the same bytes for the same files."""
    stored = {row.naam: bytes(row.inhoud) for row in promise.bestanden.all()}
    if outcome := _outcome_of(promise):
        stored[OUTCOME] = outcome
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in FILES:
            if name in stored:
                info = ZipInfo(name, ZIP_TIME)
                info.compress_type = ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, stored[name])
    return made.getvalue()

"""The files of a bare draw, in the form in which a loting publishes them (`publication.files`)."""

from collections.abc import Sequence
from pathlib import Path

from participatie.sortition.pools import Quota
from participatie.sortition.publication.files import LISTS, MANIFEST, QUOTAS, csv_bytes, manifest_of


def write_public_files(folder: Path, *, lists: Sequence[Sequence[str]], quotas: Sequence[Quota]) -> None:
    """Write `lijsten.csv`, `quota.csv` and `manifest.json` with the hash of both. Raises OSError.

    Without a loting there are no rules, tickets and round to promise; `manage.py loting` publishes those too.
    """
    width = max(3, len(str(len(lists) - 1)))
    seats = max((len(ids) for ids in lists), default=0)
    files = {
        LISTS: csv_bytes(
            [
                ("lijst", *(f"lot {seat}" for seat in range(1, seats + 1))),
                *((f"{number:0{width}}", *sorted(ids)) for number, ids in enumerate(lists)),
            ]
        ),
        QUOTAS: csv_bytes(
            [
                ("kenmerk", "antwoord", "minstens", "hoogstens"),
                *((one.feature, one.value, one.minimum, one.maximum) for one in sorted(quotas)),
            ]
        ),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**files, MANIFEST: manifest_of(files)}.items():
        (folder / name).write_bytes(content)

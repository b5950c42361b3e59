"""The files that are made public before the draw."""

import csv
from collections.abc import Sequence
from pathlib import Path

from participatie.sortition.pools import Quota


def write_public_files(folder: Path, *, lists: Sequence[Sequence[str]], quotas: Sequence[Quota]) -> None:
    """Write `lijsten.csv` (number and ids of a list) and `quota.csv`, UTF-8, LF. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    width = max(3, len(str(len(lists) - 1)))
    _write(
        folder / "lijsten.csv",
        [("lijst", "loten"), *((f"{number:0{width}}", " ".join(ids)) for number, ids in enumerate(lists))],
    )
    _write(
        folder / "quota.csv",
        [
            ("feature", "value", "min", "max"),
            *((one.feature, one.value, str(one.minimum), str(one.maximum)) for one in sorted(quotas)),
        ],
    )


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)

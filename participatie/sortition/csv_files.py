"""People and quotas from csv files, with commas, semicolons or tabs, from any spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from participatie.sortition.pools import Person, Quota

NUMBER = re.compile(r"\d{1,6}")
DELIMITERS = ",;\t"
QUOTA_COLUMNS = ("feature", "value", "min", "max")


class BadFile(Exception):
    """A file that cannot be used; the message is a sentence, in Dutch, that says what to change."""


def read_quotas(path: Path) -> tuple[Quota, ...]:
    """The quotas of a file with the columns feature, value, min and max. Raises BadFile."""
    quotas: list[Quota] = []
    for line, row in _rows(path, QUOTA_COLUMNS):
        place = f"{path.name}, regel {line}"
        feature, value = row["feature"], row["value"]
        if not feature or not value:
            raise BadFile(f"{place}: vul zowel feature als value in.")
        if any((one.feature, one.value) == (feature, value) for one in quotas):
            raise BadFile(f"{place}: “{value}” van “{feature}” staat er al.")
        for name in ("min", "max"):
            if not NUMBER.fullmatch(row[name]):
                raise BadFile(
                    f"{place}: “{row[name][:20]}” is geen aantal; "
                    f"vul bij {name} een heel getal in van 0 tot en met 999999."
                )
        quotas.append(Quota(feature, value, int(row["min"]), int(row["max"])))
    return tuple(quotas)


def read_people(path: Path, quotas: tuple[Quota, ...], *, one_per: str = "") -> tuple[Person, ...]:
    """The people of a file with a column `id`, one for each feature of the quotas, and `one_per` if that is
    given: people with the same value in that column share a household. Raises BadFile.
    """
    features = sorted({quota.feature for quota in quotas})
    known = {(quota.feature, quota.value) for quota in quotas}
    people: list[Person] = []
    seen: set[str] = set()
    for line, row in _rows(path, ("id", *features, *([one_per] if one_per else []))):
        place = f"{path.name}, regel {line}"
        id = row["id"]
        if not id or len(id.split()) > 1:
            raise BadFile(f"{place}: een id is één woord, zonder spaties.")
        if id in seen:
            raise BadFile(f"{place}: het id “{id}” staat er al.")
        seen.add(id)
        for feature in features:
            if not row[feature]:
                raise BadFile(f"{place}: vul “{feature}” in.")
            if (feature, row[feature]) not in known:
                raise BadFile(f"{place}: “{row[feature]}” is geen waarde van “{feature}” in de quota.")
        people.append(
            Person(id, {feature: row[feature] for feature in features}, row[one_per] if one_per else "")
        )
    return tuple(people)


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, values by column) of each line that is not empty."""
    text = _text(path)
    header = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        for name in needed:
            if names.count(name) != 1:
                how = "mist" if name not in names else "heeft meer dan één keer"
                raise BadFile(f"{path.name} {how} de kolom “{name}”.")
        count = 0
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            if len(values) != len(names):
                raise BadFile(
                    f"{path.name}, regel {reader.line_num}: hier staan {len(values)} velden, "
                    f"maar er zijn {len(names)} kolommen."
                )
            count += 1
            yield reader.line_num, dict(zip(names, (value.strip() for value in values), strict=True))
    except csv.Error as problem:
        raise BadFile(f"{path.name}, regel {reader.line_num}: dit is geen goede csv ({problem}).") from None
    if not count:
        raise BadFile(f"{path.name} heeft geen regels onder de kolommen.")


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise BadFile(f"{path} is niet te lezen ({problem.strerror}).") from None
    except UnicodeDecodeError:
        raise BadFile(f"{path.name} is geen UTF-8; bewaar het bestand als “CSV UTF-8”.") from None
    if "\0" in text:
        raise BadFile(f"{path.name} is geen tekst.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise BadFile(f"{path.name} is leeg.")
    return text

"""What fills the pages that are left: numbers to cut out, a drawing to colour, a puzzle, room for notes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import translation

from home.krant.druk.parts import Krant
from home.krant.druk.pictures import Printed
from home.krant.druk.sudoku import solutions

HERE = Path(__file__).parent
FILE = HERE / "vullingen.json"
SOURCE = "nl"
# The key of what is used when nothing was chosen for a page that has to be there.
LAST_RESORT = "notities"


class Size(StrEnum):
    """A strip between articles, half a page, or a whole one."""

    STRIP = "strook"
    HALF = "half"
    WHOLE = "heel"


class VullingError(Exception):
    """The file with fillers is wrong; the message says where."""


type Words = Mapping[str, str]


@dataclass(frozen=True)
class Vulling:
    """One filler. `content` is what its kind needs, in the words of the file."""

    key: str
    kind: str
    size: Size
    title: Words
    content: Mapping[str, Any]

    def titled(self, language: str) -> str:
        """Its title, for a screen where one is chosen."""
        return _in(language, self.title)

    def for_paper(self, krant: Krant, place: Callable[[Printed, str], dict[str, Any]]) -> dict[str, Any]:
        """What its template needs, in the language of the paper, or in Dutch where that is missing."""
        language = krant.language if krant.language in self.title else SOURCE
        content = {name: _words(value, language) for name, value in self.content.items()}
        return {
            "template": f"krant/druk/vullingen/{self.kind}.html",
            "size": self.size,
            "language": language,
            "direction": "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr",
            "title": _in(language, self.title),
            "phone": krant.phone,
            **content,
            **_prepared(self.kind, content),
        }


def _in(language: str, words: Words) -> str:
    return words.get(language, words[SOURCE])


def _words(value: Any, language: str) -> Any:
    """The same, with every text in one language."""
    if isinstance(value, dict) and SOURCE in value:
        return _in(language, value)
    if isinstance(value, dict):
        return {name: _words(one, language) for name, one in value.items()}
    if isinstance(value, list):
        return [_words(one, language) for one in value]
    return value


def _prepared(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    if kind == "notities":
        return {"lijnen": range(content["lijnen"])}
    if kind == "kleurplaat":
        drawing = (HERE / content["tekening"]).read_text()
        return {"src": f"data:image/svg+xml,{quote(drawing)}"}
    if kind == "puzzel":
        return {"oplossing": solutions(content["rijen"])[0]}
    return {}


@cache
def vullingen() -> dict[str, Vulling]:
    """Every filler by its key, in the order of the file. VullingError when the file is wrong."""
    found: dict[str, Vulling] = {}
    for row in json.loads(FILE.read_text()):
        content = {
            name: value for name, value in row.items() if name not in ("sleutel", "soort", "maat", "titel")
        }
        vulling = Vulling(row["sleutel"], row["soort"], Size(row["maat"]), row["titel"], content)
        _check(vulling, found)
        found[vulling.key] = vulling
    if LAST_RESORT not in found or found[LAST_RESORT].size is not Size.WHOLE:
        raise VullingError(f"{LAST_RESORT}: must be there, and fill a page")
    return found


NEEDED = {
    "nummers": {"uitleg", "regels"},
    "notities": {"lijnen"},
    "kleurplaat": {"tekening", "beeld"},
    "puzzel": {"uitleg", "antwoord", "rijen"},
    "weetjes": {"weetjes"},
}


def _check(vulling: Vulling, before: Mapping[str, Vulling]) -> None:
    wrong = ""
    if vulling.key in before:
        wrong = "twice"
    elif set(vulling.content) != NEEDED.get(vulling.kind):
        wrong = f"not what a {vulling.kind} needs"
    elif SOURCE not in vulling.title:
        wrong = "no Dutch title"
    elif vulling.kind == "puzzel" and len(solutions(vulling.content["rijen"])) != 1:
        wrong = "a puzzle with one solution only"
    elif vulling.kind == "kleurplaat" and not (HERE / vulling.content["tekening"]).is_file():
        wrong = "no such drawing"
    if wrong:
        raise VullingError(f"{vulling.key}: {wrong}")


def chosen(keys: tuple[str, ...]) -> list[Vulling]:
    """The fillers with these keys. VullingError for a key that is not there."""
    known = vullingen()
    if unknown := [key for key in keys if key not in known]:
        raise VullingError(f"{unknown[0]}: no such filler")
    return [known[key] for key in keys]


def titles(language: str | None = None) -> dict[str, str]:
    """The title of every filler by its key, for a list to choose from."""
    code = language or translation.get_language() or SOURCE
    return {key: vulling.titled(code) for key, vulling in vullingen().items()}

"""Reads the demo's data files and says in one sentence what is wrong with them."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
IMAGES = FOLDER / "images"
TRANSLATIONS = FOLDER / "translations"


class ContentError(Exception):
    """A data file of the demo cannot be used; the message says which and why."""


def read(name: str) -> Any:
    """One file of `content/`, parsed. ContentError when it is missing or no JSON."""
    file = FOLDER / "content" / name
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(f"{name} ontbreekt.") from None
    except json.JSONDecodeError as error:
        raise ContentError(f"{name}, regel {error.lineno}: {error.msg}.") from None


def file(name: str) -> bytes:
    """One file of `content/` as it is. ContentError when it is missing."""
    try:
        return (FOLDER / "content" / name).read_bytes()
    except FileNotFoundError:
        raise ContentError(f"{name} ontbreekt.") from None


def pictures() -> list[dict[str, Any]]:
    """The list of own illustrations, each with the path of its file."""
    listed = json.loads((IMAGES / "images.json").read_text(encoding="utf-8"))
    for picture in listed:
        picture["path"] = IMAGES / picture["file"]
        if not picture["path"].exists():
            raise ContentError(f"De afbeelding {picture['file']} ontbreekt.")
    return listed

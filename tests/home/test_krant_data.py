"""The data of the example paper: it fits the pages, and its puzzle can be solved in one way."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from home.blocks import ArtikelBodyBlock
from home.demo.content import pictures, read
from home.models import Kopij
from home.models.artikel_page import Rubriek

Row = dict[str, Any]
KRANT: Row = read("krant.json")["kranten"][0]
OUT, IN_THE_MAKING = KRANT["edities"]
ARTICLES: list[Row] = [row for editie in KRANT["edities"] for row in editie["artikelen"]]
PICTURES = {picture["key"]: picture for picture in pictures()}
# A picture as wide as a page of A4 with its margins: 170 mm at 300 dots per inch.
WIDE_ON_PAPER = 2000
MOST = {"title": 255, "intro": 400, "auteur": 120}
DIRECTIONS = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


def shown(row: Row) -> set[str]:
    """The pictures of an article, at its head and in its text."""
    in_body = {block["value"]["image"] for block in row["body"] if block["type"] == "image"}
    return {row["image"], *(key.removeprefix("image:") for key in in_body)} - {""}


@pytest.mark.parametrize("row", ARTICLES, ids=[row["slug"] for row in ARTICLES])
def test_an_article_fits_its_page(row: Row) -> None:
    assert row["rubriek"] in Rubriek
    assert all(len(row[name]) <= most for name, most in MOST.items())
    assert {block["type"] for block in row["body"]} <= set(ArtikelBodyBlock().child_blocks)
    assert shown(row) <= set(PICTURES)
    for text in texts(row):
        assert "@" not in text
        assert not re.search(r"\b0\d{1,3}[- ]?\d{6,7}\b", text)


def test_every_rubriek_is_there_and_every_address_once() -> None:
    assert {row["rubriek"] for row in OUT["artikelen"]} == set(Rubriek)
    slugs = [row["slug"] for row in ARTICLES]
    assert len(set(slugs)) == len(slugs)
    assert sum(row.get("op_voorkant", False) for row in OUT["artikelen"]) <= 4


def width_of(key: str) -> int:
    with Image.open(PICTURES[key]["path"]) as image:
        return image.width


def test_own_pictures_are_wide_enough_for_paper_but_one() -> None:
    own = {key for row in ARTICLES for key in shown(row) if key.startswith("krant-")}
    assert {key for key in own if width_of(key) < WIDE_ON_PAPER} == {"krant-moestuin"}


def test_kopij_is_there_in_every_state() -> None:
    kopij = IN_THE_MAKING["kopij"]
    assert {row["staat"] for row in kopij} == set(Kopij.Staat)
    slugs = {row["slug"] for row in IN_THE_MAKING["artikelen"]}
    for row in kopij:
        assert row["artikel"] in slugs if row["staat"] == Kopij.Staat.GEBRUIKT else not row["artikel"]
        assert bool(row["antwoord"]) == (row["staat"] != Kopij.Staat.NIEUW)
        assert not row["mail"] or row["mail"].endswith("@example.nl")


def places(grid: list[str], word: str) -> list[frozenset[tuple[int, int]]]:
    """Where a word stands in the grid, in all eight directions."""
    letters = {(y, x): letter for y, line in enumerate(grid) for x, letter in enumerate(line)}
    lines = (
        [(y + step * dy, x + step * dx) for step in range(len(word))]
        for y, x in letters
        for dy, dx in DIRECTIONS
    )
    return [frozenset(line) for line in lines if "".join(letters.get(cell, " ") for cell in line) == word]


def test_the_word_search_has_one_solution() -> None:
    puzzle = next(row for row in OUT["artikelen"] if row["slug"] == "woordzoeker")
    table = next(block["value"] for block in puzzle["body"] if block["type"] == "table")
    grid = ["".join(line[1:]).lower() for line in table["rows"]]
    words = re.findall(r"<b>(\w+)</b>", " ".join(texts(puzzle["body"])))
    found = {word: places(grid, word) for word in words}
    assert len(words) == 17
    assert all(len(spots) == 1 for spots in found.values()), found
    used = frozenset[tuple[int, int]]().union(*(spots[0] for spots in found.values()))
    left = [letter for y, line in enumerate(grid) for x, letter in enumerate(line) if (y, x) not in used]
    board = next(row for row in OUT["artikelen"] if row["slug"] == "prikbord")
    solution = re.search(r"overblijven: <b>([^<]+)</b>", " ".join(texts(board["body"])))
    assert solution
    assert "".join(left) == solution[1].replace(" ", "")

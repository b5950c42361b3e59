"""What fills the pages that are left."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from home.krant.druk import vullingen as module
from home.krant.druk.sudoku import solutions
from home.krant.druk.vullingen import LAST_RESORT, Size, VullingError, chosen, titles, vullingen
from tests.krant_sample import krant


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of the file that may be spoilt."""
    rows = json.loads(module.FILE.read_text())
    copy = tmp_path / "vullingen.json"
    monkeypatch.setattr(module, "FILE", copy)

    def write(change) -> None:
        change(rows)
        copy.write_text(json.dumps(rows))
        vullingen.cache_clear()

    yield write
    vullingen.cache_clear()


def test_there_is_something_for_every_size() -> None:
    sizes = [one.size for one in vullingen().values()]
    assert set(sizes) == set(Size)
    assert sizes.count(Size.HALF) >= 2
    assert sizes.count(Size.WHOLE) >= 2
    assert vullingen()[LAST_RESORT].size is Size.WHOLE


def test_every_text_is_there_in_every_language_of_the_site() -> None:
    """nl-x-b1 is Dutch."""
    wanted = {code for code, _name in settings.LANGUAGES} - {"nl-x-b1"}

    def texts(value):
        if isinstance(value, dict) and "nl" in value:
            yield value
        elif isinstance(value, dict):
            for one in value.values():
                yield from texts(one)
        elif isinstance(value, list):
            for one in value:
                yield from texts(one)

    found = list(texts(json.loads(module.FILE.read_text())))
    assert len(found) > 15
    assert [words["nl"] for words in found if not words.keys() >= wanted] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.append(rows[0]), "handige-nummers: twice"),
        (lambda rows: rows[0].pop("regels"), "handige-nummers: not what a nummers needs"),
        (lambda rows: rows[0]["titel"].pop("nl"), "handige-nummers: no Dutch title"),
        (lambda rows: rows[3].update(tekening="weg.svg"), "kleurplaat: no such drawing"),
        (lambda rows: rows[4].update(rijen=["000000"] * 6), "sudoku: a puzzle with one solution only"),
        (lambda rows: rows.pop(1), "notities: must be there, and fill a page"),
    ],
)
def test_a_file_that_is_wrong_is_refused(change, message: str, file) -> None:
    file(change)
    with pytest.raises(VullingError, match=message):
        vullingen()


def test_one_that_is_not_there_is_refused() -> None:
    assert [one.key for one in chosen(("sudoku", "notities"))] == ["sudoku", "notities"]
    with pytest.raises(VullingError, match="taart"):
        chosen(("sudoku", "taart"))


def test_the_titles_are_in_the_language_of_who_chooses() -> None:
    with translation.override("pl"):
        assert titles()["handige-nummers"] == "Przydatne numery"
    with translation.override("nl-x-b1"):
        assert titles()["handige-nummers"] == "Handige nummers"


def test_a_language_that_is_not_there_gets_dutch_that_says_so() -> None:
    edition = krant("nl", (1,))
    arabic = vullingen()["sudoku"].for_paper(krant("ar", (1,)), lambda printed, title: {})
    assert (arabic["language"], arabic["direction"]) == ("ar", "rtl")
    simple = vullingen()["sudoku"].for_paper(edition, lambda printed, title: {})
    assert (simple["language"], simple["direction"]) == ("nl", "ltr")


def test_a_sudoku_has_its_solution() -> None:
    rows = vullingen()["sudoku"].content["rijen"]
    (solution,) = solutions(rows)
    for line in [*solution, *map("".join, zip(*solution, strict=True))]:
        assert sorted(line) == list("123456")
    for top in range(0, 6, 2):
        for left in (0, 3):
            block = "".join(solution[row][left : left + 3] for row in (top, top + 1))
            assert sorted(block) == list("123456")
    for given, solved in zip(rows, solution, strict=True):
        assert all(one in ("0", other) for one, other in zip(given, solved, strict=True))
    assert len(solutions(["000000"] * 6)) == 2

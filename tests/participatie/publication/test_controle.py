"""Somebody at home with `controle.py`: what it says when all is well, and of every byte that is not."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from participatie.sortition.publication import controle
from participatie.sortition.publication.beacon import RehearsalBeacon
from participatie.sortition.publication.drawing import draw, outcome_of
from participatie.sortition.publication.files import MANIFEST, OUTCOME, json_bytes, manifest_of
from participatie.sortition.publication.rules import Mode
from tests.participatie.publication.publications import (
    ROUND,
    SIGNATURE,
    SIGNATURES,
    Home,
    drawn,
    publication,
    records,
    write,
)

SMALL = publication()
RANKING = publication(mode=Mode.RANKING, dice=3)
DRAWN = drawn(SMALL)
GIVEN = ("7", ROUND, SIGNATURE)
DEEP = [
    b'{"geloot": ' + depth * b"[" + depth * b"]" + b"}" for depth in (90, 99, 500, 985, 1200, 9000, 200_000)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(SMALL, tmp_path / "loting")


def test_all_is_well(home: Home, folder: Path) -> None:
    assert home.check(folder, "--manifest", SMALL.manifest_hash) == 0
    assert "Alle 5 bestanden zijn zoals" in home.said
    assert "precies het bestand uit de bekendmaking" in home.said
    assert f"Getrokken is lijst {DRAWN.index}." in home.said
    assert f"Geloot: {', '.join(DRAWN.drawn)}." in home.said
    assert f"Reserves, op volgorde: {', '.join(DRAWN.order[:4])}." in home.said
    # What it cannot see is said, with what to compare.
    assert "kan dit programma niet nagaan" in home.said
    assert f"{DRAWN.beacon_value}" in home.said
    assert home.said.endswith("Alles klopt.\n")
    assert "FOUT" not in home.said


def test_without_the_announced_hash_it_says_what_to_compare(home: Home, folder: Path) -> None:
    assert home.check(folder) == 0
    assert SMALL.manifest_hash in home.said
    assert home.check(folder, f"--manifest={'0' * 64}") == 1
    assert "manifest.json: het bestand is veranderd" in home.said
    for typed in ("", "abc", SMALL.manifest_hash[:-1], f"{SMALL.manifest_hash}0"):
        assert home.check(folder, "--manifest", typed) == 2
        assert "De hash achter --manifest klopt niet" in home.said
    assert home.check(folder, "--manifest") == 2
    assert home.check(f'{folder}"', "--manifest", f" {SMALL.manifest_hash.upper()} ") == 0


@pytest.mark.parametrize("made", [SMALL, RANKING], ids=["lists", "ranking"])
def test_every_ticket_hears_how_it_went(home: Home, tmp_path: Path, made) -> None:
    dice = "7" * made.rules.dice
    folder = write(made, tmp_path, dice)
    outcome = drawn(made, dice)
    for ticket in made.fingerprints:
        assert home.check(folder, ticket) == 0
        on = sum(ticket in tickets for tickets in made.lists)
        assert (f"Lot {ticket} staat op {on} van de 10 lijsten." in home.said) == bool(made.lists)
        if ticket in outcome.drawn:
            assert f"Lot {ticket} is geloot." in home.said
        else:
            place = outcome.order.index(ticket) + 1
            kind = "reserve" if place <= 4 else "na de reserves"
            assert (
                f"Lot {ticket} is niet geloot. Het staat op plaats {place} in de volgorde ({kind})"
                in home.said
            )


@pytest.mark.parametrize("made", [SMALL, RANKING], ids=["lists", "ranking"])
def test_before_the_draw_a_ticket_hears_that_it_takes_part(home: Home, tmp_path: Path, made) -> None:
    made.write(tmp_path)
    for ticket in made.fingerprints:
        assert home.check(tmp_path, ticket) == 0
        assert f"Lot {ticket} doet mee." in home.said
    assert home.check(tmp_path, "L-0099") == 1
    assert "doet mee" not in home.said


@pytest.mark.parametrize("typed", ["l-0005", "5", "L 0005", "lot 5", " L-0005 "])
def test_a_ticket_as_people_type_it(home: Home, folder: Path, typed: str) -> None:
    assert home.check(folder, typed) == 0
    assert "Lot L-0005 " in home.said


@pytest.mark.parametrize("typed", ["L-0099", "", "geen", "99999999", "é"])
def test_a_ticket_that_is_not_there(home: Home, folder: Path, typed: str) -> None:
    assert home.check(folder, typed) == 1
    assert "staat niet in loten.csv" in home.said


def test_dice_round_and_signature_that_somebody_wrote_down(home: Home, folder: Path) -> None:
    (folder / OUTCOME).unlink()
    assert home.check(folder) == 0
    assert "Er is nog geen uitkomst" in home.said
    assert home.check(folder, *GIVEN, "L-0001") == 0
    assert f"Getrokken is lijst {DRAWN.index}." in home.said
    for wrong in (("77", *GIVEN[1:]), ("x", *GIVEN[1:]), ("7", ROUND + 1, SIGNATURE), ("7", "", SIGNATURE)):
        assert home.check(folder, *wrong) == 1
        assert re.search(r"FOUT.*(dobbelgetal|Ronde) .* klopt niet", home.said)
    for signature in (SIGNATURE[:-1], SIGNATURE.replace("b", "x"), ""):
        assert home.check(folder, "7", ROUND, signature) == 1
        assert "De handtekening klopt niet" in home.said


def test_other_dice_or_another_signature_than_in_the_outcome(home: Home, folder: Path) -> None:
    assert home.check(folder, *GIVEN) == 0
    for digit in "012345689":
        assert home.check(folder, digit, ROUND, SIGNATURE) == 1
        assert "uitkomst.json: bij dobbelgetal staat '7'" in home.said
    assert home.check(folder, "7", ROUND, SIGNATURES[42]) == 1
    assert "uitkomst.json: bij handtekening staat" in home.said
    for place, digit in enumerate(str(ROUND)):
        other = str(ROUND)[:place] + str((int(digit) + 1) % 10) + str(ROUND)[place + 1 :]
        assert home.check(folder, "7", other, SIGNATURE) == 1
        assert "in regels.json is ronde 1000 aangekondigd" in home.said


def flips(content: bytes, step: int) -> list[bytes]:
    """The content with one byte changed, at every place or one in so many; each bit in turn."""
    return [
        content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]
        for at in range(0, len(content), step)
    ]


@pytest.mark.parametrize("name", [*SMALL.files, OUTCOME])
def test_any_changed_byte_is_said(home: Home, folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    # The check itself is long, and only hashed.
    for number, wrong in enumerate(flips(content, 41 if name == "controle.py" else 1)):
        (folder / name).write_bytes(wrong)
        code = home.check(folder, "--manifest", SMALL.manifest_hash)
        assert code in (1, 2), number
        assert re.search(rf"\[FOUT\] .*{name}", home.said), (number, home.said)
        assert not home.said.endswith("Alles klopt.\n")


def test_any_changed_byte_of_the_manifest_shows_without_its_hash(home: Home, folder: Path) -> None:
    # Which also knows that hash.
    (folder / OUTCOME).unlink()
    other_digits = [
        SMALL.files[MANIFEST].replace(f": {len(content)},".encode(), f": {len(content) + 1},".encode())
        for name, content in SMALL.files.items()
        if name != MANIFEST
    ]
    other_spaces = [SMALL.files[MANIFEST].replace(b" ", b"\n", 1), SMALL.files[MANIFEST] + b"\n"]
    for number, wrong in enumerate([*flips(SMALL.files[MANIFEST], 1), *other_digits, *other_spaces]):
        (folder / MANIFEST).write_bytes(wrong)
        assert home.check(folder) in (1, 2), number
        assert "[FOUT]" in home.said


@pytest.mark.parametrize("name", [OUTCOME, "loten.csv", "regels.json"])
def test_any_changed_byte_of_a_ranking(home: Home, tmp_path: Path, name: str) -> None:
    folder = write(RANKING, tmp_path, "042")
    for number, wrong in enumerate(flips((folder / name).read_bytes(), 3)):
        (folder / name).write_bytes(wrong)
        assert home.check(folder) == 1, number
        assert re.search(rf"\[FOUT\] .*{name}", home.said)


@pytest.mark.parametrize("name", [*SMALL.files, OUTCOME])
def test_a_byte_too_many_too_few_or_no_file_at_all(home: Home, folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    for wrong in (
        content + b"\n",
        content[:-1],
        content[: len(content) // 2],
        b"",
        b"\0",
        *DEEP,
        b"{}",
    ):
        (folder / name).write_bytes(wrong)
        assert home.check(folder, "--manifest", SMALL.manifest_hash) == 1, wrong[:9]
    (folder / name).unlink()
    assert home.check(folder) == (0 if name == OUTCOME else 2)
    assert name in home.said


@pytest.mark.parametrize("name", [*SMALL.files, OUTCOME])
@pytest.mark.parametrize("saved", ["windows", "mark", "both"])
def test_a_copy_that_an_editor_saved(home: Home, folder: Path, name: str, saved: str) -> None:
    content = (folder / name).read_bytes()
    if saved != "mark":
        content = content.replace(b"\n", b"\r\n")
    if saved != "windows":
        content = b"\xef\xbb\xbf" + content
    (folder / name).write_bytes(content)
    assert home.check(folder, "L-0001", "--manifest", SMALL.manifest_hash) == 1
    assert re.search(rf"{name}: het bestand is veranderd. De inhoud is gelijk, maar", home.said)
    # It goes on with what is in it.
    assert "Lot L-0001 staat op" in home.said


def tampered(folder: Path, name: str, text: str) -> None:
    """A file by somebody who also makes the manifest fit it."""
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    others = {
        file.name: file.read_bytes() for file in folder.iterdir() if file.name not in (MANIFEST, OUTCOME)
    }
    (folder / MANIFEST).write_bytes(manifest_of(others))


LIST = ";".join(("3", *SMALL.lists[3]))
PRINTS = [record.fingerprint for record in records(12)]
FIRST, SECOND, THIRD = SMALL.lists[3]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("lijsten.csv", LIST, f"3;{FIRST};{FIRST};{THIRD}", "Op lijst 3 staan niet 3 verschillende loten"),
        ("lijsten.csv", LIST, f"3;{FIRST};{SECOND}", "Op lijst 3 staan niet 3 verschillende loten"),
        ("lijsten.csv", LIST, f"3;{FIRST};{SECOND};L-0099", "Op lijst 3 staat 'L-0099'; dat is geen lot"),
        ("lijsten.csv", f"{LIST}\n", "", "er zijn 9 lijsten; het moeten er 10 zijn"),
        ("lijsten.csv", LIST, "", "waar lijst 3 hoort te staan, staat iets anders"),
        ("lijsten.csv", "lot 1", "lot 2", "lijsten.csv: de kopregel is anders"),
        ("loten.csv", "L-0002", "L-0001", "lot L-0001 staat er twee keer in"),
        ("loten.csv", PRINTS[1], PRINTS[0], "twee loten hebben dezelfde vingerafdruk"),
        ("loten.csv", "L-0002;", "L-0002;x", "hier staat geen lot met een vingerafdruk"),
        ("loten.csv", '\n', '\n"', "loten.csv: het bestand is veranderd. Het is niet meer te lezen"),
        ("regels.json", "2023-08-23T15:59", "2023-08-23T16:59", "Dat is voor de trekking"),
        ("regels.json", "52db9ba7", "62db9ba7", "een ander baken dan drand quicknet"),
        ("regels.json", '"zetels": 3', '"zetels": "3"', "De regels zijn niet te begrijpen"),
        ("regels.json", '"zetels": 3', '"zetels": 3e9', "De regels zijn niet te begrijpen"),
        ("regels.json", '"ronde": 1000', '"ronde": 99999999999999', "De regels zijn niet te begrijpen"),
        ("regels.json", '"ronde": 1000', '"ronde": null', "De regels zijn niet te begrijpen"),
        ("regels.json", "lijsten", "raden", "De regels zijn niet te begrijpen"),
        ("regels.json", "2023-08-23", "gisteren", "De regels zijn niet te begrijpen"),
    ],
)  # fmt: skip
def test_a_publisher_who_makes_the_manifest_fit(home: Home, folder: Path, name, old, new, said) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    tampered(folder, name, text.replace(old, new, 1))
    assert home.check(folder) == 1
    assert said in home.said
    assert home.check(folder, "--manifest", SMALL.manifest_hash) == 1
    assert "manifest.json: het bestand is veranderd" in home.said


@pytest.mark.parametrize(
    "rows",
    [
        None,
        5,
        {},
        [5],
        [{}],
        [[1]],
        [{"naam": "x"}],
        [{"naam": [], "bytes": 1, "sha256": ""}],
        [{"naam": 1, "bytes": 1, "sha256": ""}],
    ],
)
def test_a_manifest_of_another_kind(home: Home, folder: Path, rows) -> None:
    (folder / MANIFEST).write_bytes(json_bytes({"versie": 1, "bestanden": rows}))
    assert home.check(folder) == 1
    assert "manifest.json" in home.said


ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    2.5,
    10**30,
    "",
    "x",
    "\ud800",
    [],
    [[]],
    {},
    {"ronde": 1},
    [None],
    "9" * 5000,
)


@pytest.mark.parametrize("name", ["regels.json", OUTCOME])
def test_odd_values_get_a_sentence_and_no_traceback(home: Home, folder: Path, name: str) -> None:
    right = json.loads((folder / name).read_text(encoding="utf-8"))
    for key in (*right, "baken.ronde", "baken.keten"):
        first, _dot, second = key.partition(".")
        for value in ODD:
            changed = {**right, first: {**right.get(first, {}), second: value} if second else value}
            tampered(folder, name, json.dumps(changed, indent=2))
            home.check(folder, "L-0001", "--manifest", SMALL.manifest_hash)
            assert home.said.startswith("[")
            if name == OUTCOME and changed != right:
                assert "FOUT" in home.said, (key, value)


def test_a_rehearsal_says_so(home: Home, tmp_path: Path) -> None:
    practice = RehearsalBeacon("repetitie")
    made = publication(chain_hash=practice.chain_hash, beacon=practice.name, is_rehearsal=True)
    made.write(tmp_path)
    outcome = draw(made, dice="7", round=ROUND, signature=practice.sign(ROUND).hex(), beacon=practice)
    (tmp_path / OUTCOME).write_bytes(outcome_of(made, outcome))
    assert home.check(tmp_path) == 0
    assert "DIT IS EEN OEFENING" in home.said
    assert "api.drand.sh" not in home.said


def test_a_slip_as_people_keep_it(home: Home, folder: Path, tmp_path: Path) -> None:
    slip = tmp_path / "briefje.txt"
    for record in records(12):
        text = record.text
        for content in (
            text.encode(),
            f"\ufeff{text}\r\n".encode(),
            f" {text} \n\n".encode(),
            text.encode("utf-16"),
        ):
            slip.write_bytes(content)
            assert home.check(folder, "--slip", slip) == 0
            assert f"Het briefje past bij lot {record.ticket}" in home.said


def test_a_slip_that_does_not_fit(home: Home, folder: Path, tmp_path: Path) -> None:
    slip = tmp_path / "briefje.txt"
    right = records(12)[4].text
    for at in range(len(right)):
        wrong = right[:at] + ("z" if right[at] != "z" else "y") + right[at + 1 :]
        slip.write_text(wrong, encoding="utf-8")
        assert home.check(folder, f"--slip={slip}") == 1, wrong
    for content in (b"", b"\xff\xfe\x00", b"\xff", right.encode().replace(b" | ", b"|"), b"\0" * 99):
        slip.write_bytes(content)
        assert home.check(folder, "--slip", slip) == 1
    assert home.check(folder, "--slip", tmp_path / "geen.txt") == 2
    assert home.check(folder, "--slip") == 2


@pytest.mark.parametrize(
    "arguments", [(), ("--help",), ("a", "b", "c"), ("a",) * 6, ("/is/er/niet",), ("a\0b",)]
)
def test_a_wrong_question_gets_the_manual_and_no_verdict(home: Home, arguments) -> None:
    assert home.check(*arguments) == 2
    assert "Alles klopt" not in home.said
    assert "Zo gebruikt u dit programma" in home.said or "is er niet" in home.said


def python(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The published program in a bare Python: no site, nothing installed, another folder."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", "-W", "error", str(folder / "controle.py"), *arguments],
        cwd="/",
        env={"PATH": os.defpath, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_published_program_by_itself(folder: Path, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(folder, tmp_path / "map met spaties é")
    done = python(elsewhere, str(elsewhere), "L-0001", "--manifest", SMALL.manifest_hash)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Lot L-0001 " in done.stdout
    (elsewhere / "loten.csv").write_bytes(b"\xff" + (elsewhere / "loten.csv").read_bytes())
    done = python(elsewhere, str(elsewhere))
    assert (done.returncode, done.stderr) == (1, "")
    assert "loten.csv: het bestand is veranderd" in done.stdout
    done = python(elsewhere, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (2, "")
    assert "Zo gebruikt u dit programma" in done.stdout


def test_the_program_uses_only_what_every_python_has() -> None:
    source = Path(controle.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    imported = set(re.findall(r"^(?:from|import) (\w+)", source, flags=re.MULTILINE))
    assert imported <= sys.stdlib_module_names


def test_the_site_and_the_program_write_json_alike() -> None:
    data = {"a": [1, {"é": None}], "b": [], "c": True}
    assert controle.as_json(data) == json_bytes(data)
    assert json.loads(json_bytes(data)) == data

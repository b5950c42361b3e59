"""The draw without a site: csv files in, chances and public files out, or one clear sentence."""

import csv
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from participatie.sortition.__main__ import main

ROOT = Path(__file__).resolve().parents[3]
POOLS = Path(__file__).parent / "pools"
QUOTAS = "feature,value,min,max,source\nf,a,1,1,cbs\nf,b,1,2,cbs\n"
PEOPLE = "id,f,name,home\np1,a,Ann,h1\np2,b,Bo,h1\np3,b,Cas,h2\np4,a,Dré,h3\n"


def run(folder: Path, *arguments: str, people: str | bytes = PEOPLE, quotas: str | bytes = QUOTAS) -> int:
    for name, text in (("people.csv", people), ("quotas.csv", quotas)):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return main([str(folder / "people.csv"), str(folder / "quotas.csv"), *(arguments or ("--seats", "2"))])


def test_chances_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--seats", "2", "--one-per", "home", "--json") == 0
    out, err = capsys.readouterr()
    outcome = json.loads(out)
    assert err == ""
    assert outcome["proven"] is True
    assert outcome["lowest_chance"] == pytest.approx(0.5)
    assert outcome["chances"] == pytest.approx({"p1": 0.5, "p2": 0.5, "p3": 0.5, "p4": 0.5})
    assert set(outcome["seconds"]) >= {"check", "relaxation", "decomposition"}


def test_public_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "folder"
    assert run(tmp_path, "--seats", "2", "--out", str(out), "--seed", "00ff", "--json") == 0
    outcome = json.loads(capsys.readouterr().out)
    assert (outcome["lists"], outcome["distinct"]) == (1000, 4)
    written = {path.name: path.read_bytes() for path in out.iterdir()}
    assert written["quota.csv"] == b"kenmerk;antwoord;minstens;hoogstens\nf;a;1;1\nf;b;1;2\n"
    heading, *rows = csv.reader(written["lijsten.csv"].decode().splitlines(), delimiter=";")
    assert b"\r" not in written["lijsten.csv"]
    assert heading == ["lijst", "lot 1", "lot 2"]
    assert [row[0] for row in rows] == [f"{number:03}" for number in range(1000)]
    assert {tuple(row[1:]) for row in rows} == {("p1", "p2"), ("p1", "p3"), ("p2", "p4"), ("p3", "p4")}
    manifest = json.loads(written.pop("manifest.json"))
    assert {row["naam"]: row["sha256"] for row in manifest["bestanden"]} == {
        name: sha256(content).hexdigest() for name, content in written.items()
    }


def test_number_of_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--seats", "2", "--out", str(tmp_path / "out"), "--lists", "50") == 0
    assert len((tmp_path / "out" / "lijsten.csv").read_text().splitlines()) == 51
    assert "50 lijsten" in capsys.readouterr().out
    assert run(tmp_path, "--seats", "2", "--lists", "0") == 2


def test_words_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path) == 0
    out, err = capsys.readouterr()
    assert "4 mensen, 2 zetels, 2 quota." in out
    assert "Laagste kans 50,00 %" in out
    assert err == ""


@pytest.mark.parametrize(
    ("people", "quotas"),
    [
        ("\ufeff" + PEOPLE, "\ufeff" + QUOTAS),
        (PEOPLE.replace(",", ";"), QUOTAS.replace(",", ";")),
        (PEOPLE.replace(",", "\t"), QUOTAS.replace(",", "\t")),
        (PEOPLE.replace("\n", "\r\n"), QUOTAS.replace("\n", "\r\n")),
        (PEOPLE.replace("\n", "\r"), QUOTAS.replace("\n", "\r")),
        (PEOPLE.rstrip("\n"), QUOTAS + "\n\n,,,,\n"),
        (PEOPLE.replace("p1,a", " p1 , a "), QUOTAS.replace("f,a,1", '"f","a"," 1"')),
    ],
    ids=["byte order mark", "semicolons", "tabs", "CRLF", "CR", "no last newline", "spaces and quotes"],
)
def test_files_from_any_spreadsheet(
    people: str, quotas: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--seats", "2", "--json", people=people, quotas=quotas) == 0
    assert set(json.loads(capsys.readouterr().out)["chances"]) == {"p1", "p2", "p3", "p4"}


BAD: dict[str, tuple[str | bytes, str | bytes, str]] = {
    "no people": ("", QUOTAS, "people.csv is leeg"),
    "only a header": ("id,f\n", QUOTAS, "geen regels"),
    "only newlines": ("\n\n\n", QUOTAS, "people.csv is leeg"),
    "no quotas": (PEOPLE, "", "quotas.csv is leeg"),
    "no id": (PEOPLE.replace("id", "nummer"), QUOTAS, "mist de kolom “id”"),
    "no feature": (PEOPLE.replace("id,f", "id,g"), QUOTAS, "mist de kolom “f”"),
    "no minimum": (PEOPLE, QUOTAS.replace("min", "least"), "mist de kolom “min”"),
    "a column twice": (PEOPLE.replace("name", "f"), QUOTAS, "meer dan één keer de kolom “f”"),
    "an id twice": (PEOPLE.replace("p2", "p1"), QUOTAS, "regel 3: het id “p1” staat er al"),
    "an id of two words": (PEOPLE.replace("p2", "p 2"), QUOTAS, "één woord"),
    "no id in a row": (PEOPLE.replace("p2", ""), QUOTAS, "regel 3: een id is"),
    "an unknown value": (PEOPLE.replace("p2,b", "p2,z"), QUOTAS, "“z” is geen waarde van “f”"),
    "a value left open": (PEOPLE.replace("p2,b", "p2,"), QUOTAS, "vul “f” in"),
    "a short row": (PEOPLE.replace("p2,b,Bo,h1", "p2,b"), QUOTAS, "2 velden, maar er zijn 4 kolommen"),
    "a long row": (PEOPLE.replace("Bo", "B,o"), QUOTAS, "5 velden"),
    "no number": (PEOPLE, QUOTAS.replace("a,1", "a,x"), "“x” is geen aantal; vul bij min"),
    "half a person": (PEOPLE, QUOTAS.replace("a,1", "a,0.5"), "“0.5” is geen aantal"),
    "below zero": (PEOPLE, QUOTAS.replace("a,1", "a,-1"), "“-1” is geen aantal"),
    "other digits": (PEOPLE, QUOTAS.replace("a,1", "a,²"), "is geen aantal"),
    "huge": (PEOPLE, QUOTAS.replace("a,1", "a," + "9" * 5000), "is geen aantal"),
    "a quota twice": (PEOPLE, QUOTAS + "f,b,0,1,x\n", "regel 4: “b” van “f” staat er al"),
    "a quota without value": (PEOPLE, QUOTAS + "f,,0,1,x\n", "vul zowel feature als value in"),
    "not UTF-8": (PEOPLE.encode("cp1252"), QUOTAS, "geen UTF-8"),
    "a picture": (b"\x89PNG\r\n\0\0\0", QUOTAS, "geen UTF-8"),
    "zero bytes": (b"id,f\n\0,\0\n", QUOTAS, "geen tekst"),
    "an open quote": (PEOPLE + '"p5,a,x,y\n', QUOTAS, "geen goede csv"),
    "a huge field": (PEOPLE.replace("Ann", "A" * 200_000), QUOTAS, "geen goede csv"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, quotas, message = BAD[name]
    assert run(tmp_path, people=people, quotas=quotas) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.count("\n") == 1
    assert len(err) < 300


@pytest.mark.parametrize("seats", ["0", "-4"])
def test_no_seats(seats: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--seats", seats) == 2
    assert "minstens 1" in capsys.readouterr().err


def test_files_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--seats", "2"]) == 2
    assert "is niet te lezen" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run(tmp_path, "--seats", "2", "--out", str(tmp_path / "file" / "out")) == 2
    assert "niet te schrijven" in capsys.readouterr().err


def test_quotas_that_cannot_be_met(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--seats", "2", "--json", quotas=QUOTAS.replace("b,1", "b,2")) == 1
    out, err = capsys.readouterr()
    assert "“f” vraagt samen minstens 3 zetels; er zijn er 2." in err
    assert "verlaag het minimum voor “a” van “f” van 1 naar 0" in err
    alternatives = json.loads(out)["alternatives"]
    assert {"feature": "f", "value": "b", "bound": "minimum", "old": 2, "new": 1} in alternatives[1]


def test_more_seats_than_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--seats", "999999999") == 1
    assert "maar 4 mensen" in capsys.readouterr().err


def test_as_a_command_without_django() -> None:
    """In a process of its own, in which nothing of Django is loaded."""
    pool = POOLS / "example_small_20"
    program = (
        "import runpy, sys\n"
        "try:\n    runpy.run_module('participatie.sortition', run_name='__main__', alter_sys=True)\n"
        "finally:\n    assert not [name for name in sys.modules if name.startswith(('django', 'wagtail'))]\n"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, str(pool / "people.csv"), str(pool / "quotas.csv"), "--seats", "20"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Laagste kans 10,00 %" in done.stdout
    assert done.stderr == ""

"""The files of the draw as they are downloaded: byte for byte, and enough to check everything at home."""

import io
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from participatie.draw.public import Stage
from participatie.models import Ketenregel, Loting, Trekkingsbestand, Uitkomst
from participatie.sortition.publication import ledger
from participatie.sortition.publication.files import OUTCOME, publication_of
from tests.caches import empty_the_caches
from tests.participatie import draws
from tests.participatie.own import PAGE

pytestmark = pytest.mark.django_db
DRAW = f"{PAGE}trekking/"
NAMES = ["manifest.json", "regels.json", "loten.csv", "quota.csv", "lijsten.csv", "controle.py"]
TYPES = {"json": "application/json", "csv": "text/csv", "py": "text/x-python", "zip": "application/zip"}


def downloaded(client: Client, path: str) -> bytes:
    response = client.get(f"{DRAW}{path}")
    assert response.status_code == 200, path
    return bytes(response.content)


def check(folder: Path, *arguments: str) -> tuple[int, str]:
    """What the downloaded program says, in a process of its own that has nothing of this project."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", str(folder / "controle.py"), str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=60,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout + done.stderr


def unpacked(client: Client, folder: Path) -> Path:
    ZipFile(io.BytesIO(downloaded(client, "alles.zip"))).extractall(folder)
    return folder


def test_each_file_is_what_was_stored(client: Client, loting: Loting) -> None:
    made = draws.drawn(loting)
    stored = {row.naam: bytes(row.inhoud) for row in Trekkingsbestand.objects.all()}
    assert sorted(stored) == sorted(NAMES)
    stored[OUTCOME] = bytes(made.bestand)
    for name, content in stored.items():
        for path in (name, f"1/{name}"):
            response = client.get(f"{DRAW}{path}")
            assert response.content == content, path
            assert response.headers["Content-Type"].startswith(TYPES[name.rpartition(".")[2]])
            assert response.headers["ETag"] == f'"{sha256(content).hexdigest()}"'
            assert f'filename="{name}"' in response.headers["Content-Disposition"]
            assert "no-cache" in response.headers["Cache-Control"]
            assert not response.cookies
            again = client.get(f"{DRAW}{path}", headers={"if-none-match": response.headers["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
    assert publication_of(stored).manifest_hash == made.worp.vastlegging.manifest_hash


def test_all_of_them_in_one_file_are_always_the_same_bytes(client: Client, loting: Loting) -> None:
    draws.drawn(loting)
    first = downloaded(client, "alles.zip")
    archive = ZipFile(io.BytesIO(first))
    assert archive.namelist() == [*NAMES, OUTCOME]
    for name in archive.namelist():
        assert archive.read(name) == downloaded(client, name)
    empty_the_caches()
    assert downloaded(client, "alles.zip") == first


def test_the_check_for_at_home_agrees(client: Client, loting: Loting, tmp_path: Path) -> None:
    made = draws.drawn(loting)
    folder = unpacked(client, tmp_path)
    data = json.loads(bytes(made.bestand))
    code, said = check(folder, data["geloot"][0], "--manifest", made.worp.vastlegging.manifest_hash)
    assert (code, said.splitlines()[-1]) == (0, "Alles klopt.")
    assert f"Lot {data['geloot'][0]} is geloot." in said


@pytest.mark.parametrize("name", [*NAMES, OUTCOME])
def test_a_changed_byte_is_seen_at_home(client: Client, loting: Loting, tmp_path: Path, name: str) -> None:
    made = draws.drawn(loting)
    folder = unpacked(client, tmp_path)
    content = (folder / name).read_bytes()
    # In the program a letter of its first line, which is only read; elsewhere in the middle.
    at = 5 if name == "controle.py" else len(content) // 2
    (folder / name).write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    code, said = check(folder, "--manifest", made.worp.vastlegging.manifest_hash)
    assert code == 1
    assert name in said
    assert said.splitlines()[-1].startswith("Er klopt iets niet")


def test_a_simple_draw_is_checked_as_well(client: Client, loting: Loting, tmp_path: Path) -> None:
    draws.drawn(draws.simple(loting))
    folder = unpacked(client, tmp_path)
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        {*NAMES, OUTCOME} - {"quota.csv", "lijsten.csv"}
    )
    assert check(folder)[0] == 0
    assert client.get(f"{DRAW}lijsten.csv").status_code == 404


def test_an_earlier_promise_keeps_its_files(client: Client, loting: Loting, tmp_path: Path) -> None:
    draws.drawn_after_all(loting)
    first, second = downloaded(client, "1/regels.json"), downloaded(client, "2/regels.json")
    assert first != second == downloaded(client, "regels.json")
    assert client.get(f"{DRAW}1/uitkomst.json").status_code == 404
    assert downloaded(client, "2/uitkomst.json") == bytes(
        Uitkomst.objects.get(trekking__loting=loting).bestand
    )
    assert check(unpacked(client, tmp_path))[0] == 0


def test_the_log_can_be_checked_without_this_site(client: Client, loting: Loting) -> None:
    draws.drawn(loting)
    data = json.loads(downloaded(client, "logboek.json"))
    last = data["begin"]
    for line in data["regels"]:
        # As its own rule says, in the standard library only.
        event = json.dumps(line["gebeurtenis"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert line["vorige"] == last
        last = sha256(f"{last}\n{event}".encode()).hexdigest()
        assert line["hash"] == last
    assert data["einde"] == last == Ketenregel.objects.filter(loting=loting).latest("nummer").hash
    entries = [ledger.Entry(line["vorige"], line["gebeurtenis"], line["hash"]) for line in data["regels"]]
    assert ledger.verify(entries, head=data["einde"]) == []


@pytest.mark.parametrize(
    "tail",
    [
        "onzin.json", "manifest.csv", "2/manifest.json", "0/manifest.json", "1/logboek.json", "1/onzin.py",
        "1/1/manifest.json", "MANIFEST.JSON", "99999999999999999999/manifest.json", "1/", "onzin/",
    ],
)  # fmt: skip
def test_what_is_not_there(client: Client, loting: Loting, tail: str) -> None:
    draws.drawn(loting)
    assert client.get(f"{DRAW}{tail}").status_code == 404


def test_before_the_promise_there_are_no_files(client: Client, loting: Loting) -> None:
    with draws.at(draws.in_stage(loting, Stage.DEELNEMERS)):
        for name in [*NAMES, OUTCOME, "alles.zip"]:
            assert client.get(f"{DRAW}{name}").status_code == 404
        assert len(json.loads(downloaded(client, "logboek.json"))["regels"]) == 1


def test_a_rehearsal_is_nowhere_in_public(client: Client, loting: Loting) -> None:
    vastlegging = draws.promised(draws.moved(loting))
    draws.rehearsed(loting)
    with draws.at(draws.DRAWS_AT):
        assert downloaded(client, "manifest.json") == bytes(
            vastlegging.bestanden.get(naam="manifest.json").inhoud
        )
        assert client.get(f"{DRAW}2/manifest.json").status_code == 404
        for tail in ("", "zaal/"):
            assert "OEFENING" not in client.get(f"{DRAW}{tail}").content.decode()

"""The files: byte for byte the same, read back strictly, and nobody's features in them."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participatie.sortition.publication import controle
from participatie.sortition.publication.files import (
    MANIFEST,
    Publication,
    PublicationError,
    Quota,
    manifest_of,
    publication_of,
    read,
)
from participatie.sortition.publication.rules import Mode, RulesError, rules_of
from tests.participatie.publication.publications import publication, records, rules

SMALL = publication()


def test_the_files_of_a_small_loting() -> None:
    files = SMALL.files
    assert {*files} == {"controle.py", "loten.csv", "lijsten.csv", MANIFEST, "quota.csv", "regels.json"}
    lines = files["lijsten.csv"].decode().split("\n")
    assert lines[0] == "lijst;lot 1;lot 2;lot 3"
    assert lines[1].split(";") == ["0", *SMALL.lists[0]]
    assert len(lines) == 12
    assert files["quota.csv"].decode().split("\n")[1] == 'woning;"hoogbouw; é";1;2'
    assert files["loten.csv"].decode().split("\n")[1] == f"L-0001;{records(12)[0].fingerprint}"
    assert files["controle.py"] == Path(controle.__file__).read_bytes()
    assert all(b"\r" not in content and content.endswith(b"\n") for content in files.values())


def test_the_manifest_binds_every_other_file() -> None:
    rows = json.loads(SMALL.files[MANIFEST])["bestanden"]
    assert {row["naam"]: (row["bytes"], row["sha256"]) for row in rows} == {
        name: (len(content), sha256(content).hexdigest())
        for name, content in SMALL.files.items()
        if name != MANIFEST
    }
    assert SMALL.manifest_hash == sha256(SMALL.files[MANIFEST]).hexdigest()


def test_the_same_loting_gives_the_same_bytes_in_any_order() -> None:
    backwards = dict(reversed(list(SMALL.fingerprints.items())))
    assert replace(SMALL, fingerprints=backwards).files == SMALL.files


def test_nobodys_features_are_published() -> None:
    published = b"".join(SMALL.files.values()).decode()
    for record in records(12):
        assert record.salt not in published
        assert record.text not in published
    # An answer that has no quota stands nowhere.
    assert "65 of ouder" not in published


def test_a_thousand_lists_have_three_digits() -> None:
    made = publication(people=30, dice=3)
    lines = made.files["lijsten.csv"].decode().splitlines()
    assert (lines[1][:4], lines[-1][:4], len(lines)) == ("000;", "999;", 1001)
    assert publication_of(made.files) == made


@pytest.mark.parametrize("made", [SMALL, publication(mode=Mode.RANKING, dice=3)], ids=["lists", "ranking"])
def test_written_and_read_back(tmp_path: Path, made: Publication) -> None:
    made.write(tmp_path / "nieuw")
    again = read(tmp_path / "nieuw")
    assert again == made
    assert again.manifest_hash == made.manifest_hash
    assert ("lijsten.csv" in made.files) == (made.rules.mode is Mode.LISTS)


@pytest.mark.parametrize("name", [name for name in SMALL.files if name != "controle.py"])
def test_one_changed_byte_is_not_read(name: str) -> None:
    content = SMALL.files[name]
    for index in range(len(content)):
        wrong = bytearray(content)
        wrong[index] ^= 1 << index % 8
        with pytest.raises(PublicationError):
            publication_of({**SMALL.files, name: bytes(wrong)})


def test_another_version_of_the_check_is_read_when_the_manifest_names_it() -> None:
    files = {**SMALL.files, "controle.py": b"# anders\n"}
    with pytest.raises(PublicationError):
        publication_of(files)
    del files[MANIFEST]
    older = {**files, MANIFEST: manifest_of(files)}
    assert publication_of(older).files == older
    assert publication_of(older).manifest_hash != SMALL.manifest_hash


@pytest.mark.parametrize("name", SMALL.files)
def test_a_missing_file(name: str) -> None:
    with pytest.raises(PublicationError):
        publication_of({other: content for other, content in SMALL.files.items() if other != name})


FIRST = SMALL.lists[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"lists": SMALL.lists[1:]},
        {"lists": (FIRST[:2], *SMALL.lists[1:])},
        {"lists": ((FIRST[0], FIRST[0], FIRST[1]), *SMALL.lists[1:])},
        {"lists": (FIRST[::-1], *SMALL.lists[1:])},
        {"lists": (("L-0001", "L-0002", "L-0099"), *SMALL.lists[1:])},
        {"quotas": (Quota("woning", "hoogbouw", 2, 1),)},
        {"quotas": (Quota("woning", "hoogbouw", 1, 2), Quota("woning", "hoogbouw", 1, 3))},
        {"fingerprints": {**SMALL.fingerprints, "L-0013": SMALL.fingerprints["L-0001"]}},
        {"fingerprints": {**SMALL.fingerprints, "L-00013": "0" * 64}},
        {"fingerprints": {**SMALL.fingerprints, "L-0013": "x"}},
        {"fingerprints": {"L-0001": "0" * 64}},
        {"rules": rules(mode=Mode.RANKING)},
    ],
)
def test_what_does_not_fit_is_not_published(changes) -> None:
    with pytest.raises(PublicationError):
        replace(SMALL, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"seats": 0},
        {"seats": True},
        {"reserves": -1},
        {"dice": 0},
        {"dice": 5},
        {"round": 0},
        {"loting": " "},
        {"draws_at": datetime(2027, 1, 1)},
    ],
)
def test_rules_that_cannot_be_drawn_by(changes) -> None:
    with pytest.raises(RulesError):
        rules(**changes)


def test_rules_are_published_with_their_zone_and_read_back() -> None:
    at = datetime(2027, 3, 1, 20, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    data = rules(draws_at=at).as_json()
    assert data["trekking_op"] == "2027-03-01T20:00:00+01:00"
    assert data["gemaakt_met"]["highspy"].startswith("1.15.")
    assert rules_of(json.loads(json.dumps(data))).draws_at == at
    others: list[object] = [{**data, "extra": 1}, {**data, "zetels": 2.5}, {**data, "oefening": 0.0}]
    for wrong in [*others, {}, None, [], "x"]:
        with pytest.raises(RulesError):
            rules_of(wrong)
    for missing in data:
        with pytest.raises(RulesError):
            rules_of({name: value for name, value in data.items() if name != missing})


def test_rules_in_the_words_of_an_earlier_version_stay_as_they_were() -> None:
    data = {**rules().as_json(), "regel_vervanging": "De volgende op de lijst."}
    older = replace(SMALL, rules=rules_of(data))
    assert older.rules.as_json() == data
    assert publication_of(older.files) == older
    assert older.manifest_hash != SMALL.manifest_hash
    with pytest.raises(PublicationError):
        publication_of({**older.files, MANIFEST: SMALL.files[MANIFEST]})


def test_the_rules_in_words_fit_the_facts() -> None:
    lists, ranking = rules(dice=3).as_json(), rules(mode=Mode.RANKING, one_per_household=False).as_json()
    assert "3 tienzijdige dobbelstenen" in lists["regel_trekking"]
    assert "modulo 1000." in lists["regel_trekking"]
    assert "huishouden hoogstens één lot" in lists["regel_trekking"]
    assert "één tienzijdige dobbelsteen" in ranking["regel_trekking"]
    assert "De eerste 3 loten" in ranking["regel_trekking"]
    assert "huishouden" not in ranking["regel_trekking"]
    assert "eerste 4 loten" in ranking["regel_reserves"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.text(max_size=6), st.text(max_size=6)).filter(
            lambda pair: not any("\ud800" <= sign <= "\udfff" for text in pair for sign in text)
        ),
        max_size=4,
        unique=True,
    )
)
def test_any_words_in_quotas_come_back(pairs) -> None:
    quotas = tuple(Quota(feature, value, 0, 3) for feature, value in pairs)
    made = replace(SMALL, quotas=quotas)
    assert publication_of(made.files).quotas == quotas


def test_the_time_of_the_draw_may_be_any_zone() -> None:
    made = publication(draws_at=SMALL.rules.draws_at.astimezone(ZoneInfo("Pacific/Auckland")))
    assert publication_of(made.files).rules.draws_at == SMALL.rules.draws_at
    assert made.rules.draws_at.utcoffset() == timedelta(hours=12)

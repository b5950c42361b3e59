"""The demo: all of it or nothing, a sentence when a data file is wrong, and edits that stay."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.models import SiteImage
from home.demo import content, load
from home.demo.content import ContentError
from home.demo.pages import TreeBuilder
from home.demo.translating import catalogue
from tests.conftest import TODAY
from tests.outside import environment, manage, python
from wijken.models import Organisatie

NOTHING: dict[str, Any] = {
    "themas": [],
    "organisaties": [],
    "teams": [],
    "wijken": [],
    "platforms": [],
    "raadplegingen": [],
    "werkplannen": [],
    "stuurgroep": {"naam": "Stuurgroep van de proef", "overleggen": []},
    "voorzittersgesprekken": [],
    "plekken": [],
    "aanplakplaatsen": [],
    "aandachtsgebieden": [],
    "contactpersonen": [],
}
TEAM = {"nummer": 99, "naam": "Proefteam", "slug": "proefteam"}
WIJK = {"slug": "proefwijk", "naam": "Proefwijk", "kern": "Kern", "team": 99}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"teams": [{**TEAM, "leden": ["bestaat-niet"]}]},
        {"teams": [TEAM], "wijken": [{**WIJK, "team": 98}]},
        {"platforms": [{"wijk": "bestaat-niet", "status": "actief"}]},
        {"werkplannen": [{"team": 98, "jaar": 2026}]},
        {"plekken": [{"wijk": "bestaat-niet", "naam": "Plein"}]},
        {"voorzittersgesprekken": [{"wijk": "bestaat-niet", "date": "2026-01-01"}]},
    ],
    ids=lambda wrong: next(reversed(wrong)),
)
def test_a_reference_to_a_register_row_that_is_not_there(wrong: dict[str, Any]) -> None:
    with pytest.raises(ContentError, match=r"registers\.json: .+ bestaat niet\."):
        load._build_registers({**NOTHING, **wrong}, today=TODAY)


@pytest.fixture
def builder() -> TreeBuilder:
    return TreeBuilder(images={}, alts={}, registers={"wijk": {}})


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("image:weg", "afbeelding 'image:weg' bestaat niet"),
        ("page:/weg/", "pagina '/weg/' bestaat niet"),
        ('<p>Lees <a href="page:/weg/">verder</a></p>', "pagina '/weg/' bestaat niet"),
        ([{"type": "links", "value": {"links": [{"page": "page:/weg/"}]}}], "pagina '/weg/' bestaat niet"),
    ],
)
def test_a_reference_in_a_text_that_leads_nowhere(builder: TreeBuilder, value: Any, sentence: str) -> None:
    with pytest.raises(ContentError, match=sentence):
        builder._block(value)


@pytest.mark.django_db
def test_a_page_about_a_wijk_that_is_not_there(builder: TreeBuilder) -> None:
    with pytest.raises(ContentError, match="proef: wijk 'weg' bestaat niet"):
        builder.build({"type": "WijkPage", "slug": "proef", "title": "Proef", "wijk": "weg"}, parent=None)


@pytest.mark.django_db
def test_a_page_type_that_is_not_there(builder: TreeBuilder) -> None:
    with pytest.raises(ContentError, match="'DroomPage' is er niet"):
        builder.build({"type": "DroomPage", "slug": "x", "title": "X"}, parent=None)


def test_a_data_file_with_a_mistake_names_the_line(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(content, "FOLDER", tmp_path)
    (tmp_path / "content").mkdir()
    with pytest.raises(ContentError, match=r"pages\.json ontbreekt"):
        content.read("pages.json")
    (tmp_path / "content" / "pages.json").write_text('{\n "a" 1\n}')
    with pytest.raises(ContentError, match=r"pages\.json, regel 2"):
        content.read("pages.json")


@pytest.mark.parametrize("entry", ['msgid "Dag"\nmsgstr ""\n', '#, fuzzy\nmsgid "Dag"\nmsgstr "Hello"\n'])
def test_an_unfinished_translation_is_refused(monkeypatch, tmp_path: Path, entry: str) -> None:
    monkeypatch.setattr("home.demo.translating.TRANSLATIONS", tmp_path)
    with pytest.raises(ContentError, match="en.po ontbreekt"):
        catalogue("en")
    (tmp_path / "en.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + entry
    )
    with pytest.raises(ContentError, match="niet af"):
        catalogue("en")


@pytest.mark.django_db
def test_all_of_it_or_nothing(monkeypatch) -> None:
    def first_half(**kwargs: Any) -> None:
        Organisatie.objects.create(naam="Halve proef", kind="sport")

    def second_half(*args: Any) -> None:
        raise ContentError("Er is iets mis.")

    monkeypatch.setattr(load, "_load_source", first_half)
    monkeypatch.setattr(load, "_translate_all", second_half)
    with pytest.raises(ContentError):
        load.load(today=TODAY, progress=lambda *step: None)
    assert not Organisatie.objects.filter(naam="Halve proef").exists()


@pytest.mark.django_db
def test_every_picture_has_a_maker_and_a_description() -> None:
    images = SiteImage.objects.all()
    assert images.count() >= 20
    for image in images:
        assert image.credit
        assert image.description


EDIT = """
from wagtail.models import Page
page = Page.objects.get(slug="privacy", locale__language_code="nl").specific
page.title = "Door een redacteur aangepast"
page.save_revision().publish()
"""
LOOK = """
import json
from wagtail.models import Page
from core.models import User
print(json.dumps({
    "titles": list(Page.objects.filter(slug="privacy").values_list("title", flat=True)),
    "pages": Page.objects.count(),
    "editors": User.objects.count(),
}))
"""


def password(output: str) -> str:
    return next(line.split()[-1] for line in output.splitlines() if line.split()[:1] == ["Wachtwoord"])


def test_twice_the_same_command(tmp_path: Path) -> None:
    """A fresh machine, an edit, and the command again: the edit stays, the password is new."""
    env = environment(tmp_path, settings="development")
    first = manage("demo", "--zonder-vertaling", env=env)
    assert first.returncode == 0, first.stderr[-2000:]
    assert "/nl/" in first.stdout
    assert "/admin/" in first.stdout
    before = json.loads(python(LOOK, env).stdout.splitlines()[-1])
    edited = python(EDIT, env)
    assert edited.returncode == 0, edited.stderr[-2000:]

    second = manage("demo", "--zonder-vertaling", env=env)
    assert second.returncode == 0, second.stderr[-2000:]
    after = json.loads(python(LOOK, env).stdout.splitlines()[-1])
    assert after["titles"] == ["Door een redacteur aangepast"]
    assert (after["pages"], after["editors"]) == (before["pages"], before["editors"])
    assert password(first.stdout) != password(second.stdout)
    seconds = int(next(line for line in second.stdout.splitlines() if line.startswith("Klaar in")).split()[2])
    assert seconds < 10

"""Rules of the house that no other tool knows, checked on the files themselves."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.images import SPECS
from core.models import TranslatableSnippet
from tests.examples import PAGE_TYPES, example

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("site/core", "site/config", "home", "wijken", "participatie")
MAX_LINES = 400
TEXT = {
    ".css",
    ".html",
    ".js",
    ".json",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".svg",
    ".toml",
    ".txt",
    ".yml",
    ".yaml",
    "",
}


def own_files() -> list[Path]:
    """Every file that is, or is about to be, in version control."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def files() -> list[Path]:
    try:
        return own_files()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("Geen git hier.")


def python_files(files: list[Path]) -> list[Path]:
    return [file for file in files if file.suffix == ".py"]


def templates() -> dict[str, Path]:
    """Every template by the name under which others use it."""
    folders = [ROOT / "templates", *(ROOT / room / "templates" for room in ROOMS)]
    return {
        str(file.relative_to(folder)): file
        for folder in folders
        if folder.exists()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_site_is_no_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


def test_no_python_file_is_too_long(files: list[Path]) -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text().splitlines())
        for file in python_files(files)
        if "migrations" not in file.parts
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES * 1.1} == {}


def test_every_template_is_used() -> None:
    sources = "\n".join(
        file.read_text()
        for folder in [ROOT / "templates", *(ROOT / room for room in ROOMS)]
        for file in folder.rglob("*")
        if file.suffix in {".py", ".html", ".txt"}
    )
    # Wagtail and Django look for these by themselves.
    found_by_name = re.compile(r"^(wagtail\w*|admin|registration)/|^(400|403|404|500)\.html$")
    # The parts of a mail are found by the name of the mail.
    parts_of_mail = re.compile(r"^emails/(\w+)\.(?:subject\.txt|txt|html)$")
    # The screens of a form have a short name, put together as f"folder/{name}.html".
    put_together = [
        re.compile(f"^{re.escape(folder)}(\\w+){re.escape(end)}$")
        for folder, end in re.findall(r'f"([\w/]+/)\{[\w.]+\}(\.html)"', sources)
    ]

    def is_used(name: str) -> bool:
        mail = parts_of_mail.match(name)
        names = [f'"{name}"', f"'{name}'", *([f'template="{mail[1]}"'] if mail else [])]
        names += [f'"{screen[1]}"' for pattern in put_together if (screen := pattern.match(name))]
        return any(quoted in sources for quoted in names)

    unused = [name for name in templates() if not found_by_name.match(name) and not is_used(name)]
    assert unused == []


def test_every_template_that_is_named_exists() -> None:
    pattern = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
    missing = []
    for name, file in templates().items():
        for used in pattern.findall(file.read_text()):
            try:
                get_template(used)
            except Exception as error:
                missing.append(f"{name}: {used}: {type(error).__name__}")
    assert missing == []


def test_every_template_compiles() -> None:
    for name in templates():
        if name.endswith((".html", ".txt")):
            get_template(name)


def test_what_is_drawn_once_has_a_name_of_its_own_in_its_template() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        names = re.findall(r"{% once (\S+)", path.read_text())
        assert len(names) == len(set(names)), path


def test_every_component_is_in_the_style_guide() -> None:
    guide = (
        "\n".join(
            file.read_text()
            for name, file in templates().items()
            if name.startswith(("styleguide/", "components/"))
        )
        + (ROOT / "templates" / "base.html").read_text()
    )
    # The style guide has its one h1 in the hero.
    elsewhere = {"components/page_heading.html"}
    components = [name for name in templates() if name.startswith("components/") and name not in elsewhere]
    assert len(components) > 30
    assert [name for name in components if f'"{name}"' not in guide] == []


def test_every_size_of_a_picture_is_made_beforehand() -> None:
    pattern = re.compile(r"""["']((?:fill|width|height|max|min|scale)-[^"']+)["']""")
    asked = {spec for file in templates().values() for spec in pattern.findall(file.read_text())}
    assert asked == set(SPECS)


def test_no_inline_script_or_style_in_a_template() -> None:
    bad = re.compile(
        r"<style|<script(?![^>]*\bsrc=)(?![^>]*json)|\son[a-z]+=|\sstyle=|href=[\"']javascript:",
        re.IGNORECASE,
    )
    found = {
        name: bad.findall(file.read_text())
        for name, file in templates().items()
        # The desk and mail have a policy of their own.
        if not name.startswith(("wagtail", "desk/", "emails/")) and bad.search(file.read_text())
    }
    assert found == {}


def test_every_stylesheet_closes_what_it_opens() -> None:
    """One brace too few and everything below it silently counts for nothing."""
    files = [*(ROOT / "styles").rglob("*.css"), ROOT / "site" / "core" / "static" / "core" / "desk.css"]
    assert len(files) > 10
    assert [file for file in files if (text := file.read_text()).count("{") != text.count("}")] == []


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_type_has_its_own_template(model) -> None:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    assert model.template == f"pages/{name}.html"
    assert (ROOT / "templates" / model.template).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_type_is_in_the_demo(model, language: str) -> None:
    assert example(model, language)


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_type_says_what_is_translated(model) -> None:
    """Words are translated, facts are the same in every language and cannot be changed in one of them."""
    assert issubclass(model, TranslatableMixin)
    chosen = {field.field_name: field for field in model.override_translatable_fields}
    assert {"slug", "image", "review_on"} <= chosen.keys()
    assert all(isinstance(field, SynchronizedField | TranslatableField) for field in chosen.values())
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        if field.is_relation and field.related_model._meta.app_label == "wijken":
            assert isinstance(chosen[field.name], SynchronizedField), field.name
            assert not chosen[field.name].overridable, field.name


def test_every_page_type_has_a_dutch_name_and_a_docstring() -> None:
    for model in PAGE_TYPES:
        assert model.__doc__
        assert not model.__doc__.startswith(f"{model.__name__}("), model
        assert str(model._meta.verbose_name) != model.__name__.lower(), model
        assert "page" not in str(model._meta.verbose_name).lower(), model


def test_every_snippet_is_translatable_or_a_register() -> None:
    for app in ("core", "home", "wijken", "participatie"):
        for model in apps.get_app_config(app).get_models():
            if issubclass(model, TranslatableSnippet):
                names = {field.field_name for field in model.translatable_fields}
                assert names, model
                facts = {field.name for field in model._meta.fields if field.is_relation}
                assert not names & facts, model


def test_no_path_of_somebodys_machine_and_no_personal_number(files: list[Path]) -> None:
    forbidden = {
        "a path on somebody's machine": re.compile(r"(?<![\w.])/(?:home|Users|work|root)/[a-z]"),
        "a mobile number": re.compile(r"(?<!\d)(?:\+31|0031|0)[ -]?6(?:[ -]?\d){8}(?!\d)"),
        "a number of a person": re.compile(r"(?<![\d.])0\d{2,3}[ -]\d{2,3}[ -]?\d{2}[ -]?\d{2}(?![\d.])"),
        "a BSN": re.compile(r"\bBSN[: ]+\d{9}\b"),
        "a mail address outside the examples": re.compile(
            # What a form shows as an example is in the reader's own language.
            r"(?!naam@voorbeeld\.nl)(?<![\w.+-])"
            r"[\w.+-]+@(?!(?:[\w-]+\.)*example\.(?:nl|com|org)\b)[a-z][\w-]*\.(?:nl|com|org|net|eu)\b"
        ),
    }
    here = Path(__file__).relative_to(ROOT)
    # Made by machines; their authors are packages, not people of ours.
    machine_made = {"package-lock.json", "uv.lock", "LICENSE"}
    found = []
    for file in files:
        name = file.relative_to(ROOT)
        if file.suffix not in TEXT or name.name in machine_made or name.parts[0] == "tests" or name == here:
            continue
        try:
            text = file.read_text()
        except UnicodeDecodeError:
            continue
        for what, pattern in forbidden.items():
            found += [f"{name}: {what}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_every_dependency_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    project = tomllib.loads("\n".join(lines))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    without = [
        requirement
        for requirement in wanted
        if not lines[lines.index(f'    "{requirement}",') - 1].strip().startswith("#")
    ]
    assert without == []


def test_the_readme_is_short_and_the_folder_complete() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80
    for name in ("LICENSE", "publiccode.yml", "CONTRIBUTING.md", "CHANGELOG.md", "docs"):
        assert (ROOT / name).exists(), name
    assert "EUPL" in (ROOT / "LICENSE").read_text()


def test_public_functions_say_what_they_give() -> None:
    """Docstrings on the public functions of the rooms, views and hooks included."""
    without = []
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            if "migrations" in file.parts or "settings" in file.parts:
                continue
            for node in ast.parse(file.read_text()).body:
                if (
                    isinstance(node, ast.FunctionDef)
                    and not node.name.startswith("_")
                    and not ast.get_docstring(node)
                    and len(node.body) > 6
                ):
                    without.append(f"{file.relative_to(ROOT)}: {node.name}")
    assert without == []


def test_no_test_empties_the_cache_of_another_worker(files: list[Path]) -> None:
    """Workers share one Redis: emptying all of it changes what another worker is just counting."""
    emptying = re.compile(r"\bcache\.clear\(|\.flush(?:db|all)\(")
    tests = [file for file in python_files(files) if file.is_relative_to(ROOT / "tests")]
    assert [
        str(file.relative_to(ROOT))
        for file in tests
        if file.name != "caches.py" and emptying.search(file.read_text())
    ] == []


def test_the_css_of_the_desk_closes_every_rule() -> None:
    """A browser takes what follows an open rule for a part of it, and says nothing."""
    css = (ROOT / "site/core/static/core/desk.css").read_text(encoding="utf-8")
    assert css.count("{") == css.count("}")

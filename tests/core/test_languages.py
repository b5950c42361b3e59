"""Languages are a setting, also those that Django does not ship."""

import gettext
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import get_language_from_path, get_language_info, override
from wagtail.coreutils import get_supported_content_language_variant

from config.languages import READY, chosen, is_right_to_left
from tools.messages import PLURAL_FORMS

DJANGO_LOCALE = Path(django.__file__).parent / "conf" / "locale"


@pytest.mark.parametrize("code", READY)
def test_every_ready_language_is_known_everywhere(code: str) -> None:
    assert get_language_from_path(f"/{code}/wijken/") == code
    assert get_supported_content_language_variant(code) == code
    info = get_language_info(code)
    assert info["code"] == code
    assert info["bidi"] == is_right_to_left(READY[code]) == (code == "ar")
    assert dict(settings.WAGTAIL_CONTENT_LANGUAGES)[code] == READY[code]


@pytest.mark.parametrize("code", [code for code in READY if not code.startswith("nl")])
def test_a_plural_rule_is_that_of_django(code: str) -> None:
    """gettext merges catalogues of one language only when their rules are the same."""
    theirs = gettext.translation("django", str(DJANGO_LOCALE), [code]).info().get("plural-forms")
    # Django's own English has no texts, so no rule either.
    assert PLURAL_FORMS[code] == (theirs or "nplurals=2; plural=(n != 1);")


def test_simple_dutch_needs_no_catalogue() -> None:
    assert not [code for code in PLURAL_FORMS if code.startswith("nl")]
    with override("nl-x-b1"):
        assert date_format(date(2026, 11, 3), "l j E Y") == "dinsdag 3 november 2026"


def test_a_choice_of_languages() -> None:
    assert chosen([]) == list(READY.items())
    assert chosen(["nl", " ti=ትግርኛ ", "ar"]) == [("nl", "Nederlands"), ("ti", "ትግርኛ"), ("ar", "العربية")]
    with pytest.raises(ImproperlyConfigured, match="nl"):
        chosen(["en"])
    with pytest.raises(ImproperlyConfigured, match="ti=Name"):
        chosen(["nl", "ti"])


@pytest.mark.parametrize(
    ("name", "expected"), [("ትግርኛ", False), ("پښتو", True), ("עברית", True), ("", False)]
)
def test_the_letters_of_a_name_say_which_way_it_is_written(name: str, expected: bool) -> None:
    assert is_right_to_left(name) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("pl", "3 listopada 2026"),
        ("uk", "3 листопада 2026"),
        ("nl", "3 november 2026"),
        ("en", "3 November 2026"),
    ],
)
def test_a_date_as_the_language_writes_it(code: str, expected: str) -> None:
    with override(code):
        assert date_format(date(2026, 11, 3), "j E Y") == expected


# Arabic has two spellings of April, both right.
@pytest.mark.parametrize("code", ["nl", "en", "tr"])
def test_the_other_form_of_a_month_is_the_same_where_there_is_one(code: str) -> None:
    with override(code):
        for month in range(1, 13):
            day = date(2026, month, 1)
            assert date_format(day, "j E Y") == date_format(day, "j F Y")


def test_no_template_writes_a_month_in_the_wrong_form() -> None:
    files = [*Path("templates").rglob("*.html"), *Path("site").rglob("*.py"), *Path("home").rglob("*.py")]
    assert [file for file in files if "j F" in file.read_text()] == []


TIGRINYA = """
import django
django.setup()
from django.test import Client
from django.test.utils import setup_test_environment
from wagtail.models import Locale
from core.models import User
from home.models import ContentPage, HomePage

setup_test_environment()
home = HomePage.objects.get(locale__language_code="nl")
privacy = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
ti = Locale.objects.create(language_code="ti")
door = home.copy_for_translation(ti)
door.title = "መእተዊ"
door.save_revision().publish()

visitor = Client()
response = visitor.get("/ti/")
assert response.status_code == 200, response.status_code
assert '<html lang="ti" dir="ltr">' in response.content.decode()
assert "መእተዊ" in response.content.decode() and response["Content-Language"] == "ti"
assert visitor.get("/", headers={"accept-language": "ti"})["Location"] == "/ti/"
untranslated = visitor.get("/ti/privacy/").content.decode()
assert 'lang="nl" dir="ltr"' in untranslated and privacy.title in untranslated
assert visitor.get("/ti/zoeken/?q=privacy").status_code == 200
assert visitor.get("/ti/er-is-niets/").status_code == 404

User.objects.create_superuser("beheer", "beheer@example.nl", "een-lang-wachtwoord")
desk = Client()
desk.login(username="beheer", password="een-lang-wachtwoord")
for address in (
    "/admin/",
    "/admin/locales/",
    f"/admin/locales/edit/{ti.pk}/",
    f"/admin/pages/{door.pk}/edit/",
    f"/admin/pages/{home.pk}/",
    f"/admin/localize/submit/page/{privacy.pk}/",
    "/admin/account/",
    "/admin/rapport/vertalingen/",
):
    response = desk.get(address)
    assert response.status_code == 200, (address, response.status_code)
print("walked")
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="another process needs a copy of the demo")
@pytest.mark.django_db
def test_a_language_that_django_does_not_ship(tmp_path: Path) -> None:
    """One setting adds Tigrinya: its addresses, its direction, and the desk go on working."""
    shutil.copyfile(settings.TEST_FOLDER / "demo.sqlite3", tmp_path / "ti.sqlite3")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "SITE_LANGUAGES": "nl,en,ti=ትግርኛ",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'ti.sqlite3'}",
        "CACHE_URL": "locmemcache://",
        "PYTHONPATH": os.pathsep.join((".", "site")),
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", TIGRINYA], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip().endswith("walked"), done.stdout + done.stderr

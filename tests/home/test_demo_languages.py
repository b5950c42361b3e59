"""The demo in all of its languages: whole pages, and every state that a translation can be in."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from core.translation_states.states import State
from home.demo import languages
from home.demo.content import TRANSLATIONS
from home.demo.translating import catalogue
from home.desk.coverage import Cell, coverage
from home.desk.page_states import changed_since
from home.management.commands import demo
from tests.caches import empty_the_caches
from tests.checked_client import CheckedClient
from tests.html import Document, Element
from tests.own_database import own_database
from wijken.models import Organisatie, Plek, Wijk

READ = ["en", "nl-x-b1"]
MACHINE = ["pl", "tr", "ar", "uk", "bg", "ro"]
MAIN = [
    "",
    "contact/",
    "wijken/",
    "wijken/velsen-noord/",
    "wijken/velsen-noord/wijkplatform/",
    "wijken/velsen-noord/monitor/",
    "wijkteams/wijkteam-velsen-noord/",
    "nieuws/",
    "nieuws/loten-voor-de-wijk/",
]
TEAMS, PLAN = "wijkteams/", "wijken/velsen-noord/actieplan/"
SHOWN_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
# A name, and what is called so in English too.
THE_SAME = {"Samen Gezellig in Velsen-Noord", "Open data"}
BY_A_COMPUTER = {
    "pl": "Ten tekst przetłumaczył komputer.",
    "ar": "تمت ترجمة هذا النص بواسطة حاسوب، ولم يراجعه إنسان بعد.",
}


@pytest.fixture(scope="module", autouse=True)
def all_languages(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the demo with everything the worker adds, for the tests in this file together."""
    with django_db_blocker.unblock(), own_database():
        empty_the_caches()
        languages.add_languages.func()
        yield


def cells(path: str) -> dict[str, Cell]:
    """{language: how this page stands in it}"""
    home = Page.objects.get(depth=2, locale__language_code=settings.LANGUAGE_CODE)
    page = Page.objects.get(url_path=f"{home.url_path}{path}")
    (row,) = [row for row in coverage().pages if row.pk == page.pk]
    return dict(row.cells)


def states(path: str) -> dict[str, State]:
    return {code: cell.state for code, cell in cells(path).items()}


def shown(html_text: str, language: str) -> set[str]:
    """What a page says in a language: every piece of text that is not marked with another one."""

    def language_of(element: Element | None) -> str:
        while element is not None:
            if found := element.attrs.get("lang"):
                return found
            element = element.parent
        return ""

    texts = set()
    for element in Document(html_text).elements:
        if element.tag in ("script", "style") or language_of(element) != language:
            continue
        pieces = [element.text, *(element.attrs.get(name, "") for name in SHOWN_ATTRIBUTES)]
        texts |= {" ".join(piece.split()) for piece in pieces}
    return {text for text in texts if re.search(r"[^\W\d_]{3}", text)}


def sentences(texts: set[str]) -> set[str]:
    """Those with words beside names; a single word such as menu may well be the same in two languages."""
    names = {settings.WAGTAIL_SITE_NAME, *(wijk.kern for wijk in Wijk.objects.all())}
    for model in (Wijk, Organisatie, Plek):
        names |= {row.naam for row in model.objects.all()}
    name = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    return {text for text in texts if len(re.findall(r"[^\W\d_]{2,}", name.sub(" ", text))) > 1}


@pytest.mark.parametrize("path", MAIN)
@pytest.mark.parametrize("language", [*READ, *MACHINE])
def test_a_main_page_is_there_and_whole(language: str, path: str) -> None:
    client = CheckedClient()
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == language
    page = response.content.decode()
    root = Document(page).first("html")
    assert (root.attrs["lang"], root.attrs["dir"]) == (language, "rtl" if language == "ar" else "ltr")
    assert "lang" not in Document(page).first("main").attrs
    assert states(path)[language] is (State.CHECKED if language in READ else State.MACHINE)
    if language in BY_A_COMPUTER:
        assert BY_A_COMPUTER[language] in page
    # Plain Dutch rightly has sentences that were plain already.
    if language != "nl-x-b1":
        dutch = shown(client.get(f"/nl/{path}").content.decode(), "nl")
        assert sentences(shown(page, language) & dutch) <= THE_SAME


def test_the_menu_has_all_of_them() -> None:
    menu = Document(Client().get("/nl/").content.decode())
    found = {
        link.attrs["hreflang"] for link in menu.all("a") if "wijk-talen__link" in link.attrs.get("class", "")
    }
    assert found == {"nl", *READ, *MACHINE}


def test_what_is_not_translated_yet_reads_in_dutch() -> None:
    response = Client().get("/pl/privacy/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "nl"
    assert states("privacy/") == {"en": State.CHECKED, "nl-x-b1": State.MISSING} | dict.fromkeys(
        MACHINE, State.MISSING
    )


def test_the_dutch_of_one_page_is_newer() -> None:
    assert states(TEAMS) == dict.fromkeys(READ, State.CHECKED) | dict.fromkeys(MACHINE, State.OUTDATED)
    found = cells(TEAMS)
    polish: Any = Page.objects.get(pk=found["pl"].page_id)
    (change,) = changed_since(polish)
    assert (
        change.after
        == f"{change.before} Elk jaar schrijft een team op wat het gaat doen: dat is het werkplan."
    )
    assert "Every year a team writes down" in Client().get(f"/en/{TEAMS}").content.decode()
    # Who followed left no earlier translation waiting beside the new one.
    waiting = StringTranslation.objects.filter(context__object_id=polish.translation_key, has_error=True)
    assert not waiting.filter(locale__language_code__in=READ).exists()


def test_one_translation_waits_to_be_published() -> None:
    found = states(PLAN)
    assert found.pop("bg") is State.DRAFT
    assert found == dict.fromkeys(READ, State.CHECKED) | dict.fromkeys(set(MACHINE) - {"bg"}, State.MACHINE)


def test_the_desk_shows_every_state() -> None:
    totals: Counter[State] = Counter()
    for language in coverage().languages:
        totals += language.pages
    assert set(totals) == {State.MISSING, State.DRAFT, State.OUTDATED, State.MACHINE, State.CHECKED}
    assert {language.code for language in coverage().languages} == {*READ, *MACHINE}


def test_cut_off_halfway_it_goes_on_and_leaves_the_rest_alone() -> None:
    before = set(Page.objects.values_list("url_path", "title"))
    lost = Page.objects.get(locale__language_code="ro", slug="monitor").specific
    lost.delete()
    english = Page.objects.get(locale__language_code="en", slug="privacy").specific
    english.title = "Changed by an editor"
    english.save_revision().publish()
    languages.add_languages.func()
    empty_the_caches()
    after = set(Page.objects.values_list("url_path", "title"))
    assert {title for _path, title in after - before} == {"Changed by an editor"}
    assert len(after) == len(before)
    assert states(MAIN[5])["ro"] is State.MACHINE


def test_what_the_worker_was_doing_when_it_was_stopped_is_done_again() -> None:
    path = languages.add_languages.module_path
    cut_off = DBTaskResult.objects.create(
        task_path=path, status="RUNNING", args_kwargs={"args": [], "kwargs": {}}, backend_name="default"
    )
    done = DBTaskResult.objects.create(
        task_path=path, status="SUCCESSFUL", args_kwargs={"args": [], "kwargs": {}}, backend_name="default"
    )
    assert not languages.is_waiting()
    languages.go_on()
    assert languages.is_waiting()
    cut_off.refresh_from_db()
    done.refresh_from_db()
    assert (cut_off.status, done.status) == ("READY", "SUCCESSFUL")
    DBTaskResult.objects.all().delete()


def test_the_command_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a site that is empty, as far as the command knows; what it asks the worker is done at once here."""
    monkeypatch.setattr(demo, "is_empty", lambda: True)
    monkeypatch.setattr(demo, "load", lambda **options: None)
    romanian = Locale.objects.get(language_code="ro")
    Page.objects.get(locale=romanian, slug="contact").specific.delete()
    call_command("demo", "--zonder-vertaling", verbosity=0)
    assert not Page.objects.filter(locale=romanian, slug="contact").exists()
    call_command("demo", verbosity=0)
    assert Page.objects.filter(locale=romanian, slug="contact", live=True).exists()


@pytest.mark.parametrize("language", [*READ, *MACHINE])
def test_every_catalogue_is_whole_and_keeps_its_numbers_and_phone(language: str) -> None:
    assert (TRANSLATIONS / f"{language}.po").exists()
    for source, text in catalogue(language).items():
        assert source.count("<b>") == text.count("<b>"), source
        assert source.count("14 0255") == text.count("14 0255"), source

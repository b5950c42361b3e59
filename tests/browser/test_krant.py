"""The wijkkrant and the text for the infopagina in a real browser, beside what every page type gets."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core.models import User
from home.desk.infopagina import week_of
from home.models import ArtikelPage, NieuwsPage, WijkkrantPage
from tests.browser.visit import AXE, OPTIONS, WIDE, Visitor, visitor
from tests.desk import allow_unknown_variables
from tests.home import papers

pytestmark = pytest.mark.browser
PHONE = {"width": 400, "height": 800}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture(scope="module")
def addresses(django_db_setup, django_db_blocker) -> dict[str, str]:
    with django_db_blocker.unblock():
        page = papers.published()
        article = ArtikelPage.objects.live().child_of(page)[0]
        krant = WijkkrantPage.objects.get(pk=page.get_parent().pk)
        found = {"krant": krant.url, "edition": page.url, "article": article.url}
        return {name: url or "" for name, url in found.items()}


@pytest.fixture(scope="module")
def week(django_db_setup, django_db_blocker) -> Iterator[dict[str, str]]:
    """A week with news, one without, and a session at the desk."""
    with django_db_blocker.unblock():
        writer = User.objects.create_superuser("infopagina", "infopagina@example.nl", "een-lang-woord")
        client = Client()
        client.force_login(writer)
        newest = NieuwsPage.objects.live().filter(locale__language_code="nl").latest("date").date
    yield {
        "session": client.cookies["sessionid"].value,
        "full": f"?week={week_of(newest)}&tekst=heel&maximum=100",
        "empty": f"?week={week_of(newest + timedelta(days=700))}",
        "wrong": f"?week={week_of(newest)}&maximum=5",
    }
    with django_db_blocker.unblock():
        writer.delete()


def at_desk(someone: Visitor, session: str) -> None:
    someone.context.add_cookies([{"name": "sessionid", "value": session, "url": someone.site_url}])


def test_without_a_paper_and_without_script(browser, site_url: str, addresses: dict[str, str]) -> None:
    with visitor(browser, site_url) as someone:
        someone.look_at(f"{addresses['edition']}krant.pdf")
    # The browser itself reports that it is not there.
    assert [line for line in someone.trouble if "the server responded with a status of 404" not in line] == []
    with visitor(browser, site_url, java_script_enabled=False) as someone:
        someone.goto(addresses["krant"])
        someone.page.get_by_role("link", name="Lees de krant").click()
        assert someone.path == addresses["edition"]
        someone.page.locator(".wijk-krantstuk__link").first.click()
        assert someone.page.locator("h1").is_visible()
    assert someone.trouble == []


def test_a_story_is_one_big_link(browser, site_url: str, addresses: dict[str, str]) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(addresses["edition"])
        # On the words below the title; the link of the title lies over the whole story.
        page.locator(".wijk-krantstuk__intro").first.scroll_into_view_if_needed()
        box = page.locator(".wijk-krantstuk__intro").first.bounding_box()
        assert box
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        page.wait_for_url(lambda url: not url.endswith(addresses["edition"]))
        assert someone.path.startswith(addresses["edition"])
    assert someone.trouble == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_infopagina_is_accessible(browser, site_url: str, week: dict[str, str], size: dict) -> None:
    address, wrong = reverse("desk_infopagina"), []
    with visitor(browser, site_url) as someone:
        at_desk(someone, week["session"])
        someone.at(size)
        for which in ("full", "empty", "wrong"):
            page = someone.goto(address + week[which])
            page.evaluate(AXE)
            found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
            wrong += [
                (which, violation["id"], node["html"][:160])
                for violation in found
                for node in violation["nodes"]
            ]
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], which
    assert wrong == []
    assert someone.trouble == []


def test_the_text_is_copied(browser, site_url: str, week: dict[str, str]) -> None:
    with visitor(browser, site_url, permissions=["clipboard-read", "clipboard-write"]) as someone:
        at_desk(someone, week["session"])
        page = someone.goto(reverse("desk_infopagina") + week["full"])
        page.get_by_role("button", name="Kopieer de tekst").click()
        page.get_by_text("De tekst is gekopieerd.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#tekst").input_value()
        assert copied.startswith("Nieuws uit de wijken.")
    assert someone.trouble == []


def test_without_script_the_text_can_be_selected(browser, site_url: str, week: dict[str, str]) -> None:
    with visitor(browser, site_url, java_script_enabled=False) as someone:
        at_desk(someone, week["session"])
        page = someone.goto(reverse("desk_infopagina") + week["full"])
        assert page.locator("#tekst").input_value().startswith("Nieuws uit de wijken.")
        assert not page.get_by_role("button", name="Kopieer de tekst").is_visible()
        page.get_by_label("alleen de inleiding").check()
        page.get_by_role("button", name="Toon de tekst").click()
        assert "tekst=kort" in page.url
    assert someone.trouble == []

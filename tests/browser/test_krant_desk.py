"""The board of a wijkkrant in a real browser: looked at wide and narrow, and worked with by keyboard."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from home.krant.board import board_of
from home.krant.from_news import take_over
from home.models import ArtikelPage, Editie, NieuwsPage, Redactielid
from tests.browser.visit import WIDE, Visitor, visitor
from tests.desk import account, allow_unknown_variables
from tests.home.krant.editions import (
    days,
    member_of,
    new_article,
    new_edition,
    new_kopij,
    news,
    page_of,
    send_in,
    wijken,
)

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")
# The narrowest that Wagtail's own desk is made for.
PHONE = {"width": 400, "height": 800}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    # Wagtail's own templates ask for variables that are not there.
    allow_unknown_variables(monkeypatch)


def look(someone: Visitor, name: str) -> None:
    """Wide and narrow, as it is now; the frame of the desk is Wagtail's."""
    for size in (WIDE, PHONE):
        someone.at(size)
        before = len(someone.trouble)
        someone.check_accessible()
        someone.trouble[before:] = [
            found
            for found in someone.trouble[before:]
            if "w-breadcrumbs" not in found and "sidebar" not in found
        ]
        someone.check_fits()
        if SHOTS:
            # The desk scrolls within its window.
            someone.at({**size, "height": 2600})
            someone.page.screenshot(path=Path(SHOTS) / f"krant-{name}-{size['width']}.png")


def signed_in(someone: Visitor, user: Any) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    someone.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": someone.site_url}]
    )


def filled() -> Editie:
    """An edition with articles in every state, kopij that waits, and too little room."""
    editie = new_edition(paginas=4, kopij_tot=days(-3))
    by = account("redacteur")
    new_article(editie, "Wie plant de eerste bol?", signs=700, rubriek="duurzaamheid")
    new_article(editie, "Een lange wandeling langs alle bankjes van de wijk", signs=5200)
    new_article(editie, "Woordzoeker", in_druk=False, rubriek="puzzel")
    sent, ready = (
        new_article(editie, "De slagroom van Wil", signs=1500),
        new_article(editie, "Agenda", signs=900),
    )
    back = new_article(editie, "Wat kost een zwembad?", signs=1200)
    for article in (sent, ready, back):
        send_in(article, by)
    eind = account("eindredacteur")
    ready.current_workflow_state.current_task_state.task.specific.on_action(
        ready.current_workflow_state.current_task_state, eind, "approve"
    )
    back.current_workflow_state.current_task_state.task.specific.on_action(
        back.current_workflow_state.current_task_state,
        eind,
        "reject",
        comment="Graag korter, en zonder namen van buren.",
    )
    item = news()
    take_over(news=item, editie=editie, by=by)
    item = NieuwsPage.objects.get(pk=item.pk)
    item.intro = "Toch een andere dag."
    item.save_revision().publish()
    new_kopij(editie)
    return editie


def test_every_screen_is_accessible_and_fits(browser: Any, site_url: str, database_to_lose: None) -> None:
    editie = filled()
    empty = new_edition(editie.wijk, seizoen=Editie.Seizoen.WINTER, kopij_tot=days(4))
    bare = new_edition(editie.wijk, seizoen=Editie.Seizoen.VOORJAAR)
    page_of(bare).delete()
    taken = ArtikelPage.objects.get(bron__isnull=False)
    by = account("eindredacteur", name="nog-een")
    other = NieuwsPage.objects.live().filter(locale__language_code="nl").order_by("-pk")[0]
    screens = {
        "edities": reverse("krant_desk"),
        "bord": reverse("krant_board", args=[editie.pk]),
        "leeg": reverse("krant_board", args=[empty.pk]),
        "zonder-pagina": reverse("krant_board", args=[bare.pk]),
        "stap": reverse("krant_step", args=[empty.pk, "redactie"]),
        "nieuws": reverse("krant_from_news", args=[other.pk]),
        "bron": reverse("krant_source", args=[taken.pk]),
        "register": reverse("edities:inspect", args=[editie.pk]),
    }
    with visitor(browser, site_url) as someone:
        signed_in(someone, by)
        for name, path in screens.items():
            page = someone.goto(path)
            assert page.url.endswith(path), name
            look(someone, name)
        Editie.objects.filter(pk=empty.pk).update(staat=Editie.Staat.REDACTIE)
        page = someone.goto(reverse("krant_step", args=[empty.pk, "kopij"]))
        with page.expect_navigation():
            page.locator(".desk-screen form button[type=submit]").click()
        page.locator("main").wait_for()
        look(someone, "stap-fout")
    # A form with a mistake is answered with 422, which a browser tells its console.
    assert [found for found in someone.trouble if "status of 422" not in found] == []


@pytest.mark.parametrize("with_script", [True, False])
def test_the_order_changes_by_keyboard(
    with_script: bool, browser: Any, site_url: str, database_to_lose: None
) -> None:
    editie = new_edition(wijken()[0])
    for title in ("A", "B", "C"):
        new_article(editie, title)
    user = member_of(editie.wijk)
    assert Redactielid.objects.filter(user=user).exists()
    with visitor(browser, site_url, java_script_enabled=with_script) as someone:
        signed_in(someone, user)
        page = someone.goto(reverse("krant_desk"))
        page.get_by_role("button", name="Eerder in de krant: C").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith(f"/krant/{editie.pk}/#artikel-{board_of(editie).rows[1].article.pk}")
        assert page.get_by_text("“C” staat nu op plaats 2.").count() >= with_script
    assert [row.article.title for row in board_of(editie).rows] == ["A", "C", "B"]
    assert someone.trouble == []

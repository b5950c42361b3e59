"""The draw in a real browser: am I in it, and nobody is told; the big screen; by keyboard and on paper."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from participatie.draw import ceremony
from participatie.models import Loting, Vastlegging
from tests.browser.visit import NARROW, WIDE, Visitor, visitor
from tests.caches import empty_the_caches
from tests.participatie import draws
from tests.translated import front_door, in_language

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")
SCREEN = {"width": 1920, "height": 1080}


def address(tail: str = "", language: str = "nl") -> str:
    return f"/{language}/wijken/velsen-noord/loting/trekking/{tail}"


@pytest.fixture
def loting(site_url: str, database_to_lose: None) -> Iterator[Loting]:
    found = Loting.objects.get(slug="velsen-noord")
    front_door("ar")
    in_language(found.pages.get(locale__language_code="nl"), "ar")
    yield found


@pytest.fixture
def outcome(loting: Loting) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(bytes(draws.drawn(loting).bestand))
    return made


def soon(loting: Loting, *, minutes: int) -> None:
    """Promised, with the draw in so many minutes: the running site has the real time."""
    now = timezone.now()
    Loting.objects.filter(pk=loting.pk).update(
        opent_op=now - timedelta(days=60),
        sluit_op=now - timedelta(days=25),
        trekking_op=now + timedelta(minutes=minutes),
    )
    loting.refresh_from_db()
    draws.promised(loting)
    empty_the_caches()


def look(someone: Visitor, path: str, name: str) -> None:
    for size in (WIDE, NARROW):
        someone.at(size)
        someone.goto(path)
        someone.check_accessible()
        someone.check_fits()
        if SHOTS:
            someone.page.screenshot(path=Path(SHOTS) / f"{name}-{size['width']}.png", full_page=True)
    someone.check_no_cookies()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_page_after_the_draw(browser: Any, site_url: str, outcome: Any, language: str) -> None:
    with visitor(browser, site_url) as someone:
        for tail in ("", "uitleg/", "zaal/"):
            look(someone, address(tail, language), f"getrokken-{tail.strip('/')}-{language}")
        someone.goto(address("", language))
        someone.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        someone.check_accessible()
        someone.check_fits()
    assert someone.trouble == []


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_page_before_the_draw(browser: Any, site_url: str, loting: Loting, language: str) -> None:
    with visitor(browser, site_url) as someone:
        look(someone, address("", language), f"open-{language}")
        soon(loting, minutes=20)
        for tail in ("", "zaal/"):
            look(someone, address(tail, language), f"vastgelegd-{tail.strip('/')}-{language}")
    assert someone.trouble == []


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_am_i_in_it(browser: Any, site_url: str, outcome: dict[str, Any], language: str) -> None:
    """By keyboard, on a small screen. Whatever is asked for, the ticket is not in it."""
    drawn, reserve = outcome["geloot"][0], outcome["reserves"][2]
    with visitor(browser, site_url, viewport=NARROW) as someone:
        asked: list[Any] = []
        page = someone.goto(address("", language))
        page.on("request", lambda request: asked.append(request))
        field = page.locator("#lot")

        def answer(typed: str) -> str:
            field.fill("")
            field.focus()
            page.keyboard.type(typed)
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            lines = page.locator("[data-uitslag] li")
            expect(lines.nth(2)).to_be_visible()
            wrong = page.locator("[data-uitslag] [data-soort=fout]")
            expect(wrong).to_have_count(1 if "9999" in typed else 0)
            someone.check_accessible()
            someone.check_fits()
            return lines.last.inner_text()

        said = {name: answer(name) for name in (drawn, reserve[2:], "L-9999")}
        assert drawn in said[drawn]
        assert reserve in said[reserve[2:]]
        assert "3" in said[reserve[2:]]
        assert "9999" in said["L-9999"]
        if language == "nl":
            assert said[drawn].startswith("Ja: lot")
            assert said[reserve[2:]].startswith("Nee: lot")
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"sta-ik-erop-{language}.png", full_page=True)
        assert {one.method for one in asked} == {"GET"}
        assert asked
        for one in (one for one in asked if not one.url.endswith("/beeldmerk.svg")):
            # Every file is asked for by its own name, and nothing else is.
            assert "?" not in one.url
            assert one.url.rpartition("/")[2] in {
                "manifest.json", "regels.json", "loten.csv", "quota.csv", "lijsten.csv", "controle.py",
                "uitkomst.json",
            }  # fmt: skip
            assert not one.post_data
        assert page.url == f"{site_url}{address('', language)}"
    assert someone.trouble == []


def test_a_file_that_was_changed_on_the_way_is_said(browser: Any, site_url: str, outcome: Any) -> None:
    def change(route: Route) -> None:
        body = route.fetch().body()
        route.fulfill(body=body[:-20] + b"x" + body[-19:], content_type="text/csv")

    with visitor(browser, site_url) as someone:
        page = someone.goto(address())
        page.route("**/lijsten.csv", change)
        page.locator("#lot").fill(outcome["geloot"][0])
        page.locator("#lot").press("Enter")
        wrong = page.locator("[data-uitslag] [data-soort=fout]").first
        expect(wrong).to_contain_text("lijsten.csv is veranderd")


def test_without_script(browser: Any, site_url: str, outcome: dict[str, Any]) -> None:
    with visitor(browser, site_url, java_script_enabled=False, viewport=NARROW) as someone:
        page = someone.goto(address())
        expect(page.locator("#lot")).to_be_hidden()
        expect(page.get_by_text("U kunt uw lotnummer ook zelf zoeken.")).to_be_visible()
        for ticket in outcome["geloot"]:
            expect(page.locator(".wijk-loten--geloot li", has_text=ticket)).to_be_visible()
        page.get_by_role("link", name="Kijk mee op een groot scherm").click()
        expect(page.locator(".wijk-zaal__loten li")).to_have_count(
            len(outcome["geloot"]) + len(outcome["reserves"])
        )
        expect(page.locator(".wijk-zaal__loten li").last).to_be_visible()
        expect(page.locator("[data-volgende]")).to_be_hidden()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_list_appears_ticket_by_ticket(
    browser: Any, site_url: str, outcome: dict[str, Any], motion: str
) -> None:
    with visitor(browser, site_url, viewport=SCREEN, reduced_motion=motion) as someone:
        page = someone.goto(address("zaal/"))
        tickets = page.locator(".wijk-zaal__loten:not(.wijk-zaal__loten--reserves) li")
        shown = page.locator("[data-onthul]:not([data-dicht])")
        expect(page.locator(".wijk-steen")).to_have_text(list(draws.DICE))
        expect(shown).to_have_count(0)
        expect(tickets.first).to_be_hidden()
        for count, key in enumerate([" ", "PageDown", "ArrowRight", "ArrowRight"], start=1):
            page.keyboard.press(key)
            expect(shown).to_have_count(count)
        expect(page.locator(".wijk-zaal__nummer")).to_have_text(outcome["lijst"])
        expect(tickets.nth(1)).to_be_visible()
        expect(tickets.nth(2)).to_be_hidden()
        expect(page.locator("[data-hoorbaar]")).to_have_text(outcome["geloot"][1])
        page.keyboard.press("PageUp")
        expect(tickets.nth(1)).to_be_hidden()
        # A space on a button is that button, once.
        page.locator("[data-volgende]").focus()
        page.keyboard.press(" ")
        expect(shown).to_have_count(4)
        moving = page.locator(".wijk-zaal__loten li").first.evaluate(
            "element => getComputedStyle(element).transitionDuration"
        )
        assert (moving in ("0s", "")) == (motion == "reduce")
        page.locator("[data-alles]").click()
        expect(page.locator("[data-dicht]")).to_have_count(0)
        someone.check_accessible()
        someone.check_fits()
    assert someone.trouble == []


def test_the_screen_goes_along_by_itself(browser: Any, site_url: str, loting: Loting) -> None:
    """From the promise to the outcome with nobody touching it; the last round here is made up."""
    soon(loting, minutes=0)
    vastlegging = Vastlegging.objects.get(trekking__loting=loting)
    with visitor(browser, site_url, viewport=SCREEN) as someone:
        page = someone.goto(address("zaal/"))
        expect(page.locator("h1")).to_have_text("Alles ligt vast")
        timer = page.locator("[data-aftellen] bdi").last
        expect(timer).to_be_visible()
        before = timer.inner_text()
        expect(timer).not_to_have_text(before)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / "zaal-vastgelegd.png")
        ceremony.throw(vastlegging=vastlegging, dice="042", by=None)
        expect(page.locator("h1")).to_have_text("De dobbelstenen liggen")
        expect(page.locator(".wijk-steen")).to_have_text(list("042"))
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / "zaal-gegooid.png")
    assert someone.trouble == []


def test_it_can_be_printed(browser: Any, site_url: str, outcome: dict[str, Any], tmp_path: Path) -> None:
    """Everything that matters is on paper; the form that needs a browser is not."""
    with visitor(browser, site_url) as someone:
        page = someone.goto(address())
        page.emulate_media(media="print")
        expect(page.locator("#lot")).to_be_hidden()
        expect(page.locator(".wijk-loten--geloot li").first).to_be_visible()
        expect(page.locator("code.wijk-hash").first).to_be_visible()
        for tail in ("", "uitleg/"):
            someone.goto(address(tail))
            made = page.pdf(path=Path(SHOTS or tmp_path) / f"{tail.strip('/') or 'pagina'}.pdf", format="A4")
            assert made.startswith(b"%PDF")

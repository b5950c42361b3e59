"""What people do: by keyboard, without script, in Arabic, while typing."""

import re

import pytest
from playwright.sync_api import expect
from wagtail.models import Locale

from home.models import HomePage
from tests.browser.visit import NARROW, visitor

pytestmark = pytest.mark.browser

# A ring around the element itself, or around the card whose only link it is.
FOCUS = """() => {
    const element = document.activeElement;
    const ringed = (node, pseudo) => {
        const style = getComputedStyle(node, pseudo);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        return outlined || style.boxShadow !== "none";
    };
    const around = [element, element.parentElement, element.closest(".wijk-kaart")];
    const box = element.getBoundingClientRect();
    return {
        name: element.outerHTML.slice(0, 100),
        body: element === document.body,
        ring: around.some(node => node && ringed(node)) || ringed(element, "::before")
            || ringed(element, "::after"),
        visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
    };
}"""


def test_the_skip_link_is_first_and_leads_to_the_content(browser, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto("/nl/wijken/velsen-noord/")
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        target = link.get_attribute("href") or ""
        assert target.startswith("#")
        expect(link).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["/nl/", "/nl/wijken/velsen-noord/"])
def test_focus_is_always_visible(browser, site_url: str, path: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(path)
        seen = []
        for _step in range(60):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            if focus["body"]:
                break
            seen.append(focus)
    assert len(seen) > 15
    assert [focus["name"] for focus in seen if not focus["ring"]] == []
    assert [focus["name"] for focus in seen if not focus["visible"]] == []


def test_the_menu_on_a_phone_by_keyboard(browser, site_url: str) -> None:
    with visitor(browser, site_url, viewport=NARROW) as someone:
        page = someone.goto("/nl/")
        news = page.locator("header a[href='/nl/nieuws/']").first
        opener = page.locator("header").get_by_text(re.compile("menu", re.IGNORECASE)).first
        expect(news).to_be_hidden()
        opener.focus()
        page.keyboard.press("Enter")
        expect(news).to_be_visible()
        news.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/nl/nieuws/")
    assert someone.trouble == []


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, NARROW], ids=["wide", "narrow"])
def test_without_script_everything_works(browser, site_url: str, size) -> None:
    with visitor(browser, site_url, java_script_enabled=False, viewport=size) as someone:
        page = someone.goto("/nl/")
        page.locator("input[name=postcode]").fill("1951 ab")
        page.locator("input[name=postcode]").press("Enter")
        page.wait_for_url("**postcode=1951**")
        expect(page.locator("main")).to_contain_text("Velsen-Noord")

        page.goto(f"{site_url}/nl/zoeken/")
        page.locator("main input[name=q]").fill("afval")
        page.locator("main input[name=q]").press("Enter")
        page.wait_for_url("**q=afval**")
        assert page.locator("main a").count() > 2

        page.goto(f"{site_url}/nl/")
        news = page.locator("header a[href='/nl/nieuws/']").first
        if not news.is_visible():
            page.locator("header").get_by_text(re.compile("menu", re.IGNORECASE)).first.click()
        news.click()
        page.wait_for_url("**/nl/nieuws/")

        page.locator("main select[name=wijk]").select_option("velsen-noord")
        page.locator("main form:has(select[name=wijk]) [type=submit]").click()
        page.wait_for_url("**wijk=velsen-noord**")
    assert someone.trouble == []


def test_suggestions_while_typing(browser, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto("/nl/zoeken/")
        box = page.locator("main input[name=q]")
        with page.expect_response("**/zoeken/suggesties/**"):
            box.press_sequentially("velsen", delay=30)
        # A list of options (ARIA) or the browser's own datalist.
        options = page.locator("main [role=option], main datalist option")
        expect(options.first).to_be_attached()
        someone.check_accessible()
    assert someone.trouble == []


def test_links_on_the_map_can_be_followed(browser, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto("/nl/wijken/")
        link = page.locator("svg a[href='/nl/wijken/velserbroek/']")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/nl/wijken/velserbroek/")
    assert someone.trouble == []


@pytest.fixture
def arabic_front_door(site_url: str, django_db_setup, django_db_blocker):
    """An Arabic home page that the running site can see; taken away afterwards."""
    with django_db_blocker.unblock():
        locale = Locale.objects.create(language_code="ar")
        home = HomePage.objects.get(locale__language_code="nl").copy_for_translation(locale)
        home.title = "أهلا وسهلا في حيكم"
        home.save_revision().publish()
        try:
            yield "/ar/"
        finally:
            home.delete()
            locale.delete()


def test_from_right_to_left(browser, site_url: str, arabic_front_door: str) -> None:
    with visitor(browser, site_url) as someone:
        someone.look_at(arabic_front_door)
        page = someone.page
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        someone.at({"width": 1280, "height": 900})
        logo = page.locator("header a[href='/ar/']").first.bounding_box()
        assert logo and logo["x"] > 640
    assert someone.trouble == []

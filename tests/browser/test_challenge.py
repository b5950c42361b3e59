"""The digits on a form in a real browser: by keyboard, without script, from right to left, and heard."""

from collections.abc import Iterator
from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.conf import settings
from playwright.sync_api import expect

from core.open_forms import MIN_SECONDS
from tests.browser.visit import NARROW, WIDE, visitor

pytestmark = pytest.mark.browser
FORM = "/styleguide/cijfers/"


@pytest.fixture(autouse=True)
def no_digits_left(site_url: str, django_db_blocker: Any) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        CaptchaStore.objects.all().delete()


@pytest.fixture
def answer(django_db_blocker: Any) -> Any:
    """What a person reads in the image on a page."""

    def read(page: Any) -> str:
        with django_db_blocker.unblock():
            key = page.locator("input[name=code_sleutel]").get_attribute("value")
            return CaptchaStore.objects.get(hashkey=key).response

    return read


@pytest.mark.parametrize("path", [FORM, f"{FORM}?richting=rtl"])
def test_the_form_and_its_errors_are_accessible(browser: Any, site_url: str, path: str) -> None:
    with visitor(browser, site_url) as someone:
        someone.look_at(path)
        someone.page.locator("main [type=submit]").last.click()
        expect(someone.page.get_by_role("alert")).to_be_focused()
        for size in (WIDE, NARROW):
            someone.at(size)
            someone.check_accessible()
            someone.check_fits()
        someone.check_no_cookies()
    assert someone.trouble == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_without_script_by_keyboard(browser: Any, site_url: str, answer: Any, size: dict[str, int]) -> None:
    with visitor(browser, site_url, java_script_enabled=False, viewport=size) as someone:
        page = someone.goto(FORM)
        code, name = page.get_by_label("Typ de vijf cijfers over"), page.get_by_label("Naam")
        name.fill("Sam")
        first = answer(page)
        page.get_by_role("button", name="Andere cijfers").focus()
        page.keyboard.press("Enter")
        # The visitor goes on where they were.
        expect(code).to_be_focused()
        expect(code).to_be_in_viewport()
        expect(name).to_have_value("Sam")
        expect(page.get_by_role("alert")).to_have_count(0)
        assert answer(page) != first

        # Enter in a field sends the form, and does not ask for other digits.
        code.fill("00000")
        code.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Deze cijfers kloppen niet.")
        expect(page.get_by_role("alert")).to_be_focused()
        expect(name).to_have_value("Sam")

        name.fill("")
        code.fill(answer(page))
        page.wait_for_timeout(1000 * MIN_SECONDS)
        code.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Vul dit veld in.")
        expect(code).to_have_count(0)
        name.fill("Sam")
        name.press("Enter")
        expect(page.locator(".wijk-melding")).to_contain_text("Verstuurd")
        assert someone.context.cookies() == []
    assert someone.trouble == []


def test_the_keyboard_passes_every_part_and_nothing_hidden(browser: Any, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(FORM)
        page.get_by_label("Naam").focus()
        seen = []
        for _step in range(12):
            page.keyboard.press("Tab")
            name = page.evaluate("document.activeElement.name || document.activeElement.tagName")
            seen += [name] if name not in seen else []
            if name == "code_nieuw":
                break
        assert [name for name in seen if name != "AUDIO"] == ["code", "code_nieuw"]
        assert ("AUDIO" in seen) == bool(settings.SPEECH_PROGRAM)
    assert someone.trouble == []


@pytest.mark.skipif(not settings.SPEECH_PROGRAM, reason="espeak-ng is er niet")
def test_a_browser_can_play_the_digits(browser: Any, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(FORM)
        seconds = page.evaluate(
            """() => new Promise((done, failed) => {
                const sound = document.querySelector("audio");
                sound.addEventListener("loadedmetadata", () => done(sound.duration));
                sound.addEventListener("error", () => failed(new Error(sound.error.message)));
                sound.load();
                sound.preload = "auto";
            })"""
        )
        assert 3 < seconds < 12
    assert someone.trouble == []

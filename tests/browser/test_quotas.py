"""The quotas and their chances in a real browser: by keyboard, without script, wide and narrow."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from participatie.models import Loting, Quotawijziging, Staat
from tests.browser.visit import AXE, OPTIONS, WIDE, Visitor, visitor
from tests.desk import account, allow_unknown_variables
from tests.participatie.desk import at
from tests.participatie.quotas import field

pytestmark = pytest.mark.browser
RESULT = "[data-chances-result]"
PHONE = {"width": 400, "height": 800}
SHOTS = os.environ.get("SHOTS")
# Of Wagtail itself: its page without a heading, and the colour of what went well.
NOT_OURS = {("page-has-heading-one", ""), ("color-contrast", 'success">')}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def loting(site_url: str, database_to_lose: None) -> Iterator[Loting]:
    """The open loting of the demo, around the real time that the running site has."""
    found, now = Loting.objects.get(slug="velsen-noord"), timezone.now()
    Loting.objects.filter(pk=found.pk).update(
        opent_op=now - timedelta(days=9),
        sluit_op=now + timedelta(days=9),
        trekking_op=now + timedelta(days=29),
    )
    found.refresh_from_db()
    yield found


@pytest.fixture
def session(loting: Loting) -> str:
    client = Client()
    client.force_login(account("lotingbeheerder"))
    return client.cookies["sessionid"].value


def enter(someone: Visitor, loting: Loting, session: str) -> Any:
    someone.context.set_default_timeout(60_000)
    someone.context.add_cookies([{"name": "sessionid", "value": session, "url": someone.site_url}])
    return someone.goto(at("chances", loting))


def look(someone: Visitor, name: str) -> None:
    """Axe and the width of the window, wide and on a phone."""
    for size in (WIDE, PHONE):
        someone.at(size)
        someone.page.evaluate("scrollTo(0, 0)")
        if not someone.page.evaluate("'axe' in window"):
            someone.page.evaluate(AXE)
        found = someone.page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
        wrong = [
            f"{one['id']}: {json.dumps(node['target'])} {node['html'][:160]}"
            for one in found
            for node in one["nodes"]
            if not any(one["id"] == rule and part in node["html"] for rule, part in NOT_OURS)
        ]
        assert wrong == [], f"{name} at {size['width']}"
        someone.check_fits()
        if SHOTS:
            # The desk scrolls inside its window.
            someone.at({**size, "height": 2600})
            someone.page.screenshot(path=Path(SHOTS) / f"{name}-{size['width']}.png", full_page=True)


def test_the_chances_follow_every_change(browser: Any, site_url: str, loting: Loting, session: str) -> None:
    with visitor(browser, site_url) as someone:
        page = enter(someone, loting, session)
        first = page.locator(".desk-chances__three dd").first
        expect(first).to_have_text("3,1 op 100")
        look(someone, "kansen")
        someone.at(WIDE)
        box = page.locator(f"[name='{field(loting, 'woning', 'anders', 'max')}']")
        # By keyboard: a button for one more, and the arrows in the field.
        box.focus()
        page.keyboard.press("Tab")
        assert "één meer" in (page.locator(":focus").get_attribute("aria-label") or "")
        with page.expect_response("**/kansen/uitkomst/"):
            page.keyboard.press("Enter")
        expect(box).to_have_value("4")
        with page.expect_response("**/kansen/uitkomst/"):
            page.locator(f"[name='{field(loting, 'woning', 'eigen', 'min')}']").fill("2")
        expect(first).not_to_have_text("3,1 op 100")
        expect(page.locator("[data-chances-say]")).to_contain_text("Kleinste kans: 3,4 op 100.")
        with page.expect_response("**/kansen/uitkomst/"):
            box.press("ArrowUp")
        expect(box).to_have_value("5")
        # Seldom asked, so it comes by itself when somebody stops typing.
        expect(page.locator("#prijs ~ table")).to_be_visible()
        with page.expect_response("**/kansen/uitkomst/"):
            box.fill("x")
        expect(page.locator(RESULT)).to_contain_text("Vul een heel getal in van 0 tot en met 12.")
        box.fill("6")
        expect(page.locator(".desk-chances__three dd").first).to_be_visible()
        page.locator("textarea[name=reden]").fill("Er zijn veel kamers in deze wijk.")
        page.get_by_role("button", name="Bewaren").click()
        expect(page.locator("main")).to_contain_text("Eerst beloofd: 0 tot en met 3.")
        look(someone, "kansen-gewijzigd")
        someone.goto(loting.pages.get(locale__language_code="nl").url)
        expect(page.locator("main")).to_contain_text("Eerst beloofd: 0 tot en met 3")
        expect(page.locator("main")).to_contain_text("Er zijn veel kamers in deze wijk.")
        look(someone, "kansen-voor-bewoners")
    assert someone.trouble == []
    assert sorted(row.naar_maximum for row in Quotawijziging.objects.all()) == [6, 6]


def test_a_warning_and_its_way_out(browser: Any, site_url: str, loting: Loting, session: str) -> None:
    Loting.objects.filter(pk=loting.pk).update(staat=Staat.GESLOTEN)
    with visitor(browser, site_url) as someone:
        page = enter(someone, loting, session)
        box = page.locator(f"[name='{field(loting, 'leeftijd', '16-24', 'min')}']")
        most = page.locator(f"[name='{field(loting, 'leeftijd', '16-24', 'max')}']")
        most.fill("9")
        with page.expect_response("**/kansen/uitkomst/"):
            box.fill("7")
        way_out = page.locator("[name=neem]").first
        expect(way_out).to_be_visible()
        expect(page.locator(RESULT)).to_contain_text("Zo kan de verdeling niet worden bewaard.")
        look(someone, "kansen-waarschuwing")
        someone.at(WIDE)
        way_out.focus()
        with page.expect_response("**/kansen/uitkomst/"):
            page.keyboard.press("Enter")
        expect(page.locator(".desk-chances__three dd").first).to_be_visible()
        look(someone, "kansen-uitweg")
    assert someone.trouble == []
    assert not Quotawijziging.objects.exists()


def test_without_script(browser: Any, site_url: str, loting: Loting, session: str) -> None:
    with visitor(browser, site_url, java_script_enabled=False) as someone:
        page = enter(someone, loting, session)
        expect(page.get_by_role("button", name="één meer").first).to_be_hidden()
        box = page.locator(f"[name='{field(loting, 'woning', 'anders', 'max')}']")
        box.fill("4")
        box.press("Enter")
        expect(page.locator(".desk-chances__three dd").first).to_be_visible()
        expect(box).to_have_value("4")
        assert not Quotawijziging.objects.exists()
        page.locator("textarea[name=reden]").fill("Er zijn veel kamers in deze wijk.")
        page.get_by_role("button", name="Bewaren").click()
        expect(page.locator("main")).to_contain_text("Eerst beloofd: 0 tot en met 3.")
    assert someone.trouble == []
    assert Quotawijziging.objects.get().naar_maximum == 4

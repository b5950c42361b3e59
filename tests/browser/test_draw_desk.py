"""The draw at the desk in a real browser: every screen looked at, and the page of one's own lot."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.models import User
from participatie import actions
from participatie.draw import ceremony, computing, lots, objections, rehearsal, sending
from participatie.models import Aanmelding, Bezwaar, Kanaal, Loting, Staat, Trekking
from tests.browser.visit import WIDE, Visitor, visitor
from tests.desk import account, allow_unknown_variables
from tests.participatie.own import own_url
from tests.translated import front_door, in_language

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")
# The narrowest that Wagtail's own desk is made for, and the narrowest phone.
PHONE, SMALL = {"width": 400, "height": 800}, {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    # Wagtail's own templates ask for variables that are not there.
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def by(database_to_lose: None) -> User:
    return account("lotingbeheerder")


def look(someone: Visitor, name: str, *, narrow: dict[str, int] = PHONE) -> None:
    for size in (WIDE, narrow):
        someone.at(size)
        before = len(someone.trouble)
        someone.check_accessible()
        # The frame of the desk is Wagtail's.
        someone.trouble[before:] = [
            found
            for found in someone.trouble[before:]
            if "w-breadcrumbs" not in found and "sidebar" not in found
        ]
        someone.check_fits()
        if SHOTS:
            # The desk scrolls within its window.
            someone.at({**size, "height": 3000})
            someone.page.screenshot(path=Path(SHOTS) / f"loting-{name}-{size['width']}.png")


def told(by: User) -> tuple[Loting, Bezwaar]:
    """A loting that is closed, with lots that are sent, and somebody who objects."""
    now = timezone.now()
    loting = Loting.objects.get(slug="velsen-noord")
    Loting.objects.filter(pk=loting.pk).update(
        opent_op=now - timedelta(days=20),
        sluit_op=now - timedelta(minutes=1),
        trekking_op=now + timedelta(days=30),
    )
    actions.close_due(now=now)
    rows = Aanmelding.objects.filter(loting=loting)
    rows.filter(geschiktheid="controleren").update(geschiktheid="niet_geschikt")
    keep = rows.in_the_pool().order_by("pk").values_list("pk", flat=True)[:60]
    rows.exclude(pk__in=list(keep)).delete()
    loting.refresh_from_db()
    trekking = lots.hand_out(loting=loting, by=by)
    sending.send(trekking=trekking, by=by)
    lot = sending.by_mail(trekking)[0]
    return loting, objections.object_to(lot=lot, text="Ik ben 70.", kanaal=Kanaal.WEB)


def practised(loting: Loting, by: User) -> Trekking:
    """A rehearsal of which the dice lie there."""
    made = rehearsal.rehearse(loting=loting)
    computing.begin(trekking=made, in_background=False)
    computing.work_out(made)
    promised = ceremony.promise(trekking=made, by=by)
    ceremony.throw(vastlegging=promised, dice="478", by=by)
    return made


def test_every_screen_is_accessible_and_fits(browser: Any, site_url: str, by: User) -> None:
    over = Loting.objects.get(slug="velserbroek")
    loting, objection = told(by)
    busy = rehearsal.rehearse(loting=loting)
    computing.begin(trekking=busy, in_background=False)
    thrown = practised(loting, by)
    client = Client()
    client.force_login(by)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    screens = {
        "gedaan": reverse("desk_loting_draw", args=[over.pk]),
        "bezwaartermijn": reverse("desk_loting_draw", args=[loting.pk]),
        "rekenen": reverse("desk_loting_rehearsal", args=[loting.pk, busy.pk]),
        "gegooid": reverse("desk_loting_rehearsal", args=[loting.pk, thrown.pk]),
        "brieven": reverse("desk_loting_draw_letters", args=[loting.pk]),
        "bellen": reverse("desk_loting_draw_calls", args=[loting.pk]),
        "bezwaren": reverse("desk_loting_objections", args=[loting.pk]),
        "bezwaar": reverse("desk_loting_objection", args=[loting.pk, objection.pk]),
        "geen-bezwaren": reverse("desk_loting_objections", args=[over.pk]),
    }
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site_url}]
        )
        for name, path in screens.items():
            someone.goto(path)
            look(someone, name)
    assert someone.trouble == []
    assert over.staat == Staat.GETROKKEN


def test_the_bar_moves_by_itself(browser: Any, site_url: str, by: User) -> None:
    loting = Loting.objects.get(slug="velsen-noord")
    made = rehearsal.rehearse(loting=loting)
    computing.begin(trekking=made, in_background=False)
    client = Client()
    client.force_login(by)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site_url}]
        )
        someone.goto(reverse("desk_loting_rehearsal", args=[loting.pk, made.pk]))
        Trekking.objects.filter(pk=made.pk).update(voortgang={"step": "panels", "done": 7, "total": 1000})
        expect(someone.page.get_by_text("De lijsten worden gemaakt. 7/1000")).to_be_visible()
        computing.work_out(made)
        expect(someone.page.get_by_role("button", name="Vastleggen")).to_be_visible()
    assert someone.trouble == []


@pytest.mark.parametrize("language_code", ["nl", "ar"])
def test_saying_that_something_is_wrong(browser: Any, site_url: str, by: User, language_code: str) -> None:
    loting, objection = told(by)
    front_door("ar")
    in_language(loting.pages.get(locale__language_code="nl"), "ar")
    assert objection.lot.aanmelding
    own = own_url(objection.lot.aanmelding, language_code=language_code)
    with visitor(browser, site_url) as someone:
        someone.goto(own)
        look(someone, f"eigen-{language_code}", narrow=SMALL)
        someone.goto(f"{own}bezwaar/")
        look(someone, f"eigen-bezwaar-{language_code}", narrow=SMALL)
        someone.page.locator("textarea").fill("Ik woon ergens anders.")
        someone.page.locator("main form button[type=submit]").click()
        expect(someone.page.get_by_text("Ik woon ergens anders.")).to_be_visible()
    assert someone.trouble == []
    assert Bezwaar.objects.filter(lot=objection.lot).count() == 2

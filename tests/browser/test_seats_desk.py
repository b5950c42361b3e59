"""The seats at the desk in a real browser: every screen looked at, wide and narrow."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from participatie.models import Aanmelding, Bezetting, Persoon, Zetelaanbod
from participatie.seats.actions import offer_seats, resign
from participatie.seats.links import owner_of
from tests.browser.visit import WIDE, Visitor, visitor
from tests.desk import account, allow_unknown_variables
from tests.participatie.drawn import small_draw
from tests.participatie.seats.books import offers, say

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
            someone.page.screenshot(path=Path(SHOTS) / f"zetels-{name}-{size['width']}.png")


def test_every_screen_is_accessible_and_fits(browser: Any, site_url: str, database_to_lose: None) -> None:
    by = account("lotingbeheerder")
    loting, nothing_yet = small_draw(seats=5, people=12), small_draw(slug="nieuw")
    offer_seats(loting=loting, by=by)
    first, second, third, fourth, _fifth = offers(loting)
    for row in (first, second):
        say(row, True, named_as="Aafke")
    resign(bezetting=Bezetting.objects.get(aanbod=second), einde="verhuisd", on=timezone.localdate(), by=by)
    say(third, False)
    Persoon.objects.filter(aanmelding=owner_of(fourth)).update(mail="", mail_index="")
    Aanmelding.objects.filter(pk=owner_of(fourth).pk).update(onbestelbaar_op=timezone.now())
    client = Client()
    client.force_login(by)
    client.post(reverse("desk_counter_lookup"), {"bonnummer": owner_of(fourth).bonnummer, "bewijs": "4"})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    screens = {
        "niets": reverse("desk_loting_seats", args=[nothing_yet.pk]),
        "alle": reverse("desk_loting_seats", args=[loting.pk]),
        "bezet": reverse("desk_loting_seat", args=[loting.pk, first.pk]),
        "gestopt": reverse("desk_loting_seat", args=[loting.pk, second.pk]),
        "gevraagd": reverse("desk_loting_seat", args=[loting.pk, fourth.pk]),
        "vullen": reverse("desk_loting_seat_fill", args=[loting.pk, third.zetel.nummer]),
        "vol": reverse("desk_loting_seat_fill", args=[loting.pk, first.zetel.nummer]),
        "bellijst": reverse("desk_loting_seat_calls", args=[loting.pk]),
        "balie": reverse("desk_counter_seat", args=[owner_of(fourth).pk]),
    }
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site_url}]
        )
        for name, path in screens.items():
            page = someone.goto(path)
            assert page.url.endswith(path), name
            look(someone, name)
        for name in ("gevraagd", "bezet"):
            page = someone.goto(screens[name])
            with page.expect_navigation():
                page.locator(".desk-screen form button[type=submit]").last.click()
            page.locator("main").wait_for()
            look(someone, f"{name}-fout")
        page = someone.goto(screens["vullen"])
        page.locator("[name=lot]").nth(1).check()
        with page.expect_navigation():
            page.get_by_role("button", name="Vraag dit lot").click()
        page.locator("main").wait_for()
        look(someone, "vullen-fout")
    # A form with a mistake is answered with 422, which a browser tells its console.
    assert [found for found in someone.trouble if "status of 422" not in found] == []
    assert Zetelaanbod.objects.filter(zetel=third.zetel).count() == 1

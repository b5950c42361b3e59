"""The desk of a loting in a real browser: five paper forms by keyboard alone, and every screen looked at."""

import os
from collections.abc import Callable
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
from participatie import letter_actions
from participatie.address_list import Address
from participatie.models import Aanmelding, Brievenbundel, Handeling, Loting
from tests.browser.visit import WIDE, Visitor, visitor
from tests.desk import account, allow_unknown_variables
from tests.participatie.desk import prepared, with_question

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")
# 1280 px at 320 % zoom: the narrowest that Wagtail's own desk is made for.
PHONE = {"width": 400, "height": 800}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    # Wagtail's own templates ask for variables that are not there.
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def open_loting(site_url: str, database_to_lose: None) -> Loting:
    """The loting of the demo, open today; the running site sees it."""
    now = timezone.now()
    row = Loting.objects.get(slug="velsen-noord")
    row.opent_op, row.sluit_op = now - timedelta(days=9), now + timedelta(days=9)
    row.trekking_op = now + timedelta(days=30)
    row.save()
    return row


@pytest.fixture
def signed_in(site_url: str, open_loting: Loting) -> Callable[[str], list[dict[str, str]]]:
    """Cookies of somebody with a role, for a browser."""

    def cookies(role: str) -> list[dict[str, str]]:
        client = Client()
        client.force_login(account(role, name=f"browser-{role}"))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        return [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site_url}]

    return cookies


def type_paper(someone: Visitor, number: int) -> None:
    """One paper form with the keyboard: nothing is clicked."""
    press = someone.page.keyboard.press
    write = someone.page.keyboard.type
    focused = someone.page.locator(":focus")

    def to(name: str) -> None:
        press("Tab")
        expect(focused).to_have_attribute("name", name)

    if number == 1:
        # The focus is on the channel; papier is the third.
        expect(focused).to_have_attribute("name", "kanaal")
        press("ArrowDown")
        press("ArrowDown")
        expect(focused).to_have_attribute("value", "papier")
        to("ontvangen")
        # How a day is typed differs with the language of the browser.
        focused.fill(f"{timezone.localdate() - timedelta(days=2):%Y-%m-%d}")
        someone.page.locator("input[name=naam]").focus()
    expect(focused).to_have_attribute("name", "naam")
    write(f"Toets Enbord {number}")
    to("postcode")
    write("1951 XA")
    to("huisnummer")
    write(str(number))
    to("toevoeging")
    to("adres_anders")
    to("oud_genoeg")
    press("Space")
    for name in features(someone):
        to(name)
        press("Space")
    press("Enter")
    someone.page.wait_for_url("**/bon/**")


def features(someone: Visitor) -> list[str]:
    """The names of the questions of this loting, in the order of the form."""
    names = someone.page.locator("input[name^=kenmerk_]").evaluate_all("all => all.map(one => one.name)")
    return list(dict.fromkeys(names))


def test_five_paper_forms_by_keyboard(
    browser: Any, site_url: str, open_loting: Loting, signed_in: Callable[[str], Any]
) -> None:
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies(signed_in("baliemedewerker"))
        someone.goto("/admin/balie/")
        numbers = set()
        for number in range(1, 6):
            type_paper(someone, number)
            numbers.add(someone.page.locator(".desk-number").inner_text())
            someone.page.keyboard.press("Enter")
            someone.page.wait_for_url(f"**/balie/{open_loting.pk}/")
    assert len(numbers) == 5
    assert someone.trouble == []
    made = Aanmelding.objects.filter(ingevoerd_door__username="browser-baliemedewerker")
    assert [row.kanaal for row in made] == ["papier"] * 5
    assert all(row.kenmerkwaarden.exists() for row in made)
    assert Handeling.objects.filter(soort="ingevoerd", door__username="browser-baliemedewerker").count() == 5


def own_part(someone: Visitor) -> None:
    """Axe on what is ours: the frame of the desk is Wagtail's."""
    before = len(someone.trouble)
    someone.check_accessible()
    someone.trouble[before:] = [
        found for found in someone.trouble[before:] if "w-breadcrumbs" not in found and "sidebar" not in found
    ]


def look(someone: Visitor, name: str) -> None:
    """Wide and narrow, as it is now."""
    for size in (WIDE, PHONE):
        someone.at(size)
        own_part(someone)
        someone.check_fits()
        if SHOTS:
            # The desk scrolls within its window.
            someone.at({**size, "height": 2600})
            someone.page.screenshot(path=Path(SHOTS) / f"balie-{name}-{size['width']}.png")


def with_letters(loting: Loting, *, by: User) -> None:
    """Two rounds of letters: one that is being made, and one that can be fetched."""
    for ronde in (1, 2):
        street = f"Wijkstraat {ronde}"
        addresses = [Address(street, f"{number}", f"{ronde}", "1951AB", "Velsen") for number in range(60)]
        letter_actions.invite(loting=loting, addresses=addresses, by=by)
        Brievenbundel.objects.create(loting=loting, ronde=ronde, door=by, totaal=60)
    Brievenbundel.objects.filter(ronde=2).update(klaar_op=timezone.now())


def test_every_screen_is_accessible_and_fits(
    browser: Any, site_url: str, open_loting: Loting, signed_in: Callable[[str], Any]
) -> None:
    in_preparation = prepared("browser")
    with_question(in_preparation, minimum=4)
    made = Aanmelding.objects.standing().filter(loting=open_loting).latest("pk")
    cookies = signed_in("lotingbeheerder")
    with_letters(open_loting, by=User.objects.get(username="browser-lotingbeheerder"))
    screens = {
        "overzicht": reverse("desk_loting", args=[open_loting.pk]),
        "in-voorbereiding": reverse("desk_loting", args=[in_preparation.pk]),
        "verlengen": reverse("desk_loting_extend", args=[open_loting.pk]),
        "vragen": reverse("desk_loting_features", args=[open_loting.pk]),
        "vragen-in-voorbereiding": reverse("desk_loting_features", args=[in_preparation.pk]),
        "vraag": reverse("desk_loting_feature_add", args=[in_preparation.pk]),
        "lijst": reverse("desk_loting_signups", args=[open_loting.pk]),
        "een": reverse("desk_loting_signup", args=[open_loting.pk, made.bonnummer]),
        **{
            name: reverse(f"desk_loting_{name}", args=[open_loting.pk])
            for name in (
                "doubles",
                "quota",
                "reminders",
                "calls",
                "messages",
                "letters",
                "no_letters",
                "export",
                "statistics",
                "processing",
                "access",
            )
        },
        "bundel": reverse("desk_loting_letter_bundle", args=[open_loting.pk, 1]),
        "bundel-klaar": reverse("desk_loting_letter_bundle", args=[open_loting.pk, 2]),
        "invoeren": reverse("desk_counter_entry", args=[open_loting.pk]),
        "opzoeken": reverse("desk_counter_lookup"),
    }
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies(cookies)
        for name, path in screens.items():
            someone.goto(path)
            look(someone, name)
        # Sent empty.
        someone.goto(screens["invoeren"])
        someone.page.locator("button[accesskey=b]").click()
        expect(someone.page.get_by_text("Nog niet bewaard.")).to_be_visible()
        someone.page.wait_for_load_state("load")
        look(someone, "fouten")
    assert someone.trouble == []

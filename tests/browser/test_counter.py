"""The desk of a loting in a real browser: five paper forms by keyboard alone, and every screen looked at."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.models import User
from home import roles
from participatie.models import Aanmelding, Handeling, Kenmerk, Loting, Lotingstap
from tests.browser.visit import WIDE, Visitor, visitor
from tests.desk import allow_unknown_variables
from tests.participatie.desk import prepared, with_question

pytestmark = pytest.mark.browser
# 1280 px at 320 % zoom: the narrowest that Wagtail's own desk is made for.
PHONE = {"width": 400, "height": 800}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    # Wagtail's own templates ask for variables that are not there.
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def open_loting(site_url: str, django_db_blocker: Any) -> Iterator[Loting]:
    """The loting of the demo, open today; the running site sees it."""
    now = timezone.now()
    with django_db_blocker.unblock():
        row = Loting.objects.get(slug="velsen-noord")
        before = (row.opent_op, row.sluit_op, row.trekking_op)
        row.opent_op, row.sluit_op = now - timedelta(days=9), now + timedelta(days=9)
        row.trekking_op = now + timedelta(days=30)
        row.save()
        known = set(Aanmelding.objects.values_list("pk", flat=True))
        try:
            yield row
        finally:
            Aanmelding.objects.exclude(pk__in=known).delete()
            row.opent_op, row.sluit_op, row.trekking_op = before
            row.save()


@pytest.fixture
def in_preparation(site_url: str, django_db_blocker: Any) -> Iterator[Loting]:
    with django_db_blocker.unblock():
        row = prepared("browser")
        with_question(row, minimum=4)
        try:
            yield row
        finally:
            for kenmerk in Kenmerk.objects.filter(loting=row):
                kenmerk.opties.all().delete()
                kenmerk.delete()
            Lotingstap.objects.filter(loting=row)
            row.delete()


@pytest.fixture
def signed_in(site_url: str, django_db_blocker: Any) -> Iterator[Any]:
    """Cookies of somebody with a role, for a browser."""
    made = []

    def cookies(role: str) -> list[dict[str, str]]:
        with django_db_blocker.unblock():
            roles.apply()
            names = {row.key: row.name for row in roles.read()[0]}
            from django.contrib.auth.models import Group

            user = User.objects.create_user(f"browser-{role}", f"{role}@example.nl")
            user.groups.add(Group.objects.get(name=names[role]))
            made.append(user)
            client = Client()
            client.force_login(user)
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
        return [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site_url}]

    yield cookies
    with django_db_blocker.unblock():
        for user in made:
            # What was written down stays, and so does who did it.
            user.is_active = False
            user.username = f"weg-{user.pk}-{timezone.now():%H%M%S%f}"
            user.save()


def type_paper(someone: Visitor, number: int, *, is_first: bool) -> None:
    """One paper form with the keyboard: nothing is clicked."""
    press = someone.page.keyboard.press
    write = someone.page.keyboard.type

    def to_next(text: str = "") -> None:
        press("Tab")
        if text:
            write(text)

    if is_first:
        # The focus is on the channel; papier is the third.
        press("ArrowDown")
        press("ArrowDown")
        if someone.page.locator("input[name=kanaal]:checked").get_attribute("value") != "papier":
            press("ArrowDown")
        day = f"{timezone.localdate() - timedelta(days=2):%Y-%m-%d}"
        someone.page.locator("input[name=ontvangen]").fill(day)
        someone.page.locator("input[name=naam]").focus()
    expect(someone.page.locator(":focus")).to_have_attribute("name", "naam")
    write(f"Toets Enbord {number}")
    to_next("1951 XA")
    to_next(str(number))
    to_next()
    to_next()
    to_next()
    press("Space")  # old enough
    for _feature in range(someone.page.locator("[role=group], .desk-entry__choices").count() - 2):
        to_next()
        press("Space")
    press("Enter")
    someone.page.wait_for_url("**/bon/**")


def test_five_paper_forms_by_keyboard(
    browser: Any, site_url: str, open_loting: Loting, signed_in: Any, django_db_blocker: Any
) -> None:
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies(signed_in("baliemedewerker"))
        someone.goto("/admin/balie/")
        numbers = set()
        for number in range(1, 6):
            type_paper(someone, number, is_first=number == 1)
            numbers.add(someone.page.locator(".desk-number").inner_text())
            someone.page.keyboard.press("Enter")
            someone.page.wait_for_url(f"**/balie/{open_loting.pk}/")
        assert len(numbers) == 5
    with django_db_blocker.unblock():
        made = Aanmelding.objects.filter(kanaal="papier", ingevoerd_door__username="browser-baliemedewerker")
        assert made.count() == 5
        assert all(row.kenmerkwaarden.exists() for row in made)
        assert (
            Handeling.objects.filter(soort="ingevoerd", door__username="browser-baliemedewerker").count() == 5
        )
    assert someone.trouble == []


def own_part(someone: Visitor) -> None:
    """Axe on what is ours: the frame of the desk is Wagtail's."""
    before = len(someone.trouble)
    someone.check_accessible()
    someone.trouble[before:] = [
        found for found in someone.trouble[before:] if "w-breadcrumbs" not in found and "sidebar" not in found
    ]


def test_every_screen_is_accessible_and_fits(
    browser: Any, site_url: str, open_loting: Loting, in_preparation: Loting, signed_in: Any
) -> None:
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies(signed_in("lotingbeheerder"))
        kenmerk_add = reverse("desk_loting_feature_add", args=[in_preparation.pk])
        for path in (
            reverse("desk_loting", args=[open_loting.pk]),
            reverse("desk_loting", args=[in_preparation.pk]),
            reverse("desk_loting_extend", args=[open_loting.pk]),
            reverse("desk_loting_features", args=[open_loting.pk]),
            reverse("desk_loting_features", args=[in_preparation.pk]),
            kenmerk_add,
            reverse("desk_counter_entry", args=[open_loting.pk]),
            reverse("desk_counter_lookup"),
        ):
            for size in (WIDE, PHONE):
                someone.at(size)
                someone.goto(path)
                own_part(someone)
            someone.check_fits()
        someone.page.locator("button.button[type=submit]").last.click()
        own_part(someone)
    assert someone.trouble == []

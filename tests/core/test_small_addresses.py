"""security.txt, robots.txt, the site map and QR codes."""

from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.models import Page

from core.models import SiteInstellingen

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def set_contact(contact: str) -> None:
    SiteInstellingen.objects.update(security_contact=contact)


def test_security_txt_is_not_there_without_a_contact(client: Client) -> None:
    set_contact("")
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("now", ["2026-11-22 12:00:00+00:00", "2027-12-31 23:59:59+00:00"])
def test_security_txt_never_expires_while_it_is_served(client: Client, now: str) -> None:
    set_contact("mailto:veilig@example.nl")
    with time_machine.travel(now, tick=False):
        response = client.get("/.well-known/security.txt")
        fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
        expires = datetime.fromisoformat(fields["Expires"])
        # RFC 9116 recommends less than a year ahead.
        assert 30 < (expires - datetime.now(UTC)).days < 365
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:veilig@example.nl"
    assert fields["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    assert {"nl", "en"} <= set(fields["Preferred-Languages"].split(", "))


def test_robots_keep_out_of_the_desk_and_find_the_site_map(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_site_map_has_every_live_page_of_every_language(client: Client) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    listed = {element.text for element in root.iter(f"{SITEMAP}loc")}
    assert len(listed) >= Page.objects.live().public().filter(depth__gte=3).count()
    for path in ("/nl/", "/nl/wijken/velsen-noord/", "/en/wijken/velsen-noord/"):
        assert any(address and address.endswith(path) for address in listed), path


def test_site_map_leaves_out_what_is_not_public(client: Client) -> None:
    Page.objects.get(slug="privacy", locale__language_code="nl").unpublish()
    assert "/nl/privacy/" not in client.get("/sitemap.xml").content.decode()


def test_qr_code_is_an_image_of_our_own_address(client: Client) -> None:
    response = client.get("/qr.svg", {"pad": "/nl/wijken/velsen-noord/"})
    assert response.headers["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "max-age" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nl/",
        "https://elders.example.com/",
        "//elders.example.com/",
        "/\\elders.example.com/",
        "javascript:alert(1)",
        "/" + "a" * 500,
    ],
)
def test_qr_code_of_anything_else_is_refused(client: Client, path: str) -> None:
    assert client.get(f"/qr.svg?pad={quote(path)}").status_code == 404


class AnyPath(HypothesisTestCase):
    @given(st.text(max_size=600))
    def test_qr_code_survives_any_path(self, path: str) -> None:
        assert self.client.get("/qr.svg", {"pad": path}).status_code in (200, 404)

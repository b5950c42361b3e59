"""The page of a loting in each of its states, and the pages that lead to it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from participatie import actions
from participatie.models import Aanmelding, Staat
from tests.caches import empty_the_caches
from tests.html import Document
from wijken.models import WijkplatformPage

pytestmark = pytest.mark.django_db
PAGE = "/nl/wijken/velsen-noord/loting/"


def page_of(client, path: str = PAGE) -> Document:
    empty_the_caches()
    return Document(client.get(path).content.decode())


def links_of(document) -> list[str]:
    return [link.attrs.get("href", "") for link in document.all("a")]


def words(client, path: str = PAGE) -> str:
    return " ".join(page_of(client, path).first("main").all_text.split())


def sign_up_links(client) -> list[str]:
    return [
        link.attrs["href"] for link in page_of(client).all("a") if "/aanmelden/" in link.attrs.get("href", "")
    ]


def test_while_it_is_open(client, loting) -> None:
    assert sign_up_links(client) == [f"{PAGE}aanmelden/"]
    text = words(client)
    assert "U kunt zich nu aanmelden" in text
    assert "Dit is een voorbeeld" in text
    assert "16 tot en met 24 jaar 1 tot en met 3" in text
    assert "De regels staan vast" in text


def test_who_signed_up_today_is_not_counted_yet(client, loting) -> None:
    def counted() -> list[str]:
        empty_the_caches()
        return re.findall(r"<strong>(\d+)</strong> bewoners", client.get(PAGE).content.decode())

    before = counted()
    row = Aanmelding.objects.filter(loting=loting).standing()[0]
    row.pk, row.bonnummer = None, "ABCDEFGHJK"
    row.ontvangen_op = timezone.now()
    row.save()
    assert counted() == before
    row.ontvangen_op -= timedelta(days=1)
    row.save()
    assert counted() == [str(int(before[0]) + 1)]


def test_before_it_opens_and_after_it_closed(client, loting) -> None:
    with time_machine.travel(loting.opent_op - timedelta(days=1), tick=False):
        assert "Aanmelden kan nog niet" in words(client)
        assert sign_up_links(client) == []
    with time_machine.travel(loting.sluit_op + timedelta(hours=1), tick=False):
        assert "De loting komt nog" in words(client)
        assert sign_up_links(client) == []


def test_a_step_is_shown_with_its_reason(client, loting) -> None:
    actions.take_step(loting=loting, naar=Staat.GESLOTEN, reden="De site lag plat.", by=None)
    text = words(client)
    assert "De site lag plat." in text
    assert "Aanmelden kan niet meer" in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_of_the_wijk_and_its_platform_lead_here(client, loting, page_at, language) -> None:
    wijk = page_at(f"/{language}/wijken/velsen-noord/")
    platform = WijkplatformPage.objects.child_of(wijk).first()
    for page in (wijk, platform):
        assert f"/{language}{PAGE[3:]}" in links_of(page_of(client, page.url))


def test_a_wijk_without_a_loting_says_nothing_of_it(client, loting) -> None:
    assert "Loting: doe mee" not in words(client, "/nl/wijken/driehuis/")

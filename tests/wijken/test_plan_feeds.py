"""The Atom feeds of a plan and of an action."""

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client

from tests.caches import empty_the_caches
from tests.html import Document
from tests.wijken.telling import actie, correct, draft, steps, tell
from wijken.actions import record_planning

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PLAN = "/wijken/velsen-noord/actieplan/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        yield


def entries(client: Client, path: str, language: str = "nl") -> list[dict[str, str]]:
    """The parts of each entry of a feed by name."""
    empty_the_caches()
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    found = []
    for entry in feed.findall(f"{ATOM}entry"):
        parts = {
            name: entry.findtext(f"{ATOM}{name}") or "" for name in ("id", "title", "summary", "updated")
        }
        link = entry.find(f"{ATOM}link")
        assert link is not None
        found.append({**parts, "link": link.get("href") or ""})
    return found


def test_news_of_a_plan_newest_first(client: Client) -> None:
    tell(
        actie(7), date(2026, 11, 1), "Het bord <hangt> & schijnt.", verandering="bezig", reden="Laat besteld."
    )
    draft(actie(7), date(2026, 11, 2), "Nog geheim.")
    with time_machine.travel("2026-11-23 12:00:00+00:00", tick=False):
        record_planning(
            mijlpaal=steps(actie(8))[0],
            periode="2027-Q1",
            zekerheid="verwacht",
            reden="Het verkeersonderzoek duurt langer.",
            vastgelegd_op=date(2026, 11, 23),
        )
        found = entries(client, f"/nl{PLAN}feed/")
    assert [entry["title"].rpartition(": ")[2] for entry in found] == ["nieuwe planning", "is begonnen"]
    assert "1e kwartaal van 2027" in found[0]["summary"]
    assert "Het verkeersonderzoek duurt langer." in found[0]["summary"]
    assert "actie-8-" in found[0]["link"]
    # As HTML, in which it reads as it was written.
    assert "&lt;hangt&gt; &amp; schijnt" in found[1]["summary"]
    assert "actie-7-" in found[1]["link"]


def test_of_one_action_only(client: Client) -> None:
    tell(actie(7), date(2026, 11, 1), "Van zeven.", reden="Daarom.")
    tell(actie(8), date(2026, 11, 1), "Van acht.", reden="Daarom.")
    page = actie(7).pages.get(locale__language_code="nl")
    [entry] = entries(client, page.feed_address)
    assert "Van zeven." in entry["summary"]


def test_a_message_with_a_new_planning_is_one_entry(client: Client) -> None:
    tell(
        actie(8), date(2026, 11, 1), "Later.", mijlpaal=steps(actie(8))[0], periode="2027-Q1",
        zekerheid="verwacht", reden="Daarom.",
    )  # fmt: skip
    [entry] = entries(client, f"/nl{PLAN}feed/")
    assert entry["title"].endswith("nieuwe planning")
    assert "#bericht-" in entry["link"]


def test_ids_stay_when_a_correction_comes(client: Client) -> None:
    wrong = tell(actie(7), date(2026, 11, 1), "Fout.", reden="Daarom.")
    [before] = entries(client, f"/nl{PLAN}feed/")
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        correct(wrong, "Goed.")
        new, old = entries(client, f"/nl{PLAN}feed/")
    assert old["id"] == before["id"]
    assert old["updated"] > before["updated"]
    assert old["title"].endswith("bericht dat is verbeterd")
    assert new["title"].endswith("verbeterd bericht")
    assert new["id"] != old["id"]


def test_each_language_has_its_own(client: Client) -> None:
    tell(actie(7), date(2026, 11, 1), "Nieuws.", reden="Daarom.")
    [dutch] = entries(client, f"/nl{PLAN}feed/")
    [english] = entries(client, f"/en{PLAN}feed/", "en")
    assert english["id"] != dutch["id"]
    assert english["link"].startswith("http")
    assert "/en/" in english["link"]
    assert english["title"].startswith(actie(7).pages.get(locale__language_code="en").title)


@pytest.mark.parametrize("path", [f"/nl{PLAN}", f"/nl{PLAN}actie-7-stratingplantsoen-rustiger-rijden/"])
def test_a_page_says_where_its_feed_is(path: str, client: Client) -> None:
    document = Document(client.get(path).content.decode())
    feeds = [
        link.attrs["href"]
        for link in document.all("link")
        if link.attrs.get("type") == "application/atom+xml"
    ]
    assert f"{path}feed/" in feeds
    assert entries(client, f"{path}feed/") == []

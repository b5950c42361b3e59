"""News: filters, pages of a list, and the Atom feed."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from home.models import NieuwsIndexPage, NieuwsPage
from tests.checked_client import TypingClient
from wijken.models import Thema, Wijk

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def listed(client: Client, **filters: str) -> list[NieuwsPage]:
    response = client.get("/nl/nieuws/", filters)
    assert response.status_code == 200
    return list(response.context["items"])


def everything(client: Client, **filters: str) -> list[NieuwsPage]:
    items = client.get("/nl/nieuws/", filters).context["items"]
    return [
        item for number in items.paginator.page_range for item in listed(client, page=str(number), **filters)
    ]


def test_newest_first_each_once(client: Client) -> None:
    items = everything(client)
    assert [item.date for item in items] == sorted((item.date for item in items), reverse=True)
    assert len({item.pk for item in items}) == len(items)
    assert len(items) == NieuwsPage.objects.live().filter(locale__language_code="nl").count()
    assert len(items) > NieuwsIndexPage.per_page


def test_of_one_wijk_or_of_all(client: Client) -> None:
    wijk = Wijk.objects.get(slug="velsen-noord")
    items = everything(client, wijk="velsen-noord")
    assert items
    for item in items:
        about = list(item.wijken.all())
        assert not about or wijk in about
    hidden = {item.pk for item in everything(client)} - {item.pk for item in items}
    for item in NieuwsPage.objects.filter(pk__in=hidden):
        assert wijk not in item.wijken.all()


def test_of_one_thema(client: Client) -> None:
    thema = Thema.objects.source().get(slug="schoon")
    items = everything(client, thema="schoon")
    assert items
    assert all(thema in item.themas.all() for item in items)


def test_wijk_and_thema_together(client: Client) -> None:
    both = {item.pk for item in everything(client, wijk="velsen-noord", thema="schoon")}
    assert both == {item.pk for item in everything(client, wijk="velsen-noord")} & {
        item.pk for item in everything(client, thema="schoon")
    }


@pytest.mark.parametrize(
    "filters", [{"wijk": "bestaat-niet"}, {"thema": "\x00"}, {"wijk": "'", "thema": "1 OR 1=1"}]
)
def test_a_value_that_does_not_exist_counts_as_none(client: Client, filters: dict[str, str]) -> None:
    assert listed(client, **filters) == listed(client)


def test_the_pages_of_a_list_keep_the_filter(client: Client) -> None:
    html = client.get("/nl/nieuws/", {"thema": "sociaal", "page": "1"}).content.decode()
    items = everything(client, thema="sociaal")
    if len(items) > NieuwsIndexPage.per_page:
        assert "thema=sociaal&amp;page=2" in html or "page=2&amp;thema=sociaal" in html


def test_an_untranslated_item_is_marked_dutch_in_english(client: Client) -> None:
    item = NieuwsPage.objects.filter(locale__language_code="en").order_by("-date")[0]
    dutch = NieuwsPage.objects.get(translation_key=item.translation_key, locale__language_code="nl")
    item.unpublish()
    response = client.get("/en/nieuws/")
    assert dutch.pk in {shown.pk for shown in response.context["items"]}
    assert 'lang="nl"' in response.content.decode()


def feed(client: Client, language: str = "nl", **filters: str) -> ElementTree.Element:
    response = client.get(f"/{language}/nieuws/feed/", filters)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_feed_is_atom(client: Client, language: str) -> None:
    root = feed(client, language)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    for name in ("title", "id", "updated"):
        assert root.findtext(f"{ATOM}{name}"), name
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} >= {"self", "alternate"}
    entries = root.findall(f"{ATOM}entry")
    assert 0 < len(entries) <= 20
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert entry.findtext(f"{ATOM}title")
        for name in ("updated", "published"):
            assert datetime.fromisoformat(entry.findtext(f"{ATOM}{name}") or "").tzinfo
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert f"/{language}/nieuws/" in (link.get("href") or "")


def test_the_feed_names_every_item_once(client: Client) -> None:
    """Each item's own address, not the address of the list."""
    root = feed(client)
    links = [entry.find(f"{ATOM}link").get("href") for entry in root.findall(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert len(set(links)) == len(links)
    assert all(
        client.get(link.removeprefix("http://testserver")).status_code == 200 for link in links if link
    )


def test_the_feed_of_one_wijk(client: Client) -> None:
    titles = {
        entry.findtext(f"{ATOM}title") for entry in feed(client, wijk="velsen-noord").findall(f"{ATOM}entry")
    }
    assert titles == {item.title for item in everything(client, wijk="velsen-noord")}


def test_the_feed_of_no_wijk(client: Client) -> None:
    assert client.get("/nl/nieuws/feed/", {"wijk": "bestaat-niet"}).status_code in (200, 404)


class AnyList(HypothesisTestCase):
    client_class = TypingClient

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(page=st.text(max_size=30), wijk=st.text(max_size=30))
    def test_any_page_and_wijk(self, page: str, wijk: str) -> None:
        for path in ("/nl/nieuws/", "/nl/verhalen/", "/nl/nieuws/feed/", "/nl/contact/"):
            assert self.client.get(path, {"page": page, "wijk": wijk}).status_code in (200, 404)

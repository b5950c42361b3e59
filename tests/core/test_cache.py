"""The exact cache: what is remembered belongs to one version of the content."""

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from core import cache as core_cache
from core.cache import content_changed, content_version, remembered
from core.models import SiteInstellingen, ZoektermZonderResultaat
from home.models import ContentPage
from tests.caches import empty_the_caches
from tests.checked_client import CheckedClient
from wijken.models import Contactpersoon, Wijk

pytestmark = pytest.mark.django_db
TEXT_PAGE = "/nl/privacy/"


def test_version_stays_until_something_changes() -> None:
    assert content_version() == content_version() != ""


def test_version_is_made_anew_when_the_cache_was_emptied() -> None:
    before = content_version()
    empty_the_caches()
    assert content_version() != before


def test_version_is_renewed_when_the_change_is_stored_not_before(django_capture_on_commit_callbacks) -> None:
    before = content_version()
    with django_capture_on_commit_callbacks(execute=True):
        content_changed()
        assert content_version() == before
    assert content_version() != before


def test_version_stays_when_the_change_is_undone(django_capture_on_commit_callbacks) -> None:
    before = content_version()
    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        content_changed()
        raise ZeroDivisionError
    assert content_version() == before
    assert not callbacks


def test_remembered_is_built_once_per_version() -> None:
    built = []

    def build() -> int:
        built.append(1)
        return len(built)

    assert [remembered("x", build, variant=variant) for variant in ("a", "a", "b", "b", "a")] == [
        1,
        1,
        2,
        2,
        3,
    ]
    assert remembered("y", build, variant="a") == 4


def test_forget_drops_what_was_remembered() -> None:
    remembered("x", lambda: 1, variant="a")
    core_cache.forget()
    assert remembered("x", lambda: 2, variant="a") == 2


CHANGES = {
    "a register row": lambda: Wijk.objects.all()[0].save(),
    "a snippet": lambda: Contactpersoon.objects.all()[0].save(),
    "a snippet's relation": lambda: Contactpersoon.objects.all()[0].wijken.clear(),
    "a page": lambda: ContentPage.objects.all()[0].save_revision().publish(),
    "a page taken away": lambda: ContentPage.objects.all()[0].unpublish(),
    "the settings": lambda: SiteInstellingen.objects.all()[0].save(),
    "a redirect": lambda: Redirect.objects.create(old_path="/nl/oud", redirect_link="/nl/"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_content_gives_a_new_version(change, django_capture_on_commit_callbacks) -> None:
    before = content_version()
    with django_capture_on_commit_callbacks(execute=True):
        change()
    assert content_version() != before


NO_CHANGES = {
    "a draft": lambda: ContentPage.objects.all()[0].save_revision(),
    "a search that found nothing": lambda: ZoektermZonderResultaat.objects.create(
        term="x", language="nl", on="2026-11-22"
    ),
}


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_visitors_do_not_see_keeps_the_version(change, django_capture_on_commit_callbacks) -> None:
    before = content_version()
    with django_capture_on_commit_callbacks(execute=True):
        change()
    assert content_version() == before


def test_the_second_visitor_gets_the_kept_page(client: Client, django_assert_num_queries) -> None:
    first = client.get(TEXT_PAGE)
    assert first.status_code == 200
    assert "X-Cache" not in first.headers
    with django_assert_num_queries(0):
        second = client.get(TEXT_PAGE)
    assert second.headers["X-Cache"] == "hit"
    assert second.content == first.content
    for name in (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Content-Type",
        "ETag",
        "Content-Language",
    ):
        assert second.headers[name] == first.headers[name]


def test_compressed_and_plain_copies_are_kept_apart(client: Client) -> None:
    plain = client.get(TEXT_PAGE)
    zipped = Client().get(TEXT_PAGE, headers={"accept-encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    again = client.get(TEXT_PAGE)
    assert again.content == plain.content
    assert "Content-Encoding" not in again.headers


def test_what_is_published_shows_at_once(client: Client, page_at, django_capture_on_commit_callbacks) -> None:
    client.get(TEXT_PAGE)
    with django_capture_on_commit_callbacks(execute=True):
        page = page_at(TEXT_PAGE)
        page.title = "Een nieuwe titel voor iedereen"
        page.save_revision().publish()
    assert "Een nieuwe titel voor iedereen" in client.get(TEXT_PAGE).content.decode()


def test_a_changed_register_shows_at_once(client: Client, django_capture_on_commit_callbacks) -> None:
    path = "/nl/wijken/velsen-noord/"
    client.get(path)
    contact = Contactpersoon.objects.source().for_wijk(Wijk.objects.get(slug="velsen-noord"))[0]
    with django_capture_on_commit_callbacks(execute=True):
        contact.functie = "De nieuwe hulp van de buurt"
        contact.save()
    assert "De nieuwe hulp van de buurt" in client.get(path).content.decode()


def test_a_new_menu_title_shows_on_other_pages(
    client: Client, page_at, django_capture_on_commit_callbacks
) -> None:
    client.get(TEXT_PAGE)
    page = page_at("/nl/nieuws/")
    assert page.show_in_menus
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Vers van de pers"
        page.save_revision().publish()
    assert "Vers van de pers" in client.get(TEXT_PAGE).content.decode()


def test_a_page_taken_away_is_gone_at_once(
    client: Client, page_at, django_capture_on_commit_callbacks
) -> None:
    client.get(TEXT_PAGE)
    with django_capture_on_commit_callbacks(execute=True):
        page_at(TEXT_PAGE).unpublish()
    assert client.get(TEXT_PAGE).status_code == 404


def test_a_new_day_gives_a_new_page(client: Client) -> None:
    with time_machine.travel("2026-11-22 20:00:00+00:00", tick=False):
        client.get(TEXT_PAGE)
        assert client.get(TEXT_PAGE).headers["X-Cache"] == "hit"
    # Midnight in the Netherlands, not in Greenwich.
    with time_machine.travel("2026-11-22 23:30:00+00:00", tick=False):
        assert "X-Cache" not in client.get(TEXT_PAGE).headers


@pytest.mark.parametrize("path", [f"{TEXT_PAGE}?a=1", "/nl/bestaat-niet/", "/robots.txt", "/health/live"])
def test_not_kept(client: Client, path: str) -> None:
    client.get(path)
    assert "X-Cache" not in client.get(path).headers


def test_who_is_signed_in_gets_no_kept_page_and_leaves_none(desk: Client, client: Client) -> None:
    desk.get(TEXT_PAGE)
    assert "X-Cache" not in client.get(TEXT_PAGE).headers
    assert "X-Cache" not in desk.get(TEXT_PAGE).headers


def test_an_unknown_host_gets_no_kept_page(client: Client) -> None:
    client.get(TEXT_PAGE)
    client.raise_request_exception = False
    assert client.get(TEXT_PAGE, headers={"host": "elders.example.com"}).status_code == 400


def test_a_browser_that_has_the_page_gets_304(client: Client) -> None:
    for _kept in (False, True):
        response = client.get(TEXT_PAGE)
        again = client.get(TEXT_PAGE, headers={"if-none-match": response.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == response.headers["ETag"]
    assert client.get(TEXT_PAGE, headers={"if-none-match": '"iets-anders"'}).status_code == 200


def test_a_page_may_be_kept_elsewhere_but_is_asked_for_again(client: Client) -> None:
    for _kept in (False, True):
        response = client.get(TEXT_PAGE)
        assert set(response.headers["Cache-Control"].split(", ")) == {"public", "no-cache"}
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_head_answers_like_get(client: Client) -> None:
    response = client.head(TEXT_PAGE)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "path", ["/nl/", "/nl/wijken/velsen-noord/", "/nl/nieuws/?page=2", "/nl/zoeken/?q=afval", "/nl/x/"]
)
def test_no_cookie_on_a_public_get(path: str) -> None:
    client = CheckedClient()
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_request_reads_the_version_once_and_sees_its_own_change(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    read = core_cache._read

    def counted() -> str:
        reads.append(1)
        return read()

    monkeypatch.setattr(core_cache, "_read", counted)
    with core_cache.one_version() as before:
        assert content_version() == content_version() == before
        assert len(reads) == 1
        remembered("x", lambda: "old")
        core_cache._renew()
        assert content_version() != before
        assert remembered("x", lambda: "new") == "new"
        inside = content_version()
    assert content_version() == inside

"""An edition that is not out yet is nowhere to be seen, whatever is published of it."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from core.page_index import own_address, page_index
from home.models import ArtikelPage, Editie, EditiePage
from tests.caches import empty_the_caches
from tests.home import papers
from tests.translated import front_door, in_language

pytestmark = pytest.mark.django_db
WORD = "Zilverzwaluwen"
KRANT = "/nl/wijken/velsen-noord/wijkkrant/"


@pytest.fixture
def page() -> EditiePage:
    return papers.edition(jaar=2031)


@pytest.fixture
def article(page: EditiePage) -> ArtikelPage:
    return papers.article(page, f"{WORD} op het dak")


def where_seen(client: Client, *pages: Page) -> dict[str, bool]:
    """Every place where a reader can come across a page, and whether one of these pages is there."""
    empty_the_caches()
    addresses = [own_address(page) for page in pages]
    texts = {
        "search": client.get("/nl/zoeken/", {"q": WORD}),
        "suggestions": client.get("/nl/zoeken/suggesties/", {"q": WORD}),
        "site map": client.get("/sitemap.xml"),
        "feed": client.get(f"{KRANT}feed/"),
        "wijkkrant": client.get(KRANT),
        "wijk": client.get("/nl/wijken/velsen-noord/"),
        "other edition": client.get(own_address(papers.published())),
    }
    seen = {
        name: any(address in response.content.decode() for address in addresses)
        for name, response in texts.items()
    }
    seen["other language"] = WORD in client.get(addresses[0].replace("/nl/", "/en/")).content.decode()
    seen["index"] = any(page.pk in page_index().by_pk for page in pages)
    seen["its own address"] = any(client.get(address).status_code == 200 for address in addresses)
    return seen


def test_what_is_published_of_it_is_nowhere(client: Client, page: EditiePage, article: ArtikelPage) -> None:
    assert page.live
    assert article.live
    assert {name for name, is_there in where_seen(client, article, page).items() if is_there} == set()


def test_it_is_everywhere_once_it_is_out(client: Client, page: EditiePage, article: ArtikelPage) -> None:
    papers.bring_out(page.editie)
    assert {name for name, is_there in where_seen(client, article, page).items() if not is_there} == set()


def test_not_for_somebody_who_is_signed_in_either(
    desk: Client, page: EditiePage, article: ArtikelPage
) -> None:
    """The preview of the desk is for that; an address that works for some is shared before long."""
    for each in (page, article):
        assert desk.get(own_address(each)).status_code == 404


def test_not_in_another_language(client: Client, page: EditiePage, article: ArtikelPage) -> None:
    front_door("ar")
    arabic = in_language(article, "ar", suffix=" (ar)")
    assert arabic.live
    for address in (own_address(arabic), own_address(article).replace("/nl/", "/ar/")):
        assert client.get(address).status_code == 404
    above = EditiePage.objects.filter(translation_key=page.translation_key)
    assert set(above.values_list("locale__language_code", flat=True)) == {"nl", "ar"}
    closed = PageViewRestriction.objects.filter(page__in=above)
    assert closed.values("page").distinct().count() == 2
    papers.bring_out(page.editie)
    empty_the_caches()
    assert client.get(own_address(arabic)).status_code == 200


def test_its_paper_is_not_there_either(client: Client, page: EditiePage) -> None:
    papers.printed(page.editie)
    address = f"{own_address(page)}krant.pdf"
    assert client.get(address).status_code == 404
    papers.bring_out(page.editie)
    assert client.get(address).status_code == 200


def test_the_page_follows_its_edition(page: EditiePage) -> None:
    out = papers.published().editie
    closed = PageViewRestriction.objects.filter(page=page)
    assert closed.exists()
    page.editie, making = out, page.editie
    page.save()
    assert not closed.exists()
    page.editie = making
    page.save()
    page.save()
    assert closed.count() == 1


def test_the_desk_offers_no_other_choice(desk: Client, page: EditiePage) -> None:
    answer = desk.get(reverse("wagtailadmin_pages:set_privacy", args=[page.pk])).json()
    assert "<input" not in answer["html"]


def test_the_page_of_the_demo_that_is_being_made_is_closed(client: Client) -> None:
    editie = Editie.objects.in_the_making().get()
    page = EditiePage.objects.get(editie=editie)
    page.save_revision().publish()
    assert client.get(own_address(page)).status_code == 404

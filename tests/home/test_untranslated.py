"""A page that is not translated yet: the Dutch one stands in, and says so everywhere."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from home.chrome import site_chrome
from home.models import ContentPage, HomePage
from tests.caches import empty_the_caches
from tests.examples import PAGE_TYPES, example
from tests.html import Document, faults
from tests.translated import front_door, in_language

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def door() -> HomePage:
    return front_door("pl")


def links(document: Document, rel: str) -> dict[str, str]:
    """{language: address} of the links of a kind in the head."""
    return {
        link.attrs.get("hreflang", ""): link.attrs.get("href", "")
        for link in document.all("link")
        if link.attrs.get("rel") == rel
    }


def languages(document: Document) -> dict[str, tuple[str, str]]:
    """{language: (address, accessible name)} of the menu in the header."""
    return {
        link.attrs["hreflang"]: (link.attrs["href"], " ".join(link.all_text.split()))
        for link in document.all("a")
        if "wijk-talen__link" in link.attrs.get("class", "")
    }


@pytest.mark.parametrize("model", [model for model in PAGE_TYPES if model is not HomePage])
def test_every_page_type_reads_in_dutch_under_another_language(model, client: Client, door) -> None:
    page = example(model)
    address = page.url.replace("/nl/", "/pl/")
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "nl"
    assert not response.cookies
    html = response.content.decode()
    assert faults(html) == []
    document = Document(html)
    root, main = document.first("html"), document.first("main")
    assert (root.attrs["lang"], root.attrs["dir"]) == ("pl", "ltr")
    assert (main.attrs["lang"], main.attrs["dir"]) == ("nl", "ltr")
    (note,) = [each for each in document.all("p") if "wijk-vertaalnoot" in each.attrs.get("class", "")]
    assert note.attrs["lang"] == "pl"
    assert links(document, "canonical")[""].endswith(page.url)
    # It is no version of the page for search engines.
    assert not [code for code in links(document, "alternate") if code]
    (locale,) = [meta for meta in document.all("meta") if meta.attrs.get("property") == "og:locale"]
    assert locale.attrs["content"] == "nl"
    menu = languages(document)
    assert menu["pl"][0] == address
    assert menu["pl"][1].startswith("Polski ")
    assert menu["nl"] == (page.url, "Nederlands")


@pytest.mark.parametrize("language", ["ar", "nl-x-b1", "tr"])
def test_in_any_language_with_a_front_door(language: str, client: Client) -> None:
    front_door(language)
    html = client.get(f"/{language}/privacy/").content.decode()
    document = Document(html)
    direction = "rtl" if language == "ar" else "ltr"
    root, main = document.first("html"), document.first("main")
    assert (root.attrs["lang"], root.attrs["dir"]) == (language, direction)
    assert (main.attrs["lang"], main.attrs["dir"]) == ("nl", "ltr")
    assert ("eenvoudig Nederlands" in html) is (language == "nl-x-b1")


def test_links_lead_on_in_the_readers_own_language(client: Client, door) -> None:
    document = Document(client.get("/pl/wijken/velsen-noord/").content.decode())
    inside = {
        link.attrs["href"]
        for link in document.all("a")
        if link.attrs.get("href", "").startswith(("/nl/", "/pl/"))
    }
    assert "/pl/wijken/" in inside
    elsewhere = {link for link in inside if link.startswith("/nl/")}
    # Only what says that it leads to the Dutch page does.
    assert elsewhere == {"/nl/wijken/velsen-noord/"}


def test_the_same_piece_of_a_page_differs_for_readers_of_different_languages(client: Client, door) -> None:
    """What is drawn once belongs to the reader's language too: both pages have the same Dutch words."""
    polish, dutch = client.get("/pl/wijken/").content.decode(), client.get("/nl/wijken/").content.decode()
    assert 'href="/pl/wijken/velsen-noord/"' in polish
    assert "/pl/" not in dutch.replace('href="/pl/wijken/"', "").replace('href="http://localhost/pl/', "")


def test_menus_mark_dutch_titles(client: Client, door) -> None:
    document = Document(client.get("/pl/").content.decode())
    menu = [link for link in document.all("a") if "wijk-nav__link" in link.attrs.get("class", "")]
    assert menu
    assert {link.attrs.get("lang") for link in menu} == {"nl"}
    dutch = Document(client.get("/nl/").content.decode())
    assert not [
        link
        for link in dutch.all("a")
        if "wijk-nav__link" in link.attrs.get("class", "") and "lang" in link.attrs
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/pl/nieuws/feed/", "application/atom+xml"), ("/pl/aanplakplaatsen/print/", "text/html")],
)
def test_a_part_of_a_page_stands_in_too(path: str, kind: str, client: Client, door) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(kind)
    assert response.headers["Content-Language"] == "nl"


def test_filters_work_and_go_along_to_another_language(client: Client, door) -> None:
    response = client.get("/pl/contact/", {"wijk": "velsen-noord"})
    assert response.context["choice"].wijk.slug == "velsen-noord"
    menu = languages(Document(response.content.decode()))
    assert menu["en"][0] == "/en/contact/?wijk=velsen-noord"


def test_a_translation_takes_the_place_of_the_dutch_page(client: Client, door, page_at) -> None:
    translated = in_language(page_at("/nl/privacy/"), "pl", suffix=" (po polsku)")
    response = client.get("/pl/privacy/")
    document = Document(response.content.decode())
    assert response.headers["Content-Language"] == "pl"
    assert translated.title in document.first("h1").all_text
    assert "lang" not in document.first("main").attrs
    alternates = links(document, "alternate")
    assert {"nl", "en", "pl", "x-default"} <= set(alternates)
    assert alternates["x-default"] == alternates["nl"]


def test_simple_dutch_is_no_language_for_search_engines(client: Client, page_at) -> None:
    in_language(page_at("/nl/privacy/"), "nl-x-b1", suffix=", eenvoudig")
    document = Document(client.get("/nl-x-b1/privacy/").content.decode())
    assert "nl-x-b1" not in links(document, "alternate")
    assert "nl-x-b1" in languages(document)


def test_a_draft_or_a_secret_page_does_not_stand_in(client: Client, door, page_at) -> None:
    page_at("/nl/privacy/").unpublish()
    PageViewRestriction.objects.create(
        page=page_at("/nl/initiatieven/"), restriction_type=PageViewRestriction.LOGIN
    )
    for path in ("/pl/privacy/", "/pl/initiatieven/", "/pl/privacy/nog/dieper/", "/pl/bestaat-niet/"):
        response = client.get(path)
        assert response.status_code == 404, path


def test_without_a_front_door_nothing_stands_in(client: Client) -> None:
    for path in ("/pl/", "/pl/privacy/", "/pl/nieuws/feed/"):
        assert client.get(path).status_code == 404


def test_the_site_map_names_only_what_is_written_in_a_language(client: Client, door, page_at) -> None:
    in_language(page_at("/nl/privacy/"), "pl", suffix=" PL")
    alias = page_at("/nl/toegankelijkheid/").copy_for_translation(door.locale, alias=True)
    assert alias.live
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    urls = {url.findtext(f"{SITEMAP}loc"): url for url in root.iter(f"{SITEMAP}url")}
    polish = {address for address in urls if address and "/pl/" in address}
    assert {address.partition("/pl/")[2] for address in polish} == {"", "privacy/"}
    (privacy,) = [url for address, url in urls.items() if address and address.endswith("/nl/privacy/")]
    alternates = {
        link.attrib["hreflang"]: link.attrib["href"] for link in privacy if "hreflang" in link.attrib
    }
    assert set(alternates) == {"nl", "en", "pl", "x-default"}
    assert alternates["pl"] in urls


def test_an_alias_says_that_it_is_dutch(client: Client, door, page_at) -> None:
    page_at("/nl/privacy/").copy_for_translation(door.locale, alias=True)
    response = client.get("/pl/privacy/")
    document = Document(response.content.decode())
    assert response.headers["Content-Language"] == "nl"
    assert document.first("main").attrs["lang"] == "nl"
    assert languages(document)["pl"][1] != "Polski"
    assert languages(Document(client.get("/nl/privacy/").content.decode()))["pl"][1] != "Polski"


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("pl,en;q=0.5", "pl"),
        ("tr,en;q=0.5", "en"),
        ("tr", "nl"),
        ("nl-BE,pl;q=0.9", "nl"),
        ("en-GB", "en"),
        ("", "nl"),
        ("*", "nl"),
        ("%$#;q=x," + "a" * 3000, "nl"),
    ],
)
def test_the_front_of_the_site_chooses_by_the_browsers_languages(
    wanted: str, language: str, client: Client, door
) -> None:
    """Turkish has no front door, so it is never chosen."""
    client.cookies["django_language"] = "en"
    response = client.get("/", headers={"accept-language": wanted})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")
    assert response.headers["Vary"] == "Accept-Language"
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies


def test_an_address_without_a_language_leads_to_the_same_page(client: Client, door) -> None:
    response = client.get("/wijken/?wijk=x", headers={"accept-language": "pl"})
    assert response.headers["Location"] == "/pl/wijken/?wijk=x"


def test_the_language_menu_costs_nothing_extra(client: Client, django_assert_max_num_queries) -> None:
    for code in ("pl", "tr", "ar", "uk", "bg", "ro", "nl-x-b1"):
        front_door(code)
    assert len(languages(Document(client.get("/nl/privacy/").content.decode()))) == 9
    page = ContentPage.objects.get(slug="toegankelijkheid", locale__language_code="nl")
    # What is the same for every page is known by now: the page itself, and what stands below it.
    with django_assert_max_num_queries(4):
        client.get(page.url)
    with django_assert_max_num_queries(4):
        client.get(page.url.replace("/nl/", "/tr/"))


def test_more_languages_ask_no_more_of_a_first_visit(
    client: Client, rf: RequestFactory, django_assert_max_num_queries
) -> None:
    page = ContentPage.objects.get(slug="toegankelijkheid", locale__language_code="nl")

    def asked() -> int:
        client.get(page.url)
        empty_the_caches()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.url).status_code == 200
        return len(queries)

    before = asked()
    for code in ("pl", "tr", "ar", "uk", "bg", "ro", "nl-x-b1"):
        in_language(page, code, suffix=code)
    assert asked() == before
    request = rf.get(page.url)
    empty_the_caches()
    # Where the sites begin, Wagtail asks once, for any address.
    Site.get_site_root_paths()
    # The address of each language in the menu, and in the head for search engines.
    with django_assert_max_num_queries(2):
        assert len(site_chrome(request)["language_menu"]) == 9


def test_the_tree_stays_as_it_is(door) -> None:
    before = Page.objects.count()
    Client().get("/pl/wijken/velsen-noord/")
    assert Page.objects.count() == before

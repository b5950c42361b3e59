"""What readers see of a wijkkrant: the overview, an edition, its articles, the paper as PDF, the feed."""

from collections import Counter
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.page_index import own_address
from home.krant.public import MAX_HEADLINES, front_of
from home.models import ArtikelPage, EditiePage, Editiestap, Formaat, NieuwsPage, Rubriek
from tests.caches import empty_the_caches
from tests.home import papers
from tests.html import Document
from tests.translated import front_door, in_language

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
KRANT = "/nl/wijken/velsen-noord/wijkkrant/"
WIJK = "/nl/wijken/velsen-noord/"


@pytest.fixture
def page() -> EditiePage:
    """An edition of its own that is out, the newest of all."""
    made = papers.edition(jaar=2031, is_voorbeeld=False)
    papers.bring_out(made.editie)
    return made


def text(client: Client, address: str) -> str:
    empty_the_caches()
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(Document(response.content.decode()).first("main").all_text.split())


def links(client: Client, address: str) -> Counter[str]:
    empty_the_caches()
    document = Document(client.get(address).content.decode())
    return Counter(link.attrs.get("href", "") for link in document.all("a") if link.inside("main"))


# --- the front page of an edition -------------------------------------------------------------------

articles = st.lists(
    st.builds(
        ArtikelPage,
        title=st.text(min_size=1, max_size=20),
        rubriek=st.sampled_from(Rubriek.values),
        op_voorkant=st.booleans(),
    ),
    max_size=20,
)


@given(articles)
def test_every_article_is_on_the_front_page_once(found: list[ArtikelPage]) -> None:
    front = front_of(found)
    shown = [*([front.lead] if front.lead else []), *front.headlines]
    shown += [article for section in front.sections for article in section]
    assert sorted(map(id, shown)) == sorted(map(id, found))
    assert bool(front.lead) is bool(found)
    assert len(front.headlines) <= MAX_HEADLINES
    assert all(len({article.rubriek for article in section}) == 1 for section in front.sections)
    places = {id(article): place for place, article in enumerate(found)}
    for section in front.sections:
        assert [places[id(article)] for article in section] == sorted(places[id(item)] for item in section)


def test_each_article_has_one_link_and_its_rubriek(client: Client, page: EditiePage) -> None:
    made = [
        papers.article(page, "Over de brug", rubriek=Rubriek.WERKZAAMHEDEN),
        papers.article(page, "Bij de bakker", rubriek=Rubriek.BUREN, op_voorkant=True),
        papers.article(page, "Zonnepanelen", rubriek=Rubriek.DUURZAAMHEID, auteur="door de buurvrouw"),
    ]
    found = links(client, own_address(page))
    assert [found[own_address(article)] for article in made] == [1, 1, 1]
    shown = text(client, own_address(page))
    for part in (
        "Werkzaamheden",
        "Buren in beeld",
        "Duurzaamheid",
        "Door de buurvrouw",
        "Over Zonnepanelen.",
    ):
        assert part in shown


def test_an_edition_without_articles_says_so(client: Client, page: EditiePage) -> None:
    assert "De artikelen van dit nummer staan niet op de site" in text(client, own_address(page))


def test_an_article_that_is_not_translated_stands_in_dutch(client: Client, page: EditiePage) -> None:
    papers.article(page, "Nog niet vertaald")
    translated = papers.article(page, "Wel vertaald")
    front_door("ar")
    in_language(page, "ar")
    in_language(translated, "ar", suffix=" مترجم")
    empty_the_caches()
    document = Document(client.get(own_address(page).replace("/nl/", "/ar/")).content.decode())
    languages = {
        " ".join(link.all_text.split()): link.attrs.get("lang")
        for link in document.all("a")
        if "wijk-krantstuk__link" in link.attrs.get("class", "")
    }
    assert languages == {"Nog niet vertaald": "nl", "Wel vertaald مترجم": None}


@pytest.mark.parametrize(("days", "said"), [(-1, "In de bus van"), (0, "In de bus van"), (1, "Bezorgd van")])
def test_what_is_not_delivered_yet_is_not_called_delivered(
    client: Client, page: EditiePage, days: int, said: str
) -> None:
    moment = timezone.make_aware(datetime.combine(page.editie.bezorgd_tot, datetime.min.time()))
    with time_machine.travel(moment + timedelta(days=days, hours=12), tick=False):
        assert said in text(client, own_address(page))


def test_an_example_says_that_it_is_one(client: Client, page: EditiePage) -> None:
    article = papers.article(page, "Over de brug")
    for address in (own_address(page), own_address(article)):
        assert "Voorbeeld:" not in text(client, address)
    page.editie.is_voorbeeld = True
    page.editie.save()
    for address in (own_address(page), own_address(article), KRANT):
        assert "Voorbeeld:" in text(client, address)


def test_the_editions_before_and_after(client: Client, page: EditiePage) -> None:
    older = papers.edition(jaar=2020, staat="uit")
    papers.edition(jaar=2032)
    middle = papers.published()
    assert own_address(older) in links(client, own_address(middle))
    assert own_address(page) in links(client, own_address(middle))
    shown = text(client, own_address(page))
    assert "Vorig nummer" in shown
    assert "Volgend nummer" not in shown


# --- an article -------------------------------------------------------------------------------------


def test_one_reads_on_in_the_order_of_the_paper(client: Client, page: EditiePage) -> None:
    first, second, third = (papers.article(page, name) for name in ("Eerste", "Tweede", "Derde"))
    second.move(first, pos="left")
    around = links(client, own_address(first))
    assert own_address(second) in around
    assert own_address(third) in around
    assert own_address(page) in around
    assert "Vorig artikel" not in text(client, own_address(second))
    assert "Volgend artikel" not in text(client, own_address(third))


def test_an_article_shows_its_rubriek_and_who_wrote_it(client: Client, page: EditiePage) -> None:
    article = papers.article(page, "Over de brug", rubriek=Rubriek.JEUGD, auteur="door groep 7")
    shown = text(client, own_address(article))
    assert "Jeugd Over de brug" in shown
    assert "Door groep 7" in shown


def test_an_article_from_the_news_leads_to_it_while_it_is_there(client: Client, page: EditiePage) -> None:
    news = NieuwsPage.objects.filter(locale__language_code="nl", live=True)[0]
    article = papers.article(page, "Overgenomen", bron=news)
    assert own_address(news) in links(client, own_address(article))
    address = own_address(news)
    news.unpublish()
    assert address not in links(client, own_address(article))


def test_the_preview_of_an_article_that_is_not_out(desk: Client) -> None:
    """Without the pages around it, which nobody sees yet."""
    making = papers.edition(jaar=2033)
    article = papers.article(making, "In de maak")
    response = article.make_preview_request(preview_mode=article.default_preview_mode)
    assert response.status_code == 200
    assert "In de maak" in response.render().content.decode()


# --- all editions, and the wijk ---------------------------------------------------------------------


def test_the_newest_edition_is_big_and_the_others_follow(client: Client, page: EditiePage) -> None:
    article = papers.article(page, "Over de brug")
    papers.printed(page.editie)
    empty_the_caches()
    response = client.get(KRANT)
    assert response.context["newest"].page.pk == page.pk
    assert [card.page.pk for card in response.context["earlier"]] == [papers.published().pk]
    found = links(client, KRANT)
    for address in (own_address(page), own_address(article), f"{own_address(page)}krant.pdf"):
        assert address in found
    for route in ("kopij/", "abonneren/", "feed/"):
        assert f"{KRANT}{route}" in found


def test_a_krant_without_editions_says_so(client: Client) -> None:
    krant = papers.krant_page("driehuis")
    shown = text(client, own_address(krant))
    assert "Er is nog geen krant uit" in shown
    assert "kunt u niets meer insturen" in shown
    assert "Er is nog geen krant uit" in text(client, "/nl/wijken/driehuis/")


def test_kopij_can_be_sent_until_the_last_day(client: Client) -> None:
    papers.edition(jaar=2031, slug="driehuis")
    address = own_address(papers.krant_page("driehuis"))
    for day, is_open in ((date(2031, 2, 14), True), (date(2031, 2, 15), False)):
        with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
            for where in (address, "/nl/wijken/driehuis/"):
                assert ("14 februari 2031" in text(client, where)) is is_open, (day, where)


def test_the_wijk_shows_its_krant_and_asks_few_queries(client: Client, page: EditiePage) -> None:
    article = papers.article(page, "Over de brug")
    found = links(client, WIJK)
    for address in (own_address(page), own_address(article), KRANT, f"{KRANT}kopij/"):
        assert address in found
    client.get(WIJK)
    empty_the_caches()
    with CaptureQueriesContext(connection) as queries:
        client.get(WIJK)
    assert len(queries) <= 25, "\n".join(query["sql"][:200] for query in queries)


def test_a_wijk_without_a_krant_has_no_section(client: Client) -> None:
    assert "De wijkkrant" not in text(client, "/nl/wijken/driehuis/")


def test_more_articles_and_editions_ask_no_more_queries(client: Client, page: EditiePage) -> None:
    papers.article(page, "Over de brug")
    addresses = (KRANT, own_address(page))

    def asked(address: str) -> int:
        client.get(address)
        empty_the_caches()
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    before = [asked(address) for address in addresses]
    for number in range(4):
        papers.article(page, f"Artikel {number}")
    for jaar in (2010, 2011):
        papers.edition(jaar=jaar, staat="uit")
    assert [asked(address) for address in addresses] == before


def test_search_says_what_it_found(client: Client, page: EditiePage) -> None:
    papers.article(page, "Zilverzwaluwen op het dak")
    response = client.get("/nl/zoeken/", {"q": "zilverzwaluwen"})
    assert [(hit.title, str(hit.kind)) for hit in response.context["results"].pages] == [
        ("Zilverzwaluwen op het dak", "Artikel in de wijkkrant")
    ]


# --- the paper as PDF -------------------------------------------------------------------------------


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_the_paper_is_served_as_it_was_printed(client: Client, page: EditiePage) -> None:
    row = papers.printed(page.editie)
    response = client.get(f"{own_address(page)}krant.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        'inline; filename="wijkkrant-velsen-noord-voorjaar-2031.pdf"'
    )
    assert response.headers["ETag"] == f'"{row.vingerafdruk}"'
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert not response.cookies
    assert body(response) == papers.PDF
    assert "Download de krant" in text(client, own_address(page))


def test_who_has_it_does_not_get_it_again(client: Client, page: EditiePage) -> None:
    row = papers.printed(page.editie)
    address = f"{own_address(page)}krant.pdf"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers={"if-none-match": f'"{row.vingerafdruk}"'})
    assert (response.status_code, response.headers["ETag"]) == (304, f'"{row.vingerafdruk}"')
    # The file itself is not even read.
    assert not [query for query in queries if '"inhoud"' in query["sql"]]


def test_everybody_gets_their_own_language_or_dutch(client: Client, page: EditiePage) -> None:
    front_door("ar")
    in_language(page, "ar")
    papers.printed(page.editie)
    arabic = own_address(page).replace("/nl/", "/ar/")
    for address in (own_address(page), arabic):
        assert body(client.get(f"{address}krant.pdf")) == papers.PDF
    papers.printed(page.editie, taal="ar", inhoud=b"%PDF-1.7 ar")
    assert body(client.get(f"{own_address(page)}krant.pdf")) == papers.PDF
    response = client.get(f"{arabic}krant.pdf")
    assert body(response) == b"%PDF-1.7 ar"
    assert "voorjaar-2031-ar.pdf" in response.headers["Content-Disposition"]


def test_without_a_paper_there_is_a_page_in_words(client: Client, page: EditiePage) -> None:
    papers.printed(page.editie, formaat=Formaat.A3)
    papers.printed(page.editie, formaat=Formaat.A4_SNIJ)
    empty_the_caches()
    response = client.get(f"{own_address(page)}krant.pdf")
    assert response.status_code == 404
    document = Document(response.content.decode())
    assert "Deze krant is er niet als PDF" in document.first("h1").all_text
    assert own_address(page) in {link.attrs.get("href") for link in document.all("a")}
    assert f"{own_address(page)}krant.pdf" not in links(client, own_address(page))


# --- the feed ---------------------------------------------------------------------------------------


def feed(client: Client, address: str = KRANT) -> ElementTree.Element:
    empty_the_caches()
    response = client.get(f"{address}feed/")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314


def test_the_feed_tells_of_an_edition_and_its_articles(client: Client, page: EditiePage) -> None:
    first = papers.article(page, "Over de brug", rubriek=Rubriek.JEUGD)
    second = papers.article(page, "Bij de bakker")
    out_at = timezone.make_aware(datetime(2031, 4, 1, 10))
    Editiestap.objects.create(editie=page.editie, van="opmaak", naar="uit", op=out_at)
    papers.edition(jaar=2034)
    entries = feed(client).findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles[:3] == [f"Wijkkrant Velsen-Noord: {page.title}", first.title, second.title]
    assert not any("2034" in (title or "") for title in titles)
    assert [entry.findtext(f"{ATOM}published") for entry in entries[:3]] == ["2031-04-01T08:00:00+00:00"] * 3
    assert [category.get("term") for category in entries[1].findall(f"{ATOM}category")] == ["Jeugd"]
    found = [link.get("href", "") for entry in entries for link in entry.findall(f"{ATOM}link")]
    assert len(set(found)) == len(found) == len(entries)
    assert found[1].endswith(own_address(first))


def test_the_feed_says_which_articles_are_dutch(client: Client, page: EditiePage) -> None:
    papers.article(page, "Nog niet vertaald")
    front_door("ar")
    in_language(papers.krant_page(), "ar")
    in_language(papers.article(page, "Wel vertaald"), "ar", suffix=" مترجم")
    entries = feed(client, KRANT.replace("/nl/", "/ar/")).findall(f"{ATOM}entry")
    languages = {entry.findtext(f"{ATOM}title"): entry.get(XML_LANG) for entry in entries}
    assert languages["Nog niet vertaald"] == "nl"
    assert languages["Wel vertaald مترجم"] is None


def test_the_feed_of_an_empty_krant(client: Client) -> None:
    assert feed(client, own_address(papers.krant_page("driehuis"))).findall(f"{ATOM}entry") == []

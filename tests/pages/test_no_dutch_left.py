"""A pseudo-language in which every translated text stands in brackets: what is outside is not translated."""

import pytest
from django.test import Client

from core.models import BasePage
from home.models import ContactPage, HomePage, NieuwsIndexPage
from tests.examples import PAGE_TYPES, example
from tests.untranslated import LANGUAGE, left_in_dutch, outside_brackets
from wijken.models import AanplakplaatsenPage, ActiePage, ActieplanPage, MonitorPage, TerugblikPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written")]


def address(model: type[BasePage], tail: str = "") -> str:
    return str(example(model, LANGUAGE).url) + tail


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_text_on_a_translated_page_is_translated(
    model: type[BasePage], client: Client, pseudo: None
) -> None:
    response = client.get(address(model))
    assert response.status_code == 200
    html = response.content.decode()
    assert html.count("⟦") > 20
    assert left_in_dutch(html) == set()


@pytest.mark.parametrize(
    ("model", "tail"),
    [
        (HomePage, "?postcode=1951"),
        (HomePage, "?postcode=1971"),
        (HomePage, "?postcode=9999"),
        (HomePage, "?postcode=abc"),
        (HomePage, "zoeken/"),
        (HomePage, "zoeken/?q=afval"),
        (HomePage, "zoeken/?q=qqqqqq"),
        (HomePage, "er-is-niets/"),
        (ContactPage, "?wijk=velsen-noord&thema=schoon"),
        (NieuwsIndexPage, "?wijk=velsen-noord&thema=schoon&page=999"),
        (NieuwsIndexPage, "feed/"),
        (AanplakplaatsenPage, "print/"),
        (ActiePage, "kaart/"),
        (ActiePage, "feed/"),
        (ActieplanPage, "feed/"),
        (MonitorPage, "?status=te-laat&trekker=velison-wonen"),
        (MonitorPage, "tijdlijn/"),
        (MonitorPage, "geld/"),
        (MonitorPage, "plekken/"),
        (MonitorPage, "cijfers/"),
        (MonitorPage, "data/"),
        (TerugblikPage, "antwoord/"),
        (TerugblikPage, "papier/"),
    ],
)
def test_every_text_of_a_view_is_translated(
    model: type[BasePage], tail: str, client: Client, pseudo: None
) -> None:
    html = client.get(address(model, tail)).content.decode()
    assert "⟦" in html
    assert left_in_dutch(html) == set()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Naar de inhoud</p>", {"naar", "inhoud"}),
        ('<p aria-label="Zoeken">⟦Zoeken⟧</p>', {"zoeken"}),
        ("<p>⟦Bel <b>⟦nu⟧</b> direct⟧</p>", set()),
        ('<p lang="nl">Zoeken <b>meer</b></p><p>⟦ja⟧</p>', set()),
        ('<br><img alt="Kaart" src="x"><script>let zoeken</script>', {"kaart"}),
    ],
)
def test_the_reader_finds_what_is_outside(html: str, found: set[str]) -> None:
    assert outside_brackets(html) == found

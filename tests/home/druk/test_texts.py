"""Rich text on paper."""

from home.krant.druk.parts import Heading, Link, Links, Quote, Table, Text
from home.krant.druk.texts import characters, on_paper, short_address


def test_an_address_is_as_short_as_people_write_it() -> None:
    assert short_address("https://www.example.nl/") == "example.nl"
    assert short_address("https://example.nl/afval/?q=1") == "example.nl/afval?q=1"
    assert short_address("mailto:redactie@example.nl") == "redactie@example.nl"
    assert short_address("tel:14-0255") == "14-0255"
    assert short_address("https://example.nl/" + "a" * 40) == ""


def test_a_link_shows_where_it_leads_unless_it_says_so() -> None:
    shown = '<a href="https://www.example.nl/kaart">de kaart</a> (<bdi dir="ltr">example.nl/kaart</bdi>)'
    assert (
        on_paper('<a href="https://www.example.nl/kaart" id="x">de kaart</a>', under_heading=False) == shown
    )
    said = '<a href="https://www.example.nl/kaart">www.example.nl/kaart</a>'
    assert on_paper(said, under_heading=False) == said
    phone = '<a href="tel:14-0255">14 0255</a>'
    assert on_paper(phone, under_heading=False) == phone
    assert on_paper('<a href="/nl/">hier</a> en <a>daar</a>', under_heading=False) == "hier en daar"


def test_headings_nest() -> None:
    assert on_paper("<h3>Kop</h3>", under_heading=False) == "<h2>Kop</h2>"
    assert on_paper("<h3>Kop</h3>", under_heading=True) == "<h3>Kop</h3>"


def test_characters_are_those_that_are_printed() -> None:
    assert characters(Heading("Kop")) == 3
    assert characters(Text("<p>Een  <b>twee</b></p>\n<p>drie</p>")) == len("Een twee drie")
    assert characters(Quote("Ja", "Bas")) == 5
    assert characters(Table("T", ("a", "b"), (("c", "dd"),))) == 6
    assert characters(Links((Link("Kaart", "https://example.nl/k"),), "Meer")) == len("MeerKaartexample.nl/k")

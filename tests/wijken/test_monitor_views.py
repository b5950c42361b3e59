"""The timeline, the money and the places of the monitor."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from core.templatetags.wijk_tags import euro
from tests.caches import empty_the_caches
from tests.html import Document, Element
from tests.many_actions import add_actions, add_monitor
from tests.pages.test_every_page_type import in_arabic
from wijken.actions import publish_voortgang, record_planning
from wijken.models import (
    Actie,
    Budget,
    Financiering,
    Mijlpaal,
    MonitorPage,
    Organisatie,
    Plek,
    Voortgang,
    Wijk,
)
from wijken.monitor.timeline import Scale

MONITOR = "/nl/wijken/velsen-noord/monitor/"
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False) as traveller:
        yield traveller


def text_of(html: str) -> str:
    """The words of a page as somebody reads them, with one space between them."""
    text = re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace("&#x27;", "'")
    return re.sub(r" ([,.:)])", r"\1", " ".join(text.split())).replace("( ", "(")


def having(document: Document, name: str) -> list[Element]:
    return [element for element in document.elements if name in element.attrs.get("class", "").split()]


def see(client: Client, route: str, **query: str) -> str:
    response = client.get(f"{MONITOR}{route}", query)
    assert response.status_code == 200
    return response.content.decode()


def actie(nummer: int, plan: str = "actieplan") -> Actie:
    return Actie.objects.get(actieplan__slug=plan, nummer=nummer, actieplan__wijk__slug="velsen-noord")


class TestScale:
    def test_bars_lie_where_the_days_are(self) -> None:
        scale = Scale((2024, 2025), today=date(2025, 1, 1), is_rtl=False)
        # 366 of 731 days.
        assert scale.today == "50.07%"
        span = scale.span(date(2025, 1, 1), date(2025, 12, 31))
        assert (span.x, span.width) == ("50.07%", "49.93%")
        assert scale.span(date(2024, 1, 1), date(2025, 12, 31)).width == "100.00%"

    def test_from_right_to_left_it_is_the_mirror_image(self) -> None:
        left, right = (Scale((2024, 2027), today=TODAY, is_rtl=rtl) for rtl in (False, True))
        period = date(2025, 4, 1), date(2025, 6, 30)
        one, other = left.span(*period), right.span(*period)
        assert one.width == other.width
        assert float(one.x[:-1]) + float(other.x[:-1]) + float(one.width[:-1]) == pytest.approx(100, abs=0.02)
        assert float(left.today[:-1]) + float(right.today[:-1]) == pytest.approx(100, abs=0.02)

    @pytest.mark.parametrize("last", [2024, 2026, 2031, 2060, 2100])
    def test_never_more_years_than_fit(self, last: int) -> None:
        scale = Scale((2024, last), today=date(2024, 5, 1), is_rtl=False)
        labels = [tick.year for tick in scale.ticks if tick.year]
        assert labels[0] == "2024"
        assert len(labels) <= 6
        assert len(scale.ticks) == last - 2023

    @pytest.mark.parametrize(
        ("day", "anchor"), [("2024-01-05", "start"), ("2025-01-01", "middle"), ("2025-12-20", "end")]
    )
    def test_the_word_today_stays_inside(self, day: str, anchor: str) -> None:
        assert Scale((2024, 2025), today=date.fromisoformat(day), is_rtl=False).today_anchor == anchor


@pytest.mark.django_db
class TestTimeline:
    def test_what_is_late_is_said_in_words_and_drawn_with_a_pattern(self, client: Client) -> None:
        document = Document(see(client, "tijdlijn/"))
        late = having(document, "wijk-tijd__balk--laat")
        assert late
        assert {bar.attrs["fill"] for bar in late} == {"url(#arcering)"}
        assert [element.tag for element in document.elements if element.attrs.get("id") == "arcering"] == [
            "pattern"
        ]
        # One bar is in the key.
        assert len(having(document, "wijk-stapjes__laat")) == len(late) - 1

    def test_pictures_are_hidden_from_who_hears_the_page(self, client: Client) -> None:
        pictures = [svg for svg in Document(see(client, "tijdlijn/")).all("svg") if svg.inside("table")]
        assert pictures
        assert all(
            picture.attrs.get("aria-hidden") == "true" or "wijk-icoon" in picture.attrs["class"]
            for picture in pictures
        )

    def test_a_promise_that_moved_shows_both(self, client: Client) -> None:
        step = Mijlpaal.objects.source().filter(actie=actie(1)).get()
        key = len(having(Document(see(client, "tijdlijn/")), "wijk-tijd__eerst"))
        record_planning(
            mijlpaal=step, periode="2027-Q3", zekerheid="verwacht", reden="Overleg.", vastgelegd_op=TODAY
        )
        empty_the_caches()
        html = see(client, "tijdlijn/", page="2") + see(client, "tijdlijn/")
        assert len(re.findall(r'class="wijk-tijd__eerst" x=', html)) == 2 * key + 1
        assert "Eerst beloofd: 1e kwartaal van 2024. Nu: 3e kwartaal van 2027." in html

    def test_a_step_that_was_reached_is_done(self, client: Client) -> None:
        step = Mijlpaal.objects.source().filter(actie=actie(1)).get()
        message = Voortgang.objects.create(
            actie=step.actie,
            organisatie=Organisatie.objects.source()[0],
            datum=TODAY,
            tekst="Gehaald.",
            mijlpaal=step,
            gehaald_op=date(2026, 5, 1),
        )
        publish_voortgang(voortgang=message)
        empty_the_caches()
        html = see(client, "tijdlijn/", status="klaar")
        assert "gehaald op 1 mei 2026" in text_of(html)
        assert len(having(Document(html), "wijk-tijd__balk--klaar")) == 2
        assert having(Document(html), "wijk-stapjes__laat") == []

    def test_without_a_date_it_stands_apart(self, client: Client) -> None:
        text = text_of(see(client, "tijdlijn/", page="2"))
        assert "3 acties hebben nog geen datum. Die staan onderaan." in text
        apart = text.partition("Bij deze acties is niet beloofd wanneer.")[2]
        assert "Huizen opknappen" in apart
        assert "Nog te bepalen" in apart
        assert "na de schouw met bewoners" in apart

    @pytest.mark.parametrize(("asked", "rows"), [("abc", 20), ("-1", 14), ("9999", 14), ("2", 14)])
    def test_any_page(self, client: Client, asked: str, rows: int) -> None:
        html = see(client, "tijdlijn/", page=asked)
        table = html.count('<th scope="row">')
        assert table + len(having(Document(html), "wijk-actie")) == rows

    def test_in_arabic_time_runs_to_the_left(self, client: Client) -> None:
        in_arabic(MonitorPage.objects.get(wijk__slug="velsen-noord", locale__language_code="nl"))
        place = re.compile(r'class="wijk-tijd__jaar" x1="([\d.]+)%"')
        dutch = [float(x) for x in place.findall(see(client, "tijdlijn/"))[:4]]
        arabic = [
            float(x) for x in place.findall(client.get(f"/ar{MONITOR[3:]}tijdlijn/").content.decode())[:4]
        ]
        assert dutch == sorted(dutch)
        assert arabic == [pytest.approx(100 - x, abs=0.02) for x in dutch]


class TestEuro:
    @pytest.mark.parametrize(
        ("language", "amount", "shown"),
        [
            ("nl", 326_000, "€&nbsp;326.000"),
            ("en", 1_189_000, "€&nbsp;1,189,000"),
            ("nl", 0, "€&nbsp;0"),
            ("nl", -2_000, "−€&nbsp;2.000"),
        ],
    )
    def test_as_people_write_it(self, language: str, amount: int, shown: str) -> None:
        with override(language):
            assert euro(amount) == f'<bdi dir="ltr">{shown}</bdi>'


@pytest.mark.django_db
class TestMoney:
    def test_the_sums_are_those_of_the_source(self, client: Client) -> None:
        text = text_of(see(client, "geld/"))
        for part in (
            "Balans vragers en dragers 5 acties 5 zonder bedrag € 0",
            "Veilige woonomgeving 6 acties € 326.000",
            "Meedoen is voor iedereen 8 acties 4 zonder bedrag ten minste € 165.000",
            "Zonder focusopgave 1 actie € 200.000",
            "Totaal 20 acties 9 zonder bedrag ten minste € 691.000",
            "Totaal 14 acties 1 zonder bedrag € 498.000",
            "Alles samen ten minste € 1.189.000",
        ):
            assert part in text, part

    def test_each_euro_counts_once(self, client: Client) -> None:
        text = text_of(see(client, "geld/"))
        assert "Elke euro telt een keer." in text
        assert "(Actieplan Velsen-Noord, 9) € 100.000 en Het Stratingplantsoen opknappen" in text
        assert "Samen: € 150.000." in text

    def test_money_from_elsewhere_stands_apart(self, client: Client) -> None:
        text = text_of(see(client, "geld/"))
        apart = text.partition("Niet in deze som, want het komt uit een ander budget:")[2]
        assert apart.strip().startswith("€ 80.000 uit Algemene reserve: Een vestiging van de bibliotheek")

    def test_what_is_left_of_a_budget(self, client: Client) -> None:
        text = text_of(see(client, "geld/")).partition("Welk budget betaalt, en wat is er over?")[2]
        # Amount, for this wijk, left; each is named again for a narrow window.
        assert re.search(r"Weerbare wijken .*?€ 1\.050\.000 .*?€ 691\.000 .*?€ 359\.000", text)
        assert re.search(r"Samen Gezellig in Velsen-Noord .*?€ 500\.000 .*?€ 498\.000 .*?€ 2\.000", text)
        assert "te veel beloofd" not in text

    def test_a_budget_that_is_promised_twice_says_so(self, client: Client) -> None:
        budget = Budget.objects.source().get(naam="Samen Gezellig in Velsen-Noord")
        elsewhere = Actie.objects.filter(actieplan__wijk__slug="zee-en-duinwijk")[0]
        Financiering.objects.create(actie=elsewhere, budget=budget, bedrag=5_000)
        empty_the_caches()
        html = see(client, "geld/")
        assert "Voor andere wijken" in html
        assert "te veel beloofd" in html
        assert "−€&nbsp;3.000" in html
        widths = [
            float(bar.attrs["width"][:-1])
            for bar in having(Document(html), "wijk-geld__elders")
            if "x" in bar.attrs
        ]
        assert widths == [pytest.approx(100 * 5 / 503, abs=0.01)]

    def test_an_action_without_an_amount_says_why(self, client: Client) -> None:
        text = text_of(see(client, "geld/")).partition("Wat kost elke actie?")[2]
        assert re.search(
            r"Taallessen, zodat .*?niet genoemd Niet van toepassing of nog niet bekend",
            text,
        )
        assert re.search(
            r"bibliotheek in Velsen-Noord .*?Algemene reserve: € 80\.000 Uit een ander budget", text
        )

    def test_bars_are_in_proportion(self, client: Client) -> None:
        bars = [
            float(bar.attrs["width"][:-1])
            for bar in having(Document(see(client, "geld/")), "wijk-geld__balk")
            if bar.inside("table")
        ]
        most = 498_000
        assert bars[:5] == [
            pytest.approx(100 * euros / most, abs=0.01) for euros in (0, 326_000, 165_000, 200_000, 498_000)
        ]


@pytest.mark.django_db
class TestPlaces:
    def address(self, naam: str) -> str:
        return f"plek/{Plek.objects.source().get(naam=naam).pk}/"

    def test_one_place_has_the_work_of_both_plans(self, client: Client) -> None:
        text = text_of(see(client, self.address("Stratingplantsoen")))
        assert "5 acties, 4 te laat. Uit: Actieplan Velsen-Noord, Samen Gezellig in Velsen-Noord." in text

    def test_the_same_work_is_shown_as_such(self, client: Client) -> None:
        document = Document(see(client, self.address("Stratingplantsoen")))
        same = having(document, "wijk-zelfde")
        assert len(same) == 1
        assert len([row for row in same[0].children if row.tag == "article"]) == 2
        assert len(having(document, "wijk-actie")) == 5

    def test_every_place_is_in_the_list_with_a_number_on_the_map(self, client: Client) -> None:
        document = Document(see(client, "plekken/"))
        names = [" ".join(row.all_text.split()) for row in having(document, "wijk-nummer__naam")]
        assert len(names) == Plek.objects.source().filter(wijk__slug="velsen-noord").count()
        markers = having(document, "wijk-plattegrond__punt")
        assert [marker.children[0].text for marker in markers] == [
            f"{n}. {name}" for n, name in enumerate(names, 1)
        ]
        for link in document.all("a"):
            if f"{MONITOR}plek/" in link.attrs.get("href", ""):
                assert client.get(link.attrs["href"]).status_code == 200

    def test_a_place_where_nothing_happens(self, client: Client) -> None:
        plek = Plek.objects.create(wijk=Wijk.objects.get(slug="velsen-noord"), naam="Nieuw plein")
        empty_the_caches()
        text = text_of(see(client, f"plek/{plek.pk}/"))
        assert "Hier staat nu niets gepland" in text
        assert "niet op de kaart" in text_of(see(client, "plekken/"))

    def test_a_place_of_another_wijk_or_in_another_language_is_not_here(self, client: Client) -> None:
        elsewhere = Plek.objects.source().exclude(wijk__slug="velsen-noord")[0]
        translation = Plek.objects.filter(locale__language_code="en", wijk__slug="velsen-noord")[0]
        for plek in (elsewhere, translation):
            assert client.get(f"{MONITOR}plek/{plek.pk}/").status_code == 404

    def test_a_busy_place_is_paged(self, client: Client) -> None:
        wijk = Wijk.objects.get(slug="driehuis")
        page = add_monitor(wijk)
        add_actions(wijk, 300)
        empty_the_caches()
        plek = Plek.objects.source().filter(wijk=wijk, acties__isnull=False)[0]
        response = client.get(f"{page.url}plek/{plek.pk}/", {"page": "2"})
        assert len(having(Document(response.content.decode()), "wijk-actie")) == 5
        assert "25 acties" in text_of(response.content.decode())

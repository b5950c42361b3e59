"""The first view of the monitor: numbers, order, filters, what changed, and what is there when nothing is."""

from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client

from core.models import BasePage
from tests.caches import empty_the_caches
from tests.html import Document, Element
from tests.many_actions import add_actions, add_monitor
from wijken.actions import publish_voortgang, record_planning, start_correction
from wijken.models import Actie, Mijlpaal, MonitorPage, Organisatie, Voortgang, Wijk
from wijken.monitor.facts import standings
from wijken.monitor.filters import FACETS, Choice
from wijken.monitor.names import names_of
from wijken.monitor.register import wijk_acties
from wijken.monitor.standing import State

pytestmark = pytest.mark.django_db
MONITOR = "/nl/wijken/velsen-noord/monitor/"
TODAY = date(2026, 11, 22)
PageAt = Callable[[str], BasePage]


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False) as traveller:
        yield traveller


def see(client: Client, **query: str) -> Document:
    response = client.get(MONITOR, query)
    assert response.status_code == 200
    return Document(response.content.decode())


def having(document: Document, name: str) -> list[Element]:
    return [element for element in document.elements if name in element.attrs.get("class", "").split()]


def words(element: Element) -> str:
    return " ".join(element.all_text.split())


def numbers(document: Document) -> dict[str, int]:
    """{state as in an address: the number in its box}."""
    return {
        parse_qs(urlsplit(link.attrs["href"]).query).get("status", [""])[0]: int(
            next(child for child in link.children if child.tag == "bdi").text
        )
        for link in having(document, "wijk-standen__link")
    }


def states(document: Document) -> list[str]:
    """The state of each row, in the order of the list."""
    return [row.attrs["class"].split("--")[1] for row in having(document, "wijk-actie")]


def choice(**asked: str) -> Choice:
    wijk = Wijk.objects.get(slug="velsen-noord")
    return Choice(wijk_acties(wijk.pk), names_of(wijk.pk, "nl"), asked, base_url=MONITOR)


def found(made: Choice) -> set[int]:
    wijk = Wijk.objects.get(slug="velsen-noord")
    return {entry.pk for entry in made.among(wijk_acties(wijk.pk).most_urgent_first)}


def tell(actie: Actie, **facts: object) -> Voortgang:
    """A published message, and a site that knows of it."""
    defaults = {
        "actie": actie,
        "organisatie": Organisatie.objects.source().filter(naam="Gemeente Velsen").first(),
        "datum": date.today(),
        "tekst": "Er is nieuws.",
        "reden": "De aannemer kwam later.",
    }
    message = Voortgang.objects.create(**{**defaults, **facts})
    publish_voortgang(voortgang=message)
    empty_the_caches()
    return message


@pytest.fixture
def actie(db: None) -> Actie:
    return Actie.objects.get(actieplan__slug="actieplan", nummer=6, actieplan__wijk__slug="velsen-noord")


class TestNumbers:
    def test_they_are_what_the_judgement_says(self, client: Client) -> None:
        acties = Actie.objects.filter(actieplan__wijk__slug="velsen-noord")
        judged = [standing.state for standing in standings(acties, on=TODAY).values()]
        assert numbers(see(client)) == {state.value.replace("_", "-"): judged.count(state) for state in State}
        assert sum(numbers(see(client)).values()) == 34

    def test_too_late_comes_first_and_says_what_is_missing(self, client: Client) -> None:
        document = see(client)
        first = having(document, "wijk-standen__link")[0]
        assert "te laat" in words(first).lower()
        late = numbers(document)["te-laat"]
        signals = words(having(document, "wijk-signalen")[0])
        assert f"{late} acties zijn te laat zonder dat er een reden bij staat" in signals
        assert "Over 34 acties is nog nooit een update geplaatst" in signals
        assert "Van 34 acties hoorden wij al 6 maanden of langer niets" in signals

    def test_a_choice_does_not_hide_what_is_late(self, client: Client) -> None:
        assert numbers(see(client, status="klaar")) == numbers(see(client))

    def test_a_message_changes_them_and_a_reason_counts(self, client: Client, actie: Actie) -> None:
        before = numbers(see(client))
        late = "nog geen reden gegeven"
        row = next(row for row in having(see(client), "wijk-actie") if "ventweg langs" in words(row))
        assert late in words(row)
        tell(actie)
        row = next(
            row
            for row in having(see(client, status="te-laat"), "wijk-actie")
            if "ventweg langs" in words(row)
        )
        assert late not in words(row)
        assert "nog geen update geplaatst" not in words(row)
        assert numbers(see(client)) == before
        tell(actie, verandering="klaar")
        assert numbers(see(client)) == before | {"te-laat": before["te-laat"] - 1, "klaar": 1}
        tell(actie, verandering="gestopt")
        assert numbers(see(client)) == before | {"te-laat": before["te-laat"] - 1, "gestopt": 1}

    @pytest.mark.parametrize(
        ("day", "late"), [("2023-12-31", 0), ("2024-01-01", 3), ("2024-04-01", 4), ("2024-07-01", 9)]
    )
    def test_on_other_days(self, client: Client, day: str, late: int) -> None:
        with time_machine.travel(f"{day} 12:00:00+01:00", tick=False):
            assert numbers(see(client))["te-laat"] == late

    def test_without_news_for_long(self, client: Client, actie: Actie, today: time_machine.Traveller) -> None:
        tell(actie)
        assert "Van 33 acties hoorden wij" in words(having(see(client), "wijk-signalen")[0])
        today.move_to("2027-05-22 12:00:00+02:00")
        assert "Van 34 acties hoorden wij" in words(having(see(client), "wijk-signalen")[0])
        row = next(
            row
            for row in having(see(client, status="te-laat"), "wijk-actie")
            if "ventweg langs" in words(row)
        )
        assert "geen nieuws sinds 6 maanden" in words(row)


class TestList:
    def test_the_longest_late_is_on_top_and_what_is_in_time_at_the_end(self, client: Client) -> None:
        rows = states(see(client)) + states(see(client, page="2"))
        assert len(rows) == 34
        assert rows == sorted(rows, key=["te_laat", "bezig", "gepland", "gestopt", "klaar"].index)
        days = [entry.pk for entry in wijk_acties(Wijk.objects.get(slug="velsen-noord").pk).most_urgent_first]
        late = standings(Actie.objects.filter(pk__in=days), on=TODAY)
        assert [late[pk].days_late for pk in days] == sorted(
            (late[pk].days_late for pk in days), reverse=True
        )

    def test_each_row_names_its_plan(self, client: Client) -> None:
        text = [words(row) for row in having(see(client), "wijk-actie")]
        assert all(
            ("Actieplan Velsen-Noord" in row) or ("Samen Gezellig in Velsen-Noord" in row) for row in text
        )

    @pytest.mark.parametrize(
        ("asked", "rows"), [("abc", 20), ("-1", 14), ("0", 14), ("9999", 14), ("1", 20), ("2", 14), ("", 20)]
    )
    def test_any_page(self, client: Client, asked: str, rows: int) -> None:
        assert len(states(see(client, page=asked))) == rows

    def test_the_next_page_keeps_the_choice_and_drops_nonsense(self, client: Client) -> None:
        document = see(client, status="te-laat", trekker="niemand", onzin="ja", page="1")
        links = [link.attrs["href"] for link in document.all("a") if link.attrs.get("rel") == "next"]
        assert len(links) == 1
        assert parse_qs(links[0].removeprefix("?")) == {"status": ["te-laat"], "page": ["2"]}


class TestFilters:
    @pytest.mark.parametrize("facet", FACETS)
    def test_each_choice_gives_as_many_as_it_says(self, facet: str) -> None:
        options = choice().options(facet)
        assert options
        for option in options:
            made = choice(**{facet: option.value})
            assert len(found(made)) == option.count, option
            assert [active.value for active in made.active] == [option.value]

    def test_two_choices_give_what_both_have(self) -> None:
        one, other = choice(status="te-laat"), choice(trekker="gemeente-velsen")
        both = choice(status="te-laat", trekker="gemeente-velsen")
        assert found(both) == found(one) & found(other)
        assert 0 < len(found(both)) < len(found(one))

    def test_the_counts_beside_a_second_choice_are_what_is_left_then(self) -> None:
        made = choice(plan="samen-gezellig")
        for facet in FACETS:
            for option in made.options(facet):
                asked = {"plan": "samen-gezellig", facet: option.value}
                assert len(found(choice(**asked))) == option.count, option

    @pytest.mark.parametrize(
        "query",
        [
            {"status": "onzin"},
            {"status": "te_laat"},
            {"trekker": "99999"},
            {"plek": "<script>"},
            {"plan": "é"},
            {"focusopgave": "\0"},
            {"perspectief": "x" * 3000},
            {"let-op": "alles"},
        ],
    )
    def test_what_does_not_exist_is_ignored(self, client: Client, query: dict[str, str]) -> None:
        document = see(client, **query)
        assert len(states(document)) == 20
        assert having(document, "wijk-keus") == []

    def test_a_choice_can_be_taken_away_one_by_one(self, client: Client) -> None:
        document = see(client, status="te-laat", trekker="velison-wonen")
        left = [urlsplit(link.attrs["href"]).query for link in having(document, "wijk-keus__weg")]
        assert sorted(left) == ["status=te-laat", "trekker=velison-wonen"]
        assert set(states(document)) == {"te_laat"}

    def test_the_form_shows_what_was_chosen(self, client: Client) -> None:
        document = see(client, trekker="velison-wonen")
        selected = [option.text for option in document.all("option") if "selected" in option.attrs]
        assert len(selected) == 1
        assert selected[0].startswith("Velison Wonen (")

    def test_nothing_left_says_so_with_a_way_out(self, client: Client) -> None:
        document = see(client, status="klaar", plan="samen-gezellig")
        assert states(document) == []
        empty = having(document, "wijk-leeg")[0]
        assert "Geen enkele actie past bij uw keuze" in words(empty)
        assert [
            child.attrs["href"]
            for child in document.all("a")
            if child.inside("div") and child.attrs.get("href") == MONITOR
        ]


class TestChanges:
    def section(self, client: Client) -> str:
        html = client.get(MONITOR).content.decode()
        return html.partition('id="veranderd"')[2].partition('id="acties"')[0]

    def test_nothing_is_said_honestly(self, client: Client) -> None:
        text = self.section(client)
        assert "Niets. Sinds 1 november 2026 is er geen bericht geplaatst" in text
        assert "Ook in de laatste 30 dagen veranderde er niets." in text

    def test_a_message_that_moves_a_promise_is_one_change(self, client: Client, actie: Actie) -> None:
        step = Mijlpaal.objects.source().filter(actie=actie)[0]
        tell(actie, mijlpaal=step, periode="2027-Q2", zekerheid="verwacht", tekst="De planning schuift op.")
        text = self.section(client)
        assert text.count("De planning schuift op.") == 1
        assert text.count("Nieuwe planning: 2e kwartaal van 2027.") == 1
        assert text.count("wijk-nieuwtje__titel") == 1
        assert "De aannemer kwam later." in text

    def test_a_promise_that_was_moved_says_from_what_to_what(
        self, client: Client, actie: Actie, today: time_machine.Traveller
    ) -> None:
        step = Mijlpaal.objects.source().filter(actie=actie)[0]
        record_planning(
            mijlpaal=step, periode="2027-Q3", zekerheid="verwacht", reden="Nog overleg.", vastgelegd_op=TODAY
        )
        empty_the_caches()
        moved = "De planning was: 2e kwartaal van 2024. Nu is die: 3e kwartaal van 2027."
        text = self.section(client)
        assert moved in text
        assert "Nog overleg." in text
        # The next month it was earlier, and after thirty days it is no news any more.
        today.move_to("2026-12-03 12:00:00+01:00")
        text = self.section(client)
        assert "Niets. Sinds 1 december 2026" in text
        assert moved in text.partition("En eerder in de laatste 30 dagen")[2]
        today.move_to("2026-12-25 12:00:00+01:00")
        assert moved not in self.section(client)

    def test_a_draft_is_no_news(self, client: Client, actie: Actie) -> None:
        Voortgang.objects.create(
            actie=actie, organisatie=Organisatie.objects.source()[0], datum=TODAY, tekst="Nog geheim."
        )
        empty_the_caches()
        assert "Nog geheim." not in client.get(MONITOR).content.decode()

    def test_a_correction_takes_the_place_of_what_it_corrects(self, client: Client, actie: Actie) -> None:
        wrong = tell(actie, tekst="Het is vijf meter.")
        wrong.refresh_from_db()
        right = start_correction(voortgang=wrong, organisatie=wrong.organisatie)
        right.tekst = "Het is zes meter."
        right.save()
        publish_voortgang(voortgang=right)
        empty_the_caches()
        text = self.section(client)
        assert "Het is zes meter." in text
        assert "verbetering" in text
        assert "Het is vijf meter." not in text

    def test_only_the_newest_of_many(self, client: Client, actie: Actie) -> None:
        for number in range(12):
            tell(actie, tekst=f"Bericht {number}.")
        text = self.section(client)
        assert text.count("wijk-nieuwtje__titel") == 10
        assert "Dit zijn de nieuwste." in text

    def test_in_a_month_with_news_the_queries_stay_few(self, client: Client, actie: Actie) -> None:
        from tests.pages.test_monitor_routes import cold_queries

        step = Mijlpaal.objects.source().filter(actie=actie)[0]
        tell(actie, mijlpaal=step, periode="2027-Q2", zekerheid="verwacht")
        assert len(cold_queries(client, MONITOR)) <= 15
        assert len(cold_queries(client, MONITOR.replace("/nl/", "/en/"))) <= 17


class TestOtherWijken:
    def test_a_wijk_with_examples_only(self, client: Client) -> None:
        response = client.get("/nl/wijken/zee-en-duinwijk/monitor/")
        document = Document(response.content.decode())
        assert numbers(document) == {"te-laat": 0, "bezig": 0, "gepland": 3, "klaar": 0, "gestopt": 0}
        assert len(states(document)) == 3

    @pytest.mark.parametrize("route", ["", "tijdlijn/", "geld/"])
    def test_a_wijk_without_a_plan(self, client: Client, route: str) -> None:
        page = add_monitor(Wijk.objects.get(slug="driehuis"))
        empty_the_caches()
        document = Document(client.get(f"{page.url}{route}").content.decode())
        assert len(having(document, "wijk-leeg")) == 1
        assert states(document) == []

    def test_actions_of_another_wijk_are_not_here(self, client: Client) -> None:
        wijk = Wijk.objects.get(slug="driehuis")
        add_monitor(wijk)
        add_actions(wijk, 5)
        empty_the_caches()
        assert sum(numbers(see(client)).values()) == 34
        page = MonitorPage.objects.get(wijk=wijk)
        assert sum(numbers(Document(client.get(page.url).content.decode())).values()) == 5

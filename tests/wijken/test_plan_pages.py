"""The pages of a plan, and what the page of a wijk says about it."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from core.models import BasePage
from tests.caches import empty_the_caches
from tests.examples import example
from tests.html import Document, Element
from tests.wijken.telling import actie, steps, tell
from wijken.models import (
    Actie,
    ActiePage,
    Actieplan,
    ActieplanPage,
    ActieplanVersie,
    FocusopgavePage,
    PerspectiefPage,
    Terugblik,
)
from wijken.monitor.plan_story import needs_of, plan_story
from wijken.monitor.standing import State
from wijken.monitor.terugblikken import look_backs
from wijken.register_pages import page_of, plek_address

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
PLAN = "/nl/wijken/velsen-noord/actieplan/"
PROGRAMME = "/nl/wijken/velsen-noord/samen-gezellig/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        yield


def plan(slug: str = "actieplan") -> Actieplan:
    return Actieplan.objects.get(slug=slug, wijk__slug="velsen-noord")


def seen(client: Client, path: str) -> str:
    """The words of a page."""
    empty_the_caches()
    response = client.get(path)
    assert response.status_code == 200
    main: Element = Document(response.content.decode()).first("main")
    return " ".join(main.all_text.split()).replace("\xa0", " ")


def links(client: Client, path: str) -> set[str]:
    empty_the_caches()
    document = Document(client.get(path).content.decode())
    return {link.attrs.get("href", "") for link in document.all("a")}


def test_groups_with_their_sums_are_those_of_the_source() -> None:
    story = plan_story(plan(), language_code="nl", on=TODAY)
    assert [
        (group.focusopgave and group.focusopgave.nummer, group.total.acties, group.total.euros)
        for group in story.groups
    ] == [(1, 5, 0), (2, 6, 326_000), (3, 8, 165_000), (None, 1, 200_000)]
    assert story.total.euros == 691_000
    assert len(story.perspectieven) == 5
    assert len(story.focusopgaven) == 3
    assert dict(story.counts.by_state) == {State.TE_LAAT: 17, State.GEPLAND: 3}


def test_the_plan_page_says_what_it_is(client: Client) -> None:
    words = seen(client, PLAN)
    for said in (
        "december 2023",
        "1 maart 2024",
        "1 januari 2024",
        "samen € 326.000",
        "samen minstens € 691.000",
    ):
        assert said in words
    found = links(client, PLAN)
    assert "#deel-1" in found
    assert any("monitor" in link for link in found)
    assert sum("/perspectief-" in link for link in found) == 5


def test_versions_stay_visible(client: Client) -> None:
    ActieplanVersie.objects.create(
        actieplan=plan(), versie="juni 2024", datum=date(2024, 6, 1), status="vastgesteld"
    )
    words = seen(client, PLAN)
    assert "Vastgesteld" in words
    assert "Eerdere versies" in words
    assert "konden reageren" not in words


def test_an_open_consultation_says_until_when(client: Client) -> None:
    ActieplanVersie.objects.filter(actieplan=plan()).update(consultatie_tot=date(2026, 12, 1))
    assert "U kunt nog op dit plan reageren" in seen(client, PLAN)


def test_a_programme_has_no_empty_parts(client: Client) -> None:
    words = seen(client, PROGRAMME)
    assert "14 projecten," in words
    assert "samen € 498.000" in words
    for absent in ("Perspectieven", "Focusopgaven", "Terugblikken", "Zonder focusopgave"):
        assert absent not in words
    assert "Nog niet bekend" in words


def test_look_backs_are_done_overdue_or_planned() -> None:
    [held] = Terugblik.objects.all()
    found = look_backs(plan(), [held], on=TODAY)
    assert [(item.due_on, item.terugblik, item.is_done, item.is_overdue) for item in found] == [
        (date(2024, 7, 1), held, False, True),
        (date(2025, 7, 1), None, False, True),
        (date(2027, 7, 1), None, False, False),
    ]
    held.gehouden_op = date(2024, 7, 10)
    assert look_backs(plan(), [held], on=TODAY)[0].is_done
    assert look_backs(plan("samen-gezellig"), [], on=TODAY) == []


def test_a_look_back_some_weeks_off_counts_and_another_one_stands_on_its_own() -> None:
    early = Terugblik(actieplan=plan(), peildatum=date(2025, 6, 10), gehouden_op=date(2025, 6, 20))
    extra = Terugblik(actieplan=plan(), peildatum=date(2026, 2, 1))
    found = look_backs(plan(), [extra, early], on=TODAY)
    assert [(item.due_on, item.terugblik, item.is_done) for item in found] == [
        (date(2024, 7, 1), None, False),
        (date(2025, 7, 1), early, True),
        (date(2026, 2, 1), extra, False),
        (date(2027, 7, 1), None, False),
    ]


def test_a_perspectief_has_three_parts_and_its_answers(client: Client) -> None:
    perspectief = plan().perspectieven.get(nummer=2)
    needs = needs_of(perspectief, language_code="nl", on=TODAY)
    assert [need.opgave.nummer for need in needs] == [1, 2, 3]
    for need in needs:
        assert {row.actie for row in need.rows} == set(Actie.objects.filter(opgaven=need.opgave))
    page = page_of(perspectief, "nl")
    assert page
    words = seen(client, page.url)
    parts = ["Wat vinden wij waardevol?", "Hoe is het nu?", "Wat is er nodig?"]
    assert [words.count(part) for part in parts] == [1, 1, 1]
    assert "Project 4" in words
    found = links(client, page.url)
    assert any("/perspectief-1-" in link for link in found)
    assert any("/perspectief-3-" in link for link in found)


def test_a_focusopgave_has_four_parts_and_its_sum(client: Client) -> None:
    focusopgave = plan().focusopgaven.get(nummer=2)
    page = page_of(focusopgave, "nl")
    assert page
    words = seen(client, page.url)
    for said in (
        "Doelstelling",
        "Waarom is dit een focusopgave?",
        "Wie is hiervoor verantwoordelijk?",
        "Welke acties horen hierbij?",
        "6 acties,",
        "samen € 326.000",
    ):
        assert said in words


def test_a_wijk_shows_what_was_promised(client: Client) -> None:
    path = "/nl/wijken/velsen-noord/"
    words = seen(client, path)
    assert "Wat is hier beloofd?" in words
    assert "31 te laat" in words
    assert {PLAN, PROGRAMME, "/nl/wijken/velsen-noord/monitor/"} <= links(client, path)
    for step in steps(actie(7)):
        tell(actie(7), date(2026, 11, 1), "Gelukt.", mijlpaal=step, gehaald_op=date(2026, 11, 1))
    assert "30 te laat" in seen(client, path)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("wijk", ["velsen-noord", "zee-en-duinwijk"])
def test_a_first_visit_to_a_wijk_with_plans_stays_light(wijk: str, language: str, client: Client) -> None:
    client.get(f"/{language}/wijken/{wijk}/")
    empty_the_caches()
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/{language}/wijken/{wijk}/")
    assert len(queries) <= 25, "\n".join(query["sql"][:200] for query in queries)


@pytest.mark.parametrize("model", [ActiePage, ActieplanPage, PerspectiefPage, FocusopgavePage])
def test_a_first_visit_in_english_stays_light(model: type[BasePage], client: Client) -> None:
    url = example(model, "en").url
    client.get(url)
    empty_the_caches()
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert len(queries) <= 25, "\n".join(query["sql"][:200] for query in queries)


def test_a_wijk_without_a_plan_does_not_mention_it(client: Client) -> None:
    assert "Wat is hier beloofd?" not in seen(client, "/nl/wijken/driehuis/")


def test_pages_of_rows_in_a_language_and_of_what_is_not_there() -> None:
    found = {code: page_of(actie(7), code) for code in ("nl", "en", "ar")}
    assert [page and page.locale.language_code for page in found.values()] == ["nl", "en", "nl"]
    Page.objects.filter(pk__in=[page.pk for page in found.values() if page]).update(live=False)
    empty_the_caches()
    assert page_of(actie(7), "nl") is None
    plek = actie(7).plekken.all()[0]
    monitor = page_of(plek.wijk, "nl")
    assert monitor
    assert plek_address(plek, "nl") == f"{monitor.url}plek/{plek.pk}/"
    monitor.unpublish()
    empty_the_caches()
    assert plek_address(plek, "nl") == ""


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("actie 7", "actie-7-stratingplantsoen-rustiger-rijden"),
        ("project 13", "project-13-vlag-velsen-noord"),
        ("ventweg", "actie-6-ventweg-wijkerstraatweg"),
        ("Bibliotheek Velsen", "actie-14-bibliotheek"),
        ("Elfi", "actie-3-jozefkerk-woningen"),
    ],
)
def test_search_by_number_short_name_and_trekker(query: str, slug: str, client: Client) -> None:
    response = client.get("/nl/zoeken/", {"q": query})
    assert response.status_code == 200
    assert any(slug in hit.url for hit in response.context["results"].pages)

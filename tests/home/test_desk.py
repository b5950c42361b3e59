"""The editors' first screen and their reports."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import User, ZoektermZonderResultaat
from home import roles
from home.desk import todo
from home.desk.coverage import coverage
from home.models import ContentPage, HomePage, Synoniemen
from tests.desk import allow_unknown_variables, exported, first, html
from wijken.afspraken import afspraken_per_wijk, stuurgroep_afspraken, wijk_afspraken
from wijken.models import (
    Contactpersoon,
    Organisatie,
    Werkplan,
    Wijk,
    Wijkplatform,
    Wijkteam,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def as_role(db: None) -> Callable[[str], Client]:
    def make(name: str) -> Client:
        roles.apply()
        user = User.objects.create_user(f"test-{name}", f"{name}@example.nl", PASSWORD, first_name=name)
        user.groups.add(Group.objects.get(name=name))
        client = Client()
        client.force_login(user)
        return client

    return make


def dutch(model: type[Any]) -> Any:
    return first(model.objects.filter(locale__language_code="nl"))


HOME = "/admin/"


def test_the_first_screen_shows_what_needs_doing(desk: Client) -> None:
    contact = dutch(Contactpersoon)
    Contactpersoon.objects.filter(pk=contact.pk).update(
        review_on=timezone.localdate() - timedelta(days=1), functie="Wijkbeheerder die oud is"
    )
    page = dutch(ContentPage)
    ContentPage.objects.filter(pk=page.pk).update(review_on=timezone.localdate() + timedelta(days=3))
    Werkplan.objects.filter(jaar=timezone.localdate().year).delete()
    ZoektermZonderResultaat.objects.create(term="grofvuil", language="nl", on=timezone.localdate(), count=7)
    text = html(desk.get(HOME))
    assert "Wijkbeheerder die oud is" in text
    assert page.draft_title in text
    assert "te laat" in text
    assert str(first(Wijkteam.objects)) in text
    assert "grofvuil" in text
    assert f"{reverse('synoniemen:add')}?woord=grofvuil" in text


def test_without_anything_to_do_the_first_screen_says_so(desk: Client) -> None:
    Contactpersoon.objects.update(review_on=None, hours="werkdagen", telefoon="14 0255")
    for model in todo.page_models():
        model.objects.update(review_on=None)
    assert todo.reviews(on=TODAY, within_days=30) == []
    assert todo.unreachable_contacten() == []
    assert "Niets te doen. Mooi." in html(desk.get(HOME))


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        ("Partner", ["Mijn acties"], ["Nakijken", "Gezocht en niet gevonden"]),
        ("Baliemedewerker", [], ["Wat er te doen is"]),
        ("Vertaler", ["Vertalingen"], ["Afspraken die te laat zijn", "Contacten die niet af zijn"]),
        ("Redacteur", ["Nakijken", "Afspraken die te laat zijn", "Gezocht en niet gevonden"], []),
        ("Eindredacteur", ["Nakijken", "Contacten die niet af zijn", "Wijken zonder pagina"], []),
    ],
)
def test_each_card_is_for_whoever_may_do_it(
    role: str, seen: list[str], unseen: list[str], as_role: Callable[[str], Client]
) -> None:
    text = html(as_role(role).get(HOME))
    for title in seen:
        assert title in text
    for title in unseen:
        assert title not in text


def test_the_number_of_queries_does_not_grow(
    desk: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def ask() -> None:
        todo.reviews(on=TODAY, within_days=30)
        todo.overdue_afspraken(on=TODAY)
        list(todo.teams_without_werkplan(year=TODAY.year))
        list(todo.wijken_without_page())
        coverage()
        todo.terms_without_result(on=TODAY)
        todo.unreachable_contacten()

    team, organisatie, home = first(Wijkteam.objects), dutch(Organisatie), dutch(HomePage)

    def add(number: int) -> None:
        wijk = Wijk.objects.create(naam=f"Wijk {number}", slug=f"w{number}", kern="Kern", wijkteam=team)
        Wijkplatform.objects.create(wijk=wijk, status="actief", since=date(2020, 1, 1))
        Contactpersoon.objects.create(
            functie=f"C {number}", waarvoor="x", role="wijkagent", organisatie=organisatie, review_on=TODAY
        )
        page = home.add_child(instance=ContentPage(title=f"P {number}", slug=f"p{number}", review_on=TODAY))
        page.save_revision().publish()

    add(1)
    ask()
    with django_assert_max_num_queries(22) as few:
        ask()
    for number in range(2, 7):
        add(number)
    with django_assert_num_queries(len(few)):
        ask()
    desk.get(HOME)
    with django_assert_max_num_queries(62):
        desk.get(HOME)


def test_afspraken_of_all_wijken_at_once_are_those_of_each() -> None:
    per_wijk, shared = afspraken_per_wijk(Wijk.objects.all(), on=TODAY)
    assert shared == stuurgroep_afspraken(on=TODAY)
    assert len(per_wijk) == Wijk.objects.count()
    for wijk, own in per_wijk:
        assert [repr(item) for item in own + shared] == [
            repr(item) for item in wijk_afspraken(wijk, on=TODAY)
        ]


def test_the_review_report_has_pages_and_contacts_and_exports(desk: Client) -> None:
    contact, page = dutch(Contactpersoon), dutch(ContentPage)
    Contactpersoon.objects.filter(pk=contact.pk).update(review_on=TODAY - timedelta(days=2))
    ContentPage.objects.filter(pk=page.pk).update(review_on=TODAY + timedelta(days=400))
    with time_machine.travel("2026-11-22 12:00", tick=False):
        found = {item.title: item.state for item in todo.reviews(on=TODAY, within_days=None)}
        text = html(desk.get(reverse("desk_reviews")))
        csv = exported(desk.get(reverse("desk_reviews"), {"export": "csv"}))
    assert found[contact.functie] == "te laat"
    assert found[page.draft_title] == "later"
    assert contact.functie in text
    assert contact.functie in csv
    assert csv.startswith("Titel,")
    assert desk.get(reverse("desk_reviews_results")).status_code == 200


def test_search_terms_are_added_up_filtered_and_safe_in_a_spreadsheet(desk: Client) -> None:
    ZoektermZonderResultaat.objects.all().delete()
    today = timezone.localdate()
    for days, count in ((0, 2), (3, 3), (200, 5)):
        ZoektermZonderResultaat.objects.create(
            term="=cmd|x", language="nl", on=today - timedelta(days=days), count=count
        )
    ZoektermZonderResultaat.objects.create(term="bins", language="en", on=today)
    address = reverse("desk_search_terms")
    csv = exported(desk.get(address, {"export": "csv"}))
    assert "'=cmd|x,nl,10" in csv
    assert "bins" in csv
    csv = exported(desk.get(address, {"export": "csv", "period": "7", "language": "nl"}))
    assert "'=cmd|x,nl,5" in csv
    assert "bins" not in csv
    assert "taal=nl" in html(desk.get(address))


def test_a_term_becomes_a_synonym(desk: Client) -> None:
    add = reverse("synoniemen:add")
    assert "grofvuil, " in html(desk.get(add, {"woord": "grofvuil", "taal": "nl"}))
    desk.post(add, {"language": "nl", "terms": "grofvuil, grof afval"})
    assert Synoniemen.objects.filter(terms="grofvuil, grof afval").exists()

"""What the first screen says about the action plans, and to whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.desk import plan_todo
from tests.desk import account, allow_unknown_variables, browser, html
from tests.plan import actie_of, published, step_of, submitted, velison, welzijn
from wijken.actions import take_snapshot
from wijken.models import Actie, Actieplan, Terugblik

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
HOME = "/admin/"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def late(puller: Any) -> Actie:
    actie = actie_of(puller)
    step_of(actie, periode="2024")
    return actie


def test_late_without_a_reason_per_trekker() -> None:
    mine, theirs = late(velison()), late(welzijn())
    published(theirs, welzijn(), reden="Te nat.")
    groups = plan_todo.unexplained_per_trekker(plan_todo.judged_acties(on=timezone.localdate()))
    found = {group.trekker: [row.actie for row in group.acties] for group in groups}
    assert mine in found["Velison Wonen"]
    assert theirs not in found.get("Stichting Welzijn Velsen", [])
    for group in groups:
        days = [row.standing.days_late for row in group.acties]
        assert days == sorted(days, reverse=True)


def test_no_news_for_longer_than_the_plan_allows() -> None:
    actie = late(velison())
    today = timezone.localdate()

    def silent() -> list[Actie]:
        return [row.actie for row in plan_todo.silent(plan_todo.judged_acties(on=today))]

    assert actie in silent()
    published(actie, velison(), reden="Te nat.")
    assert actie not in silent()


def plan(starts_on: date) -> Actieplan:
    template = Actieplan.objects.all()[0]
    return Actieplan.objects.create(wijk=template.wijk, naam="Nieuw plan", slug="nieuw", starts_on=starts_on)


@pytest.mark.parametrize(
    ("starts_on", "held", "due"),
    [
        (date(2026, 11, 1), None, []),
        (date(2026, 6, 10), None, [(date(2026, 12, 10), False)]),
        (date(2026, 5, 1), None, [(date(2026, 11, 1), True)]),
        (date(2026, 5, 1), date(2026, 10, 20), []),
        (date(2026, 5, 1), date(2026, 6, 1), [(date(2026, 11, 1), True)]),
        # The first is a year late, the second is due: only the newest counts, and the one that comes.
        (date(2025, 6, 1), None, [(date(2025, 12, 1), True), (date(2026, 12, 1), False)]),
        # Planned, and not held yet.
        (date(2026, 5, 1), date(2026, 12, 1), [(date(2026, 11, 1), True)]),
    ],
)
def test_a_look_back_that_is_due(starts_on: date, held: date | None, due: list[Any]) -> None:
    new = plan(starts_on)
    if held:
        Terugblik.objects.create(actieplan=new, peildatum=held)
    found = [(row.due_on, row.is_overdue) for row in plan_todo.look_backs(on=TODAY) if row.plan == new]
    assert found == due


def test_a_look_back_of_which_the_standing_is_not_kept() -> None:
    new = plan(date(2026, 5, 1))
    terugblik = Terugblik.objects.create(actieplan=new, peildatum=timezone.localdate() - timedelta(days=1))
    assert terugblik in plan_todo.unkept_look_backs(on=timezone.localdate())
    take_snapshot(terugblik=terugblik)
    assert terugblik not in plan_todo.unkept_look_backs(on=timezone.localdate())


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        ("partner", ["Mijn acties"], ["per trekker", "om na te kijken", "Acties zonder nieuws"]),
        ("vertaler", [], ["Mijn acties", "per trekker", "om na te kijken"]),
        ("redacteur", ["per trekker", "Acties zonder nieuws"], ["Mijn acties", "om na te kijken"]),
        ("eindredacteur", ["per trekker", "Berichten om na te kijken", "Terugblikken"], ["Mijn acties"]),
    ],
)
def test_each_card_is_for_whoever_can_do_it(role: str, seen: list[str], unseen: list[str]) -> None:
    submitted(late(velison()), velison(), reden="Te nat.")
    text = html(browser(account(role)).get(HOME))
    assert [title for title in seen if title not in text] == []
    assert [title for title in unseen if title in text] == []


def test_the_partner_is_told_what_to_do_first() -> None:
    actie = late(velison())
    client: Client = browser(account("partner", velison()))
    text = html(client.get(HOME))
    assert "u bent te laat: schrijf waarom" in text
    assert reverse("desk_message_add", args=[actie.pk]) in html(client.get(reverse("desk_my_actions")))
    submitted(actie, velison(), reden="Te nat.")
    assert "bericht wacht op de redactie" in html(client.get(HOME)) or actie.naam not in html(
        client.get(HOME)
    )


def test_more_plans_take_no_more_queries(django_assert_num_queries: Any) -> None:
    def ask() -> None:
        rows = plan_todo.judged_acties(on=TODAY)
        plan_todo.unexplained_per_trekker(rows)
        plan_todo.silent(rows)
        plan_todo.look_backs(on=TODAY)
        plan_todo.unkept_look_backs(on=TODAY)

    with django_assert_num_queries(8):
        ask()
    for puller in (velison(), welzijn(), velison()):
        late(puller)
    plan(date(2025, 1, 1))
    with django_assert_num_queries(8):
        ask()

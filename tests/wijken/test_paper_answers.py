"""Answers on paper: entered by row, corrected with a history, and never over a colleague's numbers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.cache import content_version
from tests.desk import allow_unknown_variables, html
from tests.html import Document
from wijken.answers import ChangedMeanwhileError, Tally, count_answer, set_tally, tally_of
from wijken.models import Actie, Antwoord, Terugblik

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
INDEX = "/admin/antwoorden-op-papier/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    allow_unknown_variables(monkeypatch)
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def terugblik() -> Terugblik:
    row = Terugblik.objects.get(peildatum=date(2024, 7, 1))
    row.vraag_van, row.vraag_tot = TODAY - timedelta(days=7), TODAY + timedelta(days=7)
    row.save()
    return row


@pytest.fixture
def actie(terugblik: Terugblik) -> Actie:
    return Actie.objects.get(actieplan=terugblik.actieplan, nummer=6)


def screen(terugblik: Terugblik) -> str:
    return reverse("antwoorden-op-papier:tally", args=[terugblik.pk])


def seen_on(response: Any) -> str:
    fields = {field.attrs.get("name"): field.attrs for field in Document(html(response)).all("input")}
    return str(fields["gezien"].get("value", ""))


def enter(desk: Client, terugblik: Terugblik, dag: date, **cells: str) -> Any:
    """Fill in cells of a freshly opened screen; names are `plan_nee` or `<id>_nee`."""
    address = f"{screen(terugblik)}?dag={dag}"
    data = {"gezien": seen_on(desk.get(address))}
    data |= {f"aantal-{name.lstrip('_').replace('_', '-', 1)}": value for name, value in cells.items()}
    return desk.post(address, data)


def test_numbers_are_stored_for_a_day_on_paper(terugblik: Terugblik, actie: Actie, desk: Client) -> None:
    response = enter(desk, terugblik, YESTERDAY, plan_nee="12", **{f"_{actie.pk}_ja": "3"})
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"?dag={YESTERDAY}")
    rows = Antwoord.objects.values_list("actie", "keuze", "kanaal", "dag", "aantal")
    assert set(rows) == {
        (None, "nee", "papier", YESTERDAY, 12),
        (actie.pk, "ja", "papier", YESTERDAY, 3),
    }
    again = html(desk.get(f"{screen(terugblik)}?dag={YESTERDAY}"))
    assert 'name="aantal-plan-nee" value="12"' in again


def test_a_correction_replaces_and_leaves_a_trace(terugblik: Terugblik, desk: Client) -> None:
    enter(desk, terugblik, YESTERDAY, plan_nee="12")
    enter(desk, terugblik, YESTERDAY, plan_nee="2", plan_weet_niet="1")
    assert tally_of(terugblik, dag=YESTERDAY) == {(None, "nee"): 2, (None, "weet_niet"): 1}
    entries = ModelLogEntry.objects.for_instance(terugblik).filter(action="wijken.tally")
    assert [entry.data["changes"] for entry in entries.order_by("timestamp", "pk")] == [
        [[None, "nee", 0, 12]],
        [[None, "nee", 12, 2], [None, "weet_niet", 0, 1]],
    ]
    text = html(desk.get(screen(terugblik)))
    assert "12 → 2" in text
    assert "beheer-test" in text
    history = html(desk.get(reverse("terugblikken:history", args=[terugblik.pk])))
    assert "Antwoorden op papier van 2026-11-21" in history


def test_nothing_new_leaves_no_trace(terugblik: Terugblik, desk: Client) -> None:
    enter(desk, terugblik, YESTERDAY, plan_nee="12")
    enter(desk, terugblik, YESTERDAY, plan_nee="12")
    assert ModelLogEntry.objects.for_instance(terugblik).filter(action="wijken.tally").count() == 1
    enter(desk, terugblik, YESTERDAY, plan_nee="")
    assert tally_of(terugblik, dag=YESTERDAY) == {}


@pytest.mark.parametrize("value", ["x", "-1", "1,5", "10000", "1e3", "١٢x"])
def test_what_is_no_number_is_said_at_its_field_and_nothing_is_stored(
    value: str, terugblik: Terugblik, desk: Client
) -> None:
    response = enter(desk, terugblik, YESTERDAY, plan_nee=value, plan_ja="4")
    assert response.status_code == 200
    assert "Er is niets bewaard." in html(response)
    assert "desk-tally__error" in html(response)
    assert 'value="4"' in html(response), "What was right stays."
    assert not Antwoord.objects.exists()


def test_a_colleague_who_was_first_is_not_overwritten(terugblik: Terugblik, desk: Client) -> None:
    address = f"{screen(terugblik)}?dag={YESTERDAY}"
    opened = seen_on(desk.get(address))
    enter(desk, terugblik, YESTERDAY, plan_nee="5")
    response = desk.post(address, {"gezien": opened, "aantal-plan-nee": "8"})
    assert response.status_code == 409
    text = html(response)
    assert "Een collega heeft deze dag net ook ingevuld" in text
    assert "nu: 5" in text
    assert 'name="aantal-plan-nee" value="8"' in text
    assert tally_of(terugblik, dag=YESTERDAY) == {(None, "nee"): 5}
    retry = desk.post(address, {"gezien": seen_on(response), "aantal-plan-nee": "8"})
    assert retry.status_code == 302
    assert tally_of(terugblik, dag=YESTERDAY) == {(None, "nee"): 8}


def test_the_action_itself_refuses_what_was_not_seen(terugblik: Terugblik, beheerder: Any) -> None:
    wanted: Tally = {(None, "nee"): 1}
    set_tally(terugblik=terugblik, dag=TODAY, wanted=wanted, seen={}, by=beheerder)
    with pytest.raises(ChangedMeanwhileError):
        set_tally(terugblik=terugblik, dag=TODAY, wanted={(None, "nee"): 2}, seen={}, by=beheerder)


def test_answers_from_the_site_are_neither_shown_nor_changed(terugblik: Terugblik, desk: Client) -> None:
    count_answer(terugblik=terugblik, actie=None, keuze="nee", dag=YESTERDAY)
    enter(desk, terugblik, YESTERDAY, plan_nee="4")
    assert dict(Antwoord.objects.values_list("kanaal", "aantal")) == {"web": 1, "papier": 4}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", TODAY),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-30", TODAY),
        ("2020-01-01", date(2026, 11, 15)),
        ("2026-02-31", TODAY),
        ("onzin\0", TODAY),
    ],
)
def test_a_day_is_one_on_which_the_question_was_open(
    asked: str, shown: date, terugblik: Terugblik, desk: Client
) -> None:
    text = html(desk.get(screen(terugblik), {"dag": asked}))
    assert f'name="dag" value="{shown}"' in text


def test_after_closing_sheets_can_still_be_entered(terugblik: Terugblik, desk: Client) -> None:
    Terugblik.objects.filter(pk=terugblik.pk).update(vraag_tot=YESTERDAY)
    assert "gesloten op 21 november 2026" in html(desk.get(INDEX))
    assert f'name="dag" value="{YESTERDAY}"' in html(desk.get(screen(terugblik)))
    assert enter(desk, terugblik, TODAY, plan_ja="1").status_code == 302
    assert Antwoord.objects.get().dag == YESTERDAY


def test_before_the_question_is_open_there_is_nothing_to_enter(terugblik: Terugblik, desk: Client) -> None:
    Terugblik.objects.filter(pk=terugblik.pk).update(vraag_van=TODAY + timedelta(days=1))
    assert "Bij geen enkele terugblik" in html(desk.get(INDEX))
    assert desk.get(screen(terugblik), follow=True).status_code == 404


def test_only_past_days_change_what_visitors_see(
    terugblik: Terugblik, desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    before = content_version()
    with django_capture_on_commit_callbacks(execute=True):
        enter(desk, terugblik, TODAY, plan_nee="1")
    assert content_version() == before
    with django_capture_on_commit_callbacks(execute=True):
        enter(desk, terugblik, YESTERDAY, plan_nee="1")
    assert content_version() != before


def test_only_whoever_may_enter_answers_gets_the_screen(terugblik: Terugblik, as_somebody: Any) -> None:
    allowed, other = as_somebody("wijken.add_antwoord"), as_somebody("wijken.view_antwoord")
    for address in (INDEX, screen(terugblik)):
        assert allowed.get(address).status_code == 200
        assert other.get(address).headers["Location"] == "/admin/"
    assert other.post(screen(terugblik), {"aantal-plan-nee": "3"}).headers["Location"] == "/admin/"
    assert not Antwoord.objects.exists()
    assert "Antwoorden op papier" in html(allowed.get("/admin/"))
    assert "Antwoorden op papier" not in html(other.get("/admin/"))


def test_the_screen_takes_the_same_queries_for_more_actions(
    terugblik: Terugblik, desk: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    desk.get(screen(terugblik))
    with django_assert_max_num_queries(20) as few:
        desk.get(screen(terugblik))
    for nummer in range(50, 60):
        Actie.objects.create(
            actieplan=terugblik.actieplan, nummer=nummer, naam=f"Nog een {nummer}", kosten_reden="nnb"
        )
    with django_assert_num_queries(len(few)):
        desk.get(screen(terugblik))

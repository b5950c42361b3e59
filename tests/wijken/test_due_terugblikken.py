"""Look-backs that begin by themselves: once, on time, and never made up for the past."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from tests.desk import allow_unknown_variables, html
from wijken import terugblikken
from wijken.actions import take_snapshot
from wijken.models import Actieplan, ActieplanPage, Momentopname, Terugblik, TerugblikPage
from wijken.monitor.terugblikken import due_dates, missed
from wijken.terugblikken import keep_standing, make_due, prepare_page

pytestmark = pytest.mark.django_db
# The plan starts on 1 January 2024 and its period ends on 18 March 2026.
DUE = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def plan() -> Actieplan:
    return Actieplan.objects.get(wijk__slug="velsen-noord", slug="actieplan")


@pytest.fixture
def on_the_day() -> Iterator[Any]:
    with time_machine.travel(f"{DUE} 09:00", tick=False) as clock:
        yield clock


def days(plan: Actieplan) -> list[date]:
    return sorted(plan.terugblikken.values_list("peildatum", flat=True))


def test_on_its_day_a_look_back_gets_a_row_a_standing_and_a_draft(plan: Actieplan, on_the_day: Any) -> None:
    assert make_due(on=DUE) == 1
    terugblik = plan.terugblikken.get(peildatum=DUE)
    assert terugblik.momentopname.data["on"] == "2025-07-01"
    assert len(terugblik.momentopname.data["acties"]) == 20
    page = TerugblikPage.objects.get(terugblik=terugblik)
    assert not page.live
    assert page.get_parent().specific.actieplan == plan
    assert (page.title, page.slug) == ("Terugblik op 1 juli 2025", "terugblik-2025")
    assert "1 juli 2025" in page.get_latest_revision_as_object().intro
    assert PageLogEntry.objects.filter(page=page, action="wagtail.create").count() == 1


def test_the_clock_does_it_and_does_it_once(plan: Actieplan, on_the_day: Any) -> None:
    for _time in range(3):
        call_command("klok", "--eenmaal")
    assert days(plan) == [date(2024, 7, 1), DUE]
    assert TerugblikPage.objects.filter(terugblik__peildatum=DUE).count() == 1
    assert Momentopname.objects.filter(terugblik__peildatum=DUE).count() == 1


@pytest.mark.parametrize(("late", "made"), [(0, 1), (31, 1), (32, 0), (200, 0)])
def test_a_clock_that_stood_still_catches_up_a_month_and_no_more(
    late: int, made: int, plan: Actieplan
) -> None:
    with time_machine.travel(f"{DUE + timedelta(days=late)} 09:00", tick=False):
        assert make_due(on=DUE + timedelta(days=late)) == made
    if made:
        assert plan.terugblikken.get(peildatum=DUE).momentopname.data["on"] == "2025-07-01"


def test_what_was_missed_stays_missed_and_is_known(plan: Actieplan) -> None:
    today = date(2026, 11, 22)
    with time_machine.travel("2026-11-22 09:00", tick=False):
        assert make_due(on=today) == 0
    assert due_dates(plan, until=today) == [date(2024, 7, 1), date(2025, 7, 1)]
    assert missed(plan, days(plan), on=today) == [date(2025, 7, 1)]


def test_before_its_day_nothing_happens(plan: Actieplan) -> None:
    with time_machine.travel("2025-06-30 23:00", tick=False):
        assert make_due(on=date(2025, 6, 30)) == 0


@pytest.mark.parametrize(("shift", "made"), [(-31, 0), (-3, 0), (20, 0), (-40, 1)])
def test_a_look_back_that_an_editor_planned_nearby_is_that_look_back(
    shift: int, made: int, plan: Actieplan, on_the_day: Any
) -> None:
    near = Terugblik.objects.create(actieplan=plan, peildatum=DUE + timedelta(days=shift))
    if near.peildatum <= DUE:
        take_snapshot(terugblik=near)
    assert make_due(on=DUE) == made
    assert (DUE in days(plan)) == bool(made)


def test_the_standing_of_a_day_that_an_editor_chose_is_kept_too(plan: Actieplan) -> None:
    chosen = Terugblik.objects.create(actieplan=plan, peildatum=date(2026, 2, 1))
    with time_machine.travel("2026-01-31 09:00", tick=False):
        assert make_due(on=date(2026, 1, 31)) == 0
    with time_machine.travel("2026-02-02 09:00", tick=False):
        assert make_due(on=date(2026, 2, 2)) == 1
    assert chosen.momentopname.data["on"] == "2026-02-01"


def test_a_plan_that_is_finished_or_has_no_start_is_left_alone(plan: Actieplan, on_the_day: Any) -> None:
    plan.versies.update(status="afgerond")
    assert make_due(on=DUE) == 0
    plan.versies.update(status="vastgesteld")
    Actieplan.objects.filter(pk=plan.pk).update(starts_on=None)
    assert make_due(on=DUE) == 0


def test_one_plan_that_fails_does_not_stop_the_others(
    plan: Actieplan, on_the_day: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = Actieplan.objects.exclude(pk=plan.pk)[0]
    Actieplan.objects.filter(pk=other.pk).update(starts_on=plan.starts_on)
    real = terugblikken.prepare_page

    def sometimes(*, terugblik: Terugblik) -> Any:
        if terugblik.actieplan_id == plan.pk:
            raise ValueError("kapot")
        return real(terugblik=terugblik)

    monkeypatch.setattr(terugblikken, "prepare_page", sometimes)
    assert make_due(on=DUE) == 1
    assert (days(plan), days(other)) == ([date(2024, 7, 1)], [DUE])
    assert any("failed" in record.getMessage() for record in caplog.records)


def test_a_plan_without_a_page_gets_no_page_for_its_look_back(plan: Actieplan) -> None:
    ActieplanPage.objects.filter(actieplan=plan).update(actieplan=Actieplan.objects.exclude(pk=plan.pk)[0])
    row = Terugblik.objects.create(actieplan=plan, peildatum=date(2020, 1, 1))
    assert prepare_page(terugblik=row) is None


def test_an_address_that_is_taken_gets_the_month(plan: Actieplan) -> None:
    row = Terugblik.objects.create(actieplan=plan, peildatum=date(2024, 12, 24))
    page = prepare_page(terugblik=row)
    assert page
    assert page.slug == "terugblik-2024-12"
    assert prepare_page(terugblik=row) == page, "There is only one."


# --- on the desk ----------------------------------------------------------------------------------


def test_a_new_look_back_comes_with_a_draft_of_its_page(plan: Actieplan, desk: Client) -> None:
    data = {
        "actieplan": plan.pk,
        "peildatum": "2025-07-01",
        "gehouden_op": "",
        "vraag_van": "",
        "vraag_tot": "",
    }
    assert desk.post(reverse("terugblikken:add"), data).status_code == 302
    assert not TerugblikPage.objects.get(terugblik__peildatum=DUE).live


def test_the_standing_of_a_day_can_be_made_by_hand_and_once(plan: Actieplan, desk: Client) -> None:
    row = Terugblik.objects.create(actieplan=plan, peildatum=DUE)
    keep = reverse("terugblikken:keep", args=[row.pk])
    assert keep in html(desk.get(reverse("terugblikken:index")))
    assert "Maak de stand van deze dag" in html(desk.get(keep))
    assert not Momentopname.objects.filter(terugblik=row).exists(), "Looking keeps nothing."
    for _time in range(2):
        assert desk.post(keep).status_code == 302
    assert row.momentopname.data["on"] == "2025-07-01"
    assert TerugblikPage.objects.filter(terugblik=row).count() == 1
    assert "al bewaard" in html(desk.get(keep))
    assert keep not in html(desk.get(reverse("terugblikken:index")))


def test_a_day_that_must_still_come_has_no_standing(plan: Actieplan, desk: Client) -> None:
    row = Terugblik.objects.create(actieplan=plan, peildatum=date(2099, 1, 1))
    keep = reverse("terugblikken:keep", args=[row.pk])
    assert "moet nog komen" in html(desk.get(keep))
    desk.post(keep)
    assert not Momentopname.objects.filter(terugblik=row).exists()
    assert not keep_standing(terugblik=row, on=date(2026, 11, 22))


def test_whoever_may_not_change_a_look_back_cannot_make_its_standing(
    plan: Actieplan, as_somebody: Any
) -> None:
    row = Terugblik.objects.create(actieplan=plan, peildatum=DUE)
    keep = reverse("terugblikken:keep", args=[row.pk])
    client = as_somebody("wijken.view_terugblik")
    for response in (client.get(keep), client.post(keep)):
        assert response.status_code == 302
        assert response.headers["Location"] == "/admin/"
    assert not Momentopname.objects.filter(terugblik=row).exists()
    assert as_somebody("wijken.change_terugblik").post(keep).status_code == 302
    assert Momentopname.objects.filter(terugblik=row).exists()

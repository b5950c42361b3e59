"""The open data of a monitor: the same facts as the registers hold, and nothing else."""

import json
from datetime import date

import pytest
import time_machine
from django.db.models import Sum
from django.utils import translation

from tests.opendata import NOON, NOORD, TODAY, WHY, acties, rows_of
from tests.plans import draft, move, new_actie, new_plan, new_step, published
from wijken.actions import submit_voortgang
from wijken.models import (
    ActiePage,
    Budget,
    Financiering,
    Meting,
    Mijlpaal,
    Organisatie,
    Planning,
    Wijk,
)
from wijken.monitor.facts import standings
from wijken.monitor.opendata.columns import TABLES
from wijken.monitor.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today():
    with time_machine.travel(NOON, tick=False):
        yield


def test_acties_say_what_the_registers_say() -> None:
    found = {row["actie_id"]: row for row in rows_of("acties")}
    judged = standings(acties(), on=TODAY)
    assert len(found) == acties().count() == 34
    for actie in acties().prefetch_related("trekkers", "betrokken", "plekken", "opgaven", "samen_met"):
        row, standing = found[actie.pk], judged[actie.pk]
        assert (row["plan"], row["nummer"], row["actie"]) == (
            actie.actieplan.slug,
            actie.nummer,
            actie.naam,
        )
        assert (row["kosten_euro"], row["kosten_reden"]) == (actie.kosten, actie.kosten_reden)
        assert row["kosten_reden_tekst"] == actie.get_kosten_reden_display()
        assert (row["stand"], row["dagen_te_laat"]) == (standing.state, standing.days_late)
        assert row["reden_ontbreekt"] == standing.needs_reason
        for kind in ("trekkers", "betrokken", "plekken"):
            assert row[kind] == sorted(one.naam for one in getattr(actie, kind).all()), kind
        assert row["opgaven"] == sorted(one.titel for one in actie.opgaven.all())
        assert row["samen_met"] == [f"{one.actieplan.slug}/{one.nummer}" for one in actie.samen_met.all()]
        page = ActiePage.objects.get(actie=actie, locale__language_code="nl")
        assert (row["titel"], row["webadres"]) == (page.title, f"http://localhost{page.url}")


def test_planning_holds_every_promise_that_was_ever_made() -> None:
    actie = acties()[0]
    step = Mijlpaal.objects.source().filter(actie=actie)[0]
    before = Planning.objects.source().filter(mijlpaal__actie__in=acties()).count()
    move(step, "2027-Q1", date(2026, 5, 1), reden="De grond is vuil.")
    move(step, "2028/2029", TODAY, zekerheid="onzeker")
    published(actie, TODAY, mijlpaal=step, gehaald_op=date(2026, 11, 20))
    found = rows_of("planning")
    assert len(found) == before + 2
    own = [row for row in found if row["stap_id"] == step.pk]
    assert [row["volgnummer"] for row in own] == [1, 2, 3]
    assert [row["is_eerste"] for row in own] == [True, False, False]
    assert [row["is_huidige"] for row in own] == [False, False, True]
    assert [row["reden"] for row in own] == ["", "De grond is vuil.", WHY]
    assert [row["vastgelegd_op"] for row in own][1:] == ["2026-05-01", "2026-11-22"]
    assert (own[2]["begint_op"], own[2]["eindigt_op"]) == ("2028-08-01", "2029-07-31")
    assert (own[2]["periode"], own[2]["periode_tekst"]) == ("2028/2029", "schooljaar 2028-2029")
    assert {row["gehaald_op"] for row in own} == {"2026-11-20"}
    stored = {(row.mijlpaal_id, row.volgnummer): row for row in Planning.objects.source()}
    for row in found:
        planning = stored[row["stap_id"], row["volgnummer"]]
        assert row["periode"] == planning.periode
        assert row["zekerheid"] == planning.zekerheid
        assert row["voorwaarde"] == planning.voorwaarde
        assert (row["begint_op"] is None) == (planning.starts_on is None)


def test_columns_with_euros_add_up_to_what_the_sources_say() -> None:
    found = rows_of("geld")
    lines = Financiering.objects.filter(actie__in=acties())
    assert sum(row["kosten_euro"] or 0 for row in found) == 691_000 + 498_000
    assert sum(row["kosten_euro"] or 0 for row in found if row["plan"] == "actieplan") == 691_000
    by_focusopgave = {
        number: sum(row["kosten_euro"] or 0 for row in found if row["focusopgave_nummer"] == number)
        for number in (1, 2, 3)
    }
    assert by_focusopgave == {1: 0, 2: 326_000, 3: 165_000}
    assert sum(row["bedrag_euro"] or 0 for row in found) == lines.aggregate(sum=Sum("bedrag"))["sum"]
    budgets = Budget.objects.source().filter(financiering__actie__in=acties()).distinct()
    assert sum(row["budget_euro"] or 0 for row in found) == sum(row.bedrag for row in budgets)
    assert len([row for row in found if row["bedrag_euro"]]) == lines.count()
    assert {row["actie_id"] for row in found} == set(acties().values_list("pk", flat=True))


def test_an_action_with_two_budgets_costs_its_price_once() -> None:
    actie = new_actie(new_plan(), kosten=900)
    for budget, euros in zip(Budget.objects.source()[:2], (400, 500), strict=True):
        Financiering.objects.create(actie=actie, budget=budget, bedrag=euros)
    own = [row for row in rows_of("geld") if row["actie_id"] == actie.pk]
    assert [(row["kosten_euro"], row["bedrag_euro"]) for row in own] == [(900, 400), (None, 500)]


def test_measurements_of_this_wijk_and_of_all_of_the_municipality() -> None:
    found = rows_of("indicatoren")
    wanted = Meting.objects.filter(wijk__slug=NOORD) | Meting.objects.filter(wijk=None)
    assert len(found) == wanted.count() > 0
    keys = {(row["indicator"], row["gebied"], row["datum"]): row["waarde"] for row in found}
    for meting in wanted.select_related("indicator"):
        area = "wijk" if meting.wijk_id else "gemeente"
        assert keys[meting.indicator.code, area, meting.datum.isoformat()] == pytest.approx(
            float(meting.waarde)
        )
    elsewhere = Meting.objects.filter(wijk__isnull=False).exclude(wijk__slug=NOORD).count()
    Meting.objects.create(
        indicator=wanted[0].indicator,
        wijk=Wijk.objects.exclude(slug=NOORD)[0],
        datum=date(2026, 1, 2),
        waarde="1234.5",
    )
    assert Meting.objects.filter(wijk__isnull=False).exclude(wijk__slug=NOORD).count() == elsewhere + 1
    assert rows_of("indicatoren") == found


def test_nothing_that_is_not_public_comes_in() -> None:
    before = {name: rows_of(name) for name in TABLES}
    actie = acties()[0]
    step = Mijlpaal.objects.source().filter(actie=actie)[0]
    secret = {"tekst": "Geheim.", "verandering": "gestopt", "reden": "Geheim.", "mijlpaal": step}
    draft(actie, TODAY, **secret)
    submit_voortgang(voortgang=draft(actie, TODAY, **secret, periode="2030", zekerheid="verwacht"))
    # A plan of another wijk, with the same budget.
    elsewhere = new_actie(new_plan("velserbroek"), kosten=5, naam="Geheim")
    new_step(elsewhere, "2027", TODAY, naam="Geheim")
    Financiering.objects.create(actie=elsewhere, budget=Budget.objects.source()[0], bedrag=5)
    actie.samen_met.add(elsewhere)
    # Promised from tomorrow on: nobody knows it today.
    Planning.objects.create(
        mijlpaal=step, volgnummer=2, periode="2031", reden="Geheim.", vastgelegd_op=date(2026, 11, 23)
    )
    assert {name: rows_of(name) for name in TABLES} == before


def test_words_of_a_page_in_draft_stay_out_and_its_facts_stay_in() -> None:
    page = ActiePage.objects.get(actie=acties()[0], locale__language_code="nl")
    page.title = "Geheim"
    page.save_revision()
    assert "Geheim" not in json.dumps(rows_of("acties"))
    page.unpublish()
    row = next(row for row in rows_of("acties") if row["actie_id"] == page.actie_id)
    assert (row["titel"], row["webadres"]) == ("", "")
    assert row["kosten_euro"] == page.actie.kosten


def test_words_are_in_the_language_of_the_page_and_codes_are_not() -> None:
    dutch, english = rows_of("planning"), rows_of("planning", "en")
    names = dict(Mijlpaal.objects.filter(locale__language_code="en").values_list("translation_key", "naam"))
    keys = dict(Mijlpaal.objects.source().values_list("pk", "translation_key"))
    assert {row["stap"] for row in english} == {names[keys[row["stap_id"]]] for row in dutch}
    with translation.override("en"):
        assert all(row["periode_tekst"] == Period.parse(row["periode"]).label for row in english)
    same = ("actie_id", "stap_id", "periode", "zekerheid", "vastgelegd_op", "actie")
    assert [[row[name] for name in same] for row in dutch] == [
        [row[name] for name in same] for row in english
    ]
    acties_en = rows_of("acties", "en")
    titles = dict(ActiePage.objects.filter(locale__language_code="en").values_list("actie", "title"))
    assert {row["titel"] for row in acties_en} == {titles[row["actie_id"]] for row in acties_en}
    assert all("/en/" in row["webadres"] for row in acties_en)
    trekkers = set(Organisatie.objects.filter(locale__language_code="en").values_list("naam", flat=True))
    assert {naam for row in acties_en for naam in row["trekkers"]} <= trekkers


def test_what_is_not_translated_is_there_in_dutch() -> None:
    step = new_step(new_actie(new_plan()), "2027", TODAY, naam="Alleen in het Nederlands")
    row = next(row for row in rows_of("planning", "en") if row["stap_id"] == step.pk)
    assert row["stap"] == "Alleen in het Nederlands"

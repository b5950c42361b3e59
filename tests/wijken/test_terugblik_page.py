"""A look-back on the site: the standing of then from the snapshot, beside today's."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.caches import empty_the_caches
from tests.desk import first, html
from wijken.actions import publish_voortgang, record_planning, take_snapshot
from wijken.models import (
    Actie,
    Antwoord,
    Gesprek,
    Mijlpaal,
    Organisatie,
    Plek,
    Terugblik,
    TerugblikPage,
    Voortgang,
)
from wijken.monitor.lookback import look_back
from wijken.monitor.standing import State

pytestmark = pytest.mark.django_db
ADDRESS = "/nl/wijken/velsen-noord/actieplan/terugblik-2024/"
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def terugblik() -> Terugblik:
    return Terugblik.objects.get(peildatum=date(2024, 7, 1))


def look(client: Client, address: str) -> str:
    """The page as it is now; within a test nothing is committed, so no cache is told of a change."""
    empty_the_caches()
    return html(client.get(address))


def actie(nummer: int) -> Actie:
    return Actie.objects.get(actieplan__slug="actieplan", actieplan__wijk__slug="velsen-noord", nummer=nummer)


def compared(terugblik: Terugblik, nummer: int) -> Any:
    rows = look_back(terugblik, language_code="nl", today=TODAY).rows
    return next(row for row in rows if row.nummer == nummer)


def new_look_back(terugblik: Terugblik, peildatum: date) -> str:
    """The address of a published page about another look-back at the same plan."""
    row = Terugblik.objects.create(actieplan=terugblik.actieplan, peildatum=peildatum)
    parent = first(TerugblikPage.objects.filter(locale__language_code="nl")).get_parent()
    page = parent.add_child(instance=TerugblikPage(title="Nog een", slug="nog-een", terugblik=row))
    page.save_revision().publish()
    return str(page.url)


def test_then_comes_from_the_snapshot_and_now_from_today(terugblik: Terugblik, client: Client) -> None:
    lookback = look_back(terugblik, language_code="nl", today=TODAY)
    stored = terugblik.momentopname.data["acties"]
    assert [row.then.state for row in lookback.rows if row.then] == [row["state"] for row in stored]
    assert lookback.total_then == 20
    assert lookback.late_then == sum(row["state"] == "te_laat" for row in stored) > 0
    assert lookback.late_now > lookback.late_then
    text = look(client, ADDRESS)
    assert f"Van de 20 acties waren er toen {lookback.late_then} te laat." in text
    assert f"Nu zijn het er {lookback.late_now}." in text


def test_what_happens_later_changes_now_and_never_then(terugblik: Terugblik, client: Client) -> None:
    before = compared(terugblik, 1)
    step = first(Mijlpaal.objects.source().filter(actie=actie(1)))
    message = Voortgang.objects.create(
        actie=actie(1),
        organisatie=first(Organisatie.objects.source()),
        datum=TODAY,
        tekst="De woningen zijn klaar.",
        verandering="klaar",
        mijlpaal=step,
        gehaald_op=TODAY,
    )
    publish_voortgang(voortgang=message)
    after = compared(terugblik, 1)
    assert after.then == before.then
    assert after.now.standing.state is State.KLAAR
    assert after.is_changed
    assert "Klaar" in look(client, ADDRESS)


def test_a_new_promise_is_told_beside_the_old_one(terugblik: Terugblik, client: Client) -> None:
    assert not compared(terugblik, 4).is_changed
    record_planning(
        mijlpaal=first(Mijlpaal.objects.source().filter(actie=actie(4))),
        periode="2027-Q2",
        zekerheid="afgesproken",
        reden="De aannemer kan eerder.",
        vastgelegd_op=TODAY,
    )
    row = compared(terugblik, 4)
    assert row.is_replanned
    assert row.then.period.code == "ntb"
    assert row.now.step.current.period.code == "2027-Q2"
    assert "De planning is daarna veranderd." in look(client, ADDRESS)


def test_a_renamed_action_has_todays_title_and_the_name_of_then_in_a_note(
    terugblik: Terugblik, client: Client
) -> None:
    old = actie(9)
    Actie.objects.filter(pk=old.pk).update(naam="Heel anders")
    text = look(client, ADDRESS)
    assert "Toen heette deze actie:" in text
    assert old.naam in text
    assert compared(terugblik, 9).title == old.pages.get(locale__language_code="nl").title


def test_an_action_that_came_later_says_so(terugblik: Terugblik, client: Client) -> None:
    Actie.objects.create(
        actieplan=terugblik.actieplan, nummer=21, naam="Later bedacht", kosten_reden=Actie.KostenReden.NNB
    )
    assert compared(terugblik, 21).then is None
    assert "Deze actie was er toen nog niet." in look(client, ADDRESS)


def test_an_action_that_is_gone_is_still_there_as_it_was(terugblik: Terugblik, client: Client) -> None:
    other = Actie.objects.exclude(actieplan=terugblik.actieplan)[0].actieplan
    Actie.objects.filter(pk=actie(20).pk).update(actieplan=other, nummer=99)
    gone = look_back(terugblik, language_code="nl", today=TODAY).rows[-1]
    assert gone.now is None
    assert gone.nummer == 20
    assert "Deze actie staat niet meer in het plan." in look(client, ADDRESS)


def test_before_its_day_the_page_says_when_the_standing_will_be_kept(
    terugblik: Terugblik, client: Client
) -> None:
    text = look(client, new_look_back(terugblik, date(2027, 7, 1)))
    assert "Op 1 juli 2027 bewaren wij de stand" in text
    assert "te laat." not in text.split('id="stand"')[1].split("</section>")[0]


def test_a_day_that_passed_without_a_snapshot_is_no_secret(terugblik: Terugblik, client: Client) -> None:
    text = look(client, new_look_back(terugblik, date(2026, 11, 12)))
    assert "De stand van 12 november 2026 is nog niet bewaard" in text
    assert "Dat had 10 dagen geleden moeten gebeuren." in text


def test_a_snapshot_made_later_says_so(terugblik: Terugblik, client: Client) -> None:
    later = "Deze stand is later gemaakt"
    assert later in look(client, ADDRESS)
    address = new_look_back(terugblik, TODAY)
    take_snapshot(terugblik=Terugblik.objects.get(peildatum=TODAY))
    assert later not in look(client, address)


def test_conversations_or_the_word_that_there_are_none(terugblik: Terugblik, client: Client) -> None:
    assert "Er zijn nog geen gesprekken vastgelegd." in look(client, ADDRESS)
    Gesprek.objects.create(
        actieplan=terugblik.actieplan,
        terugblik=terugblik,
        datum=date(2024, 7, 3),
        plek=first(Plek.objects.source().filter(wijk__slug="velsen-noord")),
        bewoners=12,
        professionals=0,
        titel="Koffie in de wijk",
        verslag="Er is weinig van te merken.\n\nHet plein is nog kaal.",
    )
    text = look(client, ADDRESS)
    assert "Er zijn nog geen gesprekken vastgelegd." not in text
    for part in ("Koffie in de wijk", "3 juli 2024", "12 bewoners", "0 professionals", "plein is nog kaal"):
        assert part in text


def answers(terugblik: Terugblik, dag: date, aantal: int, **more: Any) -> None:
    Antwoord.objects.create(terugblik=terugblik, dag=dag, aantal=aantal, **{"keuze": "nee", **more})


def test_answers_are_counted_up_to_yesterday(terugblik: Terugblik, client: Client) -> None:
    assert "niet gesteld" in look(client, ADDRESS)
    answers(terugblik, date(2026, 11, 21), 3)
    answers(terugblik, date(2026, 11, 20), 2, kanaal="papier", actie=actie(6), keuze="ja")
    answers(terugblik, date(2026, 11, 22), 40)
    text = look(client, ADDRESS)
    assert "Er zijn 5 antwoorden geteld, tot en met gisteren." in text
    assert "Daarvan kwamen er 2 op papier of aan de balie." in text
    with time_machine.travel(datetime.fromisoformat("2026-11-23T09:00:00+01:00"), tick=False):
        assert "Er zijn 45 antwoorden geteld" in look(client, ADDRESS)


@pytest.mark.parametrize(
    ("vraag_van", "vraag_tot", "said"),
    [
        (date(2026, 11, 1), date(2026, 11, 22), "Geef uw antwoord"),
        (date(2026, 12, 1), date(2026, 12, 22), "staat open vanaf <bdi>1 december 2026</bdi>"),
        (date(2026, 10, 1), date(2026, 10, 22), "gesloten op <bdi>22 oktober 2026</bdi>"),
    ],
)
def test_the_question_is_offered_only_while_it_is_open(
    vraag_van: date, vraag_tot: date, said: str, terugblik: Terugblik, client: Client
) -> None:
    Terugblik.objects.filter(pk=terugblik.pk).update(vraag_van=vraag_van, vraag_tot=vraag_tot)
    text = look(client, ADDRESS)
    assert said in text
    assert ("Geef uw antwoord" in text) == (said == "Geef uw antwoord")

"""The counter: entering, the receipt, and looking one sign-up up, without ever seeing another."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMail
from core.receipts import shown
from participatie import actions
from participatie.desk import lookup
from participatie.identity import mail_index
from participatie.models import Aanmelding, Handeling, Kanaal, Loting, Persoon, Staat
from tests.desk import account, allow_unknown_variables, browser, html
from tests.participatie.desk import enter, plain_text, prepared, sent_along
from tests.participatie.draw.ceremonies import freeze
from tests.participatie.people import answers, filled_in

pytestmark = pytest.mark.django_db
LOOKUP = "/admin/balie/opzoeken/"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def counter(loting: Loting) -> Client:
    return browser(account("baliemedewerker"))


def last() -> Aanmelding:
    return Aanmelding.objects.latest("pk")


def look_up(client: Client, number: str, proof: str) -> Any:
    return client.post(LOOKUP, {"bonnummer": number, "bewijs": proof})


def close(loting: Loting) -> None:
    actions.take_step(loting=loting, naar=Staat.GESLOTEN, reden="De tijd is om.", by=None)


# --- entering -------------------------------------------------------------------------------------


def test_a_sign_up_at_the_counter_is_stored_with_its_channel_and_who_entered_it(
    counter: Client, loting: Loting
) -> None:
    response = enter(counter, loting, naam="Jan Proef", mail="", kanaal="telefoon")
    made = last()
    assert response.headers["Location"] == reverse("desk_counter_receipt", args=[loting.pk, made.pk])
    assert (made.kanaal, str(made.ingevoerd_door)) == ("telefoon", "test-baliemedewerker")
    assert made.persoon.naam == "Jan Proef"
    row = Handeling.objects.get(bonnummer=made.bonnummer)
    assert (row.soort, row.door) == ("ingevoerd", made.ingevoerd_door)
    receipt = html(counter.get(response.headers["Location"]))
    assert shown(made.bonnummer) in receipt
    assert "Jan Proef" not in receipt


def test_the_questions_have_the_numbers_of_the_paper_form(counter: Client, loting: Loting) -> None:
    from participatie.signup.questions import questions_of

    text = plain_text(counter.get(reverse("desk_counter_entry", args=[loting.pk])))
    places = [text.index(f"{q.number}. {q.title}") for q in questions_of(loting, language_code="nl")]
    assert places == sorted(places)
    assert len(places) >= 7


def test_with_one_loting_there_is_nothing_to_choose_and_with_none_it_says_so(
    counter: Client, loting: Loting
) -> None:
    response = counter.get(reverse("desk_counter"))
    assert response.headers["Location"] == reverse("desk_counter_entry", args=[loting.pk])
    other = prepared()
    assert counter.get(reverse("desk_counter_entry", args=[other.pk]), follow=True).status_code == 404
    Loting.objects.filter(pk=other.pk).update(staat=Staat.OPEN)
    both = plain_text(counter.get(reverse("desk_counter")))
    assert other.naam in both and loting.naam in both
    Loting.objects.update(staat=Staat.BEVROREN)
    assert "geen loting waarvoor" in plain_text(counter.get(reverse("desk_counter")))


def test_the_channel_and_the_day_of_paper_stay_for_the_next(counter: Client, loting: Loting) -> None:
    day = str(timezone.localdate() - timedelta(days=2))
    enter(counter, loting, kanaal="papier", ontvangen=day)
    fields = sent_along(counter, reverse("desk_counter_entry", args=[loting.pk]))
    assert (fields["kanaal"], fields["ontvangen"], fields["naam"]) == ("papier", day, "")
    assert str(timezone.localdate(last().ontvangen_op)) == day


@pytest.mark.parametrize("days", [-30, 1, 400])
def test_paper_is_of_a_day_on_which_people_could_sign_up(counter: Client, loting: Loting, days: int) -> None:
    before = Aanmelding.objects.count()
    day = timezone.localdate() + timedelta(days=days)
    response = enter(counter, loting, kanaal="papier", ontvangen=str(day))
    assert "Op deze dag kon niemand zich aanmelden" in html(response)
    assert Aanmelding.objects.count() == before


def test_paper_without_its_day_is_asked_for(counter: Client, loting: Loting) -> None:
    response = enter(counter, loting, kanaal="papier")
    assert "Kies op welke dag het papier binnenkwam." in html(response)


def test_paper_that_was_in_time_counts_after_closing_until_the_pool_stands(
    counter: Client, loting: Loting, time_machine: Any
) -> None:
    time_machine.move_to(loting.sluit_op + timedelta(days=1), tick=True)
    counter = browser(account("baliemedewerker", name="na-sluiting"))
    close(loting)
    last_day = str(timezone.localdate(loting.sluit_op))
    assert 'value="balie"' not in html(counter.get(reverse("desk_counter_entry", args=[loting.pk])))
    assert "Kies hoe de aanmelding binnenkwam." in html(enter(counter, loting, kanaal="balie"))
    assert enter(counter, loting, kanaal="papier", ontvangen=last_day).status_code == 302
    assert last().ontvangen_op < loting.sluit_op
    too_late = str(timezone.localdate(loting.sluit_op) + timedelta(days=1))
    assert enter(counter, loting, kanaal="papier", ontvangen=too_late).status_code == 200
    Aanmelding.objects.filter(loting=loting).update(geschiktheid="geschikt")
    freeze(loting)
    with pytest.raises(actions.LotingClosedError):
        actions.sign_up(
            loting=loting,
            answers=answers(loting),
            kanaal=Kanaal.PAPIER,
            received_at=loting.sluit_op - timedelta(hours=1),
        )


def test_an_action_takes_no_paper_from_the_future(loting: Loting) -> None:
    with pytest.raises(actions.LotingClosedError):
        actions.sign_up(
            loting=loting,
            answers=answers(loting),
            kanaal=Kanaal.PAPIER,
            received_at=timezone.now() + timedelta(days=1),
        )


def test_pressing_twice_is_one_sign_up_and_another_person_on_the_same_page_is_two(
    counter: Client, loting: Loting
) -> None:
    address = reverse("desk_counter_entry", args=[loting.pk])
    data = {**filled_in(), "kanaal": "balie", "sleutel": sent_along(counter, address)["sleutel"]}
    before = Aanmelding.objects.count()
    first, again = counter.post(address, data), counter.post(address, data)
    assert first.headers["Location"] == again.headers["Location"]
    assert Aanmelding.objects.count() == before + 1
    other = counter.post(address, {**data, "naam": "Een Ander", "mail": ""})
    assert other.headers["Location"] != first.headers["Location"]
    assert Aanmelding.objects.count() == before + 2


def test_somebody_else_with_the_same_key_gets_a_sign_up_of_their_own(counter: Client, loting: Loting) -> None:
    colleague = browser(account("baliemedewerker", name="collega"))
    address = reverse("desk_counter_entry", args=[loting.pk])
    data = {**filled_in(), "kanaal": "balie", "sleutel": "x"}
    first, second = counter.post(address, data), colleague.post(address, data)
    assert first.headers["Location"] != second.headers["Location"]
    assert colleague.get(first.headers["Location"], follow=True).status_code == 404


def test_what_is_wrong_is_said_at_its_field_which_gets_the_focus_and_the_rest_stays(
    counter: Client, loting: Loting
) -> None:
    response = enter(counter, loting, naam="Blijft Staan", postcode="1234", kenmerk_woning="")
    text = html(response)
    assert response.status_code == 200
    assert "Dit is geen postcode" in text and "Kies een van de antwoorden." in text
    assert 'value="Blijft Staan"' in text
    assert text.count("autofocus") == 1
    assert "autofocus" in text.split('name="postcode"')[1].split(">")[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"naam": "<script>alert(1)</script>"},
        {"naam": "x\0y"},
        {"naam": "ا" * 121},
        {"kanaal": "web"},
        {"kanaal": "papier", "ontvangen": "9999-99-99"},
        {"kanaal": "papier", "ontvangen": "0001-01-01"},
        {"kanaal": "papier", "ontvangen": "9999-12-31"},
        {"kenmerk_woning": "kasteel"},
        {"taal": "klingon"},
        {"sleutel": "\0" * 100},
    ],
)
def test_hostile_input_is_refused_or_harmless(
    counter: Client, loting: Loting, changes: dict[str, str]
) -> None:
    response = enter(counter, loting, **changes)
    assert response.status_code in (200, 302)
    assert "<script>alert(1)" not in html(response)
    assert not Aanmelding.objects.filter(kanaal="web", ingevoerd_door__isnull=False).exists()


def test_a_possible_double_is_said_without_whose(counter: Client, loting: Loting) -> None:
    enter(counter, loting, naam="Dubbele Proef", mail="dubbel@example.nl")
    first = last()
    response = enter(counter, loting, naam="Dubbele Proef", mail="")
    text = html(counter.get(response.headers["Location"]))
    assert "de lotingbeheerder kijkt het na" in text
    for secret in (first.bonnummer, shown(first.bonnummer), "Dubbele Proef", "dubbel@example.nl"):
        assert secret not in text
    only = enter(counter, loting, naam="Heel Iemand Anders", mail="anders@example.nl")
    assert "kijkt het na" not in html(counter.get(only.headers["Location"]))


def test_the_printed_receipt_is_in_the_language_of_the_person_and_without_a_name(
    counter: Client, loting: Loting
) -> None:
    enter(counter, loting, naam="سلمى المثال", taal="ar")
    response = counter.get(reverse("desk_counter_print", args=[loting.pk, last().pk]))
    text = html(response)
    assert '<html lang="ar" dir="rtl">' in text
    assert shown(last().bonnummer) in text
    assert "سلمى" not in text


def test_nobody_elses_receipt_is_there(counter: Client, loting: Loting) -> None:
    made = actions.sign_up(loting=loting, answers=answers(loting), kanaal=Kanaal.WEB)
    for name in ("desk_counter_receipt", "desk_counter_print"):
        assert counter.get(reverse(name, args=[loting.pk, made.pk]), follow=True).status_code == 404


# --- looking up -----------------------------------------------------------------------------------


@pytest.fixture
def known(loting: Loting) -> Aanmelding:
    return actions.sign_up(
        loting=loting, answers=answers(loting, huisnummer="1", toevoeging="A"), kanaal=Kanaal.WEB
    )


@pytest.mark.parametrize("proof", ["1", "1a", "1 A", "Aafke Lindeveld", "AAFKE  LINDEVELD"])
def test_both_together_open_it_and_it_is_written_down(counter: Client, known: Aanmelding, proof: str) -> None:
    response = look_up(counter, shown(known.bonnummer).lower(), proof)
    assert response.headers["Location"] == reverse("desk_counter_signup", args=[known.pk])
    assert "Aafke Lindeveld" in html(counter.get(response.headers["Location"]))
    row = Handeling.objects.get(soort="opgezocht", bonnummer=known.bonnummer)
    assert (str(row.door), row.toelichting) == ("test-baliemedewerker", "")


def test_whatever_does_not_fit_the_answer_is_the_same(counter: Client, known: Aanmelding) -> None:
    def answer(number: str, proof: str) -> str:
        response = look_up(counter, number, proof)
        assert response.status_code == 200
        page = plain_text(response)
        return page[page.index("Een bewoner kan aan de balie") :]

    found = {
        answer("ABCDEFGHJK", "1"),
        answer("geen nummer", "1"),
        answer(known.bonnummer, "2"),
        answer(known.bonnummer, "…"),
        answer("\u202e" + "9" * 59, "x" * 120),
    }
    assert len(found) == 1
    rows = Handeling.objects.filter(soort="opgezocht")
    assert {row.bonnummer for row in rows} == {known.bonnummer}
    assert {row.toelichting for row in rows} == {"niet geopend: de gegevens klopten niet"}


def test_guessing_is_stopped_for_who_guesses_only(counter: Client, known: Aanmelding) -> None:
    for _time in range(lookup.MOST_WRONG):
        assert look_up(counter, known.bonnummer, "99").status_code == 200
    stopped = look_up(counter, known.bonnummer, "1")
    assert stopped.status_code == 429
    assert "Dit ging te vaak mis" in html(stopped)
    colleague = browser(account("baliemedewerker", name="collega"))
    assert look_up(colleague, known.bonnummer, "1").status_code == 302


def test_without_looking_it_up_or_long_after_it_does_not_open(
    counter: Client, known: Aanmelding, time_machine: Any
) -> None:
    address = reverse("desk_counter_signup", args=[known.pk])
    request = reverse("desk_counter_request", args=[known.pk, "wissen"])
    for attempt in (counter.get(address), counter.post(address, filled_in()), counter.post(request)):
        assert attempt.headers["Location"] == LOOKUP
    look_up(counter, known.bonnummer, "1")
    assert counter.get(address).status_code == 200
    assert browser(account("baliemedewerker", name="collega")).get(address).status_code == 302
    time_machine.move_to(timezone.now() + timedelta(minutes=31), tick=True)
    assert counter.get(address).status_code == 302
    assert Aanmelding.objects.filter(pk=known.pk).exists()


def test_it_is_corrected_by_name_of_the_field_only(counter: Client, known: Aanmelding) -> None:
    look_up(counter, known.bonnummer, "1")
    address = reverse("desk_counter_signup", args=[known.pk])
    fields = sent_along(counter, address)
    assert (fields["naam"], fields["kenmerk_woning"], fields["versie"]) == ("Aafke Lindeveld", "eigen", "1")
    response = counter.post(address, {**fields, "taal": "ar", "naam": "Aafje Lindeveld"})
    assert response.headers["Location"] == address
    assert Persoon.objects.get(aanmelding=known).naam == "Aafje Lindeveld"
    row = Handeling.objects.get(soort="gewijzigd")
    assert (row.toelichting, str(row.door)) == ("naam, taal", "test-baliemedewerker")
    assert "Lindeveld" not in str(list(Session.objects.values_list("session_data", flat=True)))


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(counter: Client, known: Aanmelding) -> None:
    look_up(counter, known.bonnummer, "1")
    address = reverse("desk_counter_signup", args=[known.pk])
    fields = {**sent_along(counter, address), "taal": "nl"}
    actions.correct(aanmelding=known, answers=answers(known.loting, naam="Van Een Collega"))
    response = counter.post(address, {**fields, "naam": "Van Mij"})
    assert "Een collega wijzigde deze aanmelding intussen" in html(response)
    assert Persoon.objects.get(aanmelding=known).naam == "Van Een Collega"


@pytest.mark.parametrize("versie", ["", "abc", "-1", "9" * 30, "١"])
def test_without_a_version_nothing_is_stored(counter: Client, known: Aanmelding, versie: str) -> None:
    look_up(counter, known.bonnummer, "1")
    address = reverse("desk_counter_signup", args=[known.pk])
    response = counter.post(address, {**filled_in(naam="Van Mij"), "versie": versie})
    assert "Een collega wijzigde" in html(response)


def test_withdrawing_is_asked_once_more_and_done(counter: Client, known: Aanmelding) -> None:
    look_up(counter, known.bonnummer, "1")
    address = reverse("desk_counter_request", args=[known.pk, "intrekken"])
    assert "Ja, intrekken" in html(counter.get(address))
    known.refresh_from_db()
    assert known.stand == "aangemeld"
    text = html(counter.post(address, follow=True))
    known.refresh_from_db()
    assert known.stand == "ingetrokken"
    assert "Wijziging bewaren" not in text


def test_erasing_leaves_nothing_to_find(counter: Client, known: Aanmelding) -> None:
    look_up(counter, known.bonnummer, "1")
    response = counter.post(reverse("desk_counter_request", args=[known.pk, "wissen"]))
    assert response.headers["Location"] == LOOKUP
    assert not Persoon.objects.filter(aanmelding=known.pk).exists()
    assert counter.get(reverse("desk_counter_signup", args=[known.pk])).headers["Location"] == LOOKUP
    assert look_up(counter, known.bonnummer, "1").status_code == 200


def test_a_new_link_goes_to_the_stored_address_and_nowhere_else(counter: Client, known: Aanmelding) -> None:
    look_up(counter, known.bonnummer, "1")
    address = reverse("desk_counter_request", args=[known.pk, "link"])
    before = OutboxMail.objects.count()
    assert "aafke@example.nl" not in html(counter.get(address))
    counter.post(address, {"mail": "iemand-anders@example.nl"})
    assert OutboxMail.objects.count() == before + 1
    assert OutboxMail.objects.latest("pk").recipient_index == mail_index("aafke@example.nl")
    assert Handeling.objects.filter(soort="bericht", bonnummer=known.bonnummer).count() == 1


def test_without_a_mail_address_there_is_no_link_to_send(counter: Client, loting: Loting) -> None:
    made = actions.sign_up(loting=loting, answers=answers(loting, mail=""), kanaal=Kanaal.BALIE)
    look_up(counter, made.bonnummer, "1")
    text = html(counter.post(reverse("desk_counter_request", args=[made.pk, "link"]), follow=True))
    assert "Er is geen mailadres" in text
    assert "Nieuwe link sturen" not in text


def test_another_request_does_not_exist(counter: Client, known: Aanmelding) -> None:
    look_up(counter, known.bonnummer, "1")
    address = reverse("desk_counter_request", args=[known.pk, "onzin"])
    assert counter.get(address, follow=True).status_code == 404
    assert counter.post(address, follow=True).status_code == 404


def test_after_closing_staff_still_mend_what_was_entered_and_residents_do_not(
    counter: Client, known: Aanmelding
) -> None:
    close(known.loting)
    known.loting.refresh_from_db()
    look_up(counter, known.bonnummer, "1")
    address = reverse("desk_counter_signup", args=[known.pk])
    fields = {**sent_along(counter, address), "taal": "nl"}
    assert counter.post(address, {**fields, "naam": "Tikfout Verbeterd"}).status_code == 302
    assert Persoon.objects.get(aanmelding=known).naam == "Tikfout Verbeterd"
    with pytest.raises(actions.LotingClosedError):
        actions.correct(aanmelding=known, answers=answers(known.loting))


def test_once_the_pool_stands_nothing_changes(counter: Client, known: Aanmelding) -> None:
    look_up(counter, known.bonnummer, "1")
    address = reverse("desk_counter_signup", args=[known.pk])
    fields = {**sent_along(counter, address), "taal": "nl"}
    Loting.objects.update(staat=Staat.BEVROREN)
    assert "Dit kan niet meer" in html(counter.post(address, {**fields, "naam": "Te Laat"}))
    erase = counter.post(reverse("desk_counter_request", args=[known.pk, "wissen"]), follow=True)
    assert "Dit kan niet meer" in html(erase)
    assert "Wijziging bewaren" not in html(erase)
    assert Persoon.objects.get(aanmelding=known).naam == "Aafke Lindeveld"

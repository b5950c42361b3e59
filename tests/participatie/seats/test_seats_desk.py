"""The seats at the desk: every look at a name is written down, and the rule is shown before it is applied."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from participatie.models import Aanmelding, Bezetting, Handeling, Persoon, Zetelaanbod
from participatie.seats.deadlines import lapse_due
from participatie.seats.links import owner_of
from tests.desk import account, allow_unknown_variables, browser
from tests.participatie.desk import at, noted, plain_text
from tests.participatie.seats.books import first_offer, holds_together, lines, offers, say
from tests.pdfs import Pdf, needs_pango

pytestmark = pytest.mark.django_db
PHONE = {"antwoord": "ja", "kanaal": "telefoon", "ontvangen": "", "genoemd": "nee", "naam": ""}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def opened(loting, aanbod) -> str:
    return at("seat", loting, aanbod.pk)


def without_mail(aanbod: Zetelaanbod, language_code: str = "nl") -> None:
    owner = owner_of(aanbod)
    Persoon.objects.filter(aanmelding=owner).update(mail="", mail_index="")
    Aanmelding.objects.filter(pk=owner.pk).update(taal=language_code)


def test_one_button_offers_the_seats_once(keeper, drawn_loting) -> None:
    address = at("seats", drawn_loting)
    text = plain_text(keeper.get(address))
    assert "Er is nog geen zetel aangeboden." in text
    assert "Zetels aanbieden aan wie geloot is" in text
    assert noted(drawn_loting, "lijst") == []
    for _time in range(2):
        keeper.post(address)
    assert Zetelaanbod.objects.count() == 3
    text = plain_text(keeper.get(address))
    assert "0 van 3" in text
    assert "Zetels aanbieden aan wie geloot is" not in text
    assert "gevraagd" in text
    assert "Aafke Lindeveld 1" in text
    assert [row.aantal for row in noted(drawn_loting, "lijst")] == [3]


def test_before_the_draw_the_screen_says_why_there_is_nothing_to_offer(keeper, loting) -> None:
    assert "nadat er is geloot" in plain_text(keeper.get(at("seats", loting)))
    response = keeper.post(at("seats", loting), follow=True)
    assert "nadat er is geloot" in plain_text(response)
    assert not Zetelaanbod.objects.exists()


def test_opening_one_is_written_down_with_its_number(keeper, offered) -> None:
    aanbod = first_offer(offered)
    text = plain_text(keeper.get(opened(offered, aanbod)))
    assert "lid1@example.nl" in text
    assert [row.bonnummer for row in noted(offered, "bekeken")] == [owner_of(aanbod).bonnummer]


@pytest.mark.parametrize("kanaal", ["telefoon", "balie"])
def test_an_answer_by_phone_is_stored_with_how_and_by_whom(keeper, keeper_user, offered, kanaal) -> None:
    aanbod = first_offer(offered)
    response = keeper.post(opened(offered, aanbod), {**PHONE, "kanaal": kanaal})
    assert response.status_code == 302
    aanbod.refresh_from_db()
    assert (aanbod.stand, aanbod.kanaal, aanbod.door) == ("aanvaard", kanaal, keeper_user)
    assert "bezet" in plain_text(keeper.get(at("seats", offered)))
    keeper.post(opened(offered, aanbod), {**PHONE, "antwoord": "nee"})
    aanbod.refresh_from_db()
    assert aanbod.stand == "geweigerd"


def test_paper_counts_by_the_day_it_came_in(keeper, offered) -> None:
    aanbod, other = offers(offered)[:2]
    paper = {**PHONE, "kanaal": "papier"}
    with time_machine.travel(aanbod.antwoord_voor + timedelta(days=2), tick=False):
        lapse_due(now=timezone.now())
        keeper.force_login(account("lotingbeheerder", name="later"))
        for wrong in ("", "2020-01-01", f"{timezone.localdate() + timedelta(days=1)}", "x"):
            assert keeper.post(opened(offered, aanbod), {**paper, "ontvangen": wrong}).status_code == 422
        late = keeper.post(opened(offered, aanbod), {**paper, "ontvangen": f"{timezone.localdate()}"})
        assert "De tijd om te antwoorden is voorbij" in plain_text(late)
        day = timezone.localdate(aanbod.antwoord_voor) - timedelta(days=1)
        assert keeper.post(opened(offered, aanbod), {**paper, "ontvangen": f"{day}"}).status_code == 302
        assert keeper.post(opened(offered, other), PHONE).status_code == 422
    aanbod.refresh_from_db()
    assert (aanbod.stand, timezone.localdate(aanbod.beantwoord_op)) == ("aanvaard", day)
    holds_together(offered)


@pytest.mark.parametrize("missing", ["antwoord", "kanaal"])
def test_an_answer_without_yes_or_no_or_how_is_asked_again(keeper, offered, missing) -> None:
    aanbod = first_offer(offered)
    assert keeper.post(opened(offered, aanbod), {**PHONE, missing: ""}).status_code == 422
    assert keeper.post(opened(offered, aanbod), {}).status_code == 422
    assert Zetelaanbod.objects.get(pk=aanbod.pk).stand == "open"


def test_a_name_is_shown_at_the_persons_own_request_only(keeper, offered) -> None:
    aanbod = first_offer(offered)
    refused = keeper.post(opened(offered, aanbod), {**PHONE, "genoemd": "ja", "naam": "Iemand anders"})
    assert refused.status_code == 422
    keeper.post(opened(offered, aanbod), {**PHONE, "genoemd": "ja", "naam": "Aafke"})
    assert Bezetting.objects.get().genoemd_als == "Aafke"
    # Also long after the answer, at the person's own request.
    asked = {"wat": "naam", "naam-genoemd": "ja", "naam-naam": "Iemand anders"}
    assert keeper.post(opened(offered, aanbod), asked).status_code == 422
    assert keeper.post(opened(offered, aanbod), {**asked, "naam-genoemd": "nee"}).status_code == 302
    assert Bezetting.objects.get().genoemd_als == ""
    assert keeper.post(opened(offered, offers(offered)[1]), asked).status_code == 404


def test_stopping_frees_the_seat(keeper, offered) -> None:
    aanbod = first_offer(offered)
    say(aanbod, True)
    today = f"{timezone.localdate()}"
    wrong = keeper.post(opened(offered, aanbod), {"wat": "stoppen", "einde": "", "on": today})
    assert wrong.status_code == 422
    early = keeper.post(opened(offered, aanbod), {"wat": "stoppen", "einde": "gestopt", "on": "2020-01-01"})
    assert early.status_code == 422
    response = keeper.post(opened(offered, aanbod), {"wat": "stoppen", "einde": "verhuisd", "on": today})
    assert response.status_code == 302
    assert Bezetting.objects.get().einde == "verhuisd"
    text = plain_text(keeper.get(at("seats", offered)))
    assert "vrij" in text
    assert "Aafke Lindeveld 1 " not in text
    assert keeper.post(opened(offered, offers(offered)[1]), {"wat": "stoppen"}).status_code == 404


def test_the_rule_is_shown_before_it_is_applied(keeper, offered) -> None:
    zetel = say(first_offer(offered), False).zetel
    address = at("seat_fill", offered, zetel.nummer)
    before = lines(offered)
    text = plain_text(keeper.get(address))
    assert lines(offered) == before
    assert re.search(r"1 L-0004 1 .*2 L-0005 2 ", text)
    assert re.search(r"huur\s*1\s*1 tot en met 2", text)
    assert "Aafke" not in text
    response = keeper.post(address, {"lot": "L-0004", "reden": ""}, follow=True)
    assert "Lot L-0004 is gevraagd" in plain_text(response)
    assert "niet vrij" in plain_text(keeper.get(address))
    assert keeper.post(address, {"lot": "L-0005", "reden": "Toch."}).status_code == 422


def test_passing_over_the_first_needs_a_reason_that_everybody_can_read(keeper, offered) -> None:
    zetel = say(first_offer(offered), False).zetel
    address = at("seat_fill", offered, zetel.nummer)
    refused = keeper.post(address, {"lot": "L-0006", "reden": " "})
    assert refused.status_code == 422
    assert "Volgens de regel is lot L-0004 aan de beurt" in plain_text(refused)
    assert Zetelaanbod.objects.filter(zetel=zetel).count() == 1
    keeper.post(address, {"lot": "L-0006", "reden": "De eersten zijn verhuisd."})
    about = lines(offered)[-1][1]
    assert about["overgeslagen"] == ["L-0004", "L-0005"]
    assert about["reden"] == "De eersten zijn verhuisd."
    assert "De eersten zijn verhuisd." in plain_text(keeper.get(at("seats", offered)))


@needs_pango()
def test_who_has_no_mail_gets_a_letter_in_their_language_and_is_on_the_call_list(keeper, offered) -> None:
    first, second, _third = offers(offered)
    without_mail(first)
    without_mail(second, "en")
    text = plain_text(keeper.get(at("seats", offered)))
    assert "1 brief (Nederlands)" in text
    response = keeper.post(at("seat_letters", offered), {"taal": "nl"})
    assert response.headers["Content-Type"] == "application/pdf"
    made = Pdf(response.content)
    assert len(made) == 1
    letter = made.text()
    assert "Aafke Lindeveld 1" in letter
    assert first.lot.nummer in letter
    assert "Aafke Lindeveld 2" not in letter
    assert [row.aantal for row in noted(offered, "geexporteerd")] == [1]
    calls = plain_text(keeper.get(at("seat_calls", offered)))
    assert "Aafke Lindeveld 1" in calls
    assert "Aafke Lindeveld 3" not in calls
    assert [row.toelichting for row in noted(offered, "lijst")] == ["zetels", "bellijst zetels"]
    nobody = keeper.post(at("seat_letters", offered), {"taal": "pl"}, follow=True)
    assert "Er is niemand" in plain_text(nobody)


def test_the_counter_writes_down_an_answer_of_who_was_looked_up(offered) -> None:
    clerk = account("baliemedewerker")
    counter, aanbod = browser(clerk), first_offer(offered)
    owner = owner_of(aanbod)
    address = reverse("desk_counter_seat", args=[owner.pk])
    assert counter.post(address, PHONE).status_code == 302
    assert Zetelaanbod.objects.get(pk=aanbod.pk).stand == "open"
    counter.post(reverse("desk_counter_lookup"), {"bonnummer": owner.bonnummer, "bewijs": "1"})
    assert address in counter.get(reverse("desk_counter_signup", args=[owner.pk])).content.decode()
    assert "wacht op antwoord" in plain_text(counter.get(address))
    assert counter.post(address, {**PHONE, "antwoord": ""}).status_code == 422
    assert counter.post(address, PHONE).headers["Location"] == address
    aanbod.refresh_from_db()
    assert (aanbod.stand, aanbod.door) == ("aanvaard", clerk)
    assert Handeling.objects.filter(loting=offered, door=clerk, soort="zetel").count() == 1


def test_of_whom_the_data_is_gone_only_the_lot_is_left(keeper, offered) -> None:
    aanbod = say(first_offer(offered), False)
    owner_of(aanbod).delete()
    text = plain_text(keeper.get(opened(offered, aanbod)))
    assert "gewist" in text
    assert "Antwoord opschrijven" not in text
    assert keeper.post(opened(offered, aanbod), PHONE).status_code == 404
    assert keeper.get(at("seats", offered)).status_code == 200


def test_a_seat_of_another_loting_is_not_here(keeper, loting, offered) -> None:
    assert keeper.get(at("seat", loting, first_offer(offered).pk)).status_code == 404
    assert keeper.get(at("seat_fill", loting, 1)).status_code == 404

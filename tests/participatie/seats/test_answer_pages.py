"""Answering by the link in the mail or the letter: no cookie, no script, nothing changes by looking."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from participatie.models import Bezetting, Zetelaanbod
from participatie.seats.actions import resign
from participatie.seats.deadlines import lapse_due
from participatie.seats.links import answer_link, owner_of
from participatie.seats.rule import choice_for, fill
from tests.html import Document
from tests.participatie.own import fields_of, is_private, mails_to, own_url, page_of, paths_in
from tests.participatie.seats.books import first_offer, holds_together, lines, offers, say, seat_url

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(Document(response.content.decode()).first("main").all_text.split())


def stand_of(aanbod: Zetelaanbod) -> str:
    return Zetelaanbod.objects.get(pk=aanbod.pk).stand


@pytest.fixture
def aanbod(offered) -> Zetelaanbod:
    return first_offer(offered)


def test_the_page_tells_what_a_seat_asks_and_changes_nothing(client, aanbod) -> None:
    own = seat_url(aanbod)
    before = lines(aanbod.zetel.loting)
    for path in (own, f"{own}aannemen/", f"{own}weigeren/"):
        for method in (client.get, client.head):
            response = method(path)
            assert response.status_code == 200
            assert is_private(response)
    text = text_of(client.get(own))
    for part in ("Wilt u de zetel?", "denkt en meepraat", "De zetel is van u tot", aanbod.lot.nummer):
        assert part in text
    assert (stand_of(aanbod), lines(aanbod.zetel.loting)) == ("open", before)


def test_yes_takes_a_page_and_a_button_and_shows_a_receipt(client, aanbod) -> None:
    own = seat_url(aanbod)
    fields = fields_of(client.get(f"{own}aannemen/"))
    # Nothing is ticked for anybody.
    assert fields["genoemd"] == "nee"
    response = client.post(f"{own}aannemen/", fields)
    assert (response.status_code, response.headers["Location"]) == (303, own)
    text = text_of(client.get(own))
    assert "U hebt de zetel aangenomen" in text
    assert "een bewoner" in text
    assert stand_of(aanbod) == "aanvaard"
    # Loading it again, or sending it again, is the same yes.
    assert client.post(f"{own}aannemen/", fields).status_code == 303
    assert client.get(f"{own}aannemen/").headers["Location"] == own
    assert Bezetting.objects.count() == 1


def test_no_and_thinking_again_until_somebody_else_is_asked(client, aanbod, by) -> None:
    own = seat_url(aanbod)
    assert client.post(f"{own}weigeren/").status_code == 303
    text = text_of(client.get(own))
    assert "U wilt de zetel niet" in text
    assert "De zetel is nog vrij" in text
    client.post(f"{own}aannemen/", {"genoemd": "nee"})
    assert stand_of(aanbod) == "aanvaard"
    client.post(f"{own}weigeren/")
    loting = aanbod.zetel.loting
    fill(zetel=aanbod.zetel, lot=choice_for(loting).candidates[0].id, by=by)
    assert "intussen aan iemand anders aangeboden" in text_of(client.get(own))
    response = client.post(f"{own}aannemen/", {"genoemd": "nee"})
    assert response.status_code == 409
    assert is_private(response)
    assert stand_of(aanbod) == "geweigerd"
    assert client.get(f"{own}aannemen/").status_code == 409
    holds_together(loting)


def test_after_the_deadline_there_is_a_plain_sentence(client, aanbod) -> None:
    own = seat_url(aanbod)
    with time_machine.travel(aanbod.antwoord_voor + timedelta(hours=1), tick=False):
        for path in ("aannemen/", "weigeren/"):
            assert client.post(f"{own}{path}", {"genoemd": "nee"}).status_code == 409
            assert client.get(f"{own}{path}").status_code == 409
        assert stand_of(aanbod) == "open"
        lapse_due(now=timezone.now())
        assert "De tijd om te antwoorden is voorbij" in text_of(client.get(own))
    with time_machine.travel(aanbod.antwoord_voor + timedelta(days=15), tick=False):
        assert client.get(own).status_code == 404


def test_a_name_is_asked_apart_and_can_be_changed_by_the_same_link(client, aanbod) -> None:
    own = seat_url(aanbod)
    response = client.post(f"{own}aannemen/", {"genoemd": "ja", "naam": "De burgemeester"})
    assert response.status_code == 200
    assert "Gebruik alleen uw eigen naam" in text_of(response)
    assert stand_of(aanbod) == "open"
    client.post(f"{own}aannemen/", {"genoemd": "ja", "naam": " Aafke   L. "})
    sitting = Bezetting.objects.get(aanbod=aanbod)
    assert sitting.genoemd_als == "Aafke L."
    with time_machine.travel(timezone.now() + timedelta(days=300), tick=False):
        fields = fields_of(client.get(f"{own}genoemd/"))
        assert (fields["genoemd"], fields["naam"]) == ("ja", "Aafke L.")
        assert client.post(f"{own}genoemd/", {"genoemd": "nee", "naam": "x"}).status_code == 303
    sitting.refresh_from_db()
    assert (sitting.wil_genoemd, sitting.genoemd_als) == (False, "")


def test_who_left_the_seat_reads_that_and_can_do_nothing_more(client, aanbod, by) -> None:
    own = seat_url(aanbod)
    say(aanbod, True)
    resign(bezetting=Bezetting.objects.get(aanbod=aanbod), einde="gestopt", on=timezone.localdate(), by=by)
    assert "zit u niet meer op deze zetel" in text_of(client.get(own))
    for what in ("weigeren", "genoemd"):
        assert client.post(f"{own}{what}/", {"genoemd": "ja", "naam": "Aafke"}).status_code == 409
    assert stand_of(aanbod) == "aanvaard"


def test_the_link_to_ones_own_data_leads_to_the_seat_as_well(client, aanbod) -> None:
    own = own_url(owner_of(aanbod))
    assert f"{own}zetel/" in client.get(own).content.decode()
    assert "Wilt u de zetel?" in text_of(client.get(f"{own}zetel/"))
    assert client.post(f"{own}aannemen/", {"genoemd": "nee"}).headers["Location"] == f"{own}zetel/"
    assert stand_of(aanbod) == "aanvaard"
    assert "zetel aangeboden of beantwoord – uzelf" in text_of(client.get(own))
    assert client.post(f"{own}genoemd/", {"genoemd": "ja", "naam": "Aafke"}).status_code == 303
    assert Bezetting.objects.get(aanbod=aanbod).genoemd_als == "Aafke"
    export = client.post(f"{own}ophalen/", {"soort": "json"}).json()
    assert export["aanmelding"]["Uw naam op de site"] == "Aafke"


def test_who_was_not_offered_a_seat_has_none(client, offered) -> None:
    other = offered.aanmeldingen.exclude(loten__aanbiedingen__isnull=False)[0]
    own = own_url(other)
    assert "zetel/" not in client.get(own).content.decode()
    for what in ("zetel", "aannemen", "weigeren", "genoemd"):
        assert client.get(f"{own}{what}/").status_code == 404
        assert client.post(f"{own}{what}/").status_code == 404


def test_a_link_is_of_one_purpose_and_one_loting(client, aanbod, loting) -> None:
    token = answer_link(aanbod)
    assert client.get(f"{page_of(loting)}zetel/{token}/").status_code == 404
    assert client.get(f"{page_of(aanbod.zetel.loting)}mijn/{token}/").status_code == 404
    assert client.get(f"{page_of(aanbod.zetel.loting)}bevestigen/{token}/").status_code == 404
    for what in ("iets", "zetel", "wijzigen", "wissen", "ophalen"):
        assert client.post(f"{page_of(aanbod.zetel.loting)}zetel/{token}/{what}/").status_code == 404
    confirm = own_url(owner_of(aanbod), doel="bevestigen").rstrip("/").rpartition("/")[2]
    assert client.get(f"{page_of(aanbod.zetel.loting)}zetel/{confirm}/").status_code == 404


def test_another_site_cannot_answer_for_somebody(client, aanbod) -> None:
    own = seat_url(aanbod)
    response = client.post(f"{own}aannemen/", {"genoemd": "nee"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert stand_of(aanbod) == "open"
    assert Client(enforce_csrf_checks=True).post(f"{own}aannemen/", {"genoemd": "nee"}).status_code == 303


def test_guessing_is_slowed_down(client, aanbod) -> None:
    page = page_of(aanbod.zetel.loting)
    codes = [client.get(f"{page}zetel/gok-{number}/").status_code for number in range(31)]
    assert codes == [404] * 30 + [429]
    assert client.delete(seat_url(aanbod)).status_code in (405, 429)


def test_the_secret_is_in_no_line_of_the_log(client, aanbod, caplog) -> None:
    own = seat_url(aanbod)
    secret = own.rstrip("/").rpartition("/")[2]
    with caplog.at_level("DEBUG"):
        client.get(own)
        client.get(f"{own}iets/")
        client.post(f"{own}aannemen/", {"genoemd": "nee"})
    assert secret not in caplog.text


@pytest.mark.parametrize("language_code", ["nl", "en"])
def test_the_mail_leads_to_a_page_in_ones_own_language(client, aanbod, language_code) -> None:
    owner = owner_of(offers(aanbod.zetel.loting)[1])
    owner.taal = language_code
    owner.save()
    say(offers(aanbod.zetel.loting)[1], False)
    mail = mails_to(owner.persoon.mail)[-1]
    [path] = [path for path in paths_in(mail.text) if "/zetel/" in path]
    assert path.startswith(f"/{language_code}/")
    assert client.get(path).status_code == 200

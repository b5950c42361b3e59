"""Saying that something is wrong about a lot, by link or at the desk, and the decision."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from participatie.draw import objections
from participatie.models import Aanmelding, Bezwaar, Handeling, Kanaal, Lot
from tests.desk import allow_unknown_variables
from tests.participatie.desk import noted, plain_text
from tests.participatie.draw.ceremonies import Ceremony, corrected
from tests.participatie.own import is_private, mails_to, own_url

pytestmark = pytest.mark.django_db
Besluit = Bezwaar.Besluit


@pytest.fixture
def lot(draw: Ceremony) -> Lot:
    draw.to("verstuurd")
    rows = draw.trekking.loten.filter(aanmelding__taal="nl").exclude(aanmelding__persoon__mail_index="")
    return rows.select_related("aanmelding__persoon")[0]


def owner(lot: Lot) -> Aanmelding:
    assert lot.aanmelding
    return lot.aanmelding


def test_by_the_personal_link(draw: Ceremony, lot: Lot, client: Client) -> None:
    address = own_url(owner(lot))
    page = client.get(address)
    assert lot.nummer in plain_text(page) and lot.vingerafdruk in plain_text(page)
    form = client.get(f"{address}bezwaar/")
    assert form.status_code == 200 and is_private(form)
    assert client.post(f"{address}bezwaar/", {"tekst": " "}).status_code == 200
    assert not Bezwaar.objects.exists()
    for _time in range(2):
        answer = client.post(f"{address}bezwaar/", {"tekst": "أنا أصغر <b>"})
        assert answer.status_code == 303 and is_private(answer)
    row = Bezwaar.objects.get()
    assert (row.tekst, row.kanaal, row.lot_id) == ("أنا أصغر <b>", Kanaal.WEB, lot.pk)
    assert "ontvangen" in mails_to(owner(lot).persoon.mail)[-1].subject
    assert row.tekst not in mails_to(owner(lot).persoon.mail)[-1].text
    assert "أنا أصغر" in plain_text(client.get(address))
    assert len(noted(draw.loting, Handeling.Soort.BEZWAAR)) == 1


def test_not_before_the_lots_are_sent_nor_after_the_term(draw: Ceremony, client: Client) -> None:
    draw.to("uitgedeeld")
    lot = draw.trekking.loten.filter(aanmelding__isnull=False)[0]
    address = own_url(owner(lot))
    assert client.get(f"{address}bezwaar/").status_code == 409
    assert lot.nummer not in plain_text(client.get(address))
    draw.verstuurd()
    assert client.get(f"{address}bezwaar/").status_code == 200
    draw.at(draw.trekking.bezwaar_tot + timedelta(seconds=1))
    assert client.post(f"{address}bezwaar/", {"tekst": "Te laat"}).status_code == 409
    assert not Bezwaar.objects.exists()


def test_somebody_who_sends_a_lot_is_slowed_down(draw: Ceremony, lot: Lot, client: Client) -> None:
    address = own_url(owner(lot))
    codes = [client.post(f"{address}bezwaar/", {"tekst": f"nummer {n}"}).status_code for n in range(12)]
    assert codes == [303] * 10 + [429] * 2
    assert Bezwaar.objects.count() == 10


@pytest.mark.parametrize("typed", ["{nummer}", "{kort}", " l {kort} ", "{bon}"])
def test_at_the_desk_by_lot_or_receipt_number(
    draw: Ceremony, lot: Lot, keeper: Client, typed: str, monkeypatch: Any
) -> None:
    allow_unknown_variables(monkeypatch)
    typed = typed.format(nummer=lot.nummer, kort=int(lot.nummer[2:]), bon=owner(lot).bonnummer)
    address = reverse("desk_loting_objections", args=[draw.loting.pk])
    answer = keeper.post(address, {"lot": typed, "kanaal": "telefoon", "tekst": "Verkeerde leeftijd"})
    assert answer.status_code == 302
    assert Bezwaar.objects.get().lot_id == lot.pk
    for wrong in ({"lot": "L-9999", "kanaal": "telefoon", "tekst": "x"}, {"lot": "", "kanaal": "web"}, {}):
        assert keeper.post(address, wrong).status_code == 422
    assert Bezwaar.objects.count() == 1


def test_an_open_one_stops_the_freezing_and_is_decided_once(
    draw: Ceremony, lot: Lot, keeper: Client, monkeypatch: Any
) -> None:
    allow_unknown_variables(monkeypatch)
    made = objections.object_to(lot=lot, text="Ik ben ouder", kanaal=Kanaal.TELEFOON, by=draw.by)
    with pytest.raises(ValidationError, match="bezwaar is nog niet besloten"):
        draw.bevroren()
    address = reverse("desk_loting_objection", args=[draw.loting.pk, made.pk])
    assert "Ik ben ouder" in plain_text(keeper.get(address))
    assert keeper.post(address, {"besluit": "afgewezen", "uitleg": " "}).status_code == 422
    assert keeper.post(address, {"besluit": "open"}).status_code == 422
    assert keeper.post(address, {"besluit": "afgewezen", "uitleg": "Dat schreef u zelf."}).status_code == 302
    assert keeper.post(address, {"besluit": "hersteld"}).status_code == 422
    made.refresh_from_db()
    assert (made.besluit, made.door) == (Besluit.AFGEWEZEN, draw.by)
    mail = mails_to(owner(lot).persoon.mail)[-1]
    assert "niet aangepast" in mail.text and "Dat schreef u zelf." in mail.text
    draw.bevroren()


def test_what_was_right_renews_the_lot(draw: Ceremony, lot: Lot) -> None:
    made = objections.object_to(lot=lot, text="Ik ben ouder", kanaal=Kanaal.BALIE, by=draw.by)
    assert draw.by
    old, age = lot.vingerafdruk, corrected(lot, draw.by)
    objections.decide(bezwaar=made, besluit=Besluit.HERSTELD, uitleg="", by=draw.by)
    lot.refresh_from_db()
    assert lot.vingerafdruk != old and lot.verstuurd_op is None
    assert lot.kenmerken["leeftijd"] == age


def test_when_the_participants_stand_nothing_is_decided(draw: Ceremony, lot: Lot) -> None:
    draw.bevroren()
    with pytest.raises(ValidationError, match="staat vast"):
        objections.object_to(lot=lot, text="Te laat", kanaal=Kanaal.BALIE, by=draw.by)

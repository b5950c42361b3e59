"""Everybody hears their own lot once: by mail, on paper or by telephone."""

from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMail
from participatie import mails
from participatie.draw import lots, sending
from participatie.draw.lots import record_of
from participatie.models import Aanmelding, Handeling, Kenmerk, Lot, Persoon
from tests.desk import allow_unknown_variables, is_absent
from tests.participatie.desk import noted
from tests.participatie.draw.ceremonies import Ceremony, corrected
from tests.participatie.own import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def a_mailed_lot(draw: Ceremony, language: str = "nl") -> Lot:
    rows = sending.by_mail(draw.trekking).filter(aanmelding__taal=language)
    return rows.select_related("aanmelding__persoon")[0]


def last_mail(lot: Lot) -> Any:
    assert lot.aanmelding
    return mails_to(lot.aanmelding.persoon.mail)[-1]


@pytest.mark.parametrize("language", ["nl", "tr"])
def test_a_mail_holds_the_line_that_is_hashed(draw: Ceremony, language: str) -> None:
    draw.to("verstuurd")
    lot = a_mailed_lot(draw, language)
    mail = last_mail(lot)
    line = record_of(lot).text
    assert mail.language == language
    assert line in mail.text.splitlines()
    assert sha256(line.encode()).hexdigest() == lot.vingerafdruk
    assert lot.vingerafdruk in mail.text and lot.nummer in mail.text
    assert "/mijn/" in mail.text


def test_pressing_twice_mails_nobody_twice(draw: Ceremony) -> None:
    draw.to("uitgedeeld")
    before = OutboxMail.objects.count()
    first = sending.send(trekking=draw.trekking, by=draw.by)
    assert first.mailed == sending.by_mail(draw.trekking).count() == OutboxMail.objects.count() - before
    second = sending.send(trekking=draw.trekking, by=draw.by)
    assert (second.mailed, second.left) == (0, 0)
    assert OutboxMail.objects.count() - before == first.mailed
    assert first.on_paper == sending.on_paper(draw.trekking).count() > 0


def test_who_is_cut_off_goes_on_where_it_was(draw: Ceremony, monkeypatch: pytest.MonkeyPatch) -> None:
    draw.to("uitgedeeld")
    before, write, count = OutboxMail.objects.count(), mails.lot, 0

    def breaks(**kwargs: Any) -> None:
        nonlocal count
        count += 1
        if count == 5:
            raise KeyboardInterrupt
        write(**kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(mails, "lot", breaks)
        with pytest.raises(KeyboardInterrupt):
            sending.send(trekking=draw.trekking, by=draw.by)
    assert OutboxMail.objects.count() - before == 4
    assert draw.trekking.loten_verstuurd_op is None
    sending.send(trekking=draw.trekking, by=draw.by)
    assert OutboxMail.objects.count() - before == sending.by_mail(draw.trekking).count()
    assert draw.trekking.loten_verstuurd_op == timezone.now()
    assert draw.loting.keten.filter(soort="loten verstuurd").count() == 1


def test_a_lot_that_changed_is_told_again(draw: Ceremony) -> None:
    draw.to("verstuurd")
    lot = a_mailed_lot(draw)
    assert lot.aanmelding
    old = lot.vingerafdruk
    corrected(lot, draw.by)
    with pytest.raises(ValidationError, match="Werk eerst de loten bij"):
        sending.send(trekking=draw.trekking, by=draw.by)
    assert lots.synchronise(draw.trekking).renewed == [lot.nummer]
    lot.refresh_from_db()
    assert lot.vingerafdruk != old and lot.verstuurd_op is None
    count = len(mails_to(lot.aanmelding.persoon.mail))
    assert sending.send(trekking=draw.trekking, by=draw.by).mailed == 1
    assert len(mails_to(lot.aanmelding.persoon.mail)) == count + 1
    assert "telt niet meer" in last_mail(lot).text


def test_a_mail_never_holds_special_data(draw: Ceremony) -> None:
    Kenmerk.objects.filter(loting=draw.loting, code="taal-thuis").update(is_bijzonder=True)
    draw.to("verstuurd")
    lot = a_mailed_lot(draw)
    assert record_of(lot).text not in last_mail(lot).text
    assert lot.zout not in last_mail(lot).text
    assert lot.vingerafdruk in last_mail(lot).text


def test_an_address_that_does_not_work_goes_to_paper(draw: Ceremony) -> None:
    draw.to("verstuurd")
    lot = a_mailed_lot(draw)
    assert lot.aanmelding
    Aanmelding.objects.filter(pk=lot.aanmelding.pk).update(onbestelbaar_op=timezone.now())
    assert lot in sending.on_paper(draw.trekking)


def test_letters_and_calls_are_written_down(draw: Ceremony, keeper: Client) -> None:
    draw.to("uitgedeeld")
    sending.send(trekking=draw.trekking, by=draw.by)
    waiting = sending.on_paper(draw.trekking).filter(verstuurd_op=None)
    count = waiting.count()
    calls = reverse("desk_loting_draw_calls", args=[draw.loting.pk])
    page = keeper.get(calls)
    lot = waiting.select_related("aanmelding__persoon")[0]
    assert lot.aanmelding
    assert lot.aanmelding.persoon.naam in page.content.decode()
    assert noted(draw.loting, Handeling.Soort.LIJST)[-1].aantal == count
    for _time in range(2):
        keeper.post(calls, {"lot": lot.nummer})
    assert waiting.count() == count - 1
    letters = reverse("desk_loting_draw_letters", args=[draw.loting.pk])
    language = lot.aanmelding.taal
    answer = keeper.post(letters, {"taal": language, "deel": "1"})
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert not waiting.filter(aanmelding__taal=language).exists()
    for taal, deel in (("xx", "1"), (language, "0"), (language, "²")):
        assert is_absent(keeper.post(letters, {"taal": taal, "deel": deel}))


def test_nobody_is_told_after_the_freezing(draw: Ceremony) -> None:
    draw.to("bevroren")
    with pytest.raises(ValidationError, match="staat vast"):
        sending.send(trekking=draw.trekking, by=draw.by)
    with pytest.raises(ValidationError, match="staat vast"):
        sending.hand_over(trekking=draw.trekking, lots=[], by=draw.by)
    assert Persoon.objects.filter(aanmelding__loting=draw.loting).exists()

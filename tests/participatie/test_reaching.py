"""Who is reminded, called or written to by the lotingbeheerder, and in which language."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.models import OutboxMail, User
from participatie import actions
from participatie.models import Aanmelding, Handeling, Loting, Rondbericht, Rondberichtstand
from participatie.reaching import remind, unfinished, write_messages, write_to_all
from tests.desk import allow_unknown_variables
from tests.participatie.desk import at, empty, noted, plain_text, prepared, sent_along
from tests.participatie.own import mails_to, sign_up

pytestmark = pytest.mark.django_db
Soort = Handeling.Soort


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def test_who_did_not_confirm_is_reminded_once_a_week(
    keeper: Client, keeper_user: User, loting: Loting
) -> None:
    empty(loting)
    late, new = sign_up(loting, mail="laat@example.nl"), sign_up(loting, mail="nieuw@example.nl")
    gone = sign_up(loting, mail="weg@example.nl")
    long_ago = timezone.now() - timedelta(days=4)
    Aanmelding.objects.filter(pk__in=[late.pk, gone.pk]).update(ontvangen_op=long_ago)
    Aanmelding.objects.filter(pk=gone.pk).update(onbestelbaar_op=timezone.now())
    before = {mail: len(mails_to(mail)) for mail in ("laat@example.nl", "nieuw@example.nl", "weg@example.nl")}
    for _time in range(2):
        assert keeper.post(at("reminders", loting)).status_code == 302
    after = {mail: len(mails_to(mail)) - count for mail, count in before.items()}
    assert after == {"laat@example.nl": 1, "nieuw@example.nl": 0, "weg@example.nl": 0}
    assert [(row.bonnummer, row.door) for row in noted(loting, Soort.HERINNERD)] == [
        (late.bonnummer, keeper_user)
    ]
    week = timezone.now() + timedelta(days=7, minutes=1)
    assert remind(loting, now=week, by=keeper_user) == 2
    assert {new.pk, late.pk} == set(Aanmelding.objects.filter(herinnerd_op=week).values_list("pk", flat=True))


def test_what_is_missing_is_counted_and_called(keeper: Client, loting: Loting) -> None:
    empty(loting)
    silent = sign_up(loting, mail="", telefoon="0251 123456", naam="Bel Mij")
    unknown = sign_up(loting, postcode="", huisnummer="", adres_anders="Woonboot", mail="a@example.nl")
    partly = sign_up(loting, mail="b@example.nl")
    partly.kenmerkwaarden.filter(kenmerk__code="woning").delete()
    found = unfinished(loting, now=timezone.now())
    assert {name: [row.pk for row in rows] for name, rows in vars(found).items()} == {
        "unconfirmed": [],
        "without_answer": [partly.pk],
        "unknown_address": [unknown.pk],
        "undeliverable": [],
        "without_mail": [silent.pk],
    }
    text = plain_text(keeper.get(at("calls", loting)))
    assert "Bel Mij" in text
    assert "0251 123456" in text
    assert unknown.bonnummer not in text


WORDS = {"onderwerp_nl": "De zaal is gewijzigd", "tekst_nl": "Wij zitten in De Mel."}


def test_a_message_is_looked_at_first_and_sending_it_twice_is_once(
    keeper: Client, keeper_user: User, loting: Loting
) -> None:
    empty(loting)
    for mail, taal in (("a@example.nl", "nl"), ("b@example.nl", "ar"), ("", "nl")):
        sign_up(loting, mail=mail, taal=taal)
    before = OutboxMail.objects.count()
    address = at("messages", loting)
    key = sent_along(keeper, address)["sleutel"]
    assert "De zaal is gewijzigd" in plain_text(keeper.post(address, {**WORDS, "sleutel": key}))
    assert OutboxMail.objects.count() == before
    for _time in range(2):
        response = keeper.post(address, {**WORDS, "sleutel": key, "versturen": "1"}, follow=True)
        assert "gaat naar 2 mensen" in plain_text(response)
        assert "nog op weg" in plain_text(response)
    assert [write_messages(), write_messages()] == [2, 0]
    assert "nog op weg" not in plain_text(keeper.get(address))
    assert OutboxMail.objects.count() == before + 2
    [sent] = Rondbericht.objects.filter(loting=loting)
    assert (sent.aantal, sent.door) == (2, keeper_user)
    assert [row.aantal for row in noted(loting, Soort.BERICHT)] == [2]


def test_a_message_with_a_key_that_is_not_ours_is_not_sent(keeper: Client, loting: Loting) -> None:
    other = prepared("ander")
    foreign = sent_along(keeper, at("messages", other))["sleutel"]
    for key in ("", "x", "\0", foreign):
        assert (
            keeper.post(at("messages", loting), {**WORDS, "sleutel": key, "versturen": "1"}).status_code
            == 200
        )
    assert not Rondbericht.objects.filter(loting=loting).exists()


def test_a_language_is_written_whole_or_not(keeper: Client, loting: Loting) -> None:
    sign_up(loting, taal="ar", mail="ar@example.nl")
    address = at("messages", loting)
    key = sent_along(keeper, address)["sleutel"]
    for half in ({"tekst_ar": "x"}, {"onderwerp_ar": "x"}, {"tekst_nl": ""}):
        keeper.post(address, {**WORDS, **half, "sleutel": key, "versturen": "1"})
    assert not Rondbericht.objects.filter(loting=loting).exists()


def test_each_reads_a_message_in_their_own_language_when_it_was_written(
    loting: Loting, beheerder: User
) -> None:
    empty(loting)
    sign_up(loting, taal="en", mail="en@example.nl")
    sign_up(loting, taal="pl", mail="pl@example.nl")
    texts = {
        "nl": {"onderwerp": "Nieuws", "tekst": "De zaal is anders."},
        "en": {"onderwerp": "News", "tekst": "Another room."},
    }
    assert write_to_all(loting, texts=texts, key="proef", by=beheerder) == 2
    assert write_messages() == 2
    english, polish = mails_to("en@example.nl")[-1], mails_to("pl@example.nl")[-1]
    assert "Another room." in english.text
    assert "De zaal is anders." in polish.text


def test_a_message_goes_on_where_it_was_cut_off_and_one_wrong_address_stops_nobody(
    loting: Loting, beheerder: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty(loting)
    monkeypatch.setattr("participatie.reaching.AT_ONCE", 2)
    rows = [sign_up(loting, mail=f"{number}@example.nl") for number in range(5)]
    broken = rows[1].persoon
    broken.mail = "dit is geen mailadres"
    broken.save()
    texts = {"nl": {"onderwerp": "Nieuws", "tekst": "De zaal is anders."}}
    assert write_to_all(loting, texts=texts, key="proef", by=beheerder) == 5
    late = sign_up(loting, mail="later@example.nl")
    assert write_messages(limit=3) == 3
    actions.withdraw(aanmelding=rows[3])
    assert write_messages() == 1
    got = [row.bonnummer for row in [*rows, late] if any("anders" in mail.text for mail in mails_of(row))]
    assert got == [rows[0].bonnummer, rows[2].bonnummer, rows[4].bonnummer]
    assert not Rondberichtstand.objects.exists()


def mails_of(aanmelding: Aanmelding) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(about=aanmelding.bonnummer))

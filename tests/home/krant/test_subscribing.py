"""The wijkkrant by mail: asking, confirming, another language, stopping."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from core.models import OutboxMail
from core.outbox import mark_bounced
from core.outbox.delivering import give_up
from home.krant import subscribing
from home.krant.subscribing import forget_unconfirmed, forget_undeliverable, read_token, token_of
from home.models import Abonnee
from tests.checked_client import TypingClient
from tests.home.krant.subscribers import (
    FORM,
    KRANT,
    ask,
    filled_in,
    mails_to,
    path_in,
    send,
    subscribed,
    text_of,
    wijk_of_krant,
)
from tests.html import Document
from tests.participatie.test_hostile import BODIES
from wijken.models import Wijk

pytestmark = pytest.mark.django_db
ME = "fatima@example.nl"


def test_from_asking_to_stopping(client: Client) -> None:
    response = ask(client, mail=f" {ME.upper()} ")
    assert (response.status_code, response.headers["Location"]) == (303, f"{FORM}?gevraagd=ja")
    assert "Druk in die mail op de link" in text_of(client.get(f"{FORM}?gevraagd=ja"))
    [mail] = mails_to(ME)
    link = path_in(mail, "bevestigen")
    for _scanner in range(2):
        assert "Ja, mail mij de krant" in text_of(client.get(link))
        client.head(link)
    assert not Abonnee.objects.reachable().exists()

    for _press in range(2):
        assert client.post(link).headers["Location"] == link
    assert "Uw aanmelding is ontvangen op" in text_of(client.get(link))
    [abonnee] = Abonnee.objects.reachable()
    assert (abonnee.mail, abonnee.taal, abonnee.wijk) == (ME, "nl", wijk_of_krant())
    [_first, receipt] = mails_to(ME)
    assert "ontvangen op" in receipt.text

    stop = path_in(receipt, "afmelden")
    assert receipt.unsubscribe_url.endswith(stop)
    assert "fatima" not in stop
    assert "Stop met mailen" in text_of(client.get(stop))
    client.head(stop)
    assert Abonnee.objects.exists()
    response = client.post(stop)
    assert (response.status_code, response.headers["Location"]) == (303, stop)
    assert not Abonnee.objects.exists()
    for _again in range(2):
        assert "U krijgt de krant niet meer per mail" in text_of(client.get(stop))
        assert client.post(stop).status_code == 303
    assert "Deze link werkt niet" in text_of(client.get(link))
    assert client.post(link).status_code == 404
    # Nothing that holds the address is left, not even the mails that were sent.
    assert mails_to(ME) == []


def test_nobody_learns_who_is_subscribed(client: Client) -> None:
    subscribed(ME)
    known, unknown = ask(client, mail=ME), ask(client, mail="ander@example.nl")
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert Abonnee.objects.get(taal="nl", bevestigd_op__isnull=False).mail == ME
    [mail] = mails_to(ME)
    assert "Die krijgt u al" in mail.text
    assert "bevestigen" not in mail.text
    assert "Stop met mailen" in text_of(client.get(path_in(mail, "afmelden")))


def test_the_newest_link_counts_and_only_a_week(client: Client) -> None:
    ask(client)
    ask(client, taal="en")
    old, new = (path_in(mail, "bevestigen") for mail in mails_to(ME))
    assert client.post(old).status_code == 404
    assert Abonnee.objects.get().taal == "en"
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        response = client.post(new)
        assert response.status_code == 404
        assert f'href="/en/{FORM.removeprefix("/nl/")}"' in response.content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert client.post(new).status_code == 303
    # Of this wijk only.
    other = new.replace("velsen-noord", "zee-en-duinwijk")
    assert client.get(other).status_code == 404


@pytest.mark.parametrize("token", ["x", "x.y", "WzFd.aaaa", "%00", "é.é", "a" * 500])
def test_a_link_that_is_not_ours(client: Client, token: str) -> None:
    subscribed()
    for address in (f"{KRANT}afmelden/{token}/", f"{KRANT}abonneren/bevestigen/{token}/"):
        for response in (client.get(address), client.post(address)):
            assert response.status_code in (400, 404)
    assert Abonnee.objects.count() == 1


def test_a_link_of_one_wijk_stops_nothing_in_another() -> None:
    token = token_of(subscribed())
    other = Wijk.objects.exclude(slug="velsen-noord")[0]
    with pytest.raises(subscribing.UnknownLinkError):
        read_token(token, wijk=other)


def test_a_mail_program_stops_it_with_one_click() -> None:
    stop = f"{KRANT}afmelden/{token_of(subscribed())}/"
    strict = Client(enforce_csrf_checks=True)
    for _again in range(2):
        response = strict.post(
            stop, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert (response.status_code, response.cookies) == (200, {})
        assert not Abonnee.objects.exists()
    assert strict.delete(stop).status_code == 405


def test_another_language(client: Client) -> None:
    abonnee = subscribed()
    stop = f"{KRANT}afmelden/{token_of(abonnee)}/"
    response = client.post(stop, {"taal": "ar"}, follow=True)
    assert "De taal is gewijzigd" in text_of(response)
    assert "Kies een taal uit de lijst" in text_of(client.post(stop, {"taal": "weg"}))
    abonnee.refresh_from_db()
    assert abonnee.taal == "ar"


def test_nothing_is_lost_on_an_error_and_the_digits_are_asked_once(client: Client) -> None:
    fields = filled_in(client, mail="geen adres", taal="en")
    response = send(client, fields)
    html = response.content.decode()
    assert "Dit mailadres klopt niet" in html
    assert 'value="geen adres"' in html
    [chosen] = [each for each in Document(html).all("option") if "selected" in each.attrs]
    assert chosen.attrs["value"] == "en"
    assert "Typ de vijf cijfers over" not in html
    assert send(client, {**fields, "mail": ME, "code": "", "code_sleutel": ""}).status_code == 303
    # The button to go back, and sending once more.
    assert send(client, {**fields, "mail": ME}).status_code == 303
    assert len(mails_to(ME)) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"website": "x"}, "leeg moet blijven"),
        ({"formulier": "x"}, "te lang open"),
        ({"code": "12"}, "Deze cijfers kloppen niet"),
        ({"mail": ""}, "Vul uw mailadres in"),
        ({"mail": f"{'x' * 250}@example.nl"}, "te lang"),
        ({"mail": "a@example.nl\0"}, "Dit mailadres klopt niet"),
        ({"mail": "a@example.nl, b@example.nl"}, "Dit mailadres klopt niet"),
        ({"mail": "a@example.nl\r\nBcc: b@example.nl"}, "Dit mailadres klopt niet"),
        ({"taal": "xx"}, "Kies een taal uit de lijst"),
        ({"taal": ""}, "Kies een taal uit de lijst"),
    ],
)
def test_what_is_refused(client: Client, changes: dict[str, str], says: str) -> None:
    assert says in text_of(ask(client, **changes))
    assert not Abonnee.objects.exists()


def test_a_form_from_another_site_is_refused(client: Client) -> None:
    response = send(client, filled_in(client), **{"sec-fetch-site": "cross-site"})
    assert (response.status_code, Abonnee.objects.count()) == (403, 0)
    assert client.put(FORM).status_code == 405


def test_nobody_fills_the_mailbox_of_another(client: Client) -> None:
    for _time in range(5):
        assert ask(client).status_code == 303
    assert len(mails_to(ME)) == 3


def test_too_often_from_one_place(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("home.krant.views.subscribing.MOST_ASKED", 2)
    for number in range(2):
        assert ask(client, mail=f"a{number}@example.nl").status_code == 303
    response = ask(client, mail="a3@example.nl")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3600")
    assert 'value="a3@example.nl"' in response.content.decode()


# --- what does not arrive, and what is forgotten --------------------------------------------------


def test_who_does_not_confirm_is_forgotten(client: Client) -> None:
    ask(client)
    subscribed("blijft@example.nl")
    now = timezone.now()
    assert forget_unconfirmed(now + timedelta(days=6)) == 0
    assert forget_unconfirmed(now + timedelta(days=8), dry_run=True) == 1
    assert Abonnee.objects.count() == 2
    assert forget_unconfirmed(now + timedelta(days=8)) == 1
    assert Abonnee.objects.get().mail == "blijft@example.nl"


def test_a_mail_that_comes_back_stops_the_next(client: Client) -> None:
    ask(client)
    [mail] = mails_to(ME)
    client.post(path_in(mail, "bevestigen"))
    other = subscribed("ander@example.nl")
    assert mark_bounced(mails_to(ME)[-1].message_id, status="5.1.1")
    assert list(Abonnee.objects.reachable()) == [other]
    assert forget_undeliverable(timezone.now() + timedelta(days=31), dry_run=True) == 1
    # Who asks again starts anew.
    ask(client)
    client.post(path_in(mails_to(ME)[-1], "bevestigen"))
    assert Abonnee.objects.reachable().count() == 2
    assert forget_undeliverable(timezone.now() + timedelta(days=31)) == 0


def test_who_has_the_link_got_the_mail(client: Client) -> None:
    ask(client)
    [mail] = mails_to(ME)
    mark_bounced(mail.message_id)
    client.post(path_in(mail, "bevestigen"))
    assert Abonnee.objects.reachable().exists()


def test_that_our_own_mail_server_was_away_says_nothing_of_an_address(client: Client) -> None:
    ask(client)
    [mail] = mails_to(ME)
    client.post(path_in(mail, "bevestigen"))
    failed = mails_to(ME)[-1]
    assert give_up(failed.pk, "mislukt", "TimeoutError", only=Q())
    assert Abonnee.objects.reachable().count() == 1
    assert give_up(failed.pk, "geweigerd", "SMTPRecipientsRefused 550", only=Q())
    assert Abonnee.objects.reachable().count() == 0


def test_the_address_lies_sealed_and_is_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(client)
        client.post(path_in(mails_to(ME)[0], "bevestigen"))
        client.post(path_in(mails_to(ME)[1], "afmelden"))
        ask(client)
    assert "fatima" not in caplog.text
    with connection.cursor() as cursor:
        for model in (Abonnee, OutboxMail):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            assert "fatima" not in repr(cursor.fetchall())


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_whatever_is_sent_there_is_an_answer(method: str) -> None:
    abonnee = subscribed()
    ask(Client(), mail="ander@example.nl")
    links = [
        FORM,
        path_in(mails_to("ander@example.nl")[0], "bevestigen"),
        f"{KRANT}afmelden/weg.weg/",
        f"{KRANT}afmelden/{token_of(abonnee)}/",
    ]
    anybody = TypingClient(raise_request_exception=False)
    for content_type, body in BODIES:
        for link in links:
            response = anybody.generic(method, link, body, content_type=content_type)
            assert response.status_code < 500, (link, content_type, body[:80])

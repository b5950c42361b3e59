"""Asking for a new link to one's own data: nothing tells who is known, and nobody's mailbox is filled."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import OutboxMail
from participatie import own_actions
from participatie.models import Linkverzoek, Loting, Staat
from participatie.views.own_data import MOST_ASKED
from tests.desk import html
from tests.html import faults
from tests.participatie.own import fields_of, mails_to, page_of, paths_in, sign_up

pytestmark = pytest.mark.django_db
AAFKE = "aafke@example.nl"
LANGUAGES = ("nl", "en")


def asked_for(client: Client, loting: Loting, **values: str) -> dict[str, str]:
    path = f"{page_of(loting)}mijn/"
    token = fields_of(client.get(path))["formulier"]
    from django.core import signing

    from core.open_forms import SALT

    about, number, opened_at = signing.loads(token, salt=SALT)
    return {"formulier": signing.dumps([about, number, opened_at - 60], salt=SALT), "website": "", **values}


def test_asking_looks_the_same_for_known_and_unknown(
    loting: Loting, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    made = sign_up(loting)
    other = sign_up(loting, naam="Bo", mail="bo@example.nl")
    path = f"{page_of(loting)}mijn/"
    client.get(path)
    seen = []
    for number, mail in (
        (made.bonnummer, AAFKE),
        (made.bonnummer, "niemand@example.nl"),
        ("ABCDEFGHJK", AAFKE),
        ("ABCDEFGHJK", "niemand@example.nl"),
        (made.bonnummer, other.persoon.mail),
    ):
        data = asked_for(client, loting, bonnummer=number, mail=mail)
        mails, asked = OutboxMail.objects.count(), Linkverzoek.objects.count()
        with (
            django_capture_on_commit_callbacks(execute=False) as later,
            CaptureQueriesContext(connection) as queries,
        ):
            response = client.post(path, data)
        assert OutboxMail.objects.count() == mails
        # Without the values, and without the numbers of savepoints.
        shapes = [re.sub(r"_x\d+", "", query["sql"].partition("VALUES")[0]) for query in queries]
        seen.append(
            (
                response.status_code,
                response.content,
                dict(response.items()),
                Linkverzoek.objects.count() - asked,
                len(later),
                shapes,
            )
        )
    assert all(row == seen[0] for row in seen)
    assert seen[0][0] == 303
    before = len(mails_to(AAFKE))
    assert own_actions.answer_link_requests() == 1
    assert Linkverzoek.objects.count() == 0
    assert len(mails_to(AAFKE)) == before + 1
    assert mails_to("niemand@example.nl") == []
    assert len(mails_to("bo@example.nl")) == 1
    link = next(address for address in paths_in(mails_to(AAFKE)[-1].text) if "/mijn/" in address)
    assert "Aafke Lindeveld" in html(client.get(link))


def test_a_request_lies_sealed_and_is_handled_after_the_answer(
    loting: Loting, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    made = sign_up(loting)
    path = f"{page_of(loting)}mijn/"
    typed = f"{made.bonnummer[:5].lower()}-{made.bonnummer[5:]} "
    data = asked_for(client, loting, bonnummer=typed, mail=" Aafke@Example.NL ")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(path, data)
        with connection.cursor() as cursor:
            cursor.execute("SELECT gegevens FROM participatie_linkverzoek")
            assert cursor.fetchone()[0].startswith("gAAAA")
        assert len(mails_to(AAFKE)) == 1
    assert len(mails_to(AAFKE)) == 2
    text = html(client.get(response.headers["Location"]))
    assert "Kijk in uw mail" in text
    assert faults(text) == []


def test_a_mailbox_is_not_filled(loting: Loting) -> None:
    made = sign_up(loting)
    for _time in range(6):
        own_actions.ask_link(loting=loting, bonnummer=made.bonnummer, mail=AAFKE)
    own_actions.answer_link_requests()
    assert len(mails_to(AAFKE)) == own_actions.MOST_LINKS


def test_whoever_has_no_mail_address_is_never_found(loting: Loting) -> None:
    made = sign_up(loting, mail="")
    own_actions.ask_link(loting=loting, bonnummer=made.bonnummer, mail="")
    assert own_actions.answer_link_requests() == 0
    assert Linkverzoek.objects.count() == 0


def test_asking_too_often_waits(loting: Loting, client: Client) -> None:
    path = f"{page_of(loting)}mijn/"
    data = asked_for(client, loting, bonnummer="ABCDEFGHJK", mail=AAFKE)
    for _time in range(MOST_ASKED):
        assert client.post(path, data).status_code == 303
    response = client.post(path, data)
    assert response.status_code == 429
    assert faults(html(response)) == []
    assert Linkverzoek.objects.count() == MOST_ASKED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "values",
    [
        {"bonnummer": "", "mail": ""},
        {"bonnummer": "12345", "mail": AAFKE},
        {"bonnummer": "ABCDEFGHJK", "mail": "aafke@"},
        {"bonnummer": "x" * 5000, "mail": "y" * 5000},
        {"bonnummer": "\0", "mail": "\0"},
        {"bonnummer": "ABCDEFGHJK", "mail": AAFKE, "website": "http://example.com"},
        {"bonnummer": "ABCDEFGHJK", "mail": AAFKE, "formulier": "onzin"},
    ],
)
def test_a_request_that_is_not_right_is_explained(
    loting: Loting, client: Client, values: dict[str, str], language: str
) -> None:
    data = {**asked_for(client, loting), **values}
    response = client.post(f"{page_of(loting, language)}mijn/", data)
    assert response.status_code == 200
    assert 'role="alert"' in html(response)
    assert faults(html(response)) == []
    assert Linkverzoek.objects.count() == 0


def test_a_request_sealed_with_a_lost_key_does_not_stop_the_others(loting: Loting) -> None:
    made = sign_up(loting)
    own_actions.ask_link(loting=loting, bonnummer="ABCDEFGHJK", mail=AAFKE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participatie_linkverzoek SET gegevens = 'gAAAAonzin'")
    own_actions.ask_link(loting=loting, bonnummer=made.bonnummer, mail=AAFKE)
    assert own_actions.answer_link_requests() == 1
    assert Linkverzoek.objects.count() == 0


def test_after_the_draw_a_new_link_still_shows_what_is_kept(loting: Loting, client: Client) -> None:
    import time_machine

    made = sign_up(loting)
    with time_machine.travel(loting.trekking_op + timedelta(days=3)):
        Loting.objects.filter(pk=loting.pk).update(staat=Staat.GETROKKEN)
        own_actions.ask_link(loting=loting, bonnummer=made.bonnummer, mail=AAFKE)
        own_actions.answer_link_requests()
        link = next(address for address in paths_in(mails_to(AAFKE)[-1].text) if "/mijn/" in address)
        text = html(client.get(link))
    assert "Aafke Lindeveld" in text
    assert "staan vast" in text

"""Sending in kopij: what comes in is kept, what is wrong is said, and nothing that was filled in is lost."""

import base64
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from core.models import OutboxMail
from core.photos import REFUSED
from home.krant.kopij.actions import secret_of
from home.models import Kopij, Kopijconcept, Kopijconceptfoto, Kopijfoto, Kopijhandeling
from tests.core import pictures
from tests.core.pictures import jpeg
from tests.home.krant.kopij import (
    ABOUT_PHOTO,
    FORM,
    TYPED,
    edition,
    fields_of,
    made,
    opened,
    picture,
    send,
    sent_in,
    solved,
)
from tests.html import Document

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return " ".join(Document(response.content.decode()).first("main").all_text.split())


def test_a_visit_leaves_no_cookie_and_nothing_behind(client: Client) -> None:
    response = client.get(FORM)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert not Kopijconcept.objects.exists()


def test_what_is_sent_is_kept_and_a_receipt_is_shown(client: Client) -> None:
    editie = edition()
    before = Kopij.objects.count()
    photo = picture(pictures.with_place())
    response = send(client, {**opened(client), **TYPED, **ABOUT_PHOTO, "foto1": photo})
    assert response.status_code == 303
    kopij = Kopij.objects.latest("pk")
    assert Kopij.objects.count() == before + 1
    assert (kopij.titel, kopij.tekst) == (TYPED["titel"], TYPED["tekst"])
    assert (kopij.editie, kopij.taal, kopij.kanaal, kopij.staat) == (editie, "nl", "web", "nieuw")
    assert kopij.ondertekening == ""
    foto = kopij.fotos.get()
    content = base64.b64decode(foto.inhoud)
    assert b"SECRET" not in content
    assert (foto.breedte, foto.hoogte) == (480, 640)
    receipt = client.get(response.headers["Location"])
    assert receipt.status_code == 200
    assert "no-store" in receipt.headers["Cache-Control"]
    shown = text_of(receipt)
    for words in (TYPED["titel"], "Wie zaait er mee?", kopij.bonnummer[:5], "aafke@example.nl"):
        assert words in shown
    assert kopij.bonnummer not in response.headers["Location"]
    # Nothing is left of the form itself.
    assert not Kopijconcept.objects.exists()


def test_nothing_of_it_lies_open_in_the_database(client: Client) -> None:
    edition()
    sent_in(client, **ABOUT_PHOTO, foto1=picture(), foto1_maker="Bo")
    with connection.cursor() as cursor:
        for table in ("home_kopij", "home_kopijfoto", "home_kopijhandeling"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows = str(cursor.fetchall())
            for word in ("Aafke", "aafke@", "zonnebloem", "Zonnebloem"):
                assert word not in rows


def test_the_sender_gets_a_copy_with_the_way_back(client: Client) -> None:
    edition()
    kopij = sent_in(client)
    mail = OutboxMail.objects.get(about=kopij.bonnummer)
    assert (mail.recipient, mail.language, mail.kind) == ("aafke@example.nl", "nl", "kopij")
    for part in (mail.text, mail.html):
        assert "Wie zaait er mee?" in part
        address = next(line for line in mail.text.splitlines() if "/kopij/ontvangen/" in line)
        assert address in part
    assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_without_an_address_there_is_no_mail(client: Client) -> None:
    edition()
    kopij = sent_in(client, mail="")
    assert not OutboxMail.objects.filter(about=kopij.bonnummer).exists()


def test_after_the_deadline_it_is_for_a_later_number(client: Client) -> None:
    edition(kopij_tot=timezone.localdate() - timedelta(days=1))
    assert "voor het nummer daarna" in text_of(client.get(FORM))
    assert sent_in(client).editie is None


def test_the_name_is_in_the_paper_only_when_asked(client: Client) -> None:
    edition()
    assert sent_in(client, noemen="met").ondertekening == "Aafke Lindeveld"


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"titel": ""}, "Vul een titel in."),
        ({"titel": "x" * 121}, "Deze titel is te lang."),
        ({"tekst": " \n "}, "Schrijf hier uw tekst."),
        ({"tekst": "x" * 6001}, "Uw tekst heeft 6001 tekens. Er passen er 6000."),
        ({"teksttaal": "xx"}, "Kies een taal uit de lijst."),
        ({"rubriek": "weg"}, "Kies een rubriek uit de lijst."),
        ({"naam": ""}, "Vul uw naam in."),
        ({"mail": "aafke"}, "Dit mailadres klopt niet."),
        ({"telefoon": "12"}, "Dit telefoonnummer klopt niet."),
        ({"noemen": "misschien"}, "Kies ja of nee."),
        ({"code": "00000x"}, "Deze cijfers kloppen niet."),
        ({"code": ""}, "Typ de vijf cijfers over."),
        ({"website": "x"}, "in een veld dat leeg moet blijven"),
        ({"formulier": "x"}, "Dit formulier stond te lang open."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    changes: dict[str, str], sentence: str, client: Client
) -> None:
    before = Kopij.objects.count()
    typed = {**opened(client), **TYPED, **changes}
    response = send(client, typed)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert Kopij.objects.count() == before
    kept = fields_of(response)
    for name, value in {**TYPED, **changes}.items():
        if name not in {"code", "website", "formulier", "teksttaal", "rubriek", "noemen"}:
            assert kept[name].strip() == value.strip()


def test_a_text_in_any_script_comes_back_as_it_was(client: Client) -> None:
    edition()
    tekst = "مرحبا بالجيران 🌻\n\nDziękuję <b>&amp; ქართული"
    kopij = sent_in(client, tekst=tekst, titel="مرحبا 🌻", teksttaal="ar", naam="سارة")
    assert (kopij.tekst, kopij.titel, kopij.naam) == (tekst, "مرحبا 🌻", "سارة")
    assert kopij.language_of_text == "ar"


@pytest.mark.parametrize("name", pictures.REFUSED)
def test_a_file_that_is_no_picture_is_refused_and_nothing_else_is_lost(name: str, client: Client) -> None:
    content, why = pictures.REFUSED[name]
    typed = {**opened(client), **TYPED, **ABOUT_PHOTO}
    response = send(client, {**typed, "foto1": picture(content), "foto2": picture(), "foto2_maker": "Bo"})
    assert response.status_code == 200
    assert str(REFUSED[why]) in text_of(response)
    kept = fields_of(response)
    assert kept["tekst"] == TYPED["tekst"]
    assert kept["foto2_maker"] == "Bo"
    # The picture that was right is there already.
    assert [row.nummer for row in Kopijconceptfoto.objects.all()] == [2]


def test_a_picture_survives_an_error_elsewhere(client: Client) -> None:
    edition()
    typed = {**opened(client), **TYPED, **ABOUT_PHOTO, "titel": ""}
    response = send(client, {**typed, "foto1": picture()})
    assert "data:image/jpeg;base64," in response.content.decode()
    assert "Deze foto hebben wij al" in text_of(response)
    # The digits were right, and are not asked again.
    again = fields_of(response)
    assert "code_sleutel" not in again
    response = send(client, {**again, "titel": "Nu met titel"})
    assert response.status_code == 303
    assert Kopij.objects.latest("pk").fotos.get().beschrijving == ABOUT_PHOTO["foto1_beschrijving"]
    assert not Kopijconcept.objects.exists()


def test_a_picture_can_be_taken_away_and_replaced(client: Client) -> None:
    edition()
    typed = {**opened(client), **TYPED, **ABOUT_PHOTO, "titel": ""}
    response = send(client, {**typed, "foto1": picture()})
    again = fields_of(response)
    response = send(client, {**again, "foto_weg": "1"})
    assert "data:image" not in response.content.decode()
    assert "Fout:" not in text_of(response)
    assert not Kopijconceptfoto.objects.exists()
    fields = fields_of(response)
    assert fields["tekst"] == TYPED["tekst"]
    response = send(client, {**fields, "foto1": picture(jpeg((300, 200)))})
    response = send(client, {**fields_of(response), "titel": "Toch", "foto1": picture(jpeg((30, 20)))})
    assert response.status_code == 303
    assert Kopij.objects.latest("pk").fotos.get().breedte == 30


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"foto1_toestemming": "niemand"}, "Schrijf op wat er op de foto te zien is."),
        ({"foto1_beschrijving": "Bloemen"}, "Kies wat er geldt voor wie op de foto staat."),
    ],
)
def test_a_picture_needs_words_and_consent(about: dict[str, str], sentence: str, client: Client) -> None:
    response = send(client, {**opened(client), **TYPED, **about, "foto1": picture()})
    assert sentence in text_of(response)
    assert Kopijconceptfoto.objects.count() == 1


def test_other_digits_cost_nothing(client: Client) -> None:
    typed = {**opened(client), **TYPED, "code_nieuw": "1"}
    response = send(client, {**typed, "foto1": picture()})
    assert "Er staan nu andere cijfers." in text_of(response)
    assert fields_of(response)["tekst"] == TYPED["tekst"]
    assert Kopijconceptfoto.objects.count() == 1


def test_a_form_that_was_open_too_long_keeps_all(client: Client) -> None:
    edition()
    typed = {**opened(client), **TYPED, **ABOUT_PHOTO, "naam": ""}
    again = fields_of(send(client, {**typed, "foto1": picture()}))
    Kopijconcept.objects.update(verloopt_op=timezone.now() + timedelta(days=3))
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=True):
        response = client.post(FORM, {**again, "naam": "Aafke"})
        assert "stond te lang open" in text_of(response)
        assert "Deze foto hebben wij al" in text_of(response)
        response = send(client, solved(fields_of(response)))
        assert response.status_code == 303
    assert Kopij.objects.latest("pk").fotos.count() == 1


# --- once, and not too often ----------------------------------------------------------------------


def test_pressing_twice_stores_once(client: Client) -> None:
    edition()
    before = Kopij.objects.count()
    fields = {**opened(client), **TYPED}
    first, second = send(client, fields), send(client, fields)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert Kopij.objects.count() == before + 1
    # Going back and changing something leads to the receipt of what was sent.
    third = send(client, {**fields, "tekst": "Toch iets anders"})
    assert third.headers["Location"] == first.headers["Location"]


def test_another_site_cannot_send_it(client: Client) -> None:
    before = Kopij.objects.count()
    fields = {**opened(client), **TYPED}
    response = send(client, fields, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert fields_of(response)["tekst"] == TYPED["tekst"]
    assert Kopij.objects.count() == before


def test_not_too_often_from_one_address(client: Client) -> None:
    edition()
    for _time in range(12):
        sent_in(client)
    response = send(client, {**opened(client), **TYPED, "foto1": picture()})
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert fields_of(response)["tekst"] == TYPED["tekst"]
    assert not Kopijconcept.objects.exists()


def test_too_much_to_read_gets_a_sentence(client: Client) -> None:
    fields = {**opened(client), **TYPED}
    response = send(client, {**fields, "tekst": "x" * 3_000_000})
    assert response.status_code == 413
    assert "te groot" in text_of(response)
    response = client.post(FORM, fields, headers={"content-length": "999999999"})
    assert response.status_code == 413


def test_a_megabyte_in_each_field_is_answered(client: Client) -> None:
    response = send(client, {**opened(client), **TYPED, "tekst": "x" * 1_000_000})
    assert response.status_code == 200
    assert "1000000 tekens" in text_of(response)
    assert len(fields_of(response)["tekst"]) == 1_000_000


def test_files_that_nobody_asked_for_are_let_go(client: Client) -> None:
    files = {f"bestand{number}": picture() for number in range(5)}
    response = send(client, {**opened(client), **TYPED, **files, "naam": ""})
    assert response.status_code == 200
    assert not Kopijconceptfoto.objects.exists()


def test_a_body_that_is_no_form(client: Client) -> None:
    for body in (b"", b"--x\r\n", b"\0" * 100):
        response = client.post(FORM, body, content_type="multipart/form-data; boundary=x")
        assert response.status_code in (200, 413)
    assert client.post(FORM, b"{}", content_type="application/json").status_code == 200
    assert client.put(FORM).status_code == 405


# --- the sender's own page ------------------------------------------------------------------------


def own_of(kopij: Kopij, what: str = "ontvangen") -> str:
    return f"{FORM}{what}/{secret_of(kopij.bonnummer)}/"


def test_taking_it_back_until_it_is_decided(client: Client) -> None:
    edition()
    kopij = made(photos=1)
    assert "Neem uw stuk terug" in text_of(client.get(own_of(kopij)))
    assert "Wilt u uw stuk terugnemen?" in text_of(client.get(own_of(kopij, "terugnemen")))
    away = client.post(own_of(kopij, "terugnemen"), headers={"sec-fetch-site": "cross-site"})
    assert away.status_code == 403
    response = client.post(own_of(kopij, "terugnemen"))
    assert response.status_code == 303
    assert client.get(response.headers["Location"]).status_code == 200
    assert not Kopij.objects.filter(pk=kopij.pk).exists()
    assert not Kopijfoto.objects.filter(kopij=kopij.pk).exists()
    assert not OutboxMail.objects.filter(about=kopij.bonnummer).exists()
    assert Kopijhandeling.objects.get(bonnummer=kopij.bonnummer).soort == "gewist"
    assert client.get(own_of(kopij)).status_code == 404


def test_after_a_decision_it_stays(client: Client) -> None:
    edition()
    kopij = made()
    Kopij.objects.filter(pk=kopij.pk).update(staat="afgewezen", behandeld_op=timezone.now(), antwoord="")
    response = client.post(own_of(kopij, "terugnemen"))
    assert response.status_code == 409
    assert "al besloten" in text_of(response)
    assert "plaatst uw stuk niet" in text_of(client.get(own_of(kopij, "terugnemen")))
    assert Kopij.objects.filter(pk=kopij.pk).exists()


def test_guessing_leads_nowhere(client: Client) -> None:
    for _time in range(30):
        assert client.get(f"{FORM}ontvangen/{'x' * 40}/").status_code == 404
    assert client.get(f"{FORM}ontvangen/{'x' * 40}/").status_code == 429


def test_it_is_there_in_every_language(client: Client) -> None:
    for code in ("nl", "en"):
        response = client.get(FORM.replace("/nl/", f"/{code}/"))
        assert response.status_code == 200
        assert response.headers["Content-Language"] == code


def test_no_secret_is_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    edition()
    kopij = made()
    with caplog.at_level("INFO", logger="core.requests"):
        client.get(own_of(kopij))
    paths = [vars(record)["path"] for record in caplog.records if record.name == "core.requests"]
    assert paths
    assert all("ontvangen" not in path for path in paths)

"""Signing up on the web, without a browser: every page of the form, every state, and what people may type."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.receipts import new_number, read_number
from participatie import actions
from participatie.identity import code_index
from participatie.models import Aanmelding, Conceptaanmelding, Persoon, Staat, Uitnodiging
from tests.caches import empty_the_caches
from tests.checked_client import TypingClient
from tests.html import Document
from tests.participatie.people import filled_in
from tests.participatie.signing import PAGE, START, begin, fill_in, send, sending, text_of
from tests.translated import front_door, in_language

pytestmark = pytest.mark.django_db
KEYS = [
    "naam",
    "adres",
    "leeftijd",
    "kenmerk-leeftijd",
    "kenmerk-woning",
    "kenmerk-taal-thuis",
    "kenmerk-eerder-meegepraat",
    "bereikbaar",
    "taal",
]


@pytest.fixture
def client() -> Client:
    """What people type may hold braces of their own."""
    return TypingClient()


def test_the_whole_way_question_by_question(client, loting) -> None:
    form = begin(client)
    response = client.get(form, follow=True)
    given = filled_in()
    seen = []
    for _question in range(20):
        path = response.redirect_chain[-1][0] if response.redirect_chain else response.request["PATH_INFO"]
        key = path.removeprefix(form).strip("/")
        if key == "controle":
            break
        seen.append(key)
        assert f"Vraag {len(seen)} van 9" in text_of(response)
        names = {
            each.attrs.get("name", "")
            for tag in ("input", "select")
            for each in Document(response.content.decode()).all(tag)
        }
        response = client.post(path, {name: given[name] for name in names & set(given)}, follow=True)
    assert seen == KEYS
    assert "Klopt alles?" in text_of(response)
    assert "Aafke Lindeveld" in text_of(response)
    before = Aanmelding.objects.count()
    response = send(client, form)
    assert (response.status_code, response.headers["Location"]) == (303, f"{form}ontvangen/")
    assert Aanmelding.objects.count() == before + 1
    made = Aanmelding.objects.latest("pk")
    receipt = client.get(f"{form}ontvangen/")
    number = Document(receipt.content.decode()).first("bdi").all_text
    assert made.bonnummer in {
        read_number(each.all_text) for each in Document(receipt.content.decode()).all("bdi")
    }, number
    assert "aafke@example.nl" in text_of(receipt)
    assert "25 tot en met 44 jaar" in text_of(receipt)
    assert (made.kanaal, made.taal, made.geschiktheid) == ("web", "nl", "geschikt")


def test_an_answer_that_is_wrong_is_kept_and_explained(client, loting) -> None:
    form = begin(client)
    response = client.post(f"{form}adres/", {"postcode": "12", "huisnummer": "7"})
    assert response.status_code == 200
    html = response.content.decode()
    assert "<title>Fout: Waar woont u?" in html
    document = Document(html)
    links = [link.attrs["href"] for link in document.all("a") if link.attrs.get("href") == "#id_postcode"]
    assert links
    assert 'value="12"' in html
    # The back button and a refresh show the same.
    again = client.get(f"{form}adres/").content.decode()
    assert 'value="7"' in again
    assert "Fout:" in again


def test_an_optional_question_can_be_skipped_also_after_an_answer(client, loting) -> None:
    form = begin(client)
    fill_in(client, form)
    kept = Conceptaanmelding.objects.get().gegevens
    assert kept["kenmerk_taal-thuis"] == "nederlands"
    response = client.post(f"{form}kenmerk-taal-thuis/", {"kenmerk_taal-thuis": "anders", "overslaan": "1"})
    assert response.headers["Location"] == f"{form}controle/"
    assert Conceptaanmelding.objects.get().gegevens["kenmerk_taal-thuis"] == ""
    # What is needed cannot be skipped.
    response = client.post(f"{form}naam/", {"naam": "", "overslaan": "1"})
    assert response.status_code == 200
    assert "Vul uw naam in." in text_of(response)


def test_changing_one_answer_leads_back_to_all_answers(client, loting) -> None:
    form = begin(client)
    fill_in(client, form)
    links = [
        link.attrs["href"]
        for link in Document(client.get(f"{form}controle/").content.decode()).all("a")
        if link.attrs.get("href", "").startswith(form)
    ]
    for link in (f"{form}naam/", f"{form}adres/", f"{form}taal/"):
        assert link in links
        assert client.get(link).status_code == 200
    response = client.post(f"{form}naam/", {"naam": "Mieke Ander"})
    assert response.headers["Location"] == f"{form}controle/"
    assert "Mieke Ander" in text_of(client.get(f"{form}controle/"))


def test_all_on_one_page_says_everything_that_is_wrong(client, loting) -> None:
    form = begin(client, "alles")
    first = client.get(form)
    assert first.status_code == 200
    assert "Fout:" not in first.content.decode()
    numbers = re.findall(r">(\d+)\. ", first.content.decode())
    assert numbers == [str(number) for number in range(1, len(KEYS) + 1)]
    response = client.post(form, filled_in(naam="", postcode="1", oud_genoeg=""))
    assert response.status_code == 200
    for message in ("Vul uw naam in.", "Dit is geen postcode.", "Kies ja of nee."):
        assert message in text_of(response)
    assert 'value="aafke@example.nl"' in response.content.decode()


def test_nothing_is_sent_while_an_answer_is_missing(client, loting) -> None:
    form = begin(client)
    before = Aanmelding.objects.count()
    for method in (client.get, client.post):
        response = method(f"{form}controle/")
        assert response.headers["Location"] == form
    assert client.get(form).headers["Location"] == f"{form}naam/"
    assert Aanmelding.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"postcode": "1017 AB", "huisnummer": "9"}, "ligt dit adres niet in"),
        ({"postcode": "", "huisnummer": "", "adres_anders": "Woonboot bij de brug"}, "niet zelf nakijken"),
    ],
)
def test_an_address_elsewhere_or_unknown_is_said_and_never_blocks(client, loting, changes, said) -> None:
    form = begin(client)
    fill_in(client, form, **changes)
    assert said in text_of(client.get(f"{form}controle/"))
    assert send(client, form).status_code == 303
    assert Aanmelding.objects.latest("pk").geschiktheid == "controleren"


def test_an_address_inside_needs_no_remark(client, loting) -> None:
    form = begin(client)
    fill_in(client, form)
    text = text_of(client.get(f"{form}controle/"))
    assert "Volgens onze lijst" not in text
    assert "zelf nakijken" not in text


def test_digits_that_were_right_once_are_not_asked_again(client, loting) -> None:
    form = begin(client)
    fill_in(client, form)
    # Right digits, but the field that nobody sees is filled in.
    response = send(client, form, website="x")
    assert response.status_code == 200
    assert Conceptaanmelding.objects.get().is_mens
    assert "Typ de vijf cijfers over" not in text_of(response)
    assert send(client, form).status_code == 303


def test_wrong_digits_or_none_send_nothing(client, loting) -> None:
    form = begin(client)
    fill_in(client, form)
    before = Aanmelding.objects.count()
    for code in ("00000", ""):
        response = send(client, form, code=code)
        assert response.status_code == 200
        assert "<title>Fout:" in response.content.decode()
    fields = sending(client, form, code_nieuw="1")
    assert client.post(f"{form}controle/", fields).status_code == 200
    assert Aanmelding.objects.count() == before


def test_sending_twice_leads_to_the_same_receipt(client, loting) -> None:
    form = begin(client)
    fill_in(client, form)
    before = Aanmelding.objects.count()
    assert send(client, form).status_code == 303
    again = client.post(f"{form}controle/", {})
    assert (again.status_code, again.headers["Location"]) == (303, f"{form}ontvangen/")
    assert client.post(f"{form}naam/", {"naam": "Iemand Anders"}).headers["Location"] == f"{form}ontvangen/"
    assert Aanmelding.objects.count() == before + 1
    assert Persoon.objects.latest("pk").naam == "Aafke Lindeveld"
    assert client.get(form).headers["Location"] == f"{form}ontvangen/"


def test_two_tabs_keep_each_others_answers(client, loting) -> None:
    form = begin(client)
    client.post(f"{form}naam/", {"naam": "Aafke"})
    client.post(f"{form}adres/", {"postcode": "1951 XA", "huisnummer": "1"})
    client.post(f"{form}naam/", {"naam": "Mieke"})
    kept = Conceptaanmelding.objects.get().gegevens
    assert (kept["naam"], kept["postcode"]) == ("Mieke", "1951 XA")


def test_a_form_that_is_gone_says_how_to_go_on(client, loting) -> None:
    for path in ("x" * 32, "%00", "' OR 1=1", "../" * 3):
        response = client.get(f"{START}{path}/")
        assert response.status_code in (400, 404, 410), path
    form = begin(client)
    Conceptaanmelding.objects.update(verloopt_op=timezone.now())
    for path in (form, f"{form}naam/", f"{form}ontvangen/"):
        response = client.get(path)
        assert response.status_code == 410
        assert "Begin opnieuw" in text_of(response)
        assert response.headers["Cache-Control"] == "no-store"


def test_a_form_belongs_to_one_loting(client, loting) -> None:
    form = begin(client)
    other = type(loting).objects.get(pk=loting.pk)
    other.pk = None
    other.naam, other.slug = "Een andere", "een-andere"
    other.save()
    Conceptaanmelding.objects.update(loting=other)
    assert client.get(f"{form}naam/").status_code == 410


def test_the_window_closes_while_somebody_is_filling_in(client, loting) -> None:
    form = begin(client)
    fill_in(client, form)
    fields = sending(client, form)
    actions.take_step(loting=loting, naar=Staat.GESLOTEN, reden="De tijd is voorbij.", by=None)
    empty_the_caches()
    before = Aanmelding.objects.count()
    response = client.post(f"{form}controle/", fields)
    assert response.status_code == 409
    assert "niet verstuurd" in text_of(response)
    assert "Aafke Lindeveld" in text_of(response)
    assert Aanmelding.objects.count() == before
    # It opens again: nothing was lost.
    actions.take_step(loting=loting, naar=Staat.OPEN, reden="De site werkte niet.", by=None)
    empty_the_caches()
    assert send(client, form).status_code == 303


def test_a_form_outlives_the_window_it_was_begun_in(client, loting) -> None:
    with time_machine.travel(loting.sluit_op - timedelta(minutes=5), tick=False):
        empty_the_caches()
        form = begin(client)
        client.post(f"{form}naam/", {"naam": "Aafke Lindeveld"})
    with time_machine.travel(loting.sluit_op + timedelta(minutes=5), tick=False):
        empty_the_caches()
        response = client.get(f"{form}naam/")
        assert response.status_code == 409
        assert "Aafke Lindeveld" in text_of(response)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_outside_of_the_window_no_form_begins(client, loting, moment) -> None:
    at = loting.opent_op - timedelta(days=1) if moment == "before" else loting.sluit_op + timedelta(days=1)
    with time_machine.travel(at, tick=False):
        empty_the_caches()
        said = "Aanmelden kan nog niet" if moment == "before" else "Aanmelden kan niet meer"
        assert said in text_of(client.get(START))
        assert client.post(START, {"vorm": "vragen"}).status_code == 409
    assert not Conceptaanmelding.objects.exists()


def test_a_code_from_a_letter_fills_in_the_address(client, loting, beheerder) -> None:
    number = new_number()
    letter = Uitnodiging.objects.create(
        loting=loting,
        adres_index="x" * 64,
        postcode="1951XA",
        huisnummer="1",
        code=number,
        code_index=code_index(number),
        gemaakt_door=beheerder,
    )
    form = begin(client, code=f" {number[:5].lower()}-{number[5:]} ")
    html = client.get(f"{form}adres/").content.decode()
    assert 'value="1951XA"' in html
    assert "code uit uw brief" in html
    assert "Fout:" not in html
    letter.refresh_from_db()
    assert letter.gebruikt_op


@pytest.mark.parametrize("language", ["en", "ar"])
def test_in_another_language(client, loting, language, page_at) -> None:
    page = page_at(PAGE) if language == "nl" else in_language(page_at(PAGE), language)
    path = page.url
    form = begin(client, "alles", page=path)
    html = client.get(form).content.decode()
    assert f'<option value="{language}" selected>' in html
    response = client.post(form, filled_in(taal=language, naam="سلمى المثال", postcode="١٩٥١ XA"))
    assert response.headers["Location"] == f"{form}controle/"
    assert send(client, form).status_code == 303
    made = Aanmelding.objects.latest("pk")
    assert made.taal == language
    assert made.persoon.postcode == "1951XA"
    receipt = client.get(f"{form}ontvangen/")
    assert "سلمى المثال" in text_of(receipt)
    assert '<bdi dir="ltr">1951 XA 1</bdi>' in receipt.content.decode()


def test_a_page_that_is_not_translated_yet(client, loting, page_at) -> None:
    front_door("ar")
    page = PAGE.replace("/nl/", "/ar/")
    form = begin(client, "alles", page=page)
    document = Document(client.get(form).content.decode())
    main = document.first("main")
    assert (main.attrs.get("lang"), main.attrs.get("dir")) == ("nl", "ltr")
    assert "Hoe heet u?" in main.all_text
    # Written to in the language of who reads.
    assert '<option value="ar" selected lang="ar">' in client.get(form).content.decode()
    assert client.post(form, filled_in(taal="ar")).status_code == 303
    assert send(client, form).status_code == 303


def test_keeping_the_form_for_later(client, loting, page_at) -> None:
    pytest.importorskip("participatie.mails")
    from core.models import OutboxMail

    form = begin(client)
    response = client.post(f"{form}naam/", {"naam": "Aafke", "bewaren": "1"})
    assert response.headers["Location"] == f"{form}bewaren/"
    assert client.post(f"{form}bewaren/", {"bewaar_mail": "geen adres"}).status_code == 200
    response = client.post(f"{form}bewaren/", {"bewaar_mail": "aafke@example.nl"})
    assert response.status_code == 303
    assert "onderweg" in text_of(client.get(response.headers["Location"]))
    row = Conceptaanmelding.objects.get()
    assert row.verloopt_op > timezone.now() + timedelta(days=6)
    mail = OutboxMail.objects.latest("pk")
    assert mail.recipient == "aafke@example.nl"
    assert form in mail.text
    for _mail in range(5):
        client.post(f"{form}bewaren/", {"bewaar_mail": "aafke@example.nl"})
    assert client.post(f"{form}bewaren/", {"bewaar_mail": "aafke@example.nl"}).status_code == 429


def test_what_was_not_filled_in_is_not_wrong_yet_when_kept_for_later(client, loting) -> None:
    form = begin(client)
    client.post(f"{form}naam/", {"naam": "", "bewaren": "1"})
    assert "Fout:" not in client.get(f"{form}naam/").content.decode()

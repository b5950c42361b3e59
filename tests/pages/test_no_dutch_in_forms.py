"""No form for residents holds a text that nobody translated, least of all when something is wrong."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from home.models import Editie, Kopij, WijkkrantPage
from participatie.models import Conceptaanmelding, Loting, LotingPage
from participatie.seats.links import owner_of
from participatie.signup.questions import questions_of
from tests.core import pictures
from tests.examples import example
from tests.home.krant import kopij, subscribers
from tests.participatie.drawn import offered_in
from tests.participatie.own import fields_of, own_url, page_of, sign_up
from tests.participatie.people import filled_in
from tests.participatie.seats.books import seat_url
from tests.participatie.signing import begin, fill_in, send, sending
from tests.untranslated import LANGUAGE, left_in_dutch
from wijken.models import Terugblik, TerugblikPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written", "pseudo")]
ELSEWHERE = {"sec-fetch-site": "cross-site"}
ME = {"naam": "Bo Al", "mail": "bo@al.nl", "taal": LANGUAGE}
WRONG = {
    "naam": "x" * 121,
    "postcode": "12",
    "huisnummer": "x",
    "toevoeging": "x" * 13,
    "adres_anders": "x" * 301,
    "oud_genoeg": "nee",
    "mail": "geen",
    "telefoon": "12",
    "taal": "xx",
    "kenmerk_leeftijd": "weg",
    "kenmerk_woning": "weg",
    "kenmerk_taal-thuis": "weg",
    "kenmerk_eerder-meegepraat": "weg",
}
LONG = dict.fromkeys(WRONG, "x" * 400) | {"oud_genoeg": "weg", "mail": f"{'x' * 300}@al.nl"}
EMPTY = dict.fromkeys(WRONG, "")


def check(response: Any, *, status: int = 200, wrong: bool = False) -> None:
    """A page in the pseudo-language without a word of Dutch; with `wrong` it says what is."""
    html = response.content.decode()
    assert response.status_code == status, html[:500]
    assert html.count("⟦") > 20
    assert ("⟦Fout:⟧" in html) == wrong
    # What somebody typed is shown again.
    assert {word for word in left_in_dutch(html) if set(word) != {"x"}} == set()


@pytest.fixture
def loting_page() -> str:
    return str(example(LotingPage, LANGUAGE).url)


@pytest.fixture
def draft(client: Client, loting: Loting, loting_page: str) -> str:
    return begin(client, page=loting_page)


# --- signing up -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [WRONG, LONG, EMPTY], ids=["wrong", "long", "empty"])
def test_each_question(typed: dict[str, str], draft: str, loting: Loting, client: Client) -> None:
    refused = set()
    questions = questions_of(loting, language_code=LANGUAGE)
    for question in questions:
        check(client.get(f"{draft}{question.key}/"))
        sent = {name: typed[name] for name in question.fields}
        response = client.post(f"{draft}{question.key}/", sent)
        if response.status_code != 303:
            check(response, wrong=True)
            refused.add(question.key)
    may_stay_open = {question.key for question in questions if question.is_optional and typed is EMPTY}
    assert {question.key for question in questions} - refused == may_stay_open


@pytest.mark.parametrize("typed", [WRONG, LONG, EMPTY], ids=["wrong", "long", "empty"])
def test_all_questions_on_one_page(
    typed: dict[str, str], loting: Loting, loting_page: str, client: Client
) -> None:
    form = begin(client, "alles", page=loting_page)
    check(client.get(form))
    check(client.post(form, typed), wrong=True)


def test_looking_at_the_answers_and_sending_them(draft: str, client: Client) -> None:
    fill_in(client, draft, **ME)
    check(client.get(f"{draft}controle/"))
    for changes in ({"code": ""}, {"code": "weg"}, {"code_nieuw": "1"}):
        check(send(client, draft, **changes), wrong="code" in changes)
    check(client.post(f"{draft}controle/", sending(client, draft)), wrong=True)
    check(client.post(f"{draft}controle/", sending(client, draft, website="x")), wrong=True)
    check(client.post(f"{draft}controle/", sending(client, draft, formulier="x")), wrong=True)
    assert send(client, draft).status_code == 303
    check(client.get(f"{draft}ontvangen/"))


@pytest.mark.parametrize(
    "address",
    [
        {"postcode": "1971 AB", "huisnummer": "1"},
        {"postcode": "9999 ZZ", "huisnummer": "1"},
        {"postcode": "", "huisnummer": "", "adres_anders": "x"},
    ],
)
def test_an_address_that_is_not_in_the_list(address: dict[str, str], draft: str, client: Client) -> None:
    fill_in(client, draft, **ME, **address)
    check(client.get(f"{draft}controle/"))


def test_going_on_later(draft: str, client: Client) -> None:
    check(client.get(f"{draft}bewaren/"))
    for mail in ("", "x", f"{'x' * 300}@al.nl"):
        check(client.post(f"{draft}bewaren/", {"bewaar_mail": mail}), wrong=True)
    for _time in range(6):
        assert client.post(f"{draft}bewaren/", {"bewaar_mail": "bo@al.nl"}).status_code == 303
    check(client.get(f"{draft}bewaren/?klaar=1"))
    check(client.post(f"{draft}bewaren/", {"bewaar_mail": "bo@al.nl"}), status=429)


def test_before_the_first_question(loting: Loting, loting_page: str, client: Client) -> None:
    start = f"{loting_page}aanmelden/"
    check(client.get(start))
    check(client.get(f"{loting_page}gegevens/"))
    check(client.post(start, {"vorm": "vragen"}, headers=ELSEWHERE), status=403)
    unknown = begin(client, page=loting_page, code="xxxx")
    check(client.get(f"{unknown}adres/"))
    check(client.get(f"{start}{'x' * 32}/"), status=410)
    for _form in range(29):
        begin(client, page=loting_page)
    check(client.post(start, {"vorm": "vragen"}), status=429)


def test_after_it_closed(draft: str, loting: Loting, loting_page: str, client: Client) -> None:
    fill_in(client, draft, **ME)
    Conceptaanmelding.objects.update(verloopt_op=loting.sluit_op + timedelta(days=9))
    with time_machine.travel(loting.sluit_op + timedelta(minutes=1)):
        check(client.get(draft), status=409)
        check(client.get(f"{loting_page}aanmelden/"))
        check(client.get(loting_page))
    with time_machine.travel(loting.opent_op - timedelta(days=1)):
        check(client.get(f"{loting_page}aanmelden/"))
        check(client.get(loting_page))


# --- one's own data -------------------------------------------------------------------------------


def test_ones_own_data(loting: Loting, loting_page: str, client: Client) -> None:
    made = sign_up(loting, **ME)
    own = own_url(made, language_code=LANGUAGE)
    assert own.startswith(loting_page)
    for path in (own, f"{own}?gewijzigd=ja", f"{own}wijzigen/", f"{own}intrekken/", f"{own}wissen/"):
        check(client.get(path))
    check(client.post(f"{own}intrekken/", headers=ELSEWHERE), status=403)
    for typed in (WRONG, LONG, EMPTY):
        check(client.post(f"{own}wijzigen/", {**typed, "versie": "1"}), wrong=True)
    late = client.post(f"{own}wijzigen/", {**filled_in(**ME, huisnummer="2"), "versie": "9"})
    check(late, status=409)
    check(client.post(f"{own}ophalen/", {"soort": "html"}))
    confirm = own_url(made, doel="bevestigen", language_code=LANGUAGE)
    check(client.get(confirm))
    client.post(confirm)
    check(client.get(confirm))
    assert client.post(f"{own}intrekken/").status_code == 303
    check(client.get(own))
    check(client.get(f"{own}wijzigen/"), status=409)
    gone = client.post(f"{own}wissen/").headers["Location"]
    check(client.get(gone))
    check(client.get(own), status=404)
    check(client.get(confirm), status=404)
    for _time in range(30):
        client.get(own)
    check(client.get(own), status=429)


def test_asking_for_a_link(loting: Loting, loting_page: str, client: Client) -> None:
    path = f"{loting_page}mijn/"
    check(client.get(path))
    token = fields_of(client.get(path))["formulier"]
    typed = {"bonnummer": "ABCDEFGHJK", "mail": "bo@al.nl"}
    for changes in (
        {"bonnummer": "", "mail": ""},
        {"bonnummer": "x", "mail": "x"},
        {"bonnummer": "x" * 99, "mail": f"{'x' * 300}@al.nl"},
        {"website": "x"},
        {"formulier": "x"},
        {},
    ):
        check(client.post(path, {"formulier": token, **typed, **changes}), wrong=True)
    check(client.post(path, typed, headers=ELSEWHERE), status=403)
    check(client.get(f"{path}?gevraagd=ja"))
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        for _time in range(10):
            token = fields_of(client.get(path))["formulier"]
            with time_machine.travel(timezone.now() + timedelta(seconds=30)):
                assert client.post(path, {"formulier": token, **typed}).status_code == 303
        check(client.post(path, {"formulier": token, **typed}), status=429, wrong=True)


def test_no_letters_any_more(loting: Loting, loting_page: str, client: Client) -> None:
    path = f"{loting_page}niet/"
    check(client.get(path))
    for code in ("", "x" * 10, "x" * 99, "a\0b"):
        check(client.post(path, {"code": code}), wrong=True)
    check(client.post(path, {"code": "x"}, headers=ELSEWHERE), status=403)
    check(client.get(f"{path}?gedaan=1"))
    for _time in range(20):
        client.post(path, {"code": "xxxxxxxxxx"})
    check(client.post(path, {"code": "x"}), status=429)


# --- the question of a look-back ------------------------------------------------------------------


def test_the_question_of_a_look_back(client: Client) -> None:
    page: Any = example(TerugblikPage, LANGUAGE)
    path = f"{page.url}antwoord/"
    today = date(2026, 11, 22)
    with time_machine.travel("2026-11-22 12:00:00+00:00") as clock:
        terugblik: Terugblik = page.terugblik
        terugblik.vraag_van, terugblik.vraag_tot = today - timedelta(days=7), today + timedelta(days=7)
        terugblik.save()
        check(client.get(path))
        token = fields_of(client.get(path))["formulier"]
        typed = {"keuze": "nee", "actie": "", "formulier": token}
        for changes in (
            {"keuze": ""},
            {"keuze": "weg"},
            {"actie": "999"},
            {"website": "x"},
            {"formulier": "x"},
            {},
        ):
            check(client.post(path, {**typed, **changes}), wrong=True)
        check(client.post(path, typed, headers=ELSEWHERE), status=403)
        clock.shift(timedelta(minutes=1))
        receipt = client.post(path, typed).headers["Location"]
        check(client.get(receipt))
        check(client.get(receipt.replace("bon=", "bon=x")))
        clock.shift(timedelta(days=30))
        check(client.get(path))
        check(client.post(path, typed), status=409)


# --- kopij ----------------------------------------------------------------------------------------


def test_sending_in_kopij(client: Client) -> None:
    form = f"{example(WijkkrantPage, LANGUAGE).url}kopij/"
    editie = kopij.edition()
    # As somebody writes it who reads the pseudo-language.
    right = {**kopij.TYPED, "titel": "xxx", "tekst": "xxx", "naam": "Bo Al", "mail": "bo@al.nl"}
    check(client.get(form))
    wrong = {
        "titel": "x" * 121,
        "tekst": "x" * 6001,
        "teksttaal": "x",
        "rubriek": "x",
        "naam": "x" * 121,
        "mail": "x",
        "telefoon": "x",
        "noemen": "x",
        "foto2_beschrijving": "x" * 251,
        "foto2_maker": "x" * 121,
        "foto2_toestemming": "x",
    }
    check(kopij.send(client, {**kopij.opened(client, form), **wrong}, form), wrong=True)
    check(kopij.send(client, {**kopij.opened(client, form), **dict.fromkeys(wrong, "")}, form), wrong=True)
    for content, _why in pictures.REFUSED.values():
        fields = {**kopij.opened(client, form), **right, "foto1": kopij.picture(content)}
        check(kopij.send(client, fields, form), wrong=True)
    fields = {**kopij.opened(client, form), **right, "foto1": kopij.picture()}
    check(kopij.send(client, fields, form), wrong=True)
    fields.pop("foto1")
    check(kopij.send(client, {**fields, "foto_weg": "1"}, form))
    check(kopij.send(client, {**fields, "code_nieuw": "1"}, form))
    for changes in ({"code": "x"}, {"website": "x"}, {"formulier": "x"}):
        check(kopij.send(client, {**kopij.opened(client, form), **right, **changes}, form), wrong=True)
    check(kopij.send(client, {**fields, "tekst": "x" * 3_000_000}, form), status=413)
    check(kopij.send(client, {**right}, form, headers=ELSEWHERE), status=403, wrong=True)
    check(client.get(f"{form}gegevens/"))
    for changes in ({}, {"mail": "", "telefoon": "06 12345678"}, {"mail": "", "noemen": "met"}):
        sent = kopij.send(client, {**kopij.opened(client, form), **right, **changes}, form)
        check(client.get(sent.headers["Location"]))
    own = sent.headers["Location"]
    for staat in ("later", "afgewezen"):
        Kopij.objects.update(staat=staat, behandeld_op=timezone.now())
        check(client.get(own))
    Kopij.objects.update(staat="gebruikt", artikel_key=uuid4())
    check(client.get(own))
    take_back = own.replace("/ontvangen/", "/terugnemen/")
    check(client.post(take_back), status=409)
    Kopij.objects.update(staat="nieuw")
    check(client.get(take_back))
    check(client.post(take_back, headers=ELSEWHERE), status=403)
    check(client.get(client.post(take_back).headers["Location"]))
    check(client.get(own), status=404)
    Editie.objects.filter(pk=editie.pk).update(kopij_tot=timezone.localdate() - timedelta(days=1))
    check(client.get(form))
    late = kopij.send(client, {**kopij.opened(client, form), **right}, form)
    check(client.get(late.headers["Location"]))
    for _form in range(8):
        kopij.send(client, {**kopij.opened(client, form), **right}, form)
    check(kopij.send(client, {**kopij.opened(client, form), **right}, form), status=429)


# --- a seat ---------------------------------------------------------------------------------------


def test_the_seat_that_was_offered(loting: Loting, client: Client) -> None:
    aanbod = offered_in(LANGUAGE, loting)
    own = seat_url(aanbod, language_code=LANGUAGE)
    for path in ("", "aannemen/", "weigeren/"):
        check(client.get(f"{own}{path}"))
    wrong = {"genoemd": "ja", "naam": "xxx"}
    check(client.post(f"{own}aannemen/", wrong), wrong=True)
    check(client.post(f"{own}aannemen/", {"genoemd": "x", "naam": "x" * 90}), wrong=True)
    check(client.post(f"{own}genoemd/", wrong), status=409)
    check(client.post(f"{own}weigeren/", headers=ELSEWHERE), status=403)
    client.post(f"{own}aannemen/", {"genoemd": "ja", "naam": "Bo"})
    check(client.get(own))
    check(client.get(f"{own}genoemd/"))
    check(client.post(f"{own}genoemd/", wrong), wrong=True)
    check(client.get(own_url(owner_of(aanbod), language_code=LANGUAGE)))
    check(client.get(page_of(loting, LANGUAGE)))
    client.post(f"{own}weigeren/")
    check(client.get(own))
    with time_machine.travel(aanbod.antwoord_voor + timedelta(hours=1), tick=False):
        check(client.get(own))
        check(client.post(f"{own}aannemen/", {"genoemd": "nee"}), status=409)


# --- the wijkkrant by mail ------------------------------------------------------------------------


def test_the_wijkkrant_by_mail(client: Client) -> None:
    krant = str(example(WijkkrantPage, LANGUAGE).url)
    form = f"{krant}abonneren/"
    check(client.get(form))
    check(client.get(f"{form}?gevraagd=ja"))
    for wrong in (
        {"mail": ""},
        {"mail": "x"},
        {"mail": f"{'x' * 300}@al.nl"},
        {"taal": "xx"},
        {"code": "weg"},
    ):
        check(subscribers.send(client, subscribers.filled_in(client, form, **wrong), form), wrong=True)
    for guard in ({"website": "x"}, {"formulier": "x"}):
        check(subscribers.send(client, subscribers.filled_in(client, form, **guard), form), wrong=True)
    check(client.post(form, subscribers.filled_in(client, form)), wrong=True)
    check(client.post(form, {}, headers=ELSEWHERE), status=403)

    sent = subscribers.filled_in(client, form, mail="bo@al.nl", taal=LANGUAGE)
    assert subscribers.send(client, sent, form).status_code == 303
    link = subscribers.path_in(subscribers.mails_to("bo@al.nl")[-1], "bevestigen")
    check(client.get(link))
    client.post(link)
    check(client.get(link))
    stop = subscribers.path_in(subscribers.mails_to("bo@al.nl")[-1], "afmelden")
    check(client.get(stop))
    check(client.get(f"{stop}?taal=gewijzigd"))
    check(client.post(stop, {"taal": "xx"}), wrong=True)
    client.post(stop)
    check(client.get(stop))
    for gone in (link, f"{krant}afmelden/x.y/"):
        check(client.get(gone), status=404)

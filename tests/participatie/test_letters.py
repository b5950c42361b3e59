"""Invitations on paper: who gets one, what stands on it, and who wants none any more."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.receipts import shown
from participatie import actions, letter_actions, mailing
from participatie.address_list import Address
from participatie.models import Aanmelding, Handeling, LootMeNiet, Loting, LotingPage, Uitnodiging
from tests.desk import account, allow_unknown_variables, browser, html
from tests.participatie.people import answers
from tests.pdfs import Pdf, needs_pango

pytestmark = pytest.mark.django_db
FILE = (
    "straat;huisnummer;toevoeging;postcode;plaats;naam\r\n"
    "Wijkstraat;12;A;1951 AB;Velsen-Noord;\r\n"
    "Wijkstraat;14;;1951 AB;Velsen-Noord;Mw. A. Voorbeeld\r\n"
    "Wijkstraat;16;;1951 AB;Velsen-Noord;\r\n"
)


def address(number: str, addition: str = "") -> Address:
    return Address("Wijkstraat", number, addition, "1951AB", "Velsen-Noord")


@pytest.fixture
def beheerder() -> Any:
    return account("lotingbeheerder")


@pytest.fixture
def desk(beheerder: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    allow_unknown_variables(monkeypatch)
    return browser(beheerder)


@pytest.fixture
def page(loting: Loting) -> str:
    return LotingPage.objects.get(loting=loting, locale__language_code="nl").url or ""


def url(loting: Loting, name: str = "letters", *args: int) -> str:
    return reverse(f"desk_loting_{name}", args=[loting.pk, *args])


def look_at(desk: Client, loting: Loting, text: str = FILE) -> Any:
    return desk.post(url(loting), {"bestand": SimpleUploadedFile("adressen.csv", text.encode())})


def sealed_in(response: Any) -> str:
    found = re.search(r'name="adressen" value="([^"]+)"', html(response))
    assert found
    return found[1]


def test_first_the_counts_then_the_letters(desk: Client, beheerder: Any, loting: Loting) -> None:
    letter_actions.invite(loting=loting, addresses=[address("14")], by=beheerder)
    letter_actions.stop_letters(loting=loting, postcode="1951AB", huisnummer="16", toevoeging="")
    looked = look_at(desk, loting)
    assert re.findall(r"<dd>(\d+)</dd>", html(looked)) == ["1", "0", "1", "1"]
    assert Uitnodiging.objects.count() == 1
    assert "Wijkstraat" not in sealed_in(looked)
    for _twice in range(2):
        desk.post(url(loting), {"adressen": sealed_in(looked)})
    made = Uitnodiging.objects.get(ronde=2)
    assert (made.straat, made.huisnummer, made.toevoeging) == ("Wijkstraat", "12", "A")
    notes = Handeling.objects.filter(loting=loting, soort="uitgenodigd", door=beheerder)
    assert sorted(notes.values_list("aantal", "toelichting")) == [(1, "ronde 1"), (1, "ronde 2")]


def test_a_file_with_a_wrong_line_makes_nothing(desk: Client, loting: Loting) -> None:
    response = look_at(desk, loting, f"{FILE}Wijkstraat;18;;19 AB;Velsen-Noord;\r\n")
    assert response.status_code == 422
    assert '<th scope="row">5</th>' in html(response)
    assert 'name="adressen"' not in html(response)


@pytest.mark.parametrize("sealed", ["niets", "gAAAAA"])
def test_only_what_was_looked_at_becomes_letters(desk: Client, loting: Loting, sealed: str) -> None:
    assert desk.post(url(loting), {"adressen": sealed}).status_code == 422
    assert desk.post(url(loting)).status_code == 422
    assert not Uitnodiging.objects.exists()


def test_after_closing_nobody_is_invited(beheerder: Any, loting: Loting) -> None:
    with (
        time_machine.travel(loting.sluit_op + timedelta(minutes=1)),
        pytest.raises(actions.LotingClosedError),
    ):
        letter_actions.invite(loting=loting, addresses=[address("12")], by=beheerder)


@needs_pango()
def test_a_letter_for_every_address_each_with_its_own_code(
    desk: Client, beheerder: Any, loting: Loting
) -> None:
    letter_actions.invite(loting=loting, addresses=[address("12", "A"), address("14")], by=beheerder)
    response = desk.post(url(loting, "letters_print", 1, 1))
    assert "no-store" in response.headers["Cache-Control"]
    made = Pdf(response.content)
    assert len(made) == 2
    assert made.unmarked() == []
    assert str(made.file.Root.Lang) == "nl"
    for number, letter in enumerate(Uitnodiging.objects.order_by("pk")):
        assert shown(letter.code) in made.text(number)
        assert "1951 AB Velsen-Noord" in made.text(number)
        assert "%(" not in made.text(number)
        left, top, right, bottom = made.at("1951 AB Velsen-Noord", number)
        # Inside the window of a DL envelope.
        assert (left > 20, top > 45, right < 110, bottom < 75) == (True,) * 4
    noted = Handeling.objects.get(loting=loting, soort="geexporteerd")
    assert (noted.aantal, noted.door) == (2, beheerder)
    assert "Wijkstraat" not in noted.toelichting
    assert desk.post(url(loting, "letters_print", 1, 2)).status_code == 404
    assert desk.get(url(loting, "letters_print", 1, 1)).status_code == 405


def test_the_code_of_a_letter_fills_in_the_form_once_and_again(
    client: Client, beheerder: Any, loting: Loting, page: str
) -> None:
    letter_actions.invite(loting=loting, addresses=[address("12", "A")], by=beheerder)
    code = Uitnodiging.objects.get().code
    assert f'value="{code}"' in html(client.get(f"{page}aanmelden/?code={code}"))
    for typed in (code, shown(code).lower()):
        begun = client.post(f"{page}aanmelden/", {"code": typed, "vorm": "alles"})
        assert "1951AB" in html(client.get(begun.headers["Location"])).replace("1951 AB", "1951AB")
    assert Uitnodiging.objects.get().gebruikt_op


def test_who_wants_no_letters_says_so_with_the_code(
    client: Client, beheerder: Any, loting: Loting, page: str
) -> None:
    letter_actions.invite(loting=loting, addresses=[address("12", "A"), address("14")], by=beheerder)
    code = letter_actions.to_post(loting, ronde=1)[0].code
    assert f'value="{code}"' in html(client.get(f"{page}niet/?code={code}"))
    for _twice in range(2):
        response = client.post(f"{page}niet/", {"code": shown(code)})
        assert (response.status_code, response.headers["Location"]) == (303, f"{page}niet/?gedaan=1")
    done = client.get(f"{page}niet/?gedaan=1")
    assert "Het is genoteerd" in html(done)
    assert not done.cookies
    assert LootMeNiet.objects.get().postcode == "1951AB"
    assert [row.huisnummer for row in letter_actions.to_post(loting, ronde=1)] == ["14"]
    assert letter_actions.rounds_of(loting) == [(1, 1)]
    assert letter_actions.sift(loting, [address("12", "a")]).opted_out == 1


@pytest.mark.parametrize("typed", ["", "ABCDE FGHJK", "x" * 41, "é\u202e", "22222 22222"])
def test_an_unknown_code_stops_nothing(client: Client, loting: Loting, page: str, typed: str) -> None:
    response = client.post(f"{page}niet/", {"code": typed})
    assert response.status_code == 200
    assert 'role="alert"' in html(response)
    assert not LootMeNiet.objects.exists()


def test_codes_cannot_be_tried_for_long_nor_from_elsewhere(client: Client, loting: Loting, page: str) -> None:
    elsewhere = client.post(f"{page}niet/", {"code": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    for _attempt in range(20):
        assert client.post(f"{page}niet/", {"code": "2222222222"}).status_code == 200
    assert client.post(f"{page}niet/", {"code": "2222222222"}).status_code == 429


def test_the_desk_puts_an_address_on_the_list_and_takes_it_off(
    desk: Client, beheerder: Any, loting: Loting
) -> None:
    screen = url(loting, "no_letters")
    assert desk.post(screen, {"postcode": "19", "huisnummer": ""}).status_code == 422
    assert desk.post(screen, {"code": "2222222222"}).status_code == 422
    assert desk.post(screen, {"postcode": "1951 ab", "huisnummer": "12-a"}).status_code == 302
    assert letter_actions.sift(loting, [address("12", "A")]).opted_out == 1
    assert "1951AB 12 A" in html(desk.get(screen))
    desk.post(screen, {"weg": str(LootMeNiet.objects.get().pk)})
    assert not LootMeNiet.objects.exists()
    told = Handeling.objects.filter(toelichting__startswith="loot mij niet", door=beheerder)
    assert sorted(told.values_list("soort", flat=True)) == ["gewijzigd", "gewijzigd", "lijst"]
    assert not told.filter(toelichting__contains="1951").exists()


def test_the_counter_enters_and_sees_nobody(loting: Loting, monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)
    letter_actions.stop_letters(loting=loting, postcode="1951AB", huisnummer="16", toevoeging="")
    counter = browser(account("baliemedewerker"))
    screen = url(loting, "no_letters")
    assert "1951AB" not in html(counter.get(screen))
    assert counter.post(screen, {"postcode": "1951 AB", "huisnummer": "12"}).status_code == 302
    assert counter.post(screen, {"weg": str(LootMeNiet.objects.all()[0].pk)}).status_code in (302, 403)
    assert LootMeNiet.objects.count() == 2
    for name in ("letters", "letters_example"):
        assert counter.get(url(loting, name)).status_code in (302, 403)
    assert not Uitnodiging.objects.exists()


@needs_pango()
def test_who_has_no_mail_gets_the_receipt_by_letter(desk: Client, loting: Loting) -> None:
    made = actions.sign_up(loting=loting, answers=answers(loting, mail="", taal="ar"), kanaal="papier")
    since = made.ontvangen_op.date()
    response = desk.post(url(loting, "confirmations"), {"bonnummer": shown(made.bonnummer)})
    letter = Pdf(response.content)
    assert len(letter) == 1
    assert str(letter.file.Root.Lang) == "ar"
    assert "Aafke Lindeveld" in letter.text()
    assert made.links.get().doel == "beheren"
    batch = desk.post(url(loting, "confirmations"), {"taal": "ar", "vanaf": f"{since:%Y-%m-%d}"})
    wanted = mailing.without_mail(loting).filter(taal="ar", ontvangen_op__date__gte=since)
    assert len(Pdf(batch.content)) == min(wanted.count(), mailing.PER_FILE) >= 1
    assert Handeling.objects.filter(soort="geexporteerd", toelichting="ontvangstbrieven").count() == 2


def test_a_letter_that_belongs_to_nobody_is_refused(desk: Client, loting: Loting) -> None:
    for asked in ({"bonnummer": "x"}, {"bonnummer": "2222222222"}, {"taal": "nl", "vanaf": "2999-01-01"}):
        assert desk.post(url(loting, "confirmations"), asked).status_code == 422
    assert not Handeling.objects.filter(soort="geexporteerd").exists()
    assert Aanmelding.objects.exists()

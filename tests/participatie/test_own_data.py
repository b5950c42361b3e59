"""One's own data by a personal link: everything can be done, by the one person, and by nobody else."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.receipts import new_token
from participatie import actions
from participatie.models import Aanmelding, Handeling, Kenmerkwaarde, Loting, Persoon, Staat
from participatie.views.own_data import MOST_UNKNOWN
from tests.caches import empty_the_caches
from tests.desk import html
from tests.html import Document, faults
from tests.participatie.own import fields_of, is_private, mails_to, own_url, page_of, sign_up
from tests.participatie.people import filled_in

pytestmark = pytest.mark.django_db
AAFKE = "aafke@example.nl"
LANGUAGES = ("nl", "en")


# --- looking --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_kept_is_shown(
    loting: Loting, client: Client, beheerder: Any, language: str
) -> None:
    made = sign_up(loting, telefoon="06 12345678")
    actions.note(loting, Handeling.Soort.BEKEKEN, aanmelding=made, by=beheerder)
    for _time in range(3):
        actions.note(loting, Handeling.Soort.LIJST, by=beheerder, count=240)
    response = client.get(own_url(made, language_code=language))
    text = html(response)
    assert response.status_code == 200
    assert is_private(response)
    assert faults(text) == []
    for part in (
        "Aafke Lindeveld",
        "1951 XA 1",
        AAFKE,
        "06 12345678",
        f"{made.bonnummer[:5]} {made.bonnummer[5:]}",
    ):
        assert part in text
    if language == "nl":
        assert "25 tot en met 44 jaar" in text
        assert "aanmelding bekeken – een medewerker" in text
        assert "(3 keer, dit was de laatste)" in text
    assert beheerder.username not in text
    assert beheerder.email not in text


def test_looking_changes_nothing(loting: Loting, client: Client) -> None:
    made = sign_up(loting)
    own, confirm = own_url(made), own_url(made, doel="bevestigen")
    before = Aanmelding.objects.filter(pk=made.pk).values().get(), Handeling.objects.count()
    for path in (own, confirm, *(f"{own}{what}/" for what in ("wijzigen", "intrekken", "wissen", "ophalen"))):
        assert client.get(path).status_code in (200, 303)
        assert client.head(path).status_code in (200, 303)
    assert (Aanmelding.objects.filter(pk=made.pk).values().get(), Handeling.objects.count()) == before


def test_nobody_else_hears_the_address(loting: Loting, client: Client, caplog: Any) -> None:
    own = own_url(sign_up(loting))
    token = own.rstrip("/").rpartition("/")[2]
    with caplog.at_level("INFO"):
        response = client.get(own)
        client.get(f"{own}wijzigen/")
        client.post(f"{own}intrekken/")
    requests = [record for record in caplog.records if record.name == "core.requests"]
    assert len(requests) == 3
    assert token not in " ".join(str(vars(record)) for record in requests)
    # Not to search engines or on paper either: only links that stay within the site.
    document = Document(html(response))
    told = [row for row in document.all("link") + document.all("meta") if token in str(row.attrs)]
    assert told == []
    assert token not in document.first("body").children[-1].all_text


# --- who may --------------------------------------------------------------------------------------


def test_a_link_opens_one_person_in_one_loting_for_one_purpose(loting: Loting, client: Client) -> None:
    made, other = sign_up(loting), sign_up(loting, naam="Bo", mail="bo@example.nl")
    own, confirm = own_url(made), own_url(made, doel="bevestigen")
    assert "Aafke" in html(client.get(own))
    assert "Aafke" not in html(client.get(own_url(other)))
    swapped = (own.replace("/mijn/", "/bevestigen/"), confirm.replace("/bevestigen/", "/mijn/"))
    another = Loting.objects.exclude(pk=loting.pk).filter(pages__live=True).first()
    elsewhere = [own.replace(page_of(loting), page_of(another))] if another else []
    for path in (*swapped, *elsewhere, f"{own}nietbestaand/"):
        response = client.get(path)
        assert response.status_code == 404
        assert "Aafke" not in html(response)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    change=st.tuples(
        st.integers(0, 31), st.sampled_from("abcXYZ019-_"), st.sampled_from(["put", "cut", "add"])
    )
)
def test_a_secret_that_is_nearly_right_is_wrong(loting: Loting, change: tuple[int, str, str]) -> None:
    made = Aanmelding.objects.filter(bonnummer="", loting=loting).first() or sign_up(loting)
    own = own_url(made)
    start, token = own[: own.index("/mijn/") + 6], own.rstrip("/").rpartition("/")[2]
    place, sign, how = change
    nearly = {
        "put": token[:place] + sign + token[place + 1 :],
        "cut": token[:place],
        "add": token[:place] + sign + token[place:],
    }[how]
    empty_the_caches()
    response = Client().get(f"{start}{nearly}/" if nearly else start)
    assert "Aafke" not in html(response) or nearly == token


def test_whoever_guesses_has_to_wait(loting: Loting, client: Client) -> None:
    own = own_url(sign_up(loting))
    start = own[: own.index("/mijn/") + 6]
    for _time in range(MOST_UNKNOWN):
        assert client.get(f"{start}{new_token()}/").status_code == 404
    for path in (f"{start}{new_token()}/", own, f"{own}wissen/"):
        response = client.get(path)
        assert response.status_code == 429
        assert response.headers["Retry-After"] == "3600"
        assert is_private(response)
    # Another address is not in their way.
    assert client.get(own, REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("path", ["", "wijzigen/", "intrekken/", "wissen/", "ophalen/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_that_is_over_is_explained(loting: Loting, client: Client, path: str, language: str) -> None:
    made = sign_up(loting)
    own = own_url(made, language_code=language)
    made.links.update(verloopt_op=timezone.now())
    for response in (client.get(f"{own}{path}"), client.post(f"{own}{path}")):
        assert response.status_code == 404
        assert is_private(response)
        assert faults(html(response)) == []
        assert f'href="{page_of(loting, language)}mijn/"' in html(response)
    assert Persoon.objects.filter(aanmelding=made).exists()


@pytest.mark.parametrize(
    ("headers", "is_done"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"origin": "http://testserver"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": "https://elders.example.com"}, False),
    ],
)
@pytest.mark.parametrize("what", ["wijzigen/", "intrekken/", "wissen/", "ophalen/"])
def test_another_site_can_do_nothing(
    loting: Loting, what: str, headers: dict[str, str], is_done: bool
) -> None:
    made = sign_up(loting)
    before = Handeling.objects.count()
    browser = Client(enforce_csrf_checks=True)
    data = {**filled_in(naam="Anders"), "versie": "1"}
    response = browser.post(f"{own_url(made)}{what}", data, headers=headers)
    assert (response.status_code == 403) == (not is_done)
    assert (Handeling.objects.count() > before) == is_done
    if not is_done:
        assert "van een andere website" in html(response)
        assert faults(html(response)) == []


def test_other_methods_are_refused(loting: Loting, client: Client) -> None:
    own = own_url(sign_up(loting))
    for path in (own, f"{own}wissen/", f"{page_of(loting)}mijn/"):
        assert client.put(path).status_code == client.delete(path).status_code == 405


# --- confirming -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_confirming_takes_a_button_and_twice_is_once(loting: Loting, client: Client, language: str) -> None:
    made = sign_up(loting)
    path = own_url(made, doel="bevestigen", language_code=language)
    asked = client.get(path)
    assert faults(html(asked)) == []
    made.refresh_from_db()
    assert made.mail_bevestigd_op is None
    for _time in range(2):
        response = client.post(path)
        assert response.status_code == 303
        assert is_private(response)
    done = client.get(response.headers["Location"])
    assert 'method="post"' not in html(done).split("<main")[1]
    assert Handeling.objects.filter(bonnummer=made.bonnummer, soort="bevestigd").count() == 1
    assert not Aanmelding.objects.unconfirmed().filter(pk=made.pk).exists()


def test_a_link_to_confirm_that_does_not_work_puts_people_at_ease(loting: Loting, client: Client) -> None:
    response = client.get(f"{page_of(loting)}bevestigen/{new_token()}/")
    assert response.status_code == 404
    assert "telt ook mee zonder dat" in html(response)


# --- correcting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_holds_what_was_given_and_bewaren_changes_nothing(
    loting: Loting, client: Client, language: str
) -> None:
    made = sign_up(loting, telefoon="06 12345678", toevoeging="a")
    path = f"{own_url(made, language_code=language)}wijzigen/"
    page = client.get(path)
    assert faults(html(page)) == []
    given = fields_of(page)
    assert given["naam"] == "Aafke Lindeveld"
    assert given["kenmerk_leeftijd"] == "25-44"
    before = Aanmelding.objects.filter(pk=made.pk).values().get()
    response = client.post(path, given)
    assert response.status_code == 303
    assert "gewijzigd" not in response.headers["Location"]
    assert Aanmelding.objects.filter(pk=made.pk).values().get() == before


def test_a_correction_is_kept_and_said(loting: Loting, client: Client) -> None:
    made = sign_up(loting)
    path = f"{own_url(made)}wijzigen/"
    response = client.post(
        path, {**fields_of(client.get(path)), "naam": "Aafke L.", "kenmerk_woning": "anders"}
    )
    assert response.status_code == 303
    assert is_private(response)
    text = html(client.get(response.headers["Location"]))
    assert "Uw gegevens zijn gewijzigd" in text
    assert "Aafke L." in text
    assert set(made.kenmerkwaarden.values_list("optie__code", flat=True)) >= {"25-44", "anders"}
    assert "Uw gegevens zijn gewijzigd" in [mail.subject for mail in mails_to(AAFKE)]


def test_with_a_new_mail_address_one_goes_on_under_a_new_link(loting: Loting, client: Client) -> None:
    made = sign_up(loting)
    own = own_url(made)
    given = {**fields_of(client.get(f"{own}wijzigen/")), "mail": "nieuw@example.nl"}
    response = client.post(f"{own}wijzigen/", given)
    assert client.get(own).status_code == 404
    text = html(client.get(response.headers["Location"]))
    assert "nieuw@example.nl" in text
    assert "nog niet bevestigd" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_named_above_and_at_the_field_and_nothing_typed_is_lost(
    loting: Loting, client: Client, language: str
) -> None:
    made = sign_up(loting)
    path = f"{own_url(made, language_code=language)}wijzigen/"
    given = {**fields_of(client.get(path)), "naam": "", "postcode": "SW1A", "telefoon": "06 87654321"}
    response = client.post(path, given)
    assert response.status_code == 200
    text = html(response)
    assert faults(text) == []
    assert 'href="#id_naam"' in text
    assert 'href="#id_postcode"' in text
    kept = fields_of(response)
    assert (kept["naam"], kept["postcode"], kept["telefoon"]) == ("", "SW1A", "06 87654321")
    assert Persoon.objects.get(aanmelding=made).naam == "Aafke Lindeveld"


@pytest.mark.parametrize("versie", ["0", "", "x", "9" * 400, "-1", "\0", "٣"])
def test_what_was_changed_meanwhile_is_not_lost(loting: Loting, client: Client, versie: str) -> None:
    made = sign_up(loting)
    path = f"{own_url(made)}wijzigen/"
    first, second = fields_of(client.get(path)), fields_of(client.get(path))
    assert client.post(path, {**first, "telefoon": "06 11111111"}).status_code == 303
    for sent in (second, {**second, "versie": versie}):
        response = client.post(path, {**sent, "naam": "Aafke L."})
        assert response.status_code == 409
        assert "intussen ergens anders gewijzigd" in html(response)
        assert faults(html(response)) == []
    persoon = Persoon.objects.get(aanmelding=made)
    assert (persoon.naam, persoon.telefoon) == ("Aafke Lindeveld", "06 11111111")
    # Whoever looked at it and sends again, gets their way.
    assert client.post(path, fields_of(response)).status_code == 303
    assert Persoon.objects.get(aanmelding=made).naam == "Aafke L."


# --- withdrawing, erasing, taking along -----------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_withdrawing_is_asked_once_and_leaves_a_way_back(
    loting: Loting, client: Client, language: str
) -> None:
    made = sign_up(loting)
    own = own_url(made, language_code=language)
    assert faults(html(client.get(f"{own}intrekken/"))) == []
    for _time in range(2):
        assert client.post(f"{own}intrekken/").status_code == 303
    text = html(client.get(own))
    assert faults(text) == []
    assert f'href="{page_of(loting, language)}aanmelden/"' in text
    assert "wijzigen/" not in text
    made.refresh_from_db()
    assert made.stand == Aanmelding.Stand.INGETROKKEN
    assert client.post(f"{own}wijzigen/", filled_in()).status_code == 409
    assert len(mails_to(AAFKE)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_erasing_leaves_nothing_of_the_person(loting: Loting, client: Client, language: str) -> None:
    made = sign_up(loting)
    own = own_url(made, language_code=language)
    assert faults(html(client.get(f"{own}wissen/"))) == []
    response = client.post(f"{own}wissen/")
    assert response.status_code == 303
    done = client.get(response.headers["Location"])
    assert faults(html(done)) == []
    if language == "nl":
        assert "Uw gegevens zijn gewist" in html(done)
    assert not Aanmelding.objects.filter(pk=made.pk).exists()
    assert not Persoon.objects.filter(aanmelding_id=made.pk).exists()
    assert not Kenmerkwaarde.objects.filter(aanmelding_id=made.pk).exists()
    assert mails_to(AAFKE) == []
    assert client.get(own).status_code == client.post(f"{own}wissen/").status_code == 404


def test_nobody_can_make_the_page_say_that_data_is_gone(loting: Loting, client: Client) -> None:
    for signed in ("ja", "", "1:x:y", "\0"):
        assert "zijn gewist" not in html(client.get(f"{page_of(loting)}mijn/", {"gewist": signed}))


def test_everything_can_be_taken_along(loting: Loting, client: Client) -> None:
    made = sign_up(loting, naam="سلمى <b>المثال</b>")
    own = own_url(made)
    page, data = (client.post(f"{own}ophalen/", {"soort": kind}) for kind in ("html", "json"))
    for response, extension in ((page, "html"), (data, "json")):
        assert response.status_code == 200
        assert is_private(response)
        name = f"aanmelding-{made.bonnummer}.{extension}"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "<b>" not in html(page)
    assert "25 tot en met 44 jaar" in html(page)
    told = json.loads(data.content)
    assert {"vraag": "Naam", "antwoord": "سلمى <b>المثال</b>"} in told["antwoorden"]
    assert told["aanmelding"]["Bonnummer"] == f"{made.bonnummer[:5]} {made.bonnummer[5:]}"
    assert Handeling.objects.filter(bonnummer=made.bonnummer, soort="gedownload").count() == 2


@pytest.mark.parametrize(
    ("staat", "can"),
    [
        (Staat.OPEN, {"wijzigen", "intrekken", "wissen"}),
        (Staat.GESLOTEN, {"intrekken", "wissen"}),
        (Staat.BEVROREN, set()),
        (Staat.GETROKKEN, set()),
        (Staat.AFGEROND, set()),
    ],
)
def test_what_is_too_late_is_said_and_not_done(
    loting: Loting, client: Client, staat: str, can: set[str]
) -> None:
    made = sign_up(loting)
    own = own_url(made)
    Loting.objects.filter(pk=loting.pk).update(staat=staat)
    empty_the_caches()
    overview = html(client.get(own))
    assert faults(overview) == []
    assert {what for what in ("wijzigen", "intrekken", "wissen") if f"{own}{what}/" in overview} == can
    if "wijzigen" not in can:
        assert "Bel ons." in overview
    for what in {"wijzigen", "intrekken", "wissen"} - can:
        before = Aanmelding.objects.filter(pk=made.pk).values().get()
        for response in (client.get(f"{own}{what}/"), client.post(f"{own}{what}/", filled_in())):
            assert response.status_code == 409
            assert "Dat kan nu niet meer" in html(response)
            assert faults(html(response)) == []
        assert Aanmelding.objects.filter(pk=made.pk).values().get() == before
    assert client.post(f"{own}ophalen/").status_code == 200

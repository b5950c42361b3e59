"""Whatever is sent to the pages of a loting: an answer, never a broken page, and nothing of anybody else."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.receipts import new_token
from participatie import actions
from participatie.models import Aanmelding, Conceptaanmelding, Handeling, Loting, Persoon
from participatie.signup.drafts import keep, open_draft
from tests.checked_client import TypingClient
from tests.desk import html
from tests.participatie.own import page_of, sign_up
from tests.participatie.people import filled_in

pytestmark = pytest.mark.django_db
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "x"]
WRONG = [
    "%00",
    "..",
    "%2e%2e",
    "%F0%9F%90%8D",
    "%ED%A0%80",
    "%FF",
    "a" * 3000,
    "%0d%0aX: y",
    "-",
    "{{7*7}}",
    "%252F",
]
BODIES = [
    ("application/x-www-form-urlencoded", b"naam=%00&code=%00&bonnummer=%00&mail=%00&versie=%00&wat=%FF"),
    ("application/x-www-form-urlencoded", b"naam=" + b"x" * 1_000_000),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1200))),
    ("application/x-www-form-urlencoded", b"versie=" + b"9" * 5000 + b"&taal=\xff&oud_genoeg=300"),
    ("application/x-www-form-urlencoded; charset=nergens", b"naam=x"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"naam=x"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=naam\r\n\r\nx"),
    ("multipart/form-data; boundary=" + "x" * 500, b"--x--"),
    ("application/json", b'{"naam": ['),
    ("text/xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
    ("", b"\x00\xff"),
]
LINES = [
    "",
    "?p=%00",
    "?code=%00",
    "?gevraagd=%FF",
    "?gewist=%00",
    "?gewist=x:y:z",
    "?klaar&klaar=1",
    "?" + "a" * 3000,
]


@pytest.fixture
def client() -> Client:
    """What people send may hold braces of their own. A broken page is an answer here, to be seen as one."""
    return TypingClient(raise_request_exception=False)


def addresses(loting: Loting) -> list[str]:
    """Every address of the page, with secrets that are right and secrets that are not."""
    page, made = page_of(loting), sign_up(loting)
    draft = keep(open_draft(loting, language_code="nl", vorm="vragen"), filled_in())
    own, confirm = (actions.make_link(aanmelding=made, doel=doel) for doel in ("beheren", "bevestigen"))
    what = ("", "wijzigen/", "intrekken/", "wissen/", "ophalen/", "onzin/")
    steps = ("", "naam/", "adres/", "kenmerk-woning/", "controle/", "bewaren/", "ontvangen/", "onzin/")
    return [
        *(page + rest for rest in ("", "aanmelden/", "mijn/", "niet/", "papier.pdf", "gegevens/", "onzin/")),
        *(f"{page}aanmelden/{token}/{step}" for token in (draft.token, new_token()) for step in steps),
        # Erasing comes last: the others need the person.
        *(f"{page}mijn/{token}/{step}" for token in (new_token(), confirm) for step in what),
        *(f"{page}bevestigen/{token}/" for token in (new_token(), own, confirm)),
        *(f"{page}mijn/{own}/{step}" for step in sorted(what, key=lambda step: step == "wissen/")),
    ]


def sent(client: Client, method: str, address: str, body: bytes = b"", kind: str = "") -> Any:
    return client.generic(method, address, body, content_type=kind)


@pytest.mark.parametrize("method", METHODS)
def test_no_method_breaks_a_page(client: Client, loting: Loting, method: str) -> None:
    people = Persoon.objects.count()
    answers = {each: sent(client, method, each).status_code for each in addresses(loting)}
    assert {each: status for each, status in answers.items() if status >= 500} == {}
    if method != "POST":
        # One was signed up for the addresses.
        assert Persoon.objects.count() == people + 1


@pytest.mark.parametrize(("kind", "body"), BODIES)
def test_no_body_breaks_a_page(client: Client, loting: Loting, kind: str, body: bytes) -> None:
    people = Persoon.objects.count()
    answers = {each: sent(client, "POST", each, body, kind).status_code for each in addresses(loting)}
    assert {each: status for each, status in answers.items() if status >= 500} == {}
    # One was signed up for the addresses, and that one may be erased by its own link; nobody came along.
    assert Persoon.objects.count() in (people, people + 1)


@pytest.mark.parametrize("wrong", WRONG)
def test_no_address_breaks_a_page(client: Client, loting: Loting, wrong: str) -> None:
    page = page_of(loting)
    made = sign_up(loting)
    token = actions.make_link(aanmelding=made, doel="beheren")
    draft = open_draft(loting, language_code="nl", vorm="alles")
    tried = [
        page + wrong,
        *(
            f"{page}{room}/{wrong}/{rest}"
            for room in ("aanmelden", "mijn", "bevestigen")
            for rest in ("", "x/")
        ),
        *(f"{page}mijn/{token}{rest}" for rest in (wrong + "/", f"/{wrong}/")),
        *(f"{page}aanmelden/{draft.token}{rest}" for rest in (wrong + "/", f"/{wrong}/")),
    ]
    for method in ("GET", "POST"):
        answers = {each: sent(client, method, each) for each in tried}
        assert {each: found.status_code for each, found in answers.items() if found.status_code >= 500} == {}
        assert not [
            each for each, found in answers.items() if "Aafke" in found.content.decode(errors="replace")
        ]
    assert Aanmelding.objects.standing().filter(pk=made.pk).exists()


@pytest.mark.parametrize("line", LINES)
def test_no_query_breaks_a_page(client: Client, loting: Loting, line: str) -> None:
    answers = {each: sent(client, "GET", each + line).status_code for each in addresses(loting)}
    assert {each: status for each, status in answers.items() if status >= 500} == {}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from(sorted(filled_in())), st.text(max_size=60), max_size=6))
def test_whatever_is_typed_a_form_answers(client: Client, loting: Loting, changes: dict[str, str]) -> None:
    draft = open_draft(loting, language_code="nl", vorm="alles")
    address = f"{page_of(loting)}aanmelden/{draft.token}/"
    response = client.post(address, filled_in(**changes))
    assert response.status_code in (200, 303)
    for step in ("", "controle/", "naam/", "adres/", "bereikbaar/"):
        assert client.get(address + step).status_code in (200, 303)


def test_a_form_that_goes_while_it_is_sent_is_gone(
    client: Client, loting: Loting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from participatie.views import signing_up

    found = getattr(signing_up, "find_draft")  # noqa: B009

    def find_and_lose(token: str, *, loting: Loting) -> Any:
        draft = found(token, loting=loting)
        Conceptaanmelding.objects.all().delete()
        return draft

    draft = keep(open_draft(loting, language_code="nl", vorm="alles"), filled_in())
    monkeypatch.setattr(signing_up, "find_draft", find_and_lose)
    address = f"{page_of(loting)}aanmelden/{draft.token}/"
    assert client.post(address, filled_in()).status_code == 410


def test_a_link_opens_the_data_of_one_person_only(client: Client, loting: Loting) -> None:
    names = ["Aleida Eerstegast", "Berend Tweedegast", "Cornelia Derdegast"]
    people = [sign_up(loting, naam=name, mail=f"p{place}@example.nl") for place, name in enumerate(names)]
    page = page_of(loting)
    for place, made in enumerate(people):
        token = actions.make_link(aanmelding=made, doel="beheren")
        for what in ("", "wijzigen/", "intrekken/", "wissen/"):
            text = html(client.get(f"{page}mijn/{token}/{what}"))
            others = [name for each, name in enumerate(names) if each != place and name in text]
            assert others == []
        # Numbers of others in the form change nothing: the secret alone says who it is about.
        other = people[place - 1]
        client.post(
            f"{page}mijn/{token}/wijzigen/",
            {
                **filled_in(naam=names[place], mail=f"p{place}@example.nl", telefoon=f"06 1234567{place}"),
                "versie": str(made.versie),
                "pk": str(other.pk),
                "aanmelding": str(other.pk),
                "bonnummer": other.bonnummer,
            },
        )
        assert Persoon.objects.get(aanmelding=made).telefoon == f"06 1234567{place}"
        for doel in ("aanmelden", "bevestigen"):
            assert names[place] not in html(client.get(f"{page}{doel}/{token}/"))
    found = {row.aanmelding_id: row.naam for row in Persoon.objects.filter(aanmelding__in=people)}
    assert found == {made.pk: name for made, name in zip(people, names, strict=True)}
    changed = Handeling.objects.filter(soort="gewijzigd", bonnummer__in=[row.bonnummer for row in people])
    assert changed.count() == 3
    for address in (f"{page}mijn/{quote(people[0].bonnummer)}/", f"{page}mijn/{people[0].pk}/"):
        assert client.get(address).status_code == 404

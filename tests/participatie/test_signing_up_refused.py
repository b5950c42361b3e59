"""Signing up on the web: wrong codes, whatever is typed, other sites, too often, and what is kept private."""

import pytest
from django.test import Client

from participatie.models import Conceptaanmelding
from tests.checked_client import TypingClient
from tests.participatie.signing import START, begin, fill_in, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """What people type may hold braces of their own."""
    return TypingClient()


@pytest.mark.parametrize("code", ["ABCDEFGHJK", "hallo", "\0", "x" * 5000])
def test_a_wrong_code_never_blocks(client, loting, code) -> None:
    form = begin(client, code=code)
    text = text_of(client.get(f"{form}adres/"))
    assert ("kennen wij niet" in text) == bool(code.strip("\0"))
    fill_in(client, form)
    assert send(client, form).status_code == 303


@pytest.mark.parametrize(
    "typed",
    [
        "\0",
        "a\0b",
        "x" * 1_000_000,
        "{{ 7|add:7 }}{% debug %}",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "\u202e\u2066\ud83d\ude00",
        "٣٤٥",
    ],
    ids=["null", "null-inside", "megabyte", "template", "script", "sql", "marks", "arabic"],
)
def test_whatever_is_typed_is_answered(client, loting, typed) -> None:
    form = begin(client)
    typed = typed.encode("utf-16", "surrogatepass").decode("utf-16")
    for key, name in (
        ("naam", "naam"),
        ("adres", "postcode"),
        ("adres", "adres_anders"),
        ("leeftijd", "oud_genoeg"),
        ("kenmerk-woning", "kenmerk_woning"),
        ("bereikbaar", "mail"),
        ("bereikbaar", "telefoon"),
        ("taal", "taal"),
        ("bewaren", "bewaar_mail"),
    ):
        if key == "bewaren":
            continue
        response = client.post(f"{form}{key}/", {name: typed}, follow=True)
        assert response.status_code == 200, (key, name)
        assert client.get(form, follow=True).status_code == 200
    assert client.post(START, {"vorm": typed, "code": typed}).status_code == 303


def test_another_site_cannot_begin_a_form_for_its_visitors(client, loting) -> None:
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elders.example"}):
        assert client.post(START, {"vorm": "vragen"}, headers=headers).status_code == 403
    assert not Conceptaanmelding.objects.exists()
    assert (
        client.post(START, {"vorm": "vragen"}, headers={"sec-fetch-site": "same-origin"}).status_code == 303
    )


def test_one_address_begins_only_so_many_forms(client, loting) -> None:
    for _form in range(30):
        begin(client)
    response = client.post(START, {"vorm": "vragen"})
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert Conceptaanmelding.objects.count() == 30


def test_no_page_about_somebody_is_kept_listed_or_passed_on(client, loting, caplog) -> None:
    form = begin(client)
    fill_in(client, form)
    pages = [form, f"{form}naam/", f"{form}controle/", f"{form}adres/"]
    responses = [client.get(page) for page in pages]
    responses += [send(client, form), client.get(f"{form}ontvangen/")]
    for response in responses:
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
    token = form.rstrip("/").rpartition("/")[2]
    assert token not in caplog.text
    records = [str(vars(record)) for record in caplog.records if record.name == "core.requests"]
    assert records
    assert not any(token in record for record in records)
    assert not Client().get(START).cookies


def test_every_method_but_reading_and_sending_is_refused(client, loting) -> None:
    form = begin(client)
    for path in (START, form, f"{form}naam/"):
        assert client.put(path).status_code == 405
        assert client.delete(path).status_code == 405

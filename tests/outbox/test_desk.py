"""Outgoing mail on the desk: how it fares, without whom it is to."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMail
from tests.desk import account, allow_unknown_variables, browser, exported, html
from tests.mailserver import MailServer
from tests.outbox.mails import now, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def boss(db: None) -> Client:
    return browser(account("lotingbeheerder"))


def settled(state: str, **changes: Any) -> OutboxMail:
    mail = write("fatima@example.nl", about=f"aanmelding:{state}")
    values: dict[str, Any] = {"state": state, "next_try_at": None, "tries": 1, "sent_at": timezone.now()}
    OutboxMail.objects.filter(pk=mail.pk).update(**values | changes)
    return mail


def test_the_list_shows_how_each_fares_and_nobody(boss: Client) -> None:
    for state in OutboxMail.State:
        if state not in ("wachtend", "bezig"):
            settled(state)
    text = html(boss.get(reverse("desk_mail")))
    for words in ("verzonden", "niet gelukt", "geweigerd", "teruggekomen"):
        assert words in text
    assert "aanmelding:geweigerd" in text
    assert "fatima" not in text
    assert "Proefmail" not in text
    text = exported(boss.get(reverse("desk_mail"), {"export": "csv"}))
    assert "aanmelding:mislukt" in text
    assert "fatima" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "geweigerd"}, {"geweigerd"}),
        ({"state": ["geweigerd", "mislukt"]}, {"geweigerd", "mislukt"}),
        ({"kind": "proef"}, {"geweigerd", "mislukt", "verzonden"}),
        ({"kind": "iets-anders"}, {"geweigerd", "mislukt", "verzonden"}),
        ({"about": "aanmelding:m"}, {"mislukt"}),
        ({"about": "niets"}, set()),
    ],
)
def test_the_list_is_narrowed(boss: Client, query: dict[str, Any], found: set[str]) -> None:
    for state in ("geweigerd", "mislukt", "verzonden"):
        settled(state)
    text = html(boss.get(reverse("desk_mail_results"), query))
    assert {
        state for state in ("geweigerd", "mislukt", "verzonden") if f"aanmelding:{state}" in text
    } == found


def test_the_list_takes_the_same_queries_for_more_mails(
    boss: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    boss.get(reverse("desk_mail"))
    for _number in range(30):
        settled("verzonden")
    with django_assert_max_num_queries(22):
        boss.get(reverse("desk_mail"))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("geweigerd", "Bel of schrijf deze persoon."),
        ("teruggekomen", "kwam terug"),
        ("mislukt", "na dagen proberen"),
    ],
)
def test_a_mail_that_did_not_arrive_is_sent_again(
    boss: Client,
    server: MailServer,
    state: str,
    sentence: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    mail = settled(state)
    address = reverse("desk_mail_detail", args=[mail.pk])
    text = html(boss.get(address))
    assert sentence in text
    assert "Opnieuw proberen" in text
    assert "fatima" not in text
    with django_capture_on_commit_callbacks(execute=True):
        text = html(boss.post(address, follow=True))
    assert "Deze mail wordt opnieuw verzonden." in text
    assert now(mail).state == "verzonden"
    assert server.addresses == ["fatima@example.nl"]


@pytest.mark.parametrize(
    ("state", "changes"),
    [("verzonden", {}), ("geweigerd", {"wiped_at": timezone.now()})],
    ids=["sent", "wiped"],
)
def test_another_is_not(boss: Client, state: str, changes: dict[str, Any]) -> None:
    mail = settled(state, **changes)
    address = reverse("desk_mail_detail", args=[mail.pk])
    assert "Opnieuw proberen" not in html(boss.get(address))
    assert "niet opnieuw te verzenden" in html(boss.post(address, follow=True))
    assert now(mail).state == state


def test_a_mail_that_waits_says_when_it_is_tried(boss: Client) -> None:
    mail = write()
    OutboxMail.objects.filter(pk=mail.pk).update(last_error="SMTPDataError 451", tries=1)
    text = html(boss.get(reverse("desk_mail_detail", args=[mail.pk])))
    assert "SMTPDataError 451" in text
    assert "probeert het vanzelf weer" in text


def test_a_lost_key_does_not_break_the_list(boss: Client, settings: Any) -> None:
    mail = settled("geweigerd")
    settings.PERSONAL_DATA_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDI="]
    assert boss.get(reverse("desk_mail")).status_code == 200
    assert boss.get(reverse("desk_mail_detail", args=[mail.pk])).status_code == 200


@pytest.mark.parametrize("role", ["redacteur", "vertaler", "baliemedewerker", "eindredacteur"])
def test_others_do_not_send_again(role: str) -> None:
    mail = settled("geweigerd")
    browser(account(role)).post(reverse("desk_mail_detail", args=[mail.pk]))
    assert now(mail).state == "geweigerd"


def test_it_has_a_place_in_the_menu(boss: Client) -> None:
    assert reverse("desk_mail") in html(boss.get(reverse("wagtailadmin_home")))
    other = browser(account("vertaler"))
    assert reverse("desk_mail") not in html(other.get(reverse("wagtailadmin_home")))

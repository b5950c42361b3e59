"""Mail to translators, through a real SMTP server."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import Message as EmailMessage
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from core.models import BasePage, User, Vertaalvoorkeur
from core.translating.changes import changed_pages
from home.desk.translation_mail import mail_translators
from tests.desk import allow_unknown_variables
from tests.translating.pages import Pair, block, make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


class Box(Message):
    def __init__(self) -> None:
        super().__init__()
        self.received: list[EmailMessage] = []

    def handle_message(self, message: EmailMessage) -> None:
        self.received.append(message)


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    """What a real mail server received; the site sends through it."""
    handler = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }
    yield handler
    controller.stop()


@pytest.fixture
def pair(page_at: Callable[[str], BasePage], desk: Client) -> Pair:
    """A page with a translated title."""
    pair = make_pair(page_at("/nl/"), block("Tot ziens.", "a1"), title="Zwembad")
    pair.write(desk, "Zwembad", "Swimming pool")
    pair.write(desk, "Een inleiding.", "An introduction.")
    pair.write(desk, "Tot ziens.", "Goodbye.")
    return pair


def follower(name: str = "Fatima", role: str = "Vertaler", **changes: Any) -> Vertaalvoorkeur:
    values = {"email": f"{name.lower()}@example.nl", "first_name": name, **changes}
    user = User.objects.create_user(name.lower(), **values)
    user.groups.add(Group.objects.get(name=role))
    return Vertaalvoorkeur.objects.create(
        user=user, languages=["en"], told_until=timezone.now() - timedelta(days=1)
    )


def body(message: EmailMessage) -> str:
    return message.get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_a_change_is_told_once(pair: Pair, box: Box) -> None:
    follower()
    pair.edit_dutch(block("Tot gauw.", "a1"))
    call_command("klok", "--eenmaal")
    call_command("klok", "--eenmaal")
    assert len(box.received) == 1
    message = box.received[0]
    assert message["To"] == "fatima@example.nl"
    assert message["Subject"] == "Het Nederlands van 1 pagina is gewijzigd"
    text = body(message)
    assert "Beste Fatima," in text
    assert "- Zwembad" in text
    assert f"/admin/pages/{pair.page.pk}/edit/" in text
    assert "/admin/vertalen/mail/" in text
    assert message["List-Unsubscribe"].endswith("/admin/vertalen/mail/>")
    assert "&" not in text


def test_at_most_one_a_day_and_then_only_what_is_new(pair: Pair, box: Box) -> None:
    follower()
    pair.edit_dutch(block("Tot gauw.", "a1"))
    assert mail_translators() == 1
    pair.edit_dutch(block("Tot morgen.", "a1"))
    assert mail_translators() == 0
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert mail_translators() == 1
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert mail_translators() == 0


def test_no_news_is_no_mail(pair: Pair, box: Box, desk: Client) -> None:
    follower()
    # Published again with the same words, or with another date on which somebody looks at it.
    pair.edit_dutch(review_on=timezone.localdate())
    assert mail_translators() == 0
    # Changed, and translated already.
    pair.edit_dutch(block("Tot gauw.", "a1"))
    pair.resync(desk)
    pair.write(desk, "Tot gauw.", "See you soon.")
    assert mail_translators() == 0
    assert box.received == []


def test_what_was_never_translated_is_no_news(page_at: Callable[[str], BasePage], box: Box) -> None:
    follower()
    make_pair(page_at("/nl/"), block("Nieuw."))
    assert mail_translators() == 0


@pytest.mark.parametrize(
    ("role", "changes"),
    [("Partner", {}), ("Vertaler", {"is_active": False}), ("Vertaler", {"email": ""})],
    ids=["no-translator", "gone", "no-address"],
)
def test_only_translators_with_an_address_get_mail(
    pair: Pair, box: Box, role: str, changes: dict[str, Any]
) -> None:
    follower(role=role, **changes)
    pair.edit_dutch(block("Tot gauw.", "a1"))
    assert mail_translators() == 0


def test_another_language_is_not_told(pair: Pair, box: Box) -> None:
    voorkeur = follower()
    voorkeur.languages = ["ar"]
    voorkeur.save()
    pair.edit_dutch(block("Tot gauw.", "a1"))
    assert mail_translators() == 0


def test_a_mail_that_fails_is_told_later(pair: Pair, settings: Any) -> None:
    voorkeur = follower()
    before = voorkeur.told_until
    pair.edit_dutch(block("Tot gauw.", "a1"))
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 1},
        }
    }
    assert mail_translators() == 0
    voorkeur.refresh_from_db()
    assert voorkeur.told_until == before


def test_pages_that_did_not_change_cost_nothing(
    page_at: Callable[[str], BasePage], desk: Client, django_assert_max_num_queries: Any
) -> None:
    pair = make_pair(page_at("/nl/"), block("Tot ziens.", "a1"))
    pair.write(desk, "Tot ziens.", "Goodbye.")
    since = timezone.now()
    with django_assert_max_num_queries(6):
        assert changed_pages(["en"], since=since, until=timezone.now()) == {}
    pair.edit_dutch(block("Tot gauw.", "a1"))
    assert len(changed_pages(["en"], since=since, until=timezone.now())["en"]) == 1

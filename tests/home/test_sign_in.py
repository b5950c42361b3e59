"""Signing in to the desk, and the brake on guessing."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from core.models import User
from core.sign_in import SECONDS, TRIES, FailedTries
from home import roles
from tests.desk import allow_unknown_variables, first, html

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def dutch(model: type[Any]) -> Any:
    return first(model.objects.filter(locale__language_code="nl"))


@pytest.fixture
def somebody(db: None) -> User:
    roles.apply()
    user = User.objects.create_user("iemand", "iemand@example.nl", PASSWORD)
    user.groups.add(Group.objects.get(name="Redacteur"))
    return user


def sign_in(password: str, username: str = "iemand", address: str = "10.0.0.1") -> Any:
    return Client(REMOTE_ADDR=address).post(
        reverse("wagtailadmin_login"), {"username": username, "password": password, "next": "/admin/"}
    )


def test_signing_in_is_in_dutch_and_nobody_elses(client: Client) -> None:
    text = html(Client().get(reverse("wagtailadmin_login")))
    assert "Inloggen" in text
    assert "Sign in" not in text
    assert "Wagtail" not in text.split("<h1>")[1].split("</h1>")[0]
    for where in ("gravatar", "wagtail.org", "//cdn"):
        assert where not in text


def test_guessing_is_stopped_after_ten_tries(somebody: User) -> None:
    for _try in range(TRIES):
        assert sign_in("verkeerd").status_code == 200
    for password in ("verkeerd", PASSWORD):
        response = sign_in(password)
        assert response.status_code == 429
        assert "te vaak een verkeerd wachtwoord" in html(response)
        assert response.headers["Retry-After"] == str(SECONDS)
    assert sign_in("verkeerd", username=" IEMAND ").status_code == 429, "Other spelling, same name."
    assert sign_in(PASSWORD, address="10.0.0.2").status_code == 302, "Somebody elsewhere is not locked out."


def test_after_a_quarter_of_an_hour_it_works_again(somebody: User) -> None:
    for _try in range(TRIES):
        sign_in("verkeerd")
    with time_machine.travel(timezone.now() + timedelta(seconds=SECONDS + 1)):
        assert sign_in(PASSWORD).status_code == 302


def test_signing_in_forgets_earlier_mistakes(somebody: User) -> None:
    for _try in range(TRIES - 1):
        sign_in("verkeerd")
    assert sign_in(PASSWORD).status_code == 302
    assert sign_in("verkeerd").status_code == 200
    assert sign_in("verkeerd").status_code == 200


def test_neither_name_nor_address_is_kept(rf: RequestFactory) -> None:
    tries = FailedTries(rf.post("/", REMOTE_ADDR="10.0.0.1"), "iemand")
    assert "iemand" not in tries.key
    assert "10.0.0.1" not in tries.key


def test_a_forwarded_address_counts_only_behind_our_own_front_server(
    rf: RequestFactory, settings: Any
) -> None:
    def key(forwarded: str) -> str:
        request = rf.post("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
        return FailedTries(request, "iemand").key

    settings.SECURE_PROXY_SSL_HEADER = None
    assert key("1.1.1.1") == key("2.2.2.2")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert key("1.1.1.1") != key("2.2.2.2")
    assert key("9.9.9.9, 1.1.1.1") == key("1.1.1.1"), "What a visitor puts in front does not count."


@pytest.mark.parametrize("data", [{}, {"username": "x" * 100_000}, {"username": "\0", "password": "\0"}])
def test_odd_sign_ins_get_the_form_again(data: dict[str, str]) -> None:
    assert Client().post(reverse("wagtailadmin_login"), data).status_code == 200


def test_the_desk_asks_nothing_of_others(desk: Client) -> None:
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    text = html(desk.get("/admin/"))
    for where in ("gravatar", "wagtail.org", "docs.wagtail", "releases.wagtail"):
        assert where not in text

"""Every role at every screen about kopij. A screen without a row here fails."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from core.models import User
from home.desk.krant.kopij.urls import SCREENS
from home.models import Kopijhandeling
from tests.desk import account, allow_unknown_variables, browser
from tests.home.krant.kopij import edition, editor, made, wijk
from wijken.models import Wijk

pytestmark = pytest.mark.django_db

# Whoever works on the wijkkrant of this wijk, and who looks after all of them for the municipality.
READERS = {"redactie", "redacteur", "eindredacteur", "beheerder", "superuser"}
# Of another wijk, and with the role but of no wijk.
OTHER_REDACTIES = {"other redactie", "krantredactie"}
COUNTER = {"baliemedewerker", "lotingbeheerder"}
OUTSIDERS = {"nobody", "no role", "partner", "vertaler"}
ACTORS = sorted(READERS | OTHER_REDACTIES | COUNTER | OUTSIDERS)

# {screen: who gets it}
LISTS = READERS | {"other redactie"}
ENTRY = READERS | COUNTER
ROWS = {
    "krant_kopij": LISTS,
    "krant_kopij_processing": LISTS,
    "krant_kopij_entry": ENTRY | {"other redactie"},
    "krant_kopij_enter": ENTRY,
    "krant_kopij_item": READERS,
    "krant_kopij_photo": READERS,
    "krant_kopij_article": READERS,
    "krant_kopij_later": READERS,
    "krant_kopij_not_placed": READERS,
    "krant_kopij_reopen": READERS,
    "krant_kopij_erase": READERS,
}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def client_of(actor: str) -> Client:
    if actor == "nobody":
        return Client()
    if actor == "no role":
        return browser(User.objects.create_user("zonder-rol", "zonder@example.nl"))
    if actor == "superuser":
        return browser(User.objects.create_superuser("alles", "alles@example.nl"))
    if actor == "redactie":
        return browser(editor())
    if actor == "other redactie":
        return browser(editor(Wijk.objects.exclude(pk=wijk().pk)[0], name="andere-wijk"))
    return browser(account(actor))


def gets_it(response: HttpResponse | Any) -> bool:
    location = response.headers.get("Location", "")
    away = location == reverse("wagtailadmin_home") or location.startswith("/admin/login")
    return response.status_code < 400 and not away


def test_every_screen_has_a_row() -> None:
    assert set(ROWS) == {name for name, _view in SCREENS.values()}


@pytest.mark.parametrize("actor", ACTORS)
def test_each_gets_the_screens_that_are_theirs(actor: str) -> None:
    editie = edition()
    client, wrong = client_of(actor), {}
    for path, (name, view) in SCREENS.items():
        for method in ("get", "post"):
            if not hasattr(view, method) or method not in view.http_method_names:
                continue
            kopij = made(photos=1)
            values = {"<int:pk>": kopij.pk, "<int:nummer>": 1, "<slug:slug>": "velsen-noord"}
            address = f"/admin/{path}"
            for part, value in values.items():
                address = address.replace(part, str(value))
            fields = {"versie": 0, "editie": editie.pk, "reden": "vol"} if method == "post" else {}
            response = getattr(client, method)(address, fields)
            if gets_it(response) is not (actor in ROWS[name]):
                wrong[f"{method} {name}"] = response.status_code
            touched = Kopijhandeling.objects.filter(bonnummer=kopij.bonnummer, door__isnull=False).exists()
            if touched and actor not in ROWS[name]:
                wrong[f"{method} {name}, written"] = response.status_code
    assert wrong == {}

"""Every role at every screen of the lotingen. A screen without a row here fails.

Only a lotingbeheerder reads who signed up. A beheerder gives that role, and does not have it by giving it.
Somebody who is everything on this site, a superuser, gets in as well: whoever keeps the server can read it
anyhow, and what they look at is written down like that of others.
"""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from core.models import User
from home import roles
from participatie import actions
from participatie.desk.urls import SCREENS
from participatie.draw.rehearsal import rehearse
from participatie.models import Aanmelding, Handeling, Kanaal, Kenmerk, Loting, Zetelaanbod
from tests.desk import account, allow_unknown_variables, browser, is_absent, own_viewsets
from tests.participatie.drawn import offered_a_seat
from tests.participatie.people import answers

pytestmark = pytest.mark.django_db
KEEPER = {"lotingbeheerder"}
COUNTER = KEEPER | {"baliemedewerker"}
WRITERS = {"redacteur", "eindredacteur", "beheerder"}
EVERYBODY = {"partner", "krantredactie", "vertaler", *COUNTER, *WRITERS}
ACTORS = sorted(EVERYBODY | {"nobody", "no role", "superuser"})
# Screens that are not for the lotingbeheerder alone.
FOR_THE_COUNTER = {"desk_loting_no_letters"} | {
    name for name in (row[0] for row in SCREENS.values()) if name.startswith("desk_counter")
}
# Only makes a file of what a form asks for.
ONLY_POST = {"desk_loting_confirmations", "desk_loting_chances_result", "desk_loting_seat_letters"}
# Counts without a trace of who, and what happens to the data.
FOR_READERS = {"desk_loting_statistics", "desk_loting_processing"}
# Only for who entered it, or only when there is one.
ABSENT = {
    "desk_counter_receipt",
    "desk_counter_print",
    "desk_loting_letters_print",
    "desk_loting_draw_file",
    "desk_loting_objection",
    "desk_loting_letter_bundle",
    "desk_loting_letter_bundle_file",
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
    return browser(account(actor))


def outcome(response: Any) -> str:
    # Nothing is sent to a screen that only shows.
    if response.status_code == 405 or is_absent(response):
        return "not there"
    location = response.headers.get("Location", "")
    is_away = response.status_code == 403 or location in (reverse("wagtailadmin_home"),)
    return "sent away" if is_away or location.startswith("/admin/login") else "gets it"


@pytest.fixture
def known(loting: Loting) -> Aanmelding:
    rehearse(loting=loting)
    made = actions.sign_up(loting=loting, answers=answers(loting), kanaal=Kanaal.WEB)
    offered_a_seat(made)
    return made


def address_of(name: str, path: str, loting: Loting, known: Aanmelding) -> str:
    values = {
        "<int:pk>": loting.pk,
        "<int:kenmerk>": Kenmerk.objects.source().filter(loting=loting).values_list("pk", flat=True)[0],
        "<int:aanmelding>": known.pk,
        "<slug:nummer>": known.bonnummer,
        "<slug:wat>": "wissen",
        "<int:zetel>": 1,
        "<int:aanbod>": Zetelaanbod.objects.get(lot__aanmelding=known).pk,
        "<int:ronde>": 999,
        "<int:deel>": 1,
        "<int:trekking>": loting.trekkingen.filter(is_proef=True).values_list("pk", flat=True)[0],
        "<int:bestand>": 0,
        "<int:bezwaar>": 0,
    }
    for part, value in values.items():
        path = path.replace(part, str(value))
    assert "<" not in path, f"{name}: what stands in {path}?"
    return f"/admin/{path}"


@pytest.mark.parametrize("actor", ACTORS)
def test_each_gets_the_screens_of_a_loting_that_are_theirs(
    actor: str, loting: Loting, known: Aanmelding
) -> None:
    client, wrong = client_of(actor), {}
    before = Handeling.objects.count()
    for path, (name, _view) in SCREENS.items():
        allowed = (EVERYBODY if name in FOR_READERS else COUNTER if name in FOR_THE_COUNTER else KEEPER) | {
            "superuser"
        }
        for method in ("get", "post"):
            found = outcome(getattr(client, method)(address_of(name, path, loting, known)))
            if actor not in allowed:
                wanted = {"sent away"}
            else:
                wanted = {"not there"} if name in ABSENT else {"gets it", "not there"}
                if method == "get" and name not in ABSENT | ONLY_POST:
                    wanted = {"gets it"}
            if found not in wanted:
                wrong[f"{method} {name}"] = found
    assert wrong == {}
    assert Aanmelding.objects.filter(pk=known.pk).exists()
    if actor not in COUNTER | {"superuser"}:
        assert Handeling.objects.count() == before


REGISTERS = {
    "participatie.Loting": {
        "view": EVERYBODY,
        "add": KEEPER,
        "edit": KEEPER,
        "delete": KEEPER,
        "history": KEEPER,
    },
    "participatie.Kenmerk": {
        "view": EVERYBODY,
        "edit": {"vertaler", *WRITERS},
        "history": {"vertaler", *WRITERS},
    },
    "participatie.Antwoordoptie": {
        "view": EVERYBODY,
        "edit": {"vertaler", *WRITERS},
        "history": {"vertaler", *WRITERS},
    },
}


@pytest.mark.parametrize("actor", sorted(EVERYBODY))
def test_each_gets_the_registers_that_are_theirs(actor: str, loting: Loting) -> None:
    client, wrong = client_of(actor), {}
    for label, rows in REGISTERS.items():
        viewset = own_viewsets()[label]
        row = viewset.model._default_manager.order_by("pk").first()
        for pattern in viewset.get_urlpatterns():
            name = pattern.name.removesuffix("_results")
            kind = {"index": "view", "list": "view", "inspect": "view", "usage": "edit"}.get(name, name)
            args = [row.pk] if "pk" in pattern.pattern.converters else []
            found = outcome(client.get(reverse(viewset.get_url_name(pattern.name), args=args)))
            if (found == "gets it") is not (actor in rows.get(kind, set())):
                wrong[f"{label} {pattern.name}"] = found
    assert wrong == {}


def test_nobody_but_the_lotingbeheerder_holds_the_permission_to_read_who_signed_up() -> None:
    roles.apply()
    holders = Permission.objects.get(codename="manage_loting").group_set.values_list("name", flat=True)
    assert set(holders) == {"Lotingbeheerder"}
    own = ("aanmelding", "persoon", "kenmerkwaarde", "conceptaanmelding", "handeling", "lootmeniet")
    direct = Permission.objects.filter(
        content_type__app_label="participatie", content_type__model__in=own, group__isnull=False
    )
    held = set(direct.values_list("codename", flat=True)) - {"manage_loting", "enter_aanmelding"}
    assert held == set()


def test_a_redacteur_makes_the_page_of_a_loting(loting: Loting) -> None:
    from wijken.models import WijkPage

    parent = WijkPage.objects.filter(locale__language_code="nl").first()
    assert parent
    address = reverse("wagtailadmin_pages:add", args=["participatie", "lotingpage", parent.pk])
    assert browser(account("redacteur")).get(address).status_code == 200
    assert browser(account("baliemedewerker")).get(address).status_code == 302

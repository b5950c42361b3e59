"""Every role at every screen of the action plan. A screen without a row here fails."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from core.models import User
from home import roles
from tests.desk import (
    account,
    allow_unknown_variables,
    browser,
    fill_empty_registers,
    first,
    is_absent,
    own_viewsets,
)
from tests.plan import actie_of, message_of, published, step_of, submitted, velison, welzijn
from wijken.desk.urls import SCREENS
from wijken.models import Actie

pytestmark = pytest.mark.django_db

OTHERS = {"krantredactie", "lotingbeheerder", "baliemedewerker", "vertaler"}
WRITERS = {"redacteur", "eindredacteur", "beheerder"}
PUBLISHERS = {"eindredacteur", "beheerder"}
PARTNERS = {"partner", "other partner", "partner of nobody"}
OUTSIDERS = {"nobody", "no role"}
EVERYBODY = PARTNERS | OTHERS | WRITERS
ACTORS = sorted(EVERYBODY | OUTSIDERS)

# (get or post, what it is about, who gets it, for whom it is not there). Everybody else is sent away.
Row = tuple[str, str, set[str], set[str]]
NOT_OWN = PARTNERS - {"partner"}
MATRIX: dict[str, Row] = {
    "desk_planning": ("get", "actie", EVERYBODY, set()),
    "desk_step_add": ("get", "actie", WRITERS, set()),
    "desk_planning_change": ("get", "step", WRITERS, set()),
    "desk_my_actions": ("get", "", PARTNERS | WRITERS, set()),
    "desk_my_action": ("get", "actie", {"partner", *WRITERS}, NOT_OWN),
    "desk_message_add": ("get", "actie", {"partner", *WRITERS}, NOT_OWN),
    "desk_message": ("get", "draft", {"partner"}, NOT_OWN | WRITERS),
    "desk_message_edit": ("get", "draft", {"partner"}, NOT_OWN | WRITERS),
    "desk_message_submit": ("post", "draft", {"partner"}, NOT_OWN | WRITERS),
    "desk_message_discard": ("post", "draft", {"partner"}, NOT_OWN | WRITERS),
    "desk_message_correct": ("post", "published", {"partner", *WRITERS}, NOT_OWN),
    "desk_inbox": ("get", "", PUBLISHERS, set()),
    "desk_review": ("get", "submitted", PUBLISHERS, set()),
}

# The registers of the action plan: what each kind of screen asks for.
FACTS = {
    "wijken.Actieplan",
    "wijken.Actie",
    "wijken.Perspectief",
    "wijken.Focusopgave",
    "wijken.Terugblik",
    "wijken.Meting",
    "wijken.Indicator",
    "wijken.Opgave",
    "wijken.Budget",
    "wijken.Gesprek",
}
WORDS = {"wijken.Opgave", "wijken.Budget", "wijken.Gesprek", "wijken.Indicator"}
TRANSLATORS = {"vertaler", *WRITERS}
READING, ADDING, CHANGING, REMOVING = "reading", "adding", "changing", "removing"
KIND_OF_SCREEN = {
    "index": READING,
    "index_results": READING,
    "list": READING,
    "list_results": READING,
    "inspect": READING,
    "add": ADDING,
    "edit": CHANGING,
    "usage": CHANGING,
    "delete": REMOVING,
    "history": CHANGING,
    "history_results": CHANGING,
    # Keeps the standing of the day of a look-back.
    "keep": CHANGING,
    "import": ADDING,
    "import_template": ADDING,
}


def who_may(label: str, kind: str) -> set[str]:
    if label in FACTS:
        rows = {READING: EVERYBODY, ADDING: WRITERS, CHANGING: WRITERS, REMOVING: PUBLISHERS}
        if kind == CHANGING and label in WORDS:
            return TRANSLATORS
        return rows[kind]
    return {
        # Steps and promises are made on the planning screen, and stay.
        "wijken.Mijlpaal": {READING: EVERYBODY, CHANGING: TRANSLATORS},
        "wijken.Planning": {READING: EVERYBODY, CHANGING: TRANSLATORS},
        "wijken.Voortgang": {READING: TRANSLATORS, CHANGING: TRANSLATORS},
        "wijken.Medewerker": dict.fromkeys((READING, ADDING, CHANGING, REMOVING), {"beheerder"}),
    }[label].get(kind, set())


LABELS = [
    *sorted(FACTS),
    "wijken.Mijlpaal",
    "wijken.Planning",
    "wijken.Voortgang",
    "wijken.Medewerker",
]


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def client_of(actor: str) -> Client:
    if actor == "nobody":
        return Client()
    if actor == "no role":
        return browser(User.objects.create_user("zonder-rol", "zonder@example.nl"))
    if actor in PARTNERS:
        works_for = {"partner": velison, "other partner": welzijn}.get(actor)
        return browser(account("partner", works_for() if works_for else None))
    return browser(account(actor))


def outcome(response: Any) -> str:
    if is_absent(response):
        return "not there"
    location = response.headers.get("Location", "")
    if response.status_code == 403 or location.startswith((reverse("wagtailadmin_login"), "/admin/login")):
        return "sent away"
    return "sent away" if location == reverse("wagtailadmin_home") else f"gets it, {response.status_code}"


def test_every_screen_has_a_row() -> None:
    assert set(MATRIX) == {name for name, _view in SCREENS.values()}
    for label in LABELS:
        names = {pattern.name for pattern in own_viewsets()[label].get_urlpatterns()}
        assert names <= set(KIND_OF_SCREEN), f"{label}: {names - set(KIND_OF_SCREEN)}"
    assert set(LABELS) <= set(own_viewsets())


@pytest.mark.parametrize("actor", ACTORS)
def test_each_gets_the_screens_of_the_plan_that_are_theirs(actor: str) -> None:
    client = client_of(actor)
    actie = actie_of(velison())
    make: dict[str, Callable[[Actie], int]] = {
        "actie": lambda row: row.pk,
        "step": lambda row: step_of(row, naam="Los").pk,
        "draft": lambda row: message_of(row, velison()).pk,
        "submitted": lambda row: submitted(row, velison()).pk,
        "published": lambda row: published(row, velison()).pk,
    }
    wrong = {}
    for name, (method, what, allowed, absent) in MATRIX.items():
        address = reverse(name, args=[make[what](actie)] if what else [])
        found = outcome(getattr(client, method)(address))
        code = 302 if method == "post" else 200
        wanted = f"gets it, {code}" if actor in allowed else "not there" if actor in absent else "sent away"
        if found != wanted:
            wrong[name] = f"{found}; wanted: {wanted}"
    assert wrong == {}


@pytest.mark.parametrize("actor", ACTORS)
def test_each_gets_the_registers_of_the_plan_that_are_theirs(actor: str) -> None:
    client = client_of(actor)
    fill_empty_registers()
    wrong = {}
    for label in LABELS:
        viewset = own_viewsets()[label]
        row = first(viewset.model._default_manager.order_by("pk"))
        for pattern in viewset.get_urlpatterns():
            args = [row.pk] if "pk" in pattern.pattern.converters else []
            response = client.get(reverse(viewset.get_url_name(pattern.name), args=args))
            found = outcome(response)
            allowed = actor in who_may(label, KIND_OF_SCREEN[pattern.name])
            if ("gets it" in found) is not allowed:
                wrong[f"{label} {pattern.name}"] = found
    assert wrong == {}


def test_nobody_may_change_what_stays() -> None:
    """Promises and messages have no add or delete for anyone, and snapshots nothing at all."""
    roles.apply()
    held = set(
        Permission.objects.filter(group__isnull=False, content_type__app_label="wijken").values_list(
            "codename", flat=True
        )
    )
    kept = {
        "voortgang": {"add", "delete"},
        "planning": {"delete"},
        "momentopname": {"add", "change", "delete"},
    }
    wrong = {f"{action}_{model}" for model, actions in kept.items() for action in actions}
    assert held & wrong == set()

"""The registers as the desk knows them, for the tests of the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from core.models import BlijvendWoord, User
from home import roles
from home.models import Redactielid
from wijken.models import Actie, Gesprek, Medewerker, Organisatie, Voortgang, Wijk

REGISTERS = [
    "wijken.Wijk",
    "wijken.Wijkteam",
    "wijken.Wijkplatform",
    "wijken.Wijkraadpleging",
    "wijken.Werkplan",
    "wijken.Werkplanpunt",
    "wijken.Aandachtsgebied",
    "wijken.Contactpersoon",
    "wijken.Organisatie",
    "wijken.Plek",
    "wijken.Aanplakplaats",
    "wijken.Thema",
    "wijken.Actieplan",
    "wijken.Actie",
    "wijken.Mijlpaal",
    "wijken.Voortgang",
    "wijken.Planning",
    "wijken.Perspectief",
    "wijken.Opgave",
    "wijken.Focusopgave",
    "wijken.Budget",
    "wijken.Gesprek",
    "wijken.Medewerker",
    "wijken.Stuurgroep",
    "wijken.Voorzittersgesprek",
    "wijken.Terugblik",
    "wijken.Indicator",
    "wijken.Meting",
    "participatie.Loting",
    "participatie.Kenmerk",
    "participatie.Antwoordoptie",
    "home.Synoniemen",
    "home.Editie",
    "home.Redactielid",
    "core.BlijvendWoord",
    "home.MoeilijkWoord",
]
# Made on screens of their own; a list only shows them.
OWN_SCREENS = {
    "wijken.Mijlpaal",
    "wijken.Planning",
    "wijken.Voortgang",
    "participatie.Kenmerk",
    "participatie.Antwoordoptie",
}
# Facts that stay are shown where others are edited.
ONLY_SHOWN = OWN_SCREENS - {"wijken.Mijlpaal"}
# Only translated here; they go on the screen of the loting.
NEVER_DELETED = {"participatie.Kenmerk", "participatie.Antwoordoptie"}

ROOMS = ("participatie", "wijken", "home", "core")


def fill_empty_registers() -> None:
    """One row in each register of which the demo has none."""
    today, actie = timezone.localdate(), first(Actie.objects)
    organisatie = first(Organisatie.objects.source().filter(kind="gemeente"))
    Gesprek.objects.create(actieplan=actie.actieplan, datum=today, titel="Over het groen", verslag="Goed.")
    Medewerker.objects.create(
        user=User.objects.create_user("schrijver", "schrijver@example.nl"), organisatie=organisatie
    )
    Redactielid.objects.create(
        user=User.objects.create_user("redactielid-een", "een@example.nl"), wijk=first(Wijk.objects)
    )
    for word in ("De Stek", "Slim Melden"):
        BlijvendWoord.objects.create(word=word)
    for tekst in ("Er ligt een plan.", "Nog een bericht."):
        Voortgang.objects.create(
            actie=actie,
            organisatie=organisatie,
            datum=today,
            tekst=tekst,
            stand=Voortgang.Stand.GEPUBLICEERD,
            gepubliceerd_op=timezone.now(),
        )


def own_viewsets() -> dict[str, Any]:
    """{label of a model: its screens}, of the registers of this house."""
    # Wagtail registers them while the addresses are read.
    reverse("wagtailadmin_home")
    return {
        viewset.model._meta.label: viewset
        for viewset in viewsets.viewsets
        if getattr(viewset, "model", None) is not User
        and getattr(getattr(viewset, "model", None), "__module__", "").startswith(ROOMS)
        and hasattr(viewset, "edit_view_class")
    }


def account(role: str, organisatie: Organisatie | None = None, *, name: str = "") -> User:
    """Somebody with a role of roles.json, by its key, who writes for an organisation.

    The demo has the roles.
    """
    names = {row.key: row.name for row in roles.read()[0]}
    username = name or f"test-{role}"
    user = User.objects.create_user(username, f"{username}@example.nl", "een-lang-wachtwoord")
    user.groups.add(Group.objects.get(name=names[role]))
    if organisatie:
        Medewerker.objects.create(user=user, organisatie=organisatie)
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_absent(response: Any) -> bool:
    """Is there nothing at this address? Django then looks for it in the visitor's language, in vain."""
    path = response.request["PATH_INFO"]
    elsewhere = response.headers.get("Location", "") == f"/nl{path}"
    return response.status_code == 404 or (elsewhere and response.client.get(f"/nl{path}").status_code == 404)


def list_address(viewset: Any) -> str:
    return viewset.get_url_name("list" if viewset.model in get_snippet_models() else "index")


def first(rows: Any) -> Any:
    """The first row; a demo without any is no use to a test."""
    row = rows.first()
    assert row is not None
    return row


def html(response: Any) -> str:
    return response.content.decode()


def exported(response: Any) -> str:
    """The text of a file that is sent in pieces."""
    return b"".join(response.streaming_content).decode()


def allow_unknown_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's own templates ask for variables that are not there."""
    engine: Any = engines["django"]
    monkeypatch.setattr(engine.engine, "string_if_invalid", "")

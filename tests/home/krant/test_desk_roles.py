"""Every role at every screen of the wijkkrant. A screen without a row here fails."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import User
from home.desk.krant.urls import SCREENS
from home.models import ArtikelPage, Editie, Editiestap, Proefdruk
from tests.desk import account, allow_unknown_variables, browser, is_absent, own_viewsets
from tests.home.krant.editions import (
    made_proof,
    member_of,
    new_article,
    new_edition,
    news,
    page_of,
    wijken,
)
from tests.home.papers import printed

pytestmark = pytest.mark.django_db

WRITERS = {"redacteur", "eindredacteur", "beheerder"}
OTHERS = {"partner", "krantredactie", "lotingbeheerder", "baliemedewerker", "vertaler"}
# A member of the redactie, and one of another wijk.
OWN, OTHER = "redactielid", "redactielid van een andere wijk"
READERS = {OWN, OTHER, *OTHERS, *WRITERS}
ACTORS = sorted({*READERS, "nobody", "no role"})
MAKERS = {OWN, *WRITERS}

# (get or post, what it is about, who gets it). Everybody else is sent away.
MATRIX: dict[str, tuple[str, str, set[str]]] = {
    "krant_desk": ("get", "", {OTHER, *MAKERS}),
    "krant_board": ("get", "editie", MAKERS),
    "krant_pages": ("post", "editie", MAKERS),
    "krant_step": ("get", "step", MAKERS),
    "krant_order": ("post", "article", MAKERS),
    "krant_from_news": ("get", "news", {OTHER, *MAKERS}),
    "krant_source": ("get", "taken", MAKERS),
    "krant_paper": ("get", "editie", MAKERS),
    "krant_paper_state": ("get", "editie", MAKERS),
    "krant_fillers": ("get", "editie", MAKERS),
    "krant_proof": ("get", "proof", MAKERS),
    "krant_proof_file": ("get", "proof", MAKERS),
    "krant_print_file": ("get", "print", MAKERS),
}
REGISTERS = {
    "home.Editie": {"view": READERS, "add": WRITERS, "edit": WRITERS, "delete": WRITERS - {"redacteur"}},
    "home.Redactielid": dict.fromkeys(("view", "add", "edit", "delete"), {"beheerder"}),
}
KINDS = {
    "index": "view",
    "index_results": "view",
    "inspect": "view",
    "add": "add",
    "edit": "edit",
    "usage": "edit",
    "history": "edit",
    "history_results": "edit",
    "delete": "delete",
}


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def editie(db: None) -> Editie:
    return new_edition(wijken()[0])


def client_of(actor: str, editie: Editie) -> Client:
    if actor == "nobody":
        return Client()
    if actor == "no role":
        return browser(User.objects.create_user("zonder-rol", "zonder@example.nl"))
    if actor in (OWN, OTHER):
        return browser(member_of(editie.wijk if actor == OWN else wijken()[0]))
    return browser(account(actor))


def outcome(response: Any) -> str:
    if response.status_code == 405 or is_absent(response):
        return "not there"
    location = response.headers.get("Location", "")
    is_away = response.status_code == 403 or location == reverse("wagtailadmin_home")
    return "sent away" if is_away or location.startswith("/admin/login") else "gets it"


def test_every_screen_has_a_row() -> None:
    assert set(MATRIX) == {name for name, _view in SCREENS.values()}
    for label in REGISTERS:
        assert {pattern.name for pattern in own_viewsets()[label].get_urlpatterns()} <= set(KINDS)


@pytest.mark.parametrize("actor", ACTORS)
def test_each_gets_the_screens_that_are_theirs(actor: str, editie: Editie) -> None:
    client, item = client_of(actor, editie), news()
    article, taken = new_article(editie), new_article(editie, "Nieuws", bron=item)
    args: dict[str, list[Any]] = {
        "": [],
        "editie": [editie.pk],
        "step": [editie.pk, "redactie"],
        "article": [editie.pk, article.pk],
        "news": [item.pk],
        "taken": [taken.pk],
        "proof": [editie.pk, made_proof(editie).pk],
        "print": [editie.pk, printed(editie).pk],
    }
    wrong = {}
    for name, (method, what, allowed) in MATRIX.items():
        found = outcome(getattr(client, method)(reverse(name, args=args[what])))
        wanted = "gets it" if actor in allowed else "sent away"
        if found != wanted:
            wrong[name] = f"{found}; wanted: {wanted}"
    assert wrong == {}
    if actor not in MAKERS:
        order = ArtikelPage.objects.child_of(page_of(editie)).order_by("path")
        assert list(order.values_list("pk", flat=True)) == [article.pk, taken.pk]
        client.post(reverse("krant_step", args=[editie.pk, "redactie"]), {"reden": "x"})
        client.post(reverse("krant_source", args=[taken.pk]))
        client.post(reverse("krant_paper", args=[editie.pk]), {"taal": "nl", "formaat": "a4"})
        client.post(reverse("krant_fillers", args=[editie.pk]), {"sudoku": "1"})
        assert Proefdruk.objects.filter(editie=editie).count() == 1
        assert Editie.objects.get(pk=editie.pk).vullingen == []
        assert not Editiestap.objects.filter(editie=editie).exists()


@pytest.mark.parametrize("actor", ACTORS)
def test_each_gets_the_registers_that_are_theirs(actor: str, editie: Editie) -> None:
    client = client_of(actor, editie)
    member_of(editie.wijk, "collega")
    wrong = {}
    for label, who in REGISTERS.items():
        viewset = own_viewsets()[label]
        row = viewset.model._default_manager.order_by("-pk")[0]
        for pattern in viewset.get_urlpatterns():
            args = [row.pk] if "pk" in pattern.pattern.converters else []
            found = outcome(client.get(reverse(viewset.get_url_name(pattern.name), args=args)))
            if (found == "gets it") is not (actor in who[KINDS[pattern.name]]):
                wrong[f"{label} {pattern.name}"] = found
    assert wrong == {}

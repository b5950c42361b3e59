"""Making an edition, and saying who works on it, as people do that on the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import User
from home.desk.krant.cards import krant_card
from home.krant.redactie import group_name
from home.models import Editie, EditiePage, Redactielid
from tests.desk import account, allow_unknown_variables, browser, html
from tests.home.krant.editions import days, member_of, new_article, new_edition, new_kopij, send_in, wijken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def editor(db: None) -> Client:
    return browser(account("redacteur"))


def filled_in(**values: Any) -> dict[str, Any]:
    return {
        "wijk": wijken()[0].pk,
        "seizoen": "winter",
        "jaar": 2027,
        "kopij_tot": days(20),
        "bezorgd_van": days(50),
        "bezorgd_tot": days(55),
        "paginas": 12,
        "oplage": "",
        **values,
    }


def test_a_new_edition_comes_with_its_page_and_opens_its_board(editor: Client) -> None:
    values = filled_in()
    answer = editor.post(reverse("edities:add"), values)
    editie = Editie.objects.get(wijk=values["wijk"], seizoen="winter", jaar=2027)
    assert answer.headers["Location"] == reverse("krant_board", args=[editie.pk])
    page = EditiePage.objects.get(editie=editie)
    assert (page.title, page.slug, page.live) == ("Winter 2027", "winter-2027", False)
    assert page.get_parent().slug == "wijkkrant"
    assert editor.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"bezorgd_van": days(20)}, "Bezorgen begint na de laatste dag voor kopij."),
        ({"bezorgd_tot": days(49)}, "De laatste dag van bezorgen is niet eerder dan de eerste."),
        ({"paginas": 10}, "Een gevouwen vel heeft vier bladzijden."),
        ({"jaar": 1899}, "2000"),
        ({"kopij_tot": "onzin"}, "geldige datum"),
    ],
)
def test_what_cannot_be_is_said(values: dict[str, Any], said: str, editor: Client) -> None:
    answer = editor.post(reverse("edities:add"), filled_in(**values))
    assert said in html(answer)
    assert not Editie.objects.filter(seizoen="winter", jaar=2027).exists()


def test_a_season_is_there_once(editor: Client) -> None:
    values = filled_in()
    editor.post(reverse("edities:add"), values)
    assert "Deze wijk heeft al een editie van dit seizoen." in html(
        editor.post(reverse("edities:add"), values)
    )


def test_the_wijk_and_the_state_are_not_changed_by_hand(editor: Client) -> None:
    editie = new_edition()
    other = wijken()[0]
    address = reverse("edities:edit", args=[editie.pk])
    assert "staat" not in editor.get(address).context["form"].fields
    editor.post(address, filled_in(wijk=other.pk, seizoen="voorjaar", staat="uit", paginas=16))
    before, (editie,) = editie, Editie.objects.filter(pk=editie.pk)
    assert (editie.wijk, editie.seizoen, editie.staat) == (before.wijk, before.seizoen, Editie.Staat.KOPIJ)
    assert editie.paginas == 16


def test_an_edition_with_pages_is_not_deleted(db: None) -> None:
    editie = new_edition()
    answer = browser(account("eindredacteur")).post(reverse("edities:delete", args=[editie.pk]))
    assert answer.status_code == 409
    assert Editie.objects.filter(pk=editie.pk).exists()


def test_a_beheerder_adds_somebody_to_a_redactie(db: None) -> None:
    client, wijk = browser(account("beheerder")), wijken()[0]
    user = User.objects.create_user("nieuw", "nieuw@example.nl")
    add = reverse("redactieleden:add")
    assert "krijgt de rol Krantredactie" in html(client.get(add))
    client.post(add, {"user": user.pk, "wijk": wijk.pk})
    assert set(user.groups.values_list("name", flat=True)) == {"Krantredactie", group_name(wijk)}
    assert "zit al in de redactie" in html(client.post(add, {"user": user.pk, "wijk": wijk.pk}))
    row = Redactielid.objects.get(user=user)
    client.post(reverse("redactieleden:delete", args=[row.pk]))
    assert not user.groups.exists()
    assert Group.objects.filter(name=group_name(wijk)).exists()


# --- the first screen ------------------------------------------------------------------------------


def test_the_first_screen_says_what_to_do(db: None) -> None:
    editie = new_edition(kopij_tot=days(2))
    member = member_of(editie.wijk)
    article = new_article(editie, "Een stuk dat terugkwam")
    send_in(article, member)
    mine, eind = browser(member), browser(account("eindredacteur"))
    home = reverse("wagtailadmin_home")
    shown = html(mine.get(home))
    assert "Kopij insturen kan nog 2 dagen" in shown
    assert f"{editie}: Ingestuurd voor eindredactie" not in shown
    assert f"{editie}: Ingestuurd voor eindredactie" in html(eind.get(home))
    task = article.current_workflow_state.current_task_state.pk
    eind.post(
        reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "reject", task]),
        {"comment": "Graag korter."},
    )
    assert "Graag korter." in html(mine.get(home))
    assert f"{editie}: Ingestuurd" not in html(eind.get(home))


def test_more_editions_and_articles_ask_no_more_queries(db: None) -> None:
    """Those of the card only: Wagtail's own panels ask more for each page that waits."""
    user, request = User.objects.get(pk=account("eindredacteur").pk), RequestFactory().get("/admin/")
    request.user = user

    def asked() -> int:
        request.user = User.objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as queries:
            assert krant_card(request)
        return len(queries)

    first = new_edition(kopij_tot=days(2))
    send_in(new_article(first), user)
    new_kopij(first)
    before = asked()
    for wijk in (first.wijk, first.wijk, *wijken()[:2]):
        editie = new_edition(wijk, jaar=2030 + Editie.objects.count(), kopij_tot=days(2))
        new_kopij(editie)
        for number in range(3):
            send_in(new_article(editie, f"Stuk {number}"), user)
    assert asked() == before


def test_whoever_works_on_no_krant_hears_nothing_of_it(db: None) -> None:
    new_edition(kopij_tot=days(2))
    for role in ("partner", "vertaler", "krantredactie"):
        assert "Kopij insturen kan nog" not in html(browser(account(role)).get(reverse("wagtailadmin_home")))

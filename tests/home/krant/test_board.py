"""The board of the redactie: what it shows, in which order, and which buttons it has."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from core.models import User
from home.krant.board import Stand, board_of, move_article
from home.krant.dates import delivery_moment, kopij_moment
from home.krant.lengths import in_quarters, in_words
from home.models import ArtikelPage, Editie, Editiestap, Rubriek
from tests.desk import account, allow_unknown_variables, browser, html
from tests.home.krant.editions import (
    days,
    member_of,
    new_article,
    new_edition,
    new_kopij,
    page_of,
    send_in,
    wijken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def editie(db: None) -> Editie:
    return new_edition()


@pytest.fixture
def member(editie: Editie) -> User:
    return member_of(editie.wijk)


def board_address(editie: Editie) -> str:
    return reverse("krant_board", args=[editie.pk])


def titles(editie: Editie) -> list[str]:
    return [row.article.title for row in board_of(editie).rows]


def reject(article: ArtikelPage, comment: str) -> None:
    state = article.current_workflow_state
    browser(account("eindredacteur", name=f"eind-{article.pk}")).post(
        reverse(
            "wagtailadmin_pages:workflow_action", args=[article.pk, "reject", state.current_task_state.pk]
        ),
        {"comment": comment},
    )


def approve(article: ArtikelPage, by: Client) -> None:
    state = article.current_workflow_state
    by.post(
        reverse(
            "wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.current_task_state.pk]
        ),
        {"comment": ""},
    )


def test_each_article_stands_where_it_is(editie: Editie, member: User) -> None:
    for title in ("Concept", "Ingestuurd", "Terug", "Klaar", "Weer open"):
        new_article(editie, title)
    articles = {article.title: article for article in ArtikelPage.objects.child_of(page_of(editie))}
    for title in ("Ingestuurd", "Terug", "Klaar", "Weer open"):
        send_in(articles[title], member)
    reject(articles["Terug"], "Graag korter.")
    eind = browser(account("eindredacteur"))
    approve(articles["Klaar"], eind)
    approve(articles["Weer open"], eind)
    again = ArtikelPage.objects.get(pk=articles["Weer open"].pk)
    again.title = "Weer open, anders"
    again.save_revision(user=member)
    rows = {row.article.title: row for row in board_of(editie).rows}
    assert {title: row.stand for title, row in rows.items()} == {
        "Concept": Stand.CONCEPT,
        "Ingestuurd": Stand.INGESTUURD,
        "Terug": Stand.TERUG,
        "Klaar": Stand.KLAAR,
        "Weer open, anders": Stand.CONCEPT,
    }
    assert rows["Terug"].remark == "Graag korter."
    assert rows["Weer open, anders"].has_older_version
    assert rows["Weer open, anders"].by == member
    assert not rows["Klaar"].has_older_version
    shown = html(browser(member).get(board_address(editie)))
    for text in (*rows, "Graag korter.", "Terug met opmerkingen", "Een eerdere versie is al goedgekeurd."):
        assert text in shown


def test_an_empty_board_says_what_to_do(editie: Editie, member: User) -> None:
    shown = html(browser(member).get(board_address(editie)))
    assert "Er zijn nog geen artikelen." in shown
    assert "Nieuw artikel schrijven" in shown


def test_an_edition_without_page_gets_one(editie: Editie, member: User) -> None:
    page_of(editie).delete()
    client = browser(member)
    assert "Maak de pagina" in html(client.get(board_address(editie)))
    client.post(reverse("krant_pages", args=[editie.pk]))
    client.post(reverse("krant_pages", args=[editie.pk]))
    assert not page_of(editie).live


def test_the_room_on_paper_counts_what_is_printed(editie: Editie, member: User) -> None:
    new_article(editie, "Lang", signs=9000)
    before = board_of(editie)
    assert 0 < before.left < editie.paginas
    new_article(editie, "Alleen op de site", signs=30000, in_druk=False)
    assert board_of(editie).used == before.used
    assert f"Er is nog {in_words(before.left)} over." in html(browser(member).get(board_address(editie)))
    new_article(editie, "Nog langer", signs=40000)
    after = board_of(editie)
    shown = html(browser(member).get(board_address(editie)))
    assert f"Er is {in_words(-after.left)} te veel." in shown
    assert f'max="8" value="{after.used:.2f}"' in shown


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "1/4"), (0.2, "1/4"), (0.5, "1/2"), (0.8, "3/4"), (1.0, "1"), (2.4, "2 1/2"), (7.95, "8")],
)
def test_pages_are_said_in_quarters(share: float, words: str) -> None:
    assert in_quarters(share) == words


def test_a_longer_article_takes_more_room(editie: Editie) -> None:
    new_article(editie, signs=600)
    new_article(editie, "Lang", signs=6000)
    short, long = board_of(editie).rows
    assert (short.signs, long.signs) == (599, 5999)
    assert short.share < long.share / 2


# --- order -----------------------------------------------------------------------------------------


def test_an_article_moves_one_place_and_the_ends_stay(editie: Editie, member: User) -> None:
    for title in ("A", "B", "C"):
        new_article(editie, title)
    client = browser(member)

    def press(title: str, naar: str) -> list[str]:
        article = ArtikelPage.objects.child_of(page_of(editie)).get(title=title)
        response = client.post(reverse("krant_order", args=[editie.pk, article.pk]), {"naar": naar})
        assert response.headers["Location"] == f"{board_address(editie)}#artikel-{article.pk}"
        return titles(editie)

    assert press("C", "eerder") == ["A", "C", "B"]
    assert press("A", "later") == ["C", "A", "B"]
    assert press("C", "eerder") == ["C", "A", "B"]
    assert press("B", "later") == ["C", "A", "B"]
    assert press("B", "eerder") == ["C", "B", "A"]
    assert PageLogEntry.objects.filter(action="wagtail.reorder", user=member).count() == 3
    assert "staat nu op plaats 2" in html(client.get(board_address(editie)))


def test_moving_does_not_touch_what_was_written(editie: Editie, member: User) -> None:
    first, second = new_article(editie, "A"), new_article(editie, "B")
    send_in(second, member)
    move_article(article=ArtikelPage.objects.get(pk=second.pk), is_up=True, by=member)
    rows = board_of(editie).rows
    assert [row.article.pk for row in rows] == [second.pk, first.pk]
    assert rows[0].stand is Stand.INGESTUURD


def test_an_article_of_another_edition_does_not_move(editie: Editie, member: User) -> None:
    other = new_edition(wijken()[0])
    theirs = new_article(other)
    response = browser(member).post(reverse("krant_order", args=[editie.pk, theirs.pk]), {"naar": "eerder"})
    assert response.status_code in (302, 404)
    assert "#artikel" not in response.headers.get("Location", "")


def test_what_is_out_keeps_its_order(editie: Editie, member: User) -> None:
    first = new_article(editie, "A")
    new_article(editie, "B")
    Editie.objects.filter(pk=editie.pk).update(staat=Editie.Staat.UIT)
    browser(member).post(reverse("krant_order", args=[editie.pk, first.pk]), {"naar": "later"})
    assert titles(editie) == ["A", "B"]
    shown = html(browser(member).get(board_address(editie)))
    assert "Nieuw artikel schrijven" not in shown
    assert "Later in de krant" not in shown


# --- writing ---------------------------------------------------------------------------------------


def test_a_new_article_starts_with_the_rubriek_that_was_chosen(editie: Editie, member: User) -> None:
    client = browser(member)
    add = reverse("wagtailadmin_pages:add", args=["home", "artikelpage", page_of(editie).pk])
    assert f'action="{add}"' in html(client.get(board_address(editie)))
    form = client.get(add, {"rubriek": Rubriek.JEUGD}).context["form"]
    assert form["rubriek"].value() == Rubriek.JEUGD
    assert not client.get(add, {"rubriek": "onzin"}).context["form"]["rubriek"].value()


# --- steps -----------------------------------------------------------------------------------------


def take(client: Client, editie: Editie, naar: str, **values: str) -> Any:
    return client.post(reverse("krant_step", args=[editie.pk, naar]), values)


def test_the_redactie_goes_on_and_back_with_a_reason(editie: Editie, member: User) -> None:
    client = browser(member)
    assert take(client, editie, "redactie").status_code == 302
    refused = take(client, editie, "kopij")
    assert refused.status_code == 422
    assert take(client, editie, "kopij", reden="De scholen zijn nog niet klaar.").status_code == 302
    editie.refresh_from_db()
    assert editie.staat == Editie.Staat.KOPIJ
    steps = Editiestap.objects.filter(editie=editie).values_list("van", "naar", "door", "reden")
    assert list(steps) == [
        ("kopij", "redactie", member.pk, ""),
        ("redactie", "kopij", member.pk, "De scholen zijn nog niet klaar."),
    ]
    boss = browser(account("redacteur"))
    assert "De scholen zijn nog niet klaar." in html(boss.get(reverse("edities:inspect", args=[editie.pk])))


def test_a_step_that_cannot_be_says_so_and_does_nothing(editie: Editie, member: User) -> None:
    client = browser(member)
    for naar in ("opmaak", "uit", "kopij", "onzin"):
        assert take(client, editie, naar, reden="Zomaar").status_code == 302
        assert "Deze stap kan nu niet." in html(client.get(board_address(editie)))
    editie.refresh_from_db()
    assert editie.staat == Editie.Staat.KOPIJ


def test_bringing_out_is_for_whoever_may_publish(editie: Editie, member: User) -> None:
    Editie.objects.filter(pk=editie.pk).update(staat=Editie.Staat.OPMAAK)
    shown = html(browser(member).get(board_address(editie)))
    assert "De krant op papier is nog niet definitief gemaakt." in shown
    assert take(browser(member), editie, "uit").headers["Location"] == reverse("wagtailadmin_home")
    refused = take(browser(account("eindredacteur")), editie, "uit")
    assert "De pagina van deze editie staat nog niet op de site." in html(refused)
    assert not Editiestap.objects.filter(editie=editie).exists()


def test_kopij_that_waits_is_on_the_board(editie: Editie, member: User) -> None:
    assert "wacht op een antwoord" not in html(browser(member).get(board_address(editie)))
    new_kopij(editie)
    assert "1 inzending wacht op een antwoord." in html(browser(member).get(board_address(editie)))


# --- days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "said", "late", "near"),
    [
        (20, "nog 20 dagen", False, False),
        (7, "nog 7 dagen", False, True),
        (1, "nog 1 dag:", False, True),
        (0, "Vandaag is de laatste dag", False, True),
        (-1, "gisteren", True, False),
        (-3, "3 dagen geleden", True, False),
    ],
)
def test_what_the_deadline_means_today(left: int, said: str, late: bool, near: bool, editie: Editie) -> None:
    moment = kopij_moment(editie, on=editie.kopij_tot - timedelta(days=left))
    assert said in moment.sentence
    assert (moment.is_late, moment.is_near) == (late, near)


@pytest.mark.parametrize(
    ("left", "said", "late"),
    [(30, "over 30 dagen", False), (1, "morgen", False), (0, "vandaag", True), (-1, "gisteren", True)],
)
def test_what_delivery_means_today(left: int, said: str, late: bool, editie: Editie) -> None:
    moment = delivery_moment(editie, on=editie.bezorgd_van - timedelta(days=left))
    assert said in moment.sentence
    assert moment.is_late is late


def test_closed_kopij_is_not_late(editie: Editie) -> None:
    editie.staat = Editie.Staat.REDACTIE
    moment = kopij_moment(editie, on=editie.kopij_tot + timedelta(days=30))
    assert not moment.is_late
    assert "kan niet meer" in moment.sentence


# --- which editions --------------------------------------------------------------------------------


def test_one_edition_opens_at_once_and_several_are_a_list(editie: Editie, member: User) -> None:
    client = browser(member)
    assert client.get(reverse("krant_desk")).headers["Location"] == board_address(editie)
    second = new_edition(
        editie.wijk, seizoen=Editie.Seizoen.WINTER, bezorgd_van=days(90), bezorgd_tot=days(91)
    )
    shown = html(client.get(reverse("krant_desk")))
    assert board_address(editie) in shown
    assert board_address(second) in shown
    assert "Velsen-Noord" not in shown


def test_without_an_edition_it_says_who_makes_one(db: None) -> None:
    shown = html(browser(member_of(wijken()[0])).get(reverse("krant_desk")))
    assert "Er is nu geen editie in de maak." in shown
    shown = html(browser(account("redacteur")).get(reverse("krant_desk")))
    assert "Nieuwe editie" in shown

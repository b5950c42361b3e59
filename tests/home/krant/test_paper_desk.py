"""The paper at the desk: asking, looking, choosing fillers and making it final, for whoever may."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import User
from home.krant import printing
from home.krant.druk import Kind, Remark
from home.models import ArtikelPage, Drukgang, Drukwerk, Editie, Fout, Proefdruk
from tests.desk import account, allow_unknown_variables, browser, is_absent
from tests.home import papers
from tests.home.krant.editions import made_proof, member_of, new_article, page_of, ready_edition
from tests.participatie.desk import plain_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def editie(db: None) -> Editie:
    return ready_edition()


@pytest.fixture
def member(editie: Editie) -> Client:
    return browser(member_of(editie.wijk))


@pytest.fixture
def publisher(db: None) -> Client:
    return browser(account("eindredacteur"))


def paper(editie: Editie) -> str:
    return reverse("krant_paper", args=[editie.pk])


def test_a_volunteer_asks_for_a_proof_and_hears_how_far_it_is(member: Client, editie: Editie) -> None:
    text = plain_text(member.get(paper(editie)))
    assert "8 bladzijden" in text
    assert "Voordat de krant definitief kan: Maak eerst een proefdruk" in text
    assert member.post(paper(editie), {"taal": "nl", "formaat": "a3"}).status_code == 302
    row = Proefdruk.objects.get(editie=editie)
    assert (row.taal, row.formaat, row.is_running) == ("nl", "a3", True)
    assert "Kijk of hij klaar is" in plain_text(member.get(paper(editie)))
    state = member.get(reverse("krant_paper_state", args=[editie.pk]))
    assert state.json() == {
        "bezig": True,
        "woorden": "De proefdruk wordt gemaakt.",
        "gedaan": 0,
        "totaal": 0,
    }
    Proefdruk.objects.update(fout=Fout.GEEN_PRINTER)
    assert member.get(reverse("krant_paper_state", args=[editie.pk])).json() == {"bezig": False}
    assert "Deze server kan geen PDF’s maken." in plain_text(member.get(paper(editie)))


@pytest.mark.parametrize("asked", [{}, {"taal": "xx", "formaat": "a4"}, {"taal": "nl", "formaat": "a5"}])
def test_what_is_not_there_cannot_be_asked_for(asked: dict[str, str], member: Client, editie: Editie) -> None:
    assert member.post(paper(editie), asked).status_code == 422
    assert not Proefdruk.objects.filter(editie=editie).exists()


def test_a_stalled_proof_can_be_asked_again(member: Client, editie: Editie) -> None:
    made_proof(editie, klaar_op=None, bijgewerkt_op=timezone.now() - 2 * Proefdruk.STALLED_AFTER, inhoud=None)
    text = plain_text(member.get(paper(editie)))
    assert "Het maken is gestopt. Vraag de proefdruk opnieuw." in text
    assert "Kijk of hij klaar is" not in text


def test_what_to_look_at_is_told_by_article(member: Client, editie: Editie) -> None:
    article = ArtikelPage.objects.child_of(page_of(editie))[0]
    key = str(article.translation_key)
    row = made_proof(
        editie,
        Remark(Kind.PICTURE_TOO_COARSE, key, (80, 200)),
        Remark(Kind.PICTURE_WITHOUT_TEXT, key),
        Remark(Kind.WHITE, "", (3, 60)),
    )
    address = reverse("krant_proof", args=[editie.pk, row.pk])
    response = member.get(address)
    text = plain_text(response)
    whole, own = text.index("Over de hele krant"), text.index("De bakker fluit")
    assert (
        whole < text.index("Op bladzijde 3 blijft 60 mm wit.") < own < text.index("80 beeldpunten per inch")
    )
    assert "Er zijn 2 bladzijden over." in text
    assert "De site koos zelf: Kleur de straat." in text
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in response.text
    assert "Gewijzigd na deze proefdruk" not in text
    article.save_revision()
    assert "Gewijzigd na deze proefdruk: “De bakker fluit” is gewijzigd." in plain_text(member.get(address))
    article.delete()
    assert "De bakker fluit" in plain_text(member.get(address))


def test_the_files_stay_between_whoever_makes_the_krant(member: Client, editie: Editie) -> None:
    row, druk = made_proof(editie), papers.printed(editie)
    proof = member.get(reverse("krant_proof_file", args=[editie.pk, row.pk]))
    final = member.get(reverse("krant_print_file", args=[editie.pk, druk.pk]))
    assert proof.content == b"%PDF"
    assert final.content == papers.PDF
    for response, how in ((proof, "inline"), (final, "attachment")):
        assert response.headers["Content-Disposition"].startswith(how)
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"
    busy = made_proof(editie, klaar_op=None, inhoud=None)
    assert is_absent(member.get(reverse("krant_proof_file", args=[editie.pk, busy.pk])))
    # Nor is that of another edition to be had through this one.
    other = papers.published().editie
    assert is_absent(member.get(reverse("krant_print_file", args=[editie.pk, papers.printed(other).pk])))


def test_fillers_are_chosen_and_put_in_order(member: Client, editie: Editie) -> None:
    address = reverse("krant_fillers", args=[editie.pk])
    assert "Kleur de straat" in plain_text(member.get(address))
    response = member.post(address, {"sudoku": "1", "kleurplaat": "1"})
    assert response.status_code == 422
    assert "Op deze plaats staat al" in plain_text(response)
    assert member.post(address, {"sudoku": "2", "kleurplaat": "1"}).status_code == 302
    assert Editie.objects.get(pk=editie.pk).vullingen == ["kleurplaat", "sudoku"]
    assert "Kleur de straat, Sudoku" in plain_text(member.get(paper(editie)))
    papers.bring_out(editie)
    assert "De editie is uit." in plain_text(member.get(address))
    assert member.post(address, {"sudoku": "1"}).status_code == 422


@pytest.mark.parametrize("role", ["redacteur", "eindredacteur", "beheerder", "redactielid"])
def test_only_who_may_publish_makes_it_final(role: str, editie: Editie) -> None:
    made_proof(editie)
    user = member_of(editie.wijk) if role == "redactielid" else account(role)
    client, may = browser(user), role in ("eindredacteur", "beheerder")
    assert ("Maak de krant definitief" in plain_text(client.get(paper(editie)))) is may
    client.post(paper(editie), {"definitief": "1", "bekeken": "on"})
    assert Drukgang.objects.filter(editie=editie).exists() is may


def test_it_is_made_final_once_somebody_looked(publisher: Client, editie: Editie) -> None:
    response = publisher.post(paper(editie), {"definitief": "1", "bekeken": "on"})
    assert response.status_code == 422
    assert "Maak eerst een proefdruk" in plain_text(response)
    made_proof(editie)
    response = publisher.post(paper(editie), {"definitief": "1"})
    assert response.status_code == 422
    assert "Bekijk de proefdruk eerst" in plain_text(response)
    assert publisher.post(paper(editie), {"definitief": "1", "bekeken": "on"}).status_code == 302
    Drukgang.objects.update(gedaan=1)
    assert "1 van 3 bestanden is gemaakt." in plain_text(publisher.get(paper(editie))) or (
        "1 van 3 bestanden zijn gemaakt." in plain_text(publisher.get(paper(editie)))
    )
    Drukgang.objects.update(fout=Fout.GEWIJZIGD)
    text = plain_text(publisher.get(paper(editie)))
    assert "Definitief maken is niet gelukt." in text
    assert "Er is niets vastgelegd." in text


def test_the_final_files_can_be_fetched_and_say_what_changed_since(publisher: Client, editie: Editie) -> None:
    made_proof(editie)
    first, newest = papers.printed(editie), papers.printed(editie, nummer=2)
    text = plain_text(publisher.get(paper(editie)))
    assert newest.vingerafdruk in text
    assert "(druk 2)" in text
    assert "Druk 1: A4" in text
    assert reverse("krant_print_file", args=[editie.pk, first.pk]) in publisher.get(paper(editie)).text
    assert "Maak de krant opnieuw definitief" in text
    assert "omslaan over de korte kant" in text
    new_article(editie, "Toch nog")
    board = plain_text(publisher.get(reverse("krant_board", args=[editie.pk])))
    for told in (plain_text(publisher.get(paper(editie))), board):
        assert "Gewijzigd na de druk: " in told
        assert "“Toch nog” is erbij gekomen." in told or "En nog" in told
    papers.bring_out(editie)
    assert "Op papier staat nog wat er stond." in plain_text(publisher.get(paper(editie)))


def test_an_edition_without_paper_says_so(publisher: Client) -> None:
    editie = papers.published().editie
    assert not Drukwerk.objects.filter(editie=editie).exists()
    assert "De krant op papier is er nog niet." in plain_text(publisher.get(paper(editie)))


def test_the_board_and_the_register_lead_to_it(publisher: Client, editie: Editie) -> None:
    for address in ("krant_board", "edities:inspect"):
        assert paper(editie) in publisher.get(reverse(address, args=[editie.pk])).text
    reader: User = account("partner")
    assert paper(editie) not in browser(reader).get(reverse("edities:inspect", args=[editie.pk])).text


def test_without_pages_there_is_nothing_to_print(publisher: Client, editie: Editie) -> None:
    ArtikelPage.objects.child_of(page_of(editie)).delete()
    response = publisher.post(paper(editie), {"taal": "nl", "formaat": "a4"})
    assert response.status_code == 422
    assert "Er is nog geen artikel voor op papier." in plain_text(response)
    assert printing.what_stops_final(editie) == ["Er is nog geen artikel voor op papier."]

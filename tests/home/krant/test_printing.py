"""Proofs and the final files: made by the worker, only of what was looked at, and never changed again."""

import logging
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.append_only import AppendOnlyError
from core.models import User
from core.pdf import PdfError, PdfNotAvailable
from home.krant import druk, printing, retention
from home.krant.druk import Kind, Remark
from home.krant.fillers import KINDS, choose_fillers, fillers
from home.krant.remark_words import WORDS, sentence, stored, unstored
from home.krant.versions import changes, in_one_line, versions_of
from home.models import ArtikelPage, Drukgang, Drukwerk, Editie, Formaat, Fout, Proefdruk
from tests.desk import account
from tests.home import papers
from tests.home.krant.editions import made_proof, new_article, new_edition, page_of, ready_edition, wijken
from tests.own_database import at_once
from tests.pdfs import Pdf, needs_pango

SECRET = "Een geheim van de redactie"
type Ask = Callable[..., Any]


@pytest.fixture
def by(db: None) -> User:
    return account("eindredacteur")


@pytest.fixture
def editie(db: None) -> Editie:
    return ready_edition()


@pytest.fixture
def proof(django_capture_on_commit_callbacks: Any, by: User) -> Ask:
    """Asks for a proof and lets the worker do what it got to do."""

    def ask(editie: Editie, taal: str = "nl", formaat: str = Formaat.A4) -> Proefdruk:
        with django_capture_on_commit_callbacks(execute=True):
            row = printing.ask_for_proof(editie=editie, taal=taal, formaat=formaat, by=by)
        row.refresh_from_db()
        return row

    return ask


@pytest.fixture
def final(django_capture_on_commit_callbacks: Any, by: User) -> Ask:
    def ask(editie: Editie) -> Drukgang:
        with django_capture_on_commit_callbacks(execute=True):
            run = printing.make_final(editie=editie, by=by)
        run.refresh_from_db()
        return run

    return ask


def stop(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise error

    monkeypatch.setattr(druk, "make", fail)


@needs_pango()
def test_a_proof_shows_what_is_written_and_says_what_to_look_at(editie: Editie, proof: Ask) -> None:
    empty = new_article(editie, "Nog niets", signs=0)
    row = proof(editie)
    assert (row.klaar_op is not None, row.fout) == (True, "")
    paper = Pdf(bytes(row.inhoud))
    assert len(paper) == row.paginas
    assert row.paginas % 4 == 0
    assert "De bakker fluit" in " ".join(paper.text(number) for number in range(len(paper)))
    remarks = [unstored(one) for one in row.waarschuwingen]
    assert Remark(Kind.ARTICLE_EMPTY, str(empty.translation_key)) in remarks
    assert set(row.plekken) == {key for key, _revision, _title in row.versies["artikelen"]}


@needs_pango()
@pytest.mark.parametrize("formaat", [Formaat.A4_SNIJ, Formaat.A3])
def test_a_proof_comes_for_a_press_and_to_fold(editie: Editie, proof: Ask, formaat: str) -> None:
    row = proof(editie, formaat=formaat)
    paper = Pdf(bytes(row.inhoud))
    page = paper.file.pages[0]
    width = float(page.mediabox[2]) - float(page.mediabox[0])
    assert width > {Formaat.A4_SNIJ: 600, Formaat.A3: 1180}[Formaat(formaat)]


@needs_pango()
def test_the_final_files_come_together_and_are_the_same_when_made_again(
    editie: Editie, proof: Ask, final: Ask, by: User
) -> None:
    proof(editie)
    run = final(editie)
    assert (run.fout, run.gedaan, run.totaal) == ("", 3, 3)
    rows = list(Drukwerk.objects.filter(editie=editie))
    assert {(row.taal, row.formaat, row.nummer) for row in rows} == {
        ("nl", formaat, 1) for formaat in Formaat.values
    }
    assert all(row.vingerafdruk == sha256(bytes(row.inhoud)).hexdigest() and row.door == by for row in rows)
    by_format = {row.formaat: bytes(row.inhoud) for row in rows}
    assert bytes(Proefdruk.objects.get(editie=editie).inhoud or b"") == by_format[Formaat.A4]
    assert final(editie).klaar_op
    again = Drukwerk.objects.filter(editie=editie).current()
    assert {row.nummer for row in again} == {2}
    assert {(row.formaat, row.vingerafdruk) for row in again} == {
        (row.formaat, row.vingerafdruk) for row in rows
    }
    with pytest.raises(AppendOnlyError):
        rows[0].save()


@needs_pango()
def test_the_demo_has_its_paper_in_every_language_that_is_whole(db: None) -> None:
    editie = papers.published().editie
    printing.freeze(editie)
    rows = list(Drukwerk.objects.filter(editie=editie))
    assert {(row.taal, row.formaat) for row in rows} == {
        *(("nl", formaat) for formaat in Formaat.values),
        *((taal, "a4") for taal in printing.whole_languages(editie)),
    }
    printing.freeze(editie)
    assert Drukwerk.objects.filter(editie=editie).count() == len(rows)


def test_only_what_can_be_read_whole_is_printed_in_another_language(db: None) -> None:
    editie = papers.published().editie
    assert printing.whole_languages(editie) == ["en"]
    article = ArtikelPage.objects.filter(locale__language_code="en", in_druk=True)[0]
    article.unpublish()
    assert printing.whole_languages(editie) == []
    assert printing.whole_languages(new_edition(wijken()[0])) == []


def test_what_stops_a_final_paper_is_said_and_solved(by: User) -> None:
    editie = new_edition(wijken()[0])
    assert printing.what_stops_final(editie) == ["Er is nog geen artikel voor op papier."]
    article = new_article(editie)
    assert printing.what_stops_final(editie) == [
        "Zet de editie eerst op “opmaak”.",
        "De pagina van de editie is nog niet gepubliceerd.",
        "1 artikel is nog niet gepubliceerd zoals het nu is.",
        "Maak eerst een proefdruk van de krant zoals hij nu is, en bekijk hem.",
    ]
    with pytest.raises(ValidationError):
        printing.make_final(editie=editie, by=by)
    editie.staat = Editie.Staat.OPMAAK
    editie.save()
    page_of(editie).save_revision().publish()
    article.get_latest_revision().publish()
    made_proof(editie, Remark(Kind.EDITION_LONG, "", (12, 8)), Remark(Kind.TITLE_LONG, "", (100,)))
    [stopped] = printing.what_stops_final(editie)
    assert stopped.startswith("Aantal bladzijden: 12. Het doel is 8.")
    made_proof(editie)
    assert printing.what_stops_final(editie) == []
    # Whoever goes on writing has not looked at that.
    ArtikelPage.objects.get(pk=article.pk).save_revision()
    assert len(printing.what_stops_final(editie)) == 2
    papers.bring_out(editie)
    assert printing.what_stops_final(editie) == ["De editie is uit. Wat gedrukt is, blijft zoals het is."]


def test_the_paper_knows_what_changed_after_it_was_printed(editie: Editie, by: User) -> None:
    assert printing.print_notes(editie) == ""
    papers.printed(editie)
    first = versions_of(editie)
    row = Drukwerk(
        editie=editie,
        taal="nl",
        formaat="a4",
        nummer=2,
        paginas=4,
        vingerafdruk="0" * 64,
        inhoud=b"%PDF",
        versies=first,
    )
    row.save()
    assert printing.print_notes(editie) == ""
    one, other = ArtikelPage.objects.child_of(page_of(editie)).order_by("path")
    one.save_revision()
    other.move(one, pos="left")
    new_article(editie, "Nieuw")
    choose_fillers(editie=editie, keys=["sudoku"])
    editie = Editie.objects.get(pk=editie.pk)
    editie.oplage = 12
    editie.save()
    page_of(editie).save_revision()
    assert list(changes(first, versions_of(editie))) == [
        "“De bakker fluit” is gewijzigd.",
        "“Nieuw” is erbij gekomen.",
        "De volgorde van de artikelen is anders.",
        "De pagina van de editie is gewijzigd.",
        "Er zijn andere vullingen gekozen.",
        "De data, de oplage of het aantal bladzijden zijn gewijzigd.",
    ]
    assert printing.print_notes(editie).endswith("En nog 3 wijzigingen.")
    one.delete()
    assert "“De bakker fluit” staat er niet meer in." in changes(first, versions_of(editie))
    assert in_one_line(["Een."]) == "Een."


@pytest.mark.parametrize(
    ("error", "fout"),
    [
        (PdfNotAvailable("x"), Fout.GEEN_PRINTER),
        (PdfError("x"), Fout.ONLEESBAAR),
        (OSError(SECRET), Fout.ONBEKEND),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_no_word_of_it_is_in_the_log(
    error: Exception,
    fout: Fout,
    editie: Editie,
    proof: Ask,
    final: Ask,
    by: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    made_proof(editie)
    stop(monkeypatch, error)
    with caplog.at_level(logging.DEBUG):
        row, run = proof(editie), final(editie)
    assert (row.fout, row.klaar_op, run.fout) == (fout, None, fout)
    assert SECRET not in caplog.text
    assert not Drukwerk.objects.filter(editie=editie).exists()
    # It can be asked again.
    assert proof(editie).pk != row.pk
    assert final(editie).pk != run.pk


def test_what_was_changed_while_it_was_made_is_not_made_final(
    editie: Editie, final: Ask, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_proof(editie)

    def meanwhile(*_args: Any) -> list[Any]:
        page_of(editie).save_revision().publish()
        return []

    monkeypatch.setattr(printing, "_print_all", meanwhile)
    assert final(editie).fout == Fout.GEWIJZIGD
    assert not Drukwerk.objects.filter(editie=editie).exists()


def test_a_worker_that_is_gone_is_not_waited_for(editie: Editie, by: User) -> None:
    made_proof(editie)
    first = printing.ask_for_proof(editie=editie, taal="nl", formaat="a4", by=by)
    run = printing.make_final(editie=editie, by=by)
    # Nobody took it up yet: asked again it is the same.
    assert printing.ask_for_proof(editie=editie, taal="nl", formaat="a4", by=by) == first
    assert printing.make_final(editie=editie, by=by) == run
    long_ago = timezone.now() - Drukgang.STALLED_AFTER - timedelta(seconds=1)
    for model in (Proefdruk, Drukgang):
        model.objects.update(bijgewerkt_op=long_ago)
    assert printing.ask_for_proof(editie=editie, taal="nl", formaat="a4", by=by) != first
    assert printing.make_final(editie=editie, by=by) != run
    first.refresh_from_db()
    run.refresh_from_db()
    assert (first.fout, run.fout) == (Fout.GESTOPT, Fout.GESTOPT)
    # When the first comes back to life after all, it makes nothing any more.
    printing.make_proof.func(first.pk)
    printing.make_final_files.func(run.pk)
    assert Proefdruk.objects.get(pk=first.pk).klaar_op is None
    assert not Drukwerk.objects.filter(editie=editie).exists()


def test_a_late_worker_stores_nothing_beside_the_one_that_took_over(
    editie: Editie, final: Ask, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_proof(editie)
    stored_rows = []

    def taken_over(*_args: Any) -> list[Any]:
        Drukgang.objects.update(fout=Fout.GESTOPT)
        return []

    monkeypatch.setattr(printing, "_print_all", taken_over)
    monkeypatch.setattr(printing, "_store", lambda *_args, **_options: stored_rows.append(1))
    assert final(editie).klaar_op is None
    assert stored_rows == []


def test_asked_twice_at_once_it_is_made_once(database_to_lose: None) -> None:
    by = account("eindredacteur")
    editie = ready_edition()
    made_proof(editie)
    asks = [lambda: printing.ask_for_proof(editie=editie, taal="nl", formaat="a3", by=by)] * 3
    found = at_once(*asks, *[lambda: printing.make_final(editie=editie, by=by)] * 3)
    assert len({row.pk for row in found[:3]}) == 1
    assert len({row.pk for row in found[3:]}) == 1
    assert Proefdruk.objects.filter(editie=editie, formaat="a3").count() == 1
    assert Drukgang.objects.filter(editie=editie).count() == 1


def test_nothing_to_print_is_said(by: User) -> None:
    editie = new_edition(wijken()[0])
    with pytest.raises(ValidationError, match="Er is nog geen artikel"):
        printing.ask_for_proof(editie=editie, taal="nl", formaat="a4", by=by)
    page_of(editie).delete()
    with pytest.raises(ValidationError, match="nog geen pagina"):
        printing.ask_for_proof(editie=editie, taal="nl", formaat="a4", by=by)
    assert not Proefdruk.objects.filter(editie=editie).exists()


@pytest.mark.parametrize("kind", Kind)
def test_every_remark_is_a_sentence(kind: Kind) -> None:
    assert set(WORDS) == set(Kind)
    for numbers in ((2, 3), (1, 200)):
        told = sentence(unstored(stored(Remark(kind, "", numbers))))
        assert told.endswith(".")
        assert "%" not in told


def test_every_filler_says_what_it_is(db: None) -> None:
    assert all(filler.kind and filler.size and filler.title for filler in fillers())
    assert KINDS


def test_fillers_are_kept_in_order_until_it_is_out(editie: Editie) -> None:
    choose_fillers(editie=editie, keys=["kleurplaat", "sudoku"])
    assert Editie.objects.get(pk=editie.pk).vullingen == ["kleurplaat", "sudoku"]
    for keys in (["zoek"], ["sudoku", "sudoku"]):
        with pytest.raises(ValidationError):
            choose_fillers(editie=editie, keys=keys)
    papers.bring_out(editie)
    with pytest.raises(ValidationError):
        choose_fillers(editie=editie, keys=[])


def test_the_newest_number_is_what_readers_get(editie: Editie) -> None:
    papers.printed(editie, taal="en")
    papers.printed(editie)
    papers.printed(editie, nummer=2)
    assert [(row.taal, row.nummer) for row in Drukwerk.objects.filter(editie=editie).current()] == [("nl", 2)]


def test_proofs_go_after_a_week_and_prints_stay(editie: Editie, by: User) -> None:
    row = made_proof(editie)
    papers.printed(editie)
    retention.purge(now=row.kept_until - timedelta(minutes=1))
    assert Proefdruk.objects.filter(pk=row.pk).exists()
    retention.purge(now=row.kept_until)
    assert not Proefdruk.objects.filter(pk=row.pk).exists()
    assert Drukwerk.objects.filter(editie=editie).exists()

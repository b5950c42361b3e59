"""Printing an edition: proofs for the redactie, and the final files that stay. The worker makes both."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from core.cache import content_changed
from core.models import User
from core.pdf import PdfError, PdfNotAvailable
from home.krant import druk
from home.krant.articles import articles_on_paper, edition_page
from home.krant.druk.booklet import fold
from home.krant.druk.pages import krant_of
from home.krant.remark_words import IN_THE_WAY, sentence, stored, unstored
from home.krant.versions import Versions, changes, in_one_line, versions_of
from home.models import (
    ArtikelPage,
    Drukgang,
    Drukopdracht,
    Drukwerk,
    Editie,
    EditiePage,
    Formaat,
    Fout,
    Proefdruk,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class File:
    """A PDF in a language and a format."""

    taal: str
    formaat: str
    druk: druk.Druk
    pdf: bytes


# --- Proofs -------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_proof(*, editie: Editie, taal: str, formaat: str, by: User) -> Proefdruk:
    """Have a proof made. The one that is on its way already, if there is one.

    ValidationError while the edition has no page or no articles to print.
    """
    Editie.objects.select_for_update(no_key=True).get(pk=editie.pk)
    if problems := list(_nothing_to_print(editie)):
        raise ValidationError(problems)
    running = Proefdruk.running(editie=editie, taal=taal, formaat=formaat)
    for row in running:
        if not row.is_stalled:
            found: Proefdruk = row
            return found
    running.update(fout=Fout.GESTOPT)
    proof = Proefdruk.objects.create(editie=editie, taal=taal, formaat=formaat, door=by)
    pk = proof.pk
    transaction.on_commit(lambda: make_proof.enqueue(pk))
    return proof


@task()
def make_proof(pk: int) -> None:
    """Print what was asked for, with what the volunteer should look at."""
    row = Proefdruk.running(pk=pk).select_related("editie__wijk").first()
    if row is not None:
        _guarded(row, lambda: _make_proof(row))


def _make_proof(row: Proefdruk) -> None:
    versions = versions_of(row.editie)
    [file] = _files(row.editie, row.taal, row.formaat)
    made = file.druk
    # Whoever asked again meanwhile gets the newer one.
    Proefdruk.running(pk=row.pk).update(
        klaar_op=timezone.now(),
        paginas=made.pages,
        waarschuwingen=[stored(remark) for remark in made.remarks],
        plekken={key: list(pages) for key, pages in made.places.items()},
        ruimte={"paginas": made.room.pages, "helften": made.room.halves, "gebruikt": list(made.used)},
        versies=versions,
        inhoud=file.pdf,
    )


def looked_at(editie: Editie, versions: Versions) -> Proefdruk | None:
    """The newest proof of these very versions in the site's language; None when there is none."""
    done = Proefdruk.objects.filter(editie=editie, taal=settings.LANGUAGE_CODE, klaar_op__isnull=False)
    newest = done.defer("inhoud").first()
    return newest if newest and not any(changes(newest.versies, versions)) else None


# --- The final files ----------------------------------------------------------------------------


def what_stops_final(editie: Editie) -> list[str]:
    """Sentences about what has to be done before the paper can be made final. None: it can."""
    if editie.is_out:
        return [_("De editie is uit. Wat gedrukt is, blijft zoals het is.")]
    if nothing := list(_nothing_to_print(editie)):
        return nothing
    found = []
    if editie.staat != Editie.Staat.OPMAAK:
        found.append(_("Zet de editie eerst op “opmaak”."))
    page = edition_page(editie)
    if page and (not page.live or page.has_unpublished_changes):
        found.append(_("De pagina van de editie is nog niet gepubliceerd."))
    articles = articles_on_paper(editie)
    waiting = [article for article in articles if not article.live or article.has_unpublished_changes]
    if waiting:
        found.append(
            ngettext(
                "%(count)d artikel is nog niet gepubliceerd zoals het nu is.",
                "%(count)d artikelen zijn nog niet gepubliceerd zoals ze nu zijn.",
                len(waiting),
            )
            % {"count": len(waiting)}
        )
    proof = looked_at(editie, versions_of(editie))
    if proof is None:
        found.append(_("Maak eerst een proefdruk van de krant zoals hij nu is, en bekijk hem."))
    else:
        remarks = [unstored(row) for row in proof.waarschuwingen]
        found += [sentence(remark) for remark in remarks if remark.kind in IN_THE_WAY]
    return found


def _nothing_to_print(editie: Editie) -> Iterator[str]:
    if edition_page(editie) is None:
        yield _("Deze editie heeft nog geen pagina. Maak die eerst, op het bord van de redactie.")
    elif not articles_on_paper(editie):
        yield _("Er is nog geen artikel voor op papier.")


@transaction.atomic
def make_final(*, editie: Editie, by: User) -> Drukgang:
    """Have the final files made: all of them, or none. ValidationError, in sentences, when that cannot be.

    What is on its way already stays. Before the edition is out it can be done again: the newest counts.
    """
    stored_row = Editie.objects.select_for_update(no_key=True).select_related("wijk").get(pk=editie.pk)
    running = Drukgang.running(editie=stored_row)
    for row in running:
        if not row.is_stalled:
            found: Drukgang = row
            return found
    if problems := what_stops_final(stored_row):
        raise ValidationError(problems)
    running.update(fout=Fout.GESTOPT)
    run = Drukgang.objects.create(editie=stored_row, door=by, totaal=len(_wanted(stored_row)))
    pk = run.pk
    transaction.on_commit(lambda: make_final_files.enqueue(pk))
    return run


@task()
def make_final_files(pk: int) -> None:
    """Print every final file and store them together."""
    run = Drukgang.running(pk=pk).select_related("editie__wijk", "door").first()
    if run is not None:
        _guarded(run, lambda: _make_final(run))


class ChangedMeanwhileError(Exception):
    """The edition is no longer what is being printed."""


def _make_final(run: Drukgang) -> None:
    def tell(done: int) -> None:
        Drukgang.running(pk=run.pk).update(gedaan=done, bijgewerkt_op=timezone.now())

    began, versions = timezone.now(), versions_of(run.editie)
    files = _print_all(run.editie, tell)
    with transaction.atomic():
        # Nobody brings it out, changes its facts or asks again between looking and storing.
        editie = Editie.objects.select_for_update(no_key=True).select_related("wijk").get(pk=run.editie_id)
        if not Drukgang.running(pk=run.pk).exists():
            return
        if what_stops_final(editie) or versions_of(editie) != versions:
            raise ChangedMeanwhileError
        _store(editie, files, versions, op=began, by=run.door)
        Drukgang.objects.filter(pk=run.pk).update(klaar_op=timezone.now())


def freeze(editie: Editie) -> None:
    """The final files of an edition that came out without this site, such as those of the demo.

    One that has them already keeps them. Raises as `home.krant.druk.make` does.
    """
    if Drukwerk.objects.filter(editie=editie).exists():
        return
    began, versions = timezone.now(), versions_of(editie)
    files = _print_all(editie, lambda _done: None)
    with transaction.atomic():
        Editie.objects.select_for_update(no_key=True).get(pk=editie.pk)
        if not Drukwerk.objects.filter(editie=editie).exists():
            _store(editie, files, versions, op=began, by=None)


def _store(editie: Editie, files: list[File], versions: Versions, *, op: datetime, by: User | None) -> None:
    newest = Drukwerk.objects.filter(editie=editie).order_by("-nummer").values_list("nummer", flat=True)
    nummer = (newest.first() or 0) + 1
    for file in files:
        Drukwerk.objects.create(
            editie=editie,
            taal=file.taal,
            formaat=file.formaat,
            nummer=nummer,
            op=op,
            door=by,
            paginas=file.druk.pages,
            vingerafdruk=hashlib.sha256(file.pdf).hexdigest(),
            versies=versions,
            inhoud=file.pdf,
        )
    content_changed()


def _print_all(editie: Editie, tell: Callable[[int], None]) -> list[File]:
    files: list[File] = []
    for taal, formaten in _wanted_by_language(editie):
        for file in _files(editie, taal, *formaten):
            files.append(file)
            tell(len(files))
    return files


def _wanted_by_language(editie: Editie) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield settings.LANGUAGE_CODE, (Formaat.A4, Formaat.A3, Formaat.A4_SNIJ)
    for taal in whole_languages(editie):
        yield taal, (Formaat.A4,)


def _wanted(editie: Editie) -> list[str]:
    return [formaat for _taal, formaten in _wanted_by_language(editie) for formaat in formaten]


def whole_languages(editie: Editie) -> list[str]:
    """The other languages that all of the paper can be read in, with nothing that still needs a note."""
    page = edition_page(editie)
    if page is None:
        return []
    keys = [page.translation_key, *(article.translation_key for article in articles_on_paper(editie))]
    others = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    return sorted(locale.language_code for locale in others if _is_whole(keys, locale))


def _is_whole(keys: list[UUID], locale: Locale) -> bool:
    found: list[EditiePage | ArtikelPage] = [
        row
        for model in (EditiePage, ArtikelPage)
        for row in model.objects.live().filter(locale=locale, translation_key__in=keys)
    ]
    if len(found) < len(keys):
        return False
    standings = [row.standing() for row in found]
    return not any(standing is None or standing.has_note for standing in standings)


# --- What both need -----------------------------------------------------------------------------


def _files(editie: Editie, taal: str, *formaten: str) -> Iterator[File]:
    """The edition in a language, in each of these formats; A4 is printed once for itself and to fold."""
    krant = krant_of(editie, taal)
    a4: druk.Druk | None = None
    for formaat in formaten:
        if formaat == Formaat.A4_SNIJ:
            made = druk.make(krant, for_press=True)
            yield File(taal, formaat, made, made.pdf)
            continue
        a4 = a4 or druk.make(krant)
        yield File(taal, formaat, a4, fold(a4.pdf, language=taal) if formaat == Formaat.A3 else a4.pdf)


def _guarded(row: Drukopdracht, work: Callable[[], None]) -> None:
    """Do the work; what goes wrong is a sentence for who asked. The log gets no word of the content."""
    try:
        work()
    except PdfNotAvailable:
        fout = Fout.GEEN_PRINTER
    except PdfError:
        fout = Fout.ONLEESBAAR
    except ChangedMeanwhileError:
        fout = Fout.GEWIJZIGD
    except Exception as error:
        log.error("printing went wrong: %s %s, %s", type(row).__name__, row.pk, type(error).__name__)  # noqa: TRY400
        fout = Fout.ONBEKEND
    else:
        return
    type(row).running(pk=row.pk).update(fout=fout)


def print_notes(editie: Editie) -> str:
    """What changed since the paper was made final, in one line; empty without changes or a final paper."""
    newest = Drukwerk.objects.filter(editie=editie).current().defer("inhoud").first()
    if newest is None:
        return ""
    return in_one_line(list(changes(newest.versies, versions_of(editie))))

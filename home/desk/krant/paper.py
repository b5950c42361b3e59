"""An edition on paper: proofs with what to look at, what fills the pages, and the final files."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from core.models import User
from core.models.languages import language_name
from home.desk.krant.paper_forms import FillerForm, FinalForm, ProofForm
from home.desk.krant.screens import EditionScreen, may_bring_out
from home.krant import printing
from home.krant.articles import articles_in
from home.krant.fillers import choose_fillers, fillers
from home.krant.redactie import EDIT_ALL
from home.krant.remark_words import sentence, unstored
from home.krant.versions import changes, in_one_line, versions_of
from home.models import Drukgang, Drukwerk, Editie, EditiePage, Formaat, Proefdruk
from wijken.desk.screens import show_refusal

PAPER = gettext_lazy("Krant op papier")


class PaperScreen(EditionScreen):
    """A screen below that of the paper."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, own = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("krant_paper", args=[self.editie.pk]), "label": PAPER}, own]

    def proof(self) -> Proefdruk:
        return get_object_or_404(Proefdruk, editie=self.editie, pk=self.kwargs["proef"])


def may_make_final(user: User, editie: Editie) -> bool:
    """What is printed costs money and cannot be taken back: for who may publish it and minds every krant."""
    return user.has_perm(EDIT_ALL) and may_bring_out(user, editie)


def languages_of(editie: Editie) -> list[tuple[str, str]]:
    """The languages to print a proof in: those that the page of the edition is published in."""
    live = (
        EditiePage.objects.live().filter(editie=editie).exclude(locale__language_code=settings.LANGUAGE_CODE)
    )
    codes = [settings.LANGUAGE_CODE, *live.values_list("locale__language_code", flat=True).order_by("locale")]
    return [(code, language_name(code)) for code in codes]


class PaperView(EditionScreen):
    """How the paper stands, having a proof made, and making it final. All of it is stored."""

    template_name = "desk/krant/paper.html"
    page_title: Any = PAPER

    @cached_property
    def may_make_final(self) -> bool:
        return may_make_final(self.user, self.editie)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = versions_of(self.editie)
        proofs = list(Proefdruk.objects.filter(editie=self.editie).defer("inhoud").select_related("door"))
        newest = next((proof for proof in proofs if proof.klaar_op), None)
        prints = Drukwerk.objects.filter(editie=self.editie).defer("inhoud").annotate(size=Length("inhoud"))
        final = list(prints.current().select_related("door"))
        run = Drukgang.objects.filter(editie=self.editie).first()
        return {
            "proof_form": ProofForm(languages=languages_of(self.editie)),
            "final_form": FinalForm(),
            **super().get_context_data(**kwargs),
            "proofs": [(proof, language_name(proof.taal)) for proof in proofs],
            "newest": newest,
            "room": room_of(newest) if newest else [],
            "newest_changes": in_one_line(list(changes(newest.versies, versions))) if newest else "",
            "busy": busy(self.editie),
            "run": run,
            "chosen": chosen_titles(self.editie),
            "problems": printing.what_stops_final(self.editie),
            "may_make_final": self.may_make_final,
            "final": [(row, language_name(row.taal)) for row in final],
            "earlier": prints.exclude(pk__in=[row.pk for row in final]),
            "final_changes": printing.print_notes(self.editie),
            "sheets": Formaat.A3,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "definitief" in request.POST:
            return self._make_final()
        form = ProofForm(request.POST, languages=languages_of(self.editie))
        if form.is_valid():
            try:
                printing.ask_for_proof(editie=self.editie, by=self.user, **form.cleaned_data)
            except ValidationError as error:
                show_refusal(form, error)
            else:
                return redirect("krant_paper", self.editie.pk)
        return self.render_to_response(self.get_context_data(proof_form=form), status=422)

    def _make_final(self) -> HttpResponse:
        if not self.may_make_final:
            raise PermissionDenied
        form = FinalForm(self.request.POST)
        if form.is_valid():
            try:
                printing.make_final(editie=self.editie, by=self.user)
            except ValidationError as error:
                show_refusal(form, error)
            else:
                return redirect("krant_paper", self.editie.pk)
        return self.render_to_response(self.get_context_data(final_form=form), status=422)


def chosen_titles(editie: Editie) -> list[str]:
    """The fillers that were chosen, in order."""
    named = {filler.key: filler.title for filler in fillers()}
    return [named[key] for key in editie.vullingen if key in named]


def room_of(proof: Proefdruk) -> list[str]:
    """Sentences about what was left before the fillers, and what the site put there by itself."""
    pages, halves = proof.ruimte["paginas"], proof.ruimte["helften"]
    told = []
    if pages:
        text = ngettext(
            "Er is %(count)d bladzijde over. Die vult een vulling.",
            "Er zijn %(count)d bladzijden over. Die vullen vullingen.",
            pages,
        )
        told.append(text % {"count": pages})
    if halves:
        text = ngettext(
            "Op %(count)d bladzijde blijft de helft wit. Daar past een halve vulling.",
            "Op %(count)d bladzijden blijft de helft wit. Daar passen halve vullingen.",
            halves,
        )
        told.append(text % {"count": halves})
    named = {filler.key: filler.title for filler in fillers()}
    own = [
        named[key]
        for key in proof.ruimte["gebruikt"]
        if key in named and key not in proof.versies["vullingen"]
    ]
    if own:
        told.append(_("De site koos zelf: %(titles)s.") % {"titles": ", ".join(dict.fromkeys(own))})
    return told


@dataclass(frozen=True)
class Busy:
    """What the worker is at; `total` is 0 when there is no telling how far it is."""

    words: str
    done: int = 0
    total: int = 0


def busy(editie: Editie) -> Busy | None:
    """What is being printed of an edition; None when nothing is, or nobody is at work on it any more."""
    run = Drukgang.running(editie=editie).first()
    if run and not run.is_stalled:
        words = ngettext(
            "%(done)d van %(count)d bestand is gemaakt.",
            "%(done)d van %(count)d bestanden zijn gemaakt.",
            run.totaal,
        )
        return Busy(words % {"done": run.gedaan, "count": run.totaal}, run.gedaan, run.totaal)
    proofs = [proof for proof in Proefdruk.running(editie=editie).defer("inhoud") if not proof.is_stalled]
    if proofs:
        words = ngettext("De proefdruk wordt gemaakt.", "%(count)d proefdrukken worden gemaakt.", len(proofs))
        return Busy(words % {"count": len(proofs)})
    return None


class StateView(EditionScreen):
    """How far it is, for the script that asks."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = busy(self.editie)
        told: dict[str, Any] = {"bezig": found is not None}
        if found:
            told |= {"woorden": found.words, "gedaan": found.done, "totaal": found.total}
        response = JsonResponse(told)
        response.headers["Cache-Control"] = "no-store"
        return response


@dataclass(frozen=True)
class ToLookAt:
    """What is remarked about one article, or about the whole paper (no title)."""

    title: str
    address: str
    pages: str
    sentences: list[str]


class ProofView(PaperScreen):
    """A proof, with what to look at, article by article."""

    template_name = "desk/krant/proof.html"
    page_title: Any = gettext_lazy("Proefdruk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proof = self.proof()
        return {
            **super().get_context_data(**kwargs),
            "proof": proof,
            "language": language_name(proof.taal),
            "to_look_at": list(to_look_at(proof)) if proof.klaar_op else [],
            "room": room_of(proof) if proof.klaar_op else [],
            "changes": in_one_line(list(changes(proof.versies, versions_of(self.editie))))
            if proof.klaar_op
            else "",
        }


def to_look_at(proof: Proefdruk) -> Iterator[ToLookAt]:
    """The remarks on a proof: those on the whole paper first, then by article in the order of the paper."""
    remarks = [unstored(row) for row in proof.waarschuwingen]
    articles = {str(article.translation_key): article for article in articles_in(proof.editie)}
    titles = {key: title for key, _revision, title in proof.versies["artikelen"]}
    for key in ["", *titles]:
        sentences = [sentence(remark) for remark in remarks if remark.key == key]
        if not sentences:
            continue
        article = articles.get(key)
        yield ToLookAt(
            titles.get(key, ""),
            reverse("wagtailadmin_pages:edit", args=[article.pk]) if article else "",
            _pages(proof.plekken.get(key, [])),
            list(dict.fromkeys(sentences)),
        )


def _pages(numbers: list[int]) -> str:
    if not numbers:
        return ""
    if len(numbers) == 1:
        return _("bladzijde %(number)d") % {"number": numbers[0]}
    return _("bladzijde %(first)d tot en met %(last)d") % {"first": numbers[0], "last": numbers[-1]}


class FillersView(PaperScreen):
    """What fills the pages that are left, and in which order."""

    template_name = "desk/krant/fillers.html"
    page_title: Any = gettext_lazy("Vullingen")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(FillerForm(chosen=self.editie.vullingen))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FillerForm(request.POST, chosen=self.editie.vullingen)
        if form.is_valid():
            try:
                choose_fillers(editie=self.editie, keys=form.keys())
            except ValidationError as error:
                show_refusal(form, error)
            else:
                messages.success(request, _("De vullingen zijn bewaard. Maak een proefdruk om ze te zien."))
                return redirect("krant_paper", self.editie.pk)
        return self._show(form)

    def _show(self, form: FillerForm) -> HttpResponse:
        newest = Proefdruk.objects.filter(editie=self.editie, klaar_op__isnull=False).defer("inhoud").first()
        context = self.get_context_data(form=form, room=room_of(newest) if newest else [])
        return self.render_to_response(context, status=422 if form.errors else 200)


class ProofFileView(PaperScreen):
    """The PDF of a proof, in the browser: it is nowhere else."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        done = Proefdruk.objects.filter(editie=self.editie, klaar_op__isnull=False)
        proof = get_object_or_404(done, pk=self.kwargs["proef"])
        name = f"proefdruk-{self.editie.code}-{proof.formaat}-{proof.taal}.pdf"
        response = as_pdf(bytes(proof.inhoud or b""), name, disposition="inline")
        # The screen of the proof shows it in a frame.
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


class PrintFileView(PaperScreen):
    """One of the final files, to send to a printer."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = get_object_or_404(Drukwerk, editie=self.editie, pk=self.kwargs["druk"])
        name = f"wijkkrant-{self.editie.code}-{row.formaat}-{row.taal}-{row.nummer}.pdf"
        return as_pdf(bytes(row.inhoud), name, disposition="attachment")


def as_pdf(content: bytes, name: str, *, disposition: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


SCREENS: dict[str, tuple[str, Any]] = {
    "krant/<int:pk>/papier/": ("krant_paper", PaperView),
    "krant/<int:pk>/papier/stand/": ("krant_paper_state", StateView),
    "krant/<int:pk>/papier/vullingen/": ("krant_fillers", FillersView),
    "krant/<int:pk>/papier/proef/<int:proef>/": ("krant_proof", ProofView),
    "krant/<int:pk>/papier/proef/<int:proef>/pdf/": ("krant_proof_file", ProofFileView),
    "krant/<int:pk>/papier/druk/<int:druk>/": ("krant_print_file", PrintFileView),
}

"""The draw on one screen: its steps in order, and a button for the one that is next.

Whatever is pressed twice, too early, or after a colleague gets a sentence back, and nothing happens twice.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from participatie.actions import take_step
from participatie.desk.draw_forms import DiceForm, PutOffForm, ReasonForm, SignatureForm
from participatie.desk.screens import LotingScreen
from participatie.draw import ceremony, chain, computing, lots, rehearsal, rounds, sending
from participatie.draw.notice import grouped, notice_of
from participatie.draw.publishing import DICE_OF_A_RANKING
from participatie.draw.step_words import progress_words
from participatie.draw.story import State, Step, Story
from participatie.models import Ketenregel, Staat, Trekking, Trekkingsbestand
from wijken.desk.screens import show_refusal

TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "py": "text/x-python; charset=utf-8"}


class DrawView(LotingScreen):
    """The real draw of a loting."""

    template_name = "desk/loting/draw.html"
    page_title: Any = gettext_lazy("De loting")
    header_icon = "calendar-check"
    form: forms.Form | None = None

    @cached_property
    def story(self) -> Story:
        return Story(self.loting)

    @property
    def address(self) -> str:
        return reverse("desk_loting_draw", args=[self.loting.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        story = self.story
        return {
            **super().get_context_data(**kwargs),
            "story": story,
            "steps": [(step, self._form_of(step)) for step in story.steps],
            "current": story.current,
            "put_off_form": self._form(PutOffForm, initial={"until": story.draws_at}),
            "is_busy": any(step.state is State.BUSY for step in story.steps),
            "address": self.address,
            "files": self._files(),
            "hash_parts": grouped(story.promised.manifest_hash).split() if story.promised else (),
            "notice": notice_of(story.promised, dice=self._dice) if story.promised else "",
            "drawn": self._drawn(),
            "rehearsals": self.loting.trekkingen.filter(is_proef=True).select_related("uitkomst")
            if not story.is_rehearsal
            else (),
            "log": Ketenregel.objects.filter(loting=self.loting).order_by("-nummer")
            if not story.is_rehearsal
            else (),
            "log_breaks": chain.breaks(self.loting) if not story.is_rehearsal else (),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        do = self.acts.get(request.POST.get("wat", ""))
        if do is None:
            raise Http404
        try:
            done = do()
        except ValidationError as error:
            # What was read before may be old by now.
            self.__dict__.pop("story", None)
            if self.form is None or not self._is_shown(self.form):
                for message in error.messages:
                    messages.error(request, message)
                return redirect(self.address)
            show_refusal(self.form, error)
            return self.render_to_response(self.get_context_data(), status=422)
        if self.form is not None and self.form.errors:
            return self.render_to_response(self.get_context_data(), status=422)
        return done or redirect(self.address)

    # --- what can be pressed ------------------------------------------------------------------------

    @property
    def acts(self) -> dict[str, Callable[[], HttpResponse | None]]:
        """By the name that a button sends."""
        found: dict[str, Callable[[], HttpResponse | None]] = {
            "berekenen": self._compute,
            "vastleggen": self._promise,
            "gooien": self._throw,
            "ophalen": self._fetch,
            "intypen": self._type_in,
        }
        if not self.story.is_rehearsal:
            found |= {
                "uitdelen": self._hand_out,
                "versturen": self._send,
                "bijwerken": self._synchronise,
                "vaststellen": self._freeze,
                "uitstellen": self._put_off,
                "oefenen": self._rehearse,
            }
        return found

    def _hand_out(self) -> None:
        lots.hand_out(loting=self.loting, by=self.user)
        self._say(_("De loten zijn uitgedeeld."))

    def _send(self) -> None:
        sent = sending.send(trekking=self._trekking(), by=self.user)
        said = [
            ngettext("%(count)d mail gaat op weg.", "%(count)d mails gaan op weg.", sent.mailed)
            % {"count": sent.mailed}
        ]
        if sent.left:
            said.append(
                ngettext(
                    "Er is er nog %(count)d. Druk nog een keer.",
                    "Er zijn er nog %(count)d. Druk nog een keer.",
                    sent.left,
                )
                % {"count": sent.left}
            )
        if sent.on_paper:
            said.append(
                ngettext(
                    "%(count)d mens krijgt een brief of een telefoontje.",
                    "%(count)d mensen krijgen een brief of een telefoontje.",
                    sent.on_paper,
                )
                % {"count": sent.on_paper}
            )
        self._say(" ".join(said))

    def _synchronise(self) -> None:
        lots.synchronise(self._trekking())
        self._say(_("De loten zijn bijgewerkt."))

    def _freeze(self) -> None:
        self.form = form = ReasonForm(self._sent())
        if form.is_valid():
            reden = form.cleaned_data["reden"].replace("\0", "")
            take_step(loting=self.loting, naar=Staat.BEVROREN, reden=reden, by=self.user)
            self._say(_("De deelnemers staan vast."))

    def _compute(self) -> None:
        if computing.begin(trekking=self._trekking()):
            self._say(_("Het rekenen is begonnen. U hoeft hier niet te wachten."))
        else:
            self._say(_("De lijsten worden al berekend, of zijn er al."))

    def _promise(self) -> None:
        ceremony.promise(trekking=self._trekking(), by=self.user)
        self._say(_("Vastgelegd. Niemand kan er nog iets aan veranderen."))

    def _throw(self) -> None:
        self.form = form = DiceForm(self._sent())
        promised = ceremony.last_promise(self._trekking())
        if promised is None:
            raise ValidationError(_("De lijsten staan nog niet vast."))
        if form.is_valid():
            # People say the digits one by one.
            dice = "".join(form.cleaned_data["dice"].split())
            ceremony.throw(vastlegging=promised, dice=dice, by=self.user)
            self._say(_("De worp ligt vast."))

    def _fetch(self) -> None:
        rounds.fetch(worp=self._worp(), by=self.user)
        self._say(_("Er is geloot."))

    def _type_in(self) -> None:
        self.form = form = SignatureForm(self._sent())
        if form.is_valid():
            rounds.type_in(worp=self._worp(), signature=form.cleaned_data["signature"], by=self.user)
            self._say(_("Er is geloot."))

    def _put_off(self) -> None:
        self.form = form = PutOffForm(self._sent())
        if form.is_valid():
            until, reden = form.cleaned_data["until"], form.cleaned_data["reden"].replace("\0", "")
            if trekking := self.story.trekking:
                ceremony.put_off(trekking=trekking, until=until, reden=reden, by=self.user)
                self._say(_("De loting is uitgesteld."))
            else:
                lots.hand_out(loting=self.loting, by=self.user, later=until, reden=reden)
                self._say(_("De loting is uitgesteld, en de loten zijn uitgedeeld."))

    def _rehearse(self) -> HttpResponse:
        made = rehearsal.rehearse(loting=self.loting)
        return redirect("desk_loting_rehearsal", self.loting.pk, made.pk)

    # --- parts --------------------------------------------------------------------------------------

    def _trekking(self) -> Trekking:
        if self.story.trekking is None:
            raise ValidationError(_("De loten zijn nog niet uitgedeeld."))
        return self.story.trekking

    def _worp(self) -> Any:
        promised = ceremony.last_promise(self._trekking())
        if promised is None or not hasattr(promised, "worp"):
            raise ValidationError(_("Er is nog niet gegooid."))
        return promised.worp

    def _sent(self) -> Any:
        return self.request.POST

    def _say(self, what: str) -> None:
        messages.success(self.request, what)

    def _is_shown(self, form: forms.Form) -> bool:
        """Is there still a place on the screen for what was filled in?"""
        if isinstance(form, PutOffForm):
            return self.story.may_put_off
        return any(self._form_of(step) is form for step in self.story.steps)

    def _form(self, kind: type[forms.Form], **initial: Any) -> forms.Form:
        """The form that was sent and refused, or a fresh one."""
        return self.form if type(self.form) is kind else kind(**initial)

    def _form_of(self, step: Step) -> forms.Form | None:
        """What is filled in for the step that is next."""
        if step.state is not State.NOW:
            return None
        if step.key == "gooien":
            return self._form(DiceForm, count=self._dice)
        if step.key == "ronde":
            return self._form(SignatureForm)
        return self._form(ReasonForm) if step.key == "vaststellen" else None

    @property
    def _dice(self) -> int:
        if not self.story.has_lists or not self.story.trekking:
            return DICE_OF_A_RANKING
        return len(str(self.story.trekking.aantal_lijsten)) - 1

    def _files(self) -> list[Trekkingsbestand]:
        promised = self.story.promised
        return list(promised.bestanden.defer("inhoud").order_by("naam")) if promised else []

    def _drawn(self) -> dict[str, Any] | None:
        if not self.story.uitkomst or not self.story.trekking:
            return None
        rows = self.story.trekking.loten
        reserves = rows.filter(reserveplek__lte=self.loting.reserves).order_by("reserveplek")
        return {
            "drawn": rows.filter(is_getrokken=True).order_by("nummer").values_list("nummer", flat=True),
            "reserves": reserves.values_list("nummer", flat=True),
        }


class RehearsalView(DrawView):
    """The same, on invented people."""

    page_title: Any = gettext_lazy("Oefenen")

    @cached_property
    def story(self) -> Story:
        rows = Trekking.objects.filter(loting=self.loting, is_proef=True)
        return Story(self.loting, get_object_or_404(rows, pk=self.kwargs["trekking"]))

    @property
    def address(self) -> str:
        return reverse("desk_loting_rehearsal", args=[self.loting.pk, self.kwargs["trekking"]])


class ProgressView(LotingScreen):
    """How far the lists are, for the bar on the screen."""

    page_title: Any = gettext_lazy("De loting")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Trekking.objects.filter(loting=self.loting)
        row = get_object_or_404(rows, pk=self.kwargs["trekking"])
        now = row.voortgang or {}
        told = {
            "bezig": computing.is_busy(row),
            "woorden": progress_words(row),
            "gedaan": now.get("done") or 0,
            "totaal": now.get("total") or 0,
        }
        response = JsonResponse(told)
        response.headers["Cache-Control"] = "no-store"
        return response


class FileView(LotingScreen):
    """A file of the draw, byte for byte; from the promise on it is public."""

    page_title: Any = gettext_lazy("De loting")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Trekkingsbestand.objects.filter(vastlegging__trekking__loting=self.loting)
        row = get_object_or_404(rows, pk=self.kwargs["bestand"])
        response = HttpResponse(bytes(row.inhoud), content_type=TYPES.get(row.naam.rpartition(".")[2]))
        response.headers["Content-Disposition"] = f'attachment; filename="{row.naam}"'
        return response


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/trekking/": ("desk_loting_draw", DrawView),
    "loting/<int:pk>/trekking/oefening/<int:trekking>/": ("desk_loting_rehearsal", RehearsalView),
    "loting/<int:pk>/trekking/<int:trekking>/stand.json": ("desk_loting_draw_progress", ProgressView),
    "loting/<int:pk>/trekking/bestand/<int:bestand>/": ("desk_loting_draw_file", FileView),
}

"""Writing about actions: the own actions, a message as a draft, how it will look, and handing it in."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from wijken.actions import check_voortgang, start_correction, submit_voortgang
from wijken.desk.message_form import MessageForm
from wijken.desk.planning import history_of
from wijken.desk.screens import DeskScreen, sentences, show_refusal
from wijken.desk.writers import OPEN, REPORT, Writer, locked
from wijken.models import Actie, Organisatie, Planning, Voortgang
from wijken.monitor.facts import judge_one, standings
from wijken.monitor.periods import Period
from wijken.monitor.standing import Standing

MY_ACTIONS = gettext_lazy("Mijn acties")


@dataclass
class MyAction:
    """One action of the writer: how it stands, and what the writer still has in hand."""

    actie: Actie
    standing: Standing
    open: list[Voortgang] = field(default_factory=list)

    @property
    def in_hand(self) -> Voortgang | None:
        """The message that the writer can go on with, one that was sent back first."""
        rows = [message for message in self.open if message.stand in OPEN]
        return min(rows, key=lambda message: message.stand != Voortgang.Stand.TERUG, default=None)

    @property
    def is_returned(self) -> bool:
        return self.in_hand is not None and self.in_hand.stand == Voortgang.Stand.TERUG

    @property
    def must_explain(self) -> bool:
        """Is it late without a reason, and was none handed in either?"""
        handed_in = any(row.reden and row.stand == Voortgang.Stand.INGEDIEND for row in self.open)
        return self.standing.needs_reason and not handed_in

    @property
    def urgency(self) -> tuple[Any, ...]:
        """What waits for the writer first: a reason, a returned message, what is late longest."""
        return (
            not self.must_explain,
            not self.is_returned,
            -self.standing.days_late,
            self.actie.actieplan_id,
            self.actie.nummer,
        )


def my_actions(writer: Writer, *, on: date) -> list[MyAction]:
    """The writer's actions, the most urgent first. Five queries, however many actions."""
    acties = writer.acties()
    known = standings(acties, on=on)
    rows = {
        actie.pk: MyAction(actie, known[actie.pk])
        for actie in acties.select_related("actieplan")
        if actie.pk in known
    }
    unpublished = writer.own().exclude(stand=Voortgang.Stand.GEPUBLICEERD)
    for message in unpublished.order_by("-datum", "-pk"):
        if row := rows.get(message.actie_id):
            row.open.append(message)
    return sorted(rows.values(), key=lambda row: row.urgency)


class WriterScreen(DeskScreen):
    """A screen for whoever writes about actions; everything outside the own actions is not there."""

    permission = REPORT
    parent: Any = (MY_ACTIONS, "desk_my_actions")

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.request.user)

    def get_actie(self, pk: int) -> Actie:
        return get_object_or_404(self.writer.acties().select_related("actieplan"), pk=pk)


class MyActionsView(WriterScreen):
    template_name = "desk/bericht/my_actions.html"
    page_title: Any = MY_ACTIONS
    header_icon = "tasks"
    parent = None

    def get_page_subtitle(self) -> str:
        return ", ".join(str(row) for row in self.writer.organisaties)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = my_actions(self.writer, on=timezone.localdate())
        return {**super().get_context_data(**kwargs), "rows": rows, "writer": self.writer}


class MyActionView(WriterScreen):
    """One action: how it stands, what was promised, and the messages about it."""

    template_name = "desk/bericht/my_action.html"
    header_icon = "tasks"

    @cached_property
    def actie(self) -> Actie:
        return self.get_actie(self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.actie)

    def get_header_buttons(self) -> list[HeaderButton]:
        address = reverse("desk_message_add", args=[self.actie.pk])
        return [HeaderButton(_("Bericht schrijven"), url=address, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        judged = judge_one(self.actie, on=timezone.localdate())
        reached = {step.pk: step.reached_on for step in judged.facts.milestones}
        return {
            **super().get_context_data(**kwargs),
            "actie": self.actie,
            "standing": judged.standing,
            "steps": history_of(self.actie, reached),
            "berichten": self.writer.readable().filter(actie=self.actie).select_related("organisatie"),
        }


class MessageFormView(WriterScreen):
    """What adding and changing a message share."""

    template_name = "desk/bericht/form.html"
    header_icon = "comment"

    def instance(self) -> Voortgang:
        """The message as it is now. Inside a transaction it is kept from others."""
        raise NotImplementedError

    def get_page_subtitle(self) -> str:
        return str(self.actie)

    @property
    def actie(self) -> Actie:
        raise NotImplementedError

    def make_form(self, instance: Voortgang, data: Any = None, files: Any = None) -> MessageForm:
        return MessageForm(
            data,
            files,
            instance=instance,
            writers=self.writer.organisaties,
            is_late=self.standing.needs_reason,
        )

    @cached_property
    def standing(self) -> Standing:
        return judge_one(self.actie, on=timezone.localdate()).standing

    def show(self, form: MessageForm) -> HttpResponse:
        context = self.get_context_data(
            form=form, actie=self.actie, standing=self.standing, token=self.token, bericht=form.instance
        )
        return self.render_to_response(context)

    token: str = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        instance = self.instance()
        if instance.stand not in OPEN:
            messages.error(request, _("Dit bericht is al ingediend. U kunt het niet meer wijzigen."))
            return redirect("desk_message", instance.pk)
        return self.show(self.make_form(instance))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            # Two clicks, or two colleagues, wait here for each other.
            Actie.objects.select_for_update().get(pk=self.actie.pk)
            instance = self.instance()
            if instance.stand not in OPEN:
                messages.error(request, _("Dit bericht is al ingediend. U kunt het niet meer wijzigen."))
                return redirect("desk_message", instance.pk)
            form = self.make_form(instance, request.POST, request.FILES)
            try:
                if form.is_valid():
                    message = form.store(user=request.user)  # type: ignore[arg-type]
                    log(message, "wagtail.edit" if instance.pk else "wagtail.create")
                    messages.success(request, _("Bewaard. Zo komt het op de site te staan."))
                    return redirect("desk_message", message.pk)
            except ValidationError as error:
                show_refusal(form, error)
        return self.show(form)


class MessageAddView(MessageFormView):
    """A new message. Its form carries the key of what it makes: a second click changes the first."""

    page_title: Any = gettext_lazy("Bericht schrijven")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token = _key(request.POST.get("sleutel"))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def actie(self) -> Actie:
        return self.get_actie(self.kwargs["pk"])

    def instance(self) -> Voortgang:
        organisatie = self.organisatie
        if known := self.writer.own().filter(translation_key=self.token, actie=self.actie).first():
            return known
        if Voortgang.objects.filter(translation_key=self.token).exists():
            self.token = _key(None)
        return Voortgang(
            actie=self.actie,
            organisatie=organisatie,
            datum=timezone.localdate(),
            translation_key=uuid.UUID(self.token),
        )

    @property
    def organisatie(self) -> Organisatie:
        if not self.writer.organisaties:
            raise Http404
        return self.writer.organisaties[0]


class MessageEditView(MessageFormView):
    page_title: Any = gettext_lazy("Bericht wijzigen")

    @cached_property
    def actie(self) -> Actie:
        return self.get_actie(get_object_or_404(self.writer.own(), pk=self.kwargs["pk"]).actie_id)

    def instance(self) -> Voortgang:
        message: Voortgang | None = self.writer.own().filter(pk=self.kwargs["pk"]).first()
        if message is None:
            raise Http404
        return message


class MessageView(WriterScreen):
    """A message as it will stand on the site, with what its writer can do with it now."""

    template_name = "desk/bericht/message.html"
    page_title: Any = gettext_lazy("Bericht")
    header_icon = "comment"

    @cached_property
    def message(self) -> Voortgang:
        return get_message(self.writer.readable(), self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.message.actie)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_own = self.writer.own().filter(pk=self.message.pk).exists()
        is_open = is_own and self.message.stand in OPEN
        return {
            **super().get_context_data(**kwargs),
            "bericht": self.message,
            "is_own": is_own,
            "is_open": is_open,
            "missing": _missing(self.message) if is_open else "",
            "may_correct": (is_own or self.writer.is_editor)
            and self.message.stand == Voortgang.Stand.GEPUBLICEERD
            and not self.message.correcties.exists(),
        }


class MessageAction(WriterScreen):
    """Something that happens to one message at the press of a button."""

    http_method_names = ["post", "options"]

    def act(self, request: HttpRequest, pk: int) -> HttpResponse:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = self.kwargs["pk"]
        try:
            with transaction.atomic():
                return self.act(request, pk)
        except ValidationError as error:
            messages.error(request, sentences(error))
            return redirect("desk_message", pk)


class MessageSubmitView(MessageAction):
    def act(self, request: HttpRequest, pk: int) -> HttpResponse:
        message = locked(self.writer.own(), pk)
        if message is None:
            raise Http404
        log(submit_voortgang(voortgang=message), "wijken.submit")
        messages.success(request, _("Ingediend. De redactie kijkt het na en zet het op de site."))
        return redirect("desk_my_actions")


class MessageDiscardView(MessageAction):
    def act(self, request: HttpRequest, pk: int) -> HttpResponse:
        message = locked(self.writer.own(), pk)
        if message is None:
            raise Http404
        if message.stand not in OPEN:
            raise ValidationError(_("Dit bericht is al ingediend. U kunt het niet meer weggooien."))
        actie_id = message.actie_id
        log(message.actie, "wijken.discard")
        message.delete()
        messages.success(request, _("Het bericht is weggegooid."))
        return redirect("desk_my_action", actie_id)


class MessageCorrectView(MessageAction):
    """A draft that takes the place of a published message: of the own organisation, or by an editor."""

    def act(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.writer.readable() if self.writer.is_editor else self.writer.own()
        message = locked(rows, pk)
        if message is None or not self.writer.organisaties:
            raise Http404
        own = message.organisatie in self.writer.organisaties
        organisatie = message.organisatie if own else self.writer.organisaties[-1]
        correction = start_correction(voortgang=message, organisatie=organisatie)
        log(correction, "wagtail.create")
        messages.success(request, _("Dit wordt de verbetering. Het eerste bericht blijft staan tot dan."))
        return redirect("desk_message_edit", correction.pk)


def get_message(rows: Any, pk: int) -> Voortgang:
    """A message with all that its screens show, and what is promised now beside what it promises."""
    related = ("actie__actieplan", "organisatie", "mijlpaal", "foto", "corrigeert")
    message: Voortgang = get_object_or_404(rows.select_related(*related), pk=pk)
    if message.periode:
        message.new_period = Period.parse(message.periode)  # type: ignore[attr-defined]
    if message.mijlpaal_id:
        planning = list(Planning.objects.source().filter(mijlpaal=message.mijlpaal_id).order_by("volgnummer"))
        message.promises = planning  # type: ignore[attr-defined]
    return message


def _missing(message: Voortgang) -> str:
    """What must still be filled in before a message can be handed in; empty when nothing must."""
    try:
        check_voortgang(message)
    except ValidationError as error:
        return sentences(error)
    return ""


def _key(value: str | None) -> str:
    """The key that a form carries, or a new one for whatever is none."""
    try:
        return str(uuid.UUID(value or ""))
    except ValueError:
        return str(uuid.uuid4())

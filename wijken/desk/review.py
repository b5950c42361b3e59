"""The editors' side: what waits for them, read beside how the action stands, published or sent back."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from wijken.actions import publish_voortgang, return_voortgang
from wijken.desk.planning import history_of
from wijken.desk.reporting import get_message
from wijken.desk.screens import DeskScreen, sentences
from wijken.desk.writers import PUBLISH, locked, waiting
from wijken.models import Voortgang
from wijken.monitor.facts import judge_one

INBOX = gettext_lazy("Berichten om na te kijken")


class InboxView(DeskScreen):
    """What was handed in, longest waiting first."""

    permission = PUBLISH
    template_name = "desk/bericht/inbox.html"
    page_title: Any = INBOX
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = waiting().select_related("actie__actieplan", "organisatie")
        return {**super().get_context_data(**kwargs), "rows": rows}


class ReviewView(DeskScreen):
    """One message that waits, beside the action as it stands now."""

    permission = PUBLISH
    template_name = "desk/bericht/review.html"
    page_title: Any = gettext_lazy("Bericht nakijken")
    header_icon = "mail"
    parent = (INBOX, "desk_inbox")

    @cached_property
    def message(self) -> Voortgang:
        return get_message(waiting(), self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.message.actie)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sentence := _moved_on(self.kwargs["pk"]):
            messages.warning(request, sentence)
            return redirect("desk_inbox")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        judged = judge_one(self.message.actie, on=timezone.localdate())
        reached = {step.pk: step.reached_on for step in judged.facts.milestones}
        return {
            **super().get_context_data(**kwargs),
            "bericht": self.message,
            "actie": self.message.actie,
            "standing": judged.standing,
            "steps": history_of(self.message.actie, reached),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk, reason = self.kwargs["pk"], request.POST.get("reden", "")
        publishes = request.POST.get("besluit") == "publiceren"
        try:
            with transaction.atomic():
                message = locked(waiting(), pk)
                if message is None:
                    raise ValidationError(_moved_on(pk) or _("Dit bericht wacht niet op de redactie."))
                if publishes:
                    log(publish_voortgang(voortgang=message), "wijken.publish")
                else:
                    log(return_voortgang(voortgang=message, reden=reason), "wijken.return")
        except ValidationError as error:
            return self._refused(request, error, reason)
        done = _("Het bericht staat op de site.") if publishes else _("Het bericht is teruggestuurd.")
        messages.success(request, done)
        return redirect("desk_inbox")

    def _refused(self, request: HttpRequest, error: ValidationError, reason: str) -> HttpResponse:
        messages.error(request, sentences(error))
        if _moved_on(self.kwargs["pk"]):
            return redirect("desk_inbox")
        return self.render_to_response(self.get_context_data(reden=reason))


def _moved_on(pk: int) -> str:
    """What happened meanwhile to a message that no longer waits; empty while it does. Http404 without one.

    A draft that was never handed in is not the editors' to know of.
    """
    message = Voortgang.objects.source().filter(pk=pk).exclude(ingediend_op=None).first()
    if message is None:
        raise Http404
    if message.stand == Voortgang.Stand.GEPUBLICEERD:
        return _("Dit bericht staat al op de site: iemand was u voor.")
    if message.stand != Voortgang.Stand.INGEDIEND:
        return _("Dit bericht is intussen teruggestuurd naar de schrijver.")
    return ""

"""The question to residents, its receipt and its paper twin: routes of a TerugblikPage."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.page_index import address_of
from core.visitors import Brake, brake_on, is_from_elsewhere
from wijken.answers import Receipt, receive_answer
from wijken.forms import ActieOption, AnswerForm
from wijken.models import Antwoord, Terugblik
from wijken.monitor.lookback import LookBack

if TYPE_CHECKING:
    from wijken.models import TerugblikPage

# A family, or the visitors of a library, share one address.
MOST_ANSWERS, WITHIN_SECONDS = 30, 3600


def answer_view(page: "TerugblikPage", request: HttpRequest) -> HttpResponse:
    """The form (GET) and counting it (POST), only while the question is open."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    context = page.get_context(request)
    is_sent = request.method == "POST"
    if not page.terugblik.is_question_open(on=timezone.localdate()):
        status = HTTPStatus.CONFLICT if is_sent else HTTPStatus.OK
        return _private(request, "wijken/antwoord/dicht.html", context, status)
    about: dict[str, Any] = {
        "terugblik": page.terugblik,
        "options": options_of(context["lookback"]),
    }
    if not is_sent:
        form = AnswerForm(initial={"actie": request.GET.get("actie", "")}, **about)
        return _show(request, context, form)
    if is_from_elsewhere(request):
        context["trouble"] = _(
            "Dit antwoord kwam van een andere website. Wij tellen het niet. Geef uw antwoord hieronder."
        )
        return _show(request, context, AnswerForm(**about), HTTPStatus.FORBIDDEN)
    form = AnswerForm(request.POST, **about)
    brake = _brake(request, page.terugblik)
    if brake.are_too_many:
        context["trouble"] = _(
            "Vanaf dit internetadres kwamen het laatste uur veel antwoorden. Uw keuze staat er nog. "
            "Probeer het over een uur nog eens, of bel ons."
        )
        response = _show(request, context, form, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(WITHIN_SECONDS)
        return response
    if not form.is_valid():
        return _show(request, context, form)
    receipt, is_new = receive_answer(
        terugblik=page.terugblik,
        form=form.open_form,
        actie=form.chosen_actie,
        keuze=form.cleaned_data["keuze"],
    )
    if is_new:
        brake.add()
    return HttpResponseRedirect(f"{address_of(page)}{page.reverse_subpage('receipt')}?bon={receipt.number}")


def receipt_view(page: "TerugblikPage", request: HttpRequest) -> HttpResponse:
    """What was counted under the number in `?bon=`. Looking at it counts nothing."""
    receipt = Receipt.find(request.GET.get("bon", ""), terugblik=page.terugblik)
    context = page.get_context(request)
    context["receipt"] = receipt
    context["about"] = next(
        (
            row
            for row in context["lookback"].rows
            if receipt and receipt.actie_id and row.now and row.now.actie.pk == receipt.actie_id
        ),
        None,
    )
    return _private(request, "wijken/antwoord/ontvangen.html", context)


def paper_view(page: "TerugblikPage", request: HttpRequest) -> HttpResponse:
    """The same question on a sheet of A4, with the same numbers."""
    context = page.get_context(request)
    context["keuzes"] = list(Antwoord.Keuze)
    context["options"] = options_of(context["lookback"])
    return TemplateResponse(request, "print/terugblik_antwoord.html", context)


def options_of(lookback: LookBack) -> list[ActieOption]:
    """The actions that somebody can notice something of: all of today's, but not money that is kept aside."""
    return [
        ActieOption(row.now.actie, row.title, row.now.language_code or settings.LANGUAGE_CODE)
        for row in lookback.rows
        if row.now and not row.now.actie.is_reservering
    ]


def _brake(request: HttpRequest, terugblik: Terugblik) -> Brake:
    return brake_on("answers", request, about=terugblik.pk, most=MOST_ANSWERS, seconds=WITHIN_SECONDS)


def _show(
    request: HttpRequest, context: dict[str, Any], form: AnswerForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    return _private(request, "wijken/antwoord/formulier.html", {**context, "form": form}, status)


def _private(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    """A page for one visitor, that no cache may keep. Search engines do not list it."""
    response = TemplateResponse(request, template, context, status=int(status))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

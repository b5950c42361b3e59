"""“Loot mij niet”: who got a letter never gets another. The code in the letter says which address."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from core.page_index import address_of
from core.visitors import brake_on, is_from_elsewhere
from participatie.letter_actions import letter_of, stop_letters

if TYPE_CHECKING:
    from participatie.models import LotingPage

# Far more than anybody mistypes, far less than it takes to guess a code.
MOST_TRIED, WITHIN_SECONDS = 20, 3600


class CodeForm(forms.Form):
    """The code as it stands in the letter."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("De code in uw brief"),
        max_length=40,
        error_messages={
            "required": _("Vul de code in."),
            "max_length": _("Deze code is te lang."),
            "unknown": _("Deze code kennen wij niet. Kijk of hij klopt, of bel ons."),
            "null_characters_not_allowed": _("Vul de code in zoals hij in de brief staat."),
        },
        widget=forms.TextInput(
            attrs={
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "wijk-veld__kort",
            }
        ),
    )


def opt_out(page: "LotingPage", request: HttpRequest) -> HttpResponse:
    """The form (GET), stopping the letters (POST), and afterwards that it is done."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    context = {**page.get_context(request), "trouble": "", "is_done": "gedaan" in request.GET}
    if request.method != "POST":
        return _show(request, context, CodeForm(initial={"code": request.GET.get("code", "")[:40]}))
    if is_from_elsewhere(request):
        context["trouble"] = _("Dit kwam van een andere website. Vul de code hieronder in.")
        return _show(request, context, CodeForm(), HTTPStatus.FORBIDDEN)
    form = CodeForm(request.POST)
    brake = brake_on("opt-outs", request, most=MOST_TRIED, seconds=WITHIN_SECONDS)
    if brake.are_too_many:
        context["trouble"] = _("Dit is vaak geprobeerd. Probeer het over een uur nog eens, of bel ons.")
        response = _show(request, context, form, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(WITHIN_SECONDS)
        return response
    if not form.is_valid():
        return _show(request, context, form)
    brake.add()
    letter = letter_of(form.cleaned_data["code"], loting=page.loting)
    if letter is None:
        form.add_error("code", form.fields["code"].error_messages["unknown"])
        return _show(request, context, form)
    stop_letters(
        loting=page.loting,
        postcode=letter.postcode,
        huisnummer=letter.huisnummer,
        toevoeging=letter.toevoeging,
    )
    response = HttpResponseRedirect(f"{address_of(page)}niet/?gedaan=1", status=HTTPStatus.SEE_OTHER)
    response.headers["Cache-Control"] = "no-store"
    return response


def _show(
    request: HttpRequest, context: dict[str, Any], form: CodeForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    name = "participatie/niet.html"
    response = TemplateResponse(request, name, {**context, "form": form}, status=int(status))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

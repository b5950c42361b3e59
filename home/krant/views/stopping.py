"""No wijkkrant by mail any more, or in another language: from the link in each mail, without signing in.

A mail program may stop it by itself with one POST (RFC 8058). The link stays good after somebody stopped, and
then says so. It holds no mail address, and neither does the page: a mail is easily passed on.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from core.page_index import address_of
from core.reading import words_language
from home.krant import subscribing
from home.krant.views.forms import LanguageForm
from home.krant.views.subscribing import METHODS
from participatie.views.private import SeeOther, kept_private, private

if TYPE_CHECKING:
    from home.models import WijkkrantPage

# What a mail program sends when its reader presses its own button to stop.
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def unsubscribe(page: "WijkkrantPage", request: HttpRequest, token: str) -> HttpResponse:
    """What can be done (GET), and doing it (POST): another language, or stopping at once."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    with translation.override(words_language(page)):
        try:
            pk = subscribing.read_token(token, wijk=page.wijk)
        except subscribing.UnknownLinkError:
            context = {**page.get_context(request), "krant_url": address_of(page), "is_to_stop": True}
            return private(request, "krant/abonneren/onbekend.html", context, HTTPStatus.NOT_FOUND)
        if request.method != "POST":
            return _show(page, request, pk)
        name, value = ONE_CLICK
        if request.POST.get(name) == value:
            # Mail programs follow no redirect.
            subscribing.stop(pk)
            return _show(page, request, pk)
        if "taal" in request.POST:
            form = LanguageForm(request.POST)
            if not form.is_valid():
                return _show(page, request, pk, form)
            subscribing.change_language(pk, taal=form.cleaned_data["taal"])
            return _here(page, token, "?taal=gewijzigd")
        subscribing.stop(pk)
        return _here(page, token)


def _show(
    page: "WijkkrantPage", request: HttpRequest, pk: int, form: LanguageForm | None = None
) -> HttpResponse:
    abonnee = subscribing.subscriber(pk)
    context = {
        **page.get_context(request),
        "krant_url": address_of(page),
        "abonnee": abonnee,
        "form": form or LanguageForm(initial={"taal": abonnee.taal if abonnee else ""}),
        "is_changed": "taal" in request.GET,
    }
    return private(request, "krant/abonneren/stoppen.html", context)


def _here(page: "WijkkrantPage", token: str, said: str = "") -> HttpResponse:
    return kept_private(
        SeeOther(f"{address_of(page)}{page.reverse_subpage('unsubscribe', args=[token])}{said}")
    )

"""The wijkkrant by mail: asking for it and confirming the address; routes of a WijkkrantPage.

The answer is the same whether an address is known or not. Looking confirms nothing, because mail programs
open links to look for viruses: that is done by a button.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.translation import gettext as _

from core.open_forms import MAX_SECONDS, OpenForm, UnknownFormError
from core.outbox import normalised
from core.page_index import address_of
from core.reading import reader_language, words_language
from core.visitors import DAY, Brake, brake_on, is_from_elsewhere, salt_of_today
from home.krant import subscribing
from home.krant.views.forms import SubscribeForm, subscribing_to
from home.models import Abonnee
from participatie.views.private import SeeOther, kept_private, private

if TYPE_CHECKING:
    from home.models import WijkkrantPage

METHODS = ["GET", "HEAD", "POST"]
# A family, or the visitors of a library, share one address of the internet.
MOST_ASKED, WITHIN_SECONDS = 20, 3600
# Nobody's mailbox is filled by somebody else who types their address.
MOST_MAILED_A_DAY = 3
HUMAN, SENT = "mens", "verzonden"


def subscribe(page: "WijkkrantPage", request: HttpRequest) -> HttpResponse:
    """The form (GET) and sending it (POST), and afterwards where to look."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    with translation.override(words_language(page)):
        if request.method == "POST":
            return _asked(page, request)
        return _show(page, request, SubscribeForm(wijk=page.wijk, initial={"taal": reader_language()}))


def _asked(page: "WijkkrantPage", request: HttpRequest) -> HttpResponse:
    sent = _Sent.of(request, page)
    form = SubscribeForm(request.POST, wijk=page.wijk, passed=sent.is_human)
    if is_from_elsewhere(request):
        new = SubscribeForm(wijk=page.wijk, initial={"taal": reader_language()})
        return _show(page, request, new, _from_elsewhere(), HTTPStatus.FORBIDDEN)
    if sent.is_done:
        # The same form twice, by a second press or the button to go back.
        return _thanks(page)
    brake = brake_on("krant-abonneren", request, most=MOST_ASKED, seconds=WITHIN_SECONDS)
    if brake.are_too_many:
        response = _show(page, request, form, _too_many(), HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(WITHIN_SECONDS)
        return response
    is_right = form.is_valid()
    if form.passed:
        sent.remember(HUMAN)
    if not is_right:
        return _show(page, request, form)
    brake.add()
    mail, taal = form.cleaned_data["mail"], form.cleaned_data["taal"]
    mailed = _brake_on_address(mail, page)
    if not mailed.are_too_many:
        mailed.add()
        subscribing.ask(wijk=page.wijk, mail=mail, taal=taal)
    sent.remember(SENT)
    return _thanks(page)


class _Sent:
    """What is remembered of one open form: whether a human has it, and whether it was sent."""

    def __init__(self, number: str) -> None:
        self.key = f"krant-abonneren:{number}" if number else ""
        self.state = cache.get(self.key) if number else None

    @classmethod
    def of(cls, request: HttpRequest, page: "WijkkrantPage") -> "_Sent":
        try:
            token = request.POST.get(SubscribeForm.TOKEN, "")
            return cls(OpenForm.read(token, about=subscribing_to(page.wijk)).number)
        except UnknownFormError:
            return cls("")

    @property
    def is_human(self) -> bool:
        return bool(self.state)

    @property
    def is_done(self) -> bool:
        return self.state == SENT

    def remember(self, state: str) -> None:
        if self.key:
            cache.set(self.key, state, MAX_SECONDS)


def confirm(page: "WijkkrantPage", request: HttpRequest, token: str) -> HttpResponse:
    """A button (GET), saying that a mail address is one's own (POST), and the receipt."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    with translation.override(words_language(page)):
        if request.method == "POST":
            abonnee = subscribing.confirm(token, wijk=page.wijk)
        else:
            abonnee = subscribing.to_confirm(token, wijk=page.wijk)
        if abonnee is None:
            context = {**page.get_context(request), "krant_url": address_of(page), "is_to_stop": False}
            return private(request, "krant/abonneren/onbekend.html", context, HTTPStatus.NOT_FOUND)
        if request.method == "POST":
            here = page.reverse_subpage("subscribe_confirm", args=[token])
            return kept_private(SeeOther(f"{address_of(page)}{here}"))
        return _confirmed(page, request, abonnee)


def _confirmed(page: "WijkkrantPage", request: HttpRequest, abonnee: Abonnee) -> HttpResponse:
    stop = page.reverse_subpage("unsubscribe", args=[subscribing.token_of(abonnee)])
    context = {
        **page.get_context(request),
        "krant_url": address_of(page),
        "abonnee": abonnee,
        "stop_url": f"{address_of(page)}{stop}",
    }
    return private(request, "krant/abonneren/bevestigen.html", context)


def _show(
    page: "WijkkrantPage",
    request: HttpRequest,
    form: SubscribeForm,
    trouble: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {
        **page.get_context(request),
        "krant_url": address_of(page),
        "form": form,
        "trouble": trouble,
        "is_asked": "gevraagd" in request.GET,
        "confirm_days": Abonnee.CONFIRM_WITHIN.days,
        "undeliverable_days": subscribing.UNDELIVERABLE_KEPT.days,
    }
    return private(request, "krant/abonneren/formulier.html", context, status)


def _thanks(page: "WijkkrantPage") -> HttpResponse:
    return kept_private(SeeOther(f"{address_of(page)}{page.reverse_subpage('subscribe')}?gevraagd=ja"))


def _brake_on_address(mail: str, page: "WijkkrantPage") -> Brake:
    return Brake(
        "krant-mail",
        f"{page.wijk_id}\0{normalised(mail)}",
        most=MOST_MAILED_A_DAY,
        seconds=DAY,
        salt=salt_of_today("krant-mail"),
    )


def _from_elsewhere() -> str:
    return _("Dit kwam van een andere website. Wij hebben niets gedaan. Doe het hieronder zelf.")


def _too_many() -> str:
    return _(
        "Vanaf dit internetadres is het laatste uur vaak om de krant gevraagd. Wat u invulde, staat er nog. "
        "Probeer het over een uur nog eens, of bel ons."
    )

"""The sender's own page: the receipt, how it stands, and taking it back until somebody decided."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from core.page_index import address_of
from core.receipts import shown
from core.visitors import brake_on, is_from_elsewhere
from home.krant.kopij import actions
from home.krant.views.kopij import METHODS, WITHIN_SECONDS, answer, own_address
from home.models import Kopij
from participatie.views.private import SeeOther, kept_private

if TYPE_CHECKING:
    from home.models import WijkkrantPage

# Who guesses needs far more.
MOST_UNKNOWN = 30


def show(page: "WijkkrantPage", request: HttpRequest, secret: str) -> HttpResponse:
    """What was sent, when, until when it is kept, and what the redactie decided."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    kopij = _found(page, request, secret)
    return _answer(page, request, kopij, "ontvangen") if isinstance(kopij, Kopij) else kopij


def take_back(page: "WijkkrantPage", request: HttpRequest, secret: str) -> HttpResponse:
    """A question (GET), and deleting it (POST)."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    kopij = _found(page, request, secret)
    if not isinstance(kopij, Kopij):
        return kopij
    if request.method != "POST":
        return _answer(page, request, kopij, "terugnemen" if kopij.is_open else "ontvangen")
    if is_from_elsewhere(request):
        trouble = _("Dit kwam van een andere website. Er is niets weggehaald.")
        return _answer(page, request, kopij, "terugnemen", HTTPStatus.FORBIDDEN, trouble=trouble)
    try:
        actions.take_back(kopij=kopij)
    except actions.DecidedError:
        trouble = _("De redactie heeft al besloten over uw stuk. Bel ons als u het terug wilt nemen.")
        # As it is now: it was open a moment ago.
        kopij = actions.find(secret, wijk=page.wijk) or kopij
        return _answer(page, request, kopij, "ontvangen", HTTPStatus.CONFLICT, trouble=trouble)
    return kept_private(SeeOther(f"{address_of(page)}kopij/teruggenomen/"))


def gone(page: "WijkkrantPage", request: HttpRequest) -> HttpResponse:
    return answer(page, request, "teruggenomen")


def _found(page: "WijkkrantPage", request: HttpRequest, secret: str) -> Kopij | HttpResponse:
    """The kopij of this address, or a page that says there is none."""
    brake = brake_on("kopij-link", request, most=MOST_UNKNOWN, seconds=WITHIN_SECONDS)
    if brake.are_too_many:
        return answer(page, request, "onbekend", status=HTTPStatus.TOO_MANY_REQUESTS)
    kopij = actions.find(secret, wijk=page.wijk)
    if kopij is None:
        brake.add()
        return answer(page, request, "onbekend", status=HTTPStatus.NOT_FOUND)
    return kopij


def _answer(
    page: "WijkkrantPage",
    request: HttpRequest,
    kopij: Kopij,
    template: str,
    status: int = HTTPStatus.OK,
    *,
    trouble: str = "",
) -> HttpResponse:
    own_url = own_address(page, kopij)
    return answer(
        page,
        request,
        template,
        status=status,
        kopij=kopij,
        number=shown(kopij.bonnummer),
        fotos=list(kopij.fotos.defer("inhoud")),
        own_url=own_url,
        take_back_url=own_url.replace("/ontvangen/", "/terugnemen/"),
        trouble=trouble,
    )

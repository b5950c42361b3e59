"""Sending in kopij: routes of a WijkkrantPage, in every language, also one that the page is not in yet."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.page_index import address_of
from core.pdf import pdf_response
from core.photos import MOST_BYTES
from core.reading import reader_language
from core.uploads import BoundedUploadHandler
from core.visitors import brake_on, is_from_elsewhere
from home.krant.kopij import actions, drafts
from home.krant.kopij.forms import KopijForm, text_languages
from home.krant.kopij.privacy import Processing
from home.krant.kopij.questions import MOST_TEXT, PHOTOS, QUESTIONS
from home.models import Kopij, Kopijfoto, Rubriek
from participatie.views.private import SeeOther, kept_private, private

if TYPE_CHECKING:
    from home.models import WijkkrantPage

METHODS = ["GET", "HEAD", "POST"]
# A family, or the visitors of a library, share one address. Looking at a picture costs more than a text.
MOST_SENT, MOST_TRIED, WITHIN_SECONDS = 12, 60, 3600
# Three pictures that are too large by far can still be read past; beyond that nothing is read at all.
MOST_REQUEST = 20 * MOST_BYTES


# --- the form -------------------------------------------------------------------------------------


def form(page: "WijkkrantPage", request: HttpRequest) -> HttpResponse:
    """The form (GET), and storing what was sent (POST)."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    if request.method != "POST":
        return _show(page, request, KopijForm(about=_about(page)))
    uploads = BoundedUploadHandler(request, fields=[f"foto{n}" for n in PHOTOS], most_bytes=MOST_BYTES)
    typed = _typed(request, uploads)
    if typed is None:
        return answer(page, request, "te_groot", status=HTTPStatus.CONTENT_TOO_LARGE)
    return _sent(page, request, typed, uploads)


def _sent(
    page: "WijkkrantPage", request: HttpRequest, typed: QueryDict, uploads: BoundedUploadHandler
) -> HttpResponse:
    number = KopijForm(typed, about=_about(page)).open_form.number
    if known := Kopij.objects.filter(wijk=page.wijk_id, bonnummer=number).first():
        # Pressed twice, or came back to a form that was sent.
        return SeeOther(own_address(page, known))
    draft = drafts.find_draft(number, wijk=page.wijk)
    asked = KopijForm(
        typed,
        request.FILES,
        about=_about(page),
        passed=bool(draft and draft.is_mens),
        kept=drafts.kept_photos(draft),
        too_large=uploads.too_large,
    )
    # A form that is none of ours has a number from here on.
    number = asked.open_form.number
    if is_from_elsewhere(request):
        asked.files.clear()
        trouble = _("Dit kwam van een andere website. Kijk na wat er staat en verstuur het zelf.")
        return _show(page, request, asked, HTTPStatus.FORBIDDEN, trouble=trouble)
    if busy := _too_often(page, request, asked):
        return busy
    if asked.is_valid():
        kopij = actions.receive(
            wijk=page.wijk,
            number=number,
            sent=asked.sent(),
            language=reader_language(),
            photos=asked.photos,
            draft=draft,
        )
        brake_on("kopij", request, most=MOST_SENT, seconds=WITHIN_SECONDS).add()
        return kept_private(SeeOther(own_address(page, kopij)))
    if asked.photos or (asked.passed and not (draft and draft.is_mens)):
        draft = drafts.keep(number, wijk=page.wijk, photos=asked.photos, is_human=asked.passed)
    if draft and asked.wants_photo_away:
        drafts.take_away(draft, asked.wants_photo_away)
    return _show(page, request, asked, photos=drafts.kept_photos(draft))


def _typed(request: HttpRequest, uploads: BoundedUploadHandler) -> QueryDict | None:
    """What was typed, without signs that nobody types; None when it is too much to read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_REQUEST:
        return None
    request.upload_handlers = [uploads]
    try:
        typed = request.POST.copy()
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
        return None
    for name, values in typed.lists():
        typed.setlist(name, [value.replace("\0", "") for value in values])
    return typed


def _too_often(page: "WijkkrantPage", request: HttpRequest, asked: KopijForm) -> HttpResponse | None:
    """Before a picture is looked at, which is what costs something."""
    tried = brake_on("kopij-fotos", request, most=MOST_TRIED, seconds=WITHIN_SECONDS)
    sent = brake_on("kopij", request, most=MOST_SENT, seconds=WITHIN_SECONDS)
    if not (tried.are_too_many or sent.are_too_many):
        if request.FILES:
            tried.add()
        return None
    trouble = _(
        "Vanaf dit internetadres kwam het laatste uur veel binnen. Wat u invulde, staat er nog; "
        "foto's kiest u opnieuw. Probeer het over een uur nog eens, bel ons, of gebruik het formulier "
        "op papier."
    )
    asked.files.clear()
    response = _show(page, request, asked, HTTPStatus.TOO_MANY_REQUESTS, trouble=trouble)
    response.headers["Retry-After"] = str(WITHIN_SECONDS)
    return response


def _show(
    page: "WijkkrantPage",
    request: HttpRequest,
    asked: KopijForm,
    status: int = HTTPStatus.OK,
    *,
    trouble: str = "",
    photos: dict[int, Any] | None = None,
) -> HttpResponse:
    if photos is None:
        photos = drafts.kept_photos(drafts.find_draft(asked.open_form.number, wijk=page.wijk))
    slots = [{**slot, "kept": photos.get(slot["number"])} for slot in asked.slots()]
    editie = actions.edition_for(page.wijk)
    return answer(
        page,
        request,
        "formulier",
        status=status,
        form=asked,
        questions={question.key: question for question in QUESTIONS},
        slots=slots,
        most_text=MOST_TEXT,
        editie=editie,
        processing=Processing(),
        trouble=trouble,
    )


# --- beside the form ------------------------------------------------------------------------------


def paper(page: "WijkkrantPage", request: HttpRequest) -> HttpResponse:
    """The same questions under the same numbers, in the reader's language."""
    language_code = reader_language()
    with translation.override(language_code):
        context = {
            **page.get_context(request),
            "questions": QUESTIONS,
            "languages": text_languages()[:-1],
            "rubrieken": Rubriek.choices,
            "toestemmingen": Kopijfoto.Toestemming.choices,
            "photos": PHOTOS,
            "editie": actions.edition_for(page.wijk),
            "online_url": f"{settings.SITE_URL}{address_of(page)}kopij/",
            "today": timezone.localdate(),
            "processing": Processing(),
        }
        response = pdf_response(
            request,
            "print/krant_kopij.html",
            context,
            title=_("Kopij voor de wijkkrant: %(wijk)s") % {"wijk": page.wijk.naam},
            filename=f"kopij-{page.wijk.slug}-{language_code}.pdf",
        )
    response.headers["Content-Language"] = language_code
    return response


def privacy(page: "WijkkrantPage", request: HttpRequest) -> HttpResponse:
    """What happens to what people send in."""
    context = {**_context(page, request), "processing": Processing()}
    response = TemplateResponse(request, "krant/kopij/gegevens.html", context)
    response.headers["Content-Language"] = reader_language()
    return response


# --- what they share ------------------------------------------------------------------------------


def own_address(page: "WijkkrantPage", kopij: Kopij) -> str:
    """The sender's own page: the receipt first, and later how it stands."""
    return f"{address_of(page)}kopij/ontvangen/{actions.secret_of(kopij.bonnummer)}/"


def answer(
    page: "WijkkrantPage", request: HttpRequest, template: str, *, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    """A page for one visitor, in that visitor's language."""
    everything = {**_context(page, request), "form": None, "trouble": "", **context}
    response = private(request, f"krant/kopij/{template}.html", everything, status)
    response.headers["Content-Language"] = reader_language()
    return response


def _context(page: "WijkkrantPage", request: HttpRequest) -> dict[str, Any]:
    return {
        **page.get_context(request),
        "route_title": _("Kopij insturen"),
        "krant_url": address_of(page),
        "form_url": f"{address_of(page)}kopij/",
    }


def _about(page: "WijkkrantPage") -> str:
    return f"kopij:{page.wijk_id}"

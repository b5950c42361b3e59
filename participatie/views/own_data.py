"""One's own data by a personal link: see, correct, withdraw, take along, erase; routes of a LotingPage.

Looking changes nothing, because mail programs open links to look for viruses. Every change is sent by a
button, and leads to a page that can be loaded again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.page_index import address_of
from core.reading import words_language
from core.receipts import shown
from core.visitors import Brake, brake_on, is_from_elsewhere
from participatie import actions, own_actions
from participatie.forms import AskLinkForm
from participatie.identity import shown_postcode
from participatie.models import Aanmelding, Handeling, Persoon, PersoonlijkeLink, Staat
from participatie.own_story import exported, seen_by
from participatie.seats.offers import offer_to
from participatie.seats.retention import kept_until_of
from participatie.signup.copy import copy_of
from participatie.signup.forms import SignUpForm
from participatie.signup.progress import given_in
from participatie.views.own_lot import object_to, own_lot
from participatie.views.private import SeeOther, kept_private, private

if TYPE_CHECKING:
    from participatie.models import LotingPage

Doel = PersoonlijkeLink.Doel
METHODS = ["GET", "HEAD", "POST"]
# A library shares one address; who guesses needs far more.
MOST_UNKNOWN, MOST_ASKED, WITHIN_SECONDS = 30, 10, 3600
# So long the page that says it is done can be loaded again.
SALT, DONE_SECONDS = "participatie.gewist", 3600
GONE = (actions.GoneError, Aanmelding.DoesNotExist, Persoon.DoesNotExist, PersoonlijkeLink.DoesNotExist)


@dataclass(frozen=True)
class Visit:
    """Somebody with a personal link that is right, and what they came for."""

    page: "LotingPage"
    request: HttpRequest
    token: str
    link: PersoonlijkeLink
    # A form that may be acted on.
    is_sent: bool
    trouble: str = ""
    status: int = HTTPStatus.OK

    @property
    def aanmelding(self) -> Aanmelding:
        return self.link.aanmelding

    @property
    def address(self) -> str:
        return own_address(self.page, self.token)

    @property
    def language_code(self) -> str:
        return words_language(self.page)

    def answer(self, template: str, **context: Any) -> HttpResponse:
        about = {
            "aanmelding": self.aanmelding,
            "number": shown(self.aanmelding.bonnummer),
            "own_url": self.address,
            "may": may_still(self.aanmelding),
            "trouble": self.trouble,
        }
        everything = {**self.page.get_context(self.request), **about, **context}
        return private(self.request, template, everything, self.status)


@dataclass(frozen=True)
class May:
    """What the person can still do without help."""

    correct: bool
    withdraw: bool
    erase: bool


def may_still(aanmelding: Aanmelding) -> May:
    stands = aanmelding.stand == Aanmelding.Stand.AANGEMELD
    before_the_pool = aanmelding.loting.staat in (Staat.OPEN, Staat.GESLOTEN)
    return May(
        correct=stands and aanmelding.loting.is_accepting(),
        withdraw=stands and before_the_pool,
        erase=before_the_pool,
    )


def own_address(page: "LotingPage", token: str, what: str = "") -> str:
    if what:
        return f"{address_of(page)}{page.reverse_subpage('own_action', args=[token, what])}"
    return f"{address_of(page)}{page.reverse_subpage('own', args=[token])}"


# --- routes ---------------------------------------------------------------------------------------


def show(page: "LotingPage", request: HttpRequest, token: str) -> HttpResponse:
    """Everything that is kept of one person, and what they can do with it."""
    return visited(page, request, token, Doel.BEHEREN, _see)


def act(page: "LotingPage", request: HttpRequest, token: str, what: str) -> HttpResponse:
    """One thing to do with one's own data: a question (GET) and doing it (POST)."""
    from participatie.views import seat_answer

    acts = ACTS | seat_answer.ACTS
    if what not in acts:
        raise Http404
    return visited(page, request, token, Doel.BEHEREN, acts[what])


def confirm(page: "LotingPage", request: HttpRequest, token: str) -> HttpResponse:
    """A button (GET) and confirming the mail address (POST)."""
    return visited(page, request, token, Doel.BEVESTIGEN, _confirm)


def ask_link(page: "LotingPage", request: HttpRequest) -> HttpResponse:
    """Asking for a new link. The answer is the same, and as quick, whether the person is known or not."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    context = page.get_context(request) | {
        "is_asked": "gevraagd" in request.GET,
        "is_erased": _is_just_erased(request.GET.get("gewist", ""), page),
    }

    def answer(form: AskLinkForm, trouble: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        return private(
            request, "participatie/eigen/vragen.html", {**context, "form": form, "trouble": trouble}, status
        )

    with translation.override(words_language(page)):
        if request.method != "POST":
            return answer(AskLinkForm(loting=page.loting))
        form = AskLinkForm(request.POST, loting=page.loting)
        if is_from_elsewhere(request):
            return answer(AskLinkForm(loting=page.loting), _from_elsewhere(), HTTPStatus.FORBIDDEN)
        brake = _brake("loting-link", request, most=MOST_ASKED)
        if brake.are_too_many:
            return _wait(answer(form, _too_many(), HTTPStatus.TOO_MANY_REQUESTS))
        if not form.is_valid():
            return answer(form)
    brake.add()
    own_actions.ask_link(
        loting=page.loting, bonnummer=form.cleaned_data["bonnummer"], mail=form.cleaned_data["mail"]
    )
    return kept_private(SeeOther(f"{address_of(page)}{page.reverse_subpage('link')}?gevraagd=ja"))


# --- finding the person ---------------------------------------------------------------------------


def visited(
    page: "LotingPage",
    request: HttpRequest,
    token: str,
    doel: str,
    answer: Callable[[Visit], HttpResponse],
) -> HttpResponse:
    """The answer for whoever holds this secret; for all others a page that says the link does not work."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    brake = _brake("loting-eigen", request, most=MOST_UNKNOWN)
    if brake.are_too_many:
        return _wait(_unknown(page, request, doel, HTTPStatus.TOO_MANY_REQUESTS))
    link = actions.find_link(token, doel=doel, loting=page.loting)
    if link is None:
        brake.add()
        return _unknown(page, request, doel)
    visit = Visit(page, request, token, link, is_sent=request.method == "POST")
    with translation.override(visit.language_code):
        if visit.is_sent and is_from_elsewhere(request):
            visit = replace(visit, is_sent=False, trouble=_from_elsewhere(), status=HTTPStatus.FORBIDDEN)
        try:
            return answer(visit)
        except GONE:
            # Erased, or sent another link, since this link was found.
            return _unknown(page, request, doel)
        except actions.LotingClosedError:
            link = actions.find_link(token, doel=doel, loting=page.loting)
            if link is None:
                return _unknown(page, request, doel)
            late = _("Dat kan nu niet meer. Hieronder staat wat nog wel kan.")
            return _see(replace(visit, link=link, is_sent=False, trouble=late, status=HTTPStatus.CONFLICT))


def _unknown(
    page: "LotingPage", request: HttpRequest, doel: str, status: int = HTTPStatus.NOT_FOUND
) -> HttpResponse:
    context = page.get_context(request) | {
        "is_to_confirm": doel == Doel.BEVESTIGEN,
        "is_too_often": status == HTTPStatus.TOO_MANY_REQUESTS,
    }
    return private(request, "participatie/eigen/onbekend.html", context, status)


def _brake(what: str, request: HttpRequest, *, most: int) -> Brake:
    return brake_on(what, request, most=most, seconds=WITHIN_SECONDS)


def _wait(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(WITHIN_SECONDS)
    return response


def _from_elsewhere() -> str:
    return _("Dit kwam van een andere website. Wij hebben niets gedaan. Doe het hieronder zelf.")


def _too_many() -> str:
    return _(
        "Vanaf dit internetadres is het laatste uur vaak om een link gevraagd. Probeer het over een uur nog "
        "eens, of bel ons."
    )


# --- what can be done -----------------------------------------------------------------------------


def _see(visit: Visit) -> HttpResponse:
    aanmelding = visit.aanmelding
    return visit.answer(
        "participatie/eigen/overzicht.html",
        answers=copy_of(aanmelding, aanmelding.persoon, language_code=visit.language_code),
        seen=seen_by(aanmelding),
        kept_until=kept_until_of(aanmelding),
        aanbod=offer_to(aanmelding),
        is_corrected="gewijzigd" in visit.request.GET,
        own=own_lot(aanmelding),
        has_objected="bezwaar" in visit.request.GET,
    )


def _correct(visit: Visit) -> HttpResponse:
    aanmelding = visit.aanmelding
    if not may_still(aanmelding).correct:
        raise actions.LotingClosedError
    form = SignUpForm(
        visit.request.POST if visit.is_sent else None,
        initial=_filled_in(aanmelding),
        loting=aanmelding.loting,
        language_code=visit.language_code,
    )
    if visit.is_sent and form.is_valid():
        read = visit.request.POST.get("versie", "")
        try:
            changed = actions.correct(
                aanmelding=aanmelding,
                answers=form.answers(),
                versie=int(read) if read.isdecimal() and len(read) < 10 else 0,
            )
        except actions.ChangedMeanwhileError:
            aanmelding.refresh_from_db(fields=["versie"])
            meanwhile = _(
                "Uw gegevens zijn intussen ergens anders gewijzigd. Wat u hier invulde, is nog niet bewaard. "
                "Kijk het na en druk nog een keer op Bewaren."
            )
            visit = replace(visit, trouble=meanwhile, status=HTTPStatus.CONFLICT)
        else:
            token = visit.token
            if "mail" in changed:
                # Links that went to the old mail address work no more, this one too.
                token = actions.make_link(aanmelding=aanmelding, doel=Doel.BEHEREN)
            said = "?gewijzigd=ja" if changed else ""
            return kept_private(SeeOther(own_address(visit.page, token) + said))
    return visit.answer(
        "participatie/eigen/wijzigen.html",
        form=form,
        groups=[(question, [form[name] for name in question.fields]) for question in form.questions],
    )


def _filled_in(aanmelding: Aanmelding) -> dict[str, str]:
    """What is kept, as the form asks it."""
    given = given_in(aanmelding)
    return {**given, "postcode": shown_postcode(given["postcode"])}


def _withdraw(visit: Visit) -> HttpResponse:
    if visit.is_sent:
        actions.withdraw(aanmelding=visit.aanmelding)
        return kept_private(SeeOther(visit.address))
    if not may_still(visit.aanmelding).withdraw:
        raise actions.LotingClosedError
    return visit.answer("participatie/eigen/intrekken.html")


def _erase(visit: Visit) -> HttpResponse:
    if visit.is_sent:
        actions.erase(aanmelding=visit.aanmelding)
        done = signing.dumps(visit.page.loting_id, salt=SALT)
        return kept_private(
            SeeOther(f"{address_of(visit.page)}{visit.page.reverse_subpage('link')}?gewist={done}")
        )
    if not may_still(visit.aanmelding).erase:
        raise actions.LotingClosedError
    return visit.answer("participatie/eigen/wissen.html")


def _is_just_erased(signed: str, page: "LotingPage") -> bool:
    """Nobody else can make this page say so."""
    try:
        return signing.loads(signed, salt=SALT, max_age=DONE_SECONDS) == page.loting_id
    except signing.BadSignature:
        return False


def _take_along(visit: Visit) -> HttpResponse:
    """Everything as a file: for people a page, for a program JSON."""
    if not visit.is_sent:
        return kept_private(SeeOther(visit.address)) if not visit.trouble else _see(visit)
    aanmelding = visit.aanmelding
    everything = exported(aanmelding, language_code=visit.language_code)
    name = f"aanmelding-{aanmelding.bonnummer}"
    if visit.request.POST.get("soort") == "json":
        response: HttpResponse = JsonResponse(
            everything.as_dict(), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
        name = f"{name}.json"
    else:
        text = render_to_string(
            "participatie/eigen/bestand.html",
            {"everything": everything, "page": visit.page, "number": shown(aanmelding.bonnummer)},
        )
        response, name = HttpResponse(text), f"{name}.html"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    actions.note(aanmelding.loting, Handeling.Soort.GEDOWNLOAD, aanmelding=aanmelding)
    return kept_private(response)


def _confirm(visit: Visit) -> HttpResponse:
    if visit.is_sent:
        actions.confirm_mail(link=visit.link)
        here = visit.page.reverse_subpage("confirm", args=[visit.token])
        return kept_private(SeeOther(f"{address_of(visit.page)}{here}"))
    return visit.answer("participatie/eigen/bevestigen.html")


ACTS: dict[str, Callable[[Visit], HttpResponse]] = {
    "wijzigen": _correct,
    "intrekken": _withdraw,
    "wissen": _erase,
    "ophalen": _take_along,
    "bezwaar": object_to,
}

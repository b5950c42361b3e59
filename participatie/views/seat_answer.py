"""Saying yes or no to a seat by a personal link; routes of a LotingPage.

The link of the letter or the mail leads here, and so does the one to one's own data. Looking changes
nothing, because mail programs open links to look for viruses: each answer is asked once more on a page with
one button.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.page_index import address_of
from participatie.actions import GoneError
from participatie.models import Aanmelding, Bezetting, Kanaal, PersoonlijkeLink, Zetelaanbod
from participatie.seats.actions import SeatGivenError, TooLateError, answer, be_named
from participatie.seats.naming import NamingForm
from participatie.seats.offers import May, may_still, offer_to
from participatie.seats.term import term_ends_on
from participatie.views.own_data import Visit, own_address, visited
from participatie.views.private import SeeOther, kept_private

if TYPE_CHECKING:
    from participatie.models import LotingPage

Doel = PersoonlijkeLink.Doel
Stand = Zetelaanbod.Stand


@dataclass(frozen=True)
class Seat:
    """Somebody with a personal link that is right, and the seat they were offered."""

    visit: Visit
    aanbod: Zetelaanbod
    may: May

    @property
    def aanmelding(self) -> Aanmelding:
        return self.visit.aanmelding

    @property
    def sitting(self) -> Bezetting | None:
        found: Bezetting | None = getattr(self.aanbod, "bezetting", None)
        return found

    @property
    def address(self) -> str:
        return self._address("zetel" if self.is_own_data else "")

    @property
    def is_own_data(self) -> bool:
        return self.visit.link.doel == Doel.BEHEREN

    def to(self, what: str) -> str:
        """The address of one thing to do."""
        return self._address(what)

    def _address(self, what: str) -> str:
        page, token = self.visit.page, self.visit.token
        if self.is_own_data:
            return own_address(page, token, what)
        if what:
            return f"{address_of(page)}{page.reverse_subpage('seat_action', args=[token, what])}"
        return f"{address_of(page)}{page.reverse_subpage('seat', args=[token])}"

    def show(self, template: str, **context: object) -> HttpResponse:
        return self.visit.answer(
            template,
            aanbod=self.aanbod,
            sitting=self.sitting,
            may_seat=self.may,
            ends_on=term_ends_on(self.visit.page.loting),
            seat_url=self.address,
            accept_url=self.to("aannemen"),
            decline_url=self.to("weigeren"),
            name_url=self.to("genoemd"),
            is_own_data=self.is_own_data,
            **context,
        )


# --- routes ---------------------------------------------------------------------------------------


def show(page: "LotingPage", request: HttpRequest, token: str) -> HttpResponse:
    """The seat that was offered, and what was answered."""
    return visited(page, request, token, Doel.ANTWOORDEN, _see)


def act(page: "LotingPage", request: HttpRequest, token: str, what: str) -> HttpResponse:
    """One thing to do about it: a question (GET) and doing it (POST)."""
    if what not in ACTS or what == "zetel":
        raise Http404
    return visited(page, request, token, Doel.ANTWOORDEN, ACTS[what])


# --- what can be done -----------------------------------------------------------------------------


def _seat(visit: Visit) -> Seat:
    aanbod = offer_to(visit.aanmelding)
    if aanbod is None:
        raise GoneError
    return Seat(visit, aanbod, may_still(aanbod, now=timezone.now()))


def _see(visit: Visit) -> HttpResponse:
    return _seat(visit).show("participatie/zetel/overzicht.html")


def _accept(visit: Visit) -> HttpResponse:
    seat = _seat(visit)
    form = NamingForm(visit.request.POST if visit.is_sent else None, persoon=visit.aanmelding.persoon)
    if visit.is_sent and form.is_valid():
        try:
            answer(aanbod=seat.aanbod, accepts=True, kanaal=Kanaal.WEB, named_as=form.named_as)
        except (TooLateError, SeatGivenError) as error:
            return _refused(visit, error)
        return kept_private(SeeOther(seat.address))
    if seat.aanbod.stand == Stand.AANVAARD:
        return kept_private(SeeOther(seat.address))
    if not seat.may.accept:
        return _refused(visit, SeatGivenError() if seat.may.decline_or_return else TooLateError())
    return seat.show("participatie/zetel/aannemen.html", form=form)


def _decline(visit: Visit) -> HttpResponse:
    seat = _seat(visit)
    if visit.is_sent:
        try:
            answer(aanbod=seat.aanbod, accepts=False, kanaal=Kanaal.WEB)
        except TooLateError as error:
            return _refused(visit, error)
        return kept_private(SeeOther(seat.address))
    if seat.aanbod.stand == Stand.GEWEIGERD:
        return kept_private(SeeOther(seat.address))
    if not seat.may.decline:
        return _refused(visit, TooLateError())
    return seat.show("participatie/zetel/weigeren.html")


def _name(visit: Visit) -> HttpResponse:
    seat = _seat(visit)
    if not seat.may.be_named or seat.sitting is None:
        return _refused(visit, TooLateError())
    form = NamingForm(
        visit.request.POST if visit.is_sent else None,
        persoon=visit.aanmelding.persoon,
        named_as=seat.sitting.genoemd_als,
    )
    if visit.is_sent and form.is_valid():
        try:
            be_named(aanbod=seat.aanbod, named_as=form.named_as)
        except TooLateError as error:
            return _refused(visit, error)
        return kept_private(SeeOther(seat.address))
    return seat.show("participatie/zetel/genoemd.html", form=form)


def _refused(visit: Visit, error: Exception) -> HttpResponse:
    """The seat as it is now, with why nothing was done."""
    if isinstance(error, SeatGivenError):
        why = _("Deze zetel is intussen aan iemand anders aangeboden. Ja zeggen kan niet meer.")
    else:
        why = _("Dat kan nu niet meer. Er is niets veranderd. Hieronder staat hoe het nu is.")
    return _see(replace(visit, is_sent=False, trouble=why, status=HTTPStatus.CONFLICT))


ACTS: dict[str, Callable[[Visit], HttpResponse]] = {
    "zetel": _see,
    "aannemen": _accept,
    "weigeren": _decline,
    "genoemd": _name,
}

"""The seats of a loting: who was asked, who sits, what is free. Every look at a name is written down."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from core.pdf import PdfNotAvailable
from participatie.desk.letters import as_file, not_available
from participatie.desk.screens import LotingScreen
from participatie.desk.seat_forms import LeaveForm, SeatAnswerForm
from participatie.mailing import seat_letters
from participatie.models import Bezetting, Handeling, Ketenregel, Persoon, Zetelaanbod
from participatie.seats.actions import (
    TooLateError,
    be_named,
    check_offering,
    offer_seats,
    resign,
    waiting_lots,
)
from participatie.seats.links import owner_of
from participatie.seats.naming import NamingForm
from participatie.seats.offers import may_still
from participatie.seats.standing import SeatNow, seats_of
from participatie.seats.term import term_ends_on
from participatie.seats.unmailed import to_call, without_mail
from wijken.desk.screens import sentences, show_refusal

# As many lines of the public log as are about seats lately.
MOST_LINES = 50


class SeatsView(LotingScreen):
    """All seats, and offering them."""

    template_name = "desk/loting/seats.html"
    page_title: Any = gettext_lazy("Zetels")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = seats_of(self.loting)
        names = _names(seats)
        if names:
            self.note(Handeling.Soort.LIJST, count=len(names), about="zetels")
        by_post = without_mail(self.loting)
        languages = dict(settings.LANGUAGES)
        return {
            **super().get_context_data(**kwargs),
            "rows": [
                (seat, names.get(seat.aanbod.lot.aanmelding_id or 0, "") if seat.aanbod else "")
                for seat in seats
            ],
            "taken": sum(seat.bezetting is not None for seat in seats),
            "ends_on": term_ends_on(self.loting),
            "problem": self._problem(),
            "waiting": waiting_lots(self.loting).count(),
            "letters": [
                (code, languages.get(code, code), sum(owner_of(row).taal == code for row in by_post))
                for code in sorted({owner_of(row).taal for row in by_post})
            ],
            "calls": len(to_call(self.loting)),
            "log": Ketenregel.objects.filter(loting=self.loting).order_by("-nummer")[:MOST_LINES],
        }

    def _problem(self) -> str:
        try:
            check_offering(self.loting, now=timezone.now())
        except ValidationError as error:
            return sentences(error)
        return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            count = offer_seats(loting=self.loting, by=self.user)
        except ValidationError as error:
            messages.error(request, sentences(error))
        else:
            messages.success(
                request,
                ngettext("Er is %(count)d zetel aangeboden.", "Er zijn %(count)d zetels aangeboden.", count)
                % {"count": count},
            )
        return redirect("desk_loting_seats", self.loting.pk)


def _names(seats: list[SeatNow]) -> dict[int, str]:
    """{sign-up: name} of who sits on a seat or is asked; of whom the data is gone there is none."""
    owners = {seat.aanbod.lot.aanmelding_id for seat in seats if seat.aanbod and not seat.is_free}
    return dict(Persoon.objects.filter(aanmelding__in=owners - {None}).values_list("aanmelding", "naam"))


class SeatView(LotingScreen):
    """One offer: who it is, the answer that came in at the desk, and stopping."""

    template_name = "desk/loting/seat.html"
    header_icon = "user"

    @cached_property
    def aanbod(self) -> Zetelaanbod:
        rows = Zetelaanbod.objects.filter(zetel__loting=self.loting)
        found = get_object_or_404(
            rows.select_related("zetel__loting", "lot__aanmelding__persoon", "bezetting"),
            pk=self.kwargs["aanbod"],
        )
        return found

    def get_page_title(self) -> str:
        return _("Zetel %(number)d") % {"number": self.aanbod.zetel.nummer}

    def get_page_subtitle(self) -> str:
        return self.aanbod.lot.nummer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return below_seats(self, super().get_breadcrumbs_items())

    @cached_property
    def persoon(self) -> Persoon | None:
        owner = self.aanbod.lot.aanmelding
        return owner.persoon if owner else None

    @property
    def sitting(self) -> Bezetting | None:
        found: Bezetting | None = getattr(self.aanbod, "bezetting", None)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owner = self.aanbod.lot.aanmelding
        if owner and self.request.method == "GET":
            self.note(Handeling.Soort.BEKEKEN, aanmelding=owner, about="zetel")
        leave = LeaveForm(initial={"on": timezone.localdate()})
        return {
            "form": SeatAnswerForm(aanbod=self.aanbod, persoon=self.persoon) if self.persoon else None,
            "leave_form": leave,
            "name_form": self._name_form(),
            **super().get_context_data(**kwargs),
            "aanbod": self.aanbod,
            "aanmelding": owner,
            "persoon": self.persoon,
            "sitting": self.sitting,
            "may": may_still(self.aanbod, now=timezone.now()),
            "can_take_paper": self.aanbod.stand == Zetelaanbod.Stand.VERLOPEN,
            "ends_on": term_ends_on(self.loting),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("wat") == "stoppen":
            return self._leave(request)
        if self.persoon is None:
            raise Http404
        if request.POST.get("wat") == "naam":
            return self._name(request)
        form = SeatAnswerForm(request.POST, aanbod=self.aanbod, persoon=self.persoon)
        if form.is_valid() and form.store(by=self.user):
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect("desk_loting_seat", self.loting.pk, self.aanbod.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _name_form(self, data: Any = None) -> NamingForm | None:
        """For who sits on the seat now, and is known."""
        if self.persoon is None or self.sitting is None or self.sitting.tot is not None:
            return None
        named_as = self.sitting.genoemd_als
        form = NamingForm(data, persoon=self.persoon, named_as=named_as, prefix="naam")
        form.fields["genoemd"].label = _("Mag de naam op de site staan?")
        return form

    def _name(self, request: HttpRequest) -> HttpResponse:
        form = self._name_form(request.POST)
        if form is None:
            raise Http404
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(name_form=form), status=422)
        try:
            be_named(aanbod=self.aanbod, named_as=form.named_as, by=self.user)
        except TooLateError:
            messages.error(request, _("Deze bewoner zit niet meer op de zetel. Er is niets veranderd."))
        else:
            messages.success(request, _("Bewaard."))
        return redirect("desk_loting_seat", self.loting.pk, self.aanbod.pk)

    def _leave(self, request: HttpRequest) -> HttpResponse:
        sitting, form = self.sitting, LeaveForm(request.POST)
        if sitting is None:
            raise Http404
        if form.is_valid():
            try:
                resign(bezetting=sitting, by=self.user, **form.cleaned_data)
            except ValidationError as error:
                show_refusal(form, error)
            else:
                messages.success(request, _("De zetel is vrij. Kies nu wie hem krijgt."))
                return redirect("desk_loting_seats", self.loting.pk)
        return self.render_to_response(self.get_context_data(leave_form=form), status=422)


class SeatLettersView(LotingScreen):
    """Letters to who cannot be mailed, in one language; written down before they leave."""

    page_title: Any = gettext_lazy("Brieven over een zetel")
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language_code = request.POST.get("taal", "")
        rows = [row for row in without_mail(self.loting) if owner_of(row).taal == language_code]
        if not rows:
            messages.info(request, _("Er is niemand die hierover een brief moet krijgen."))
            return redirect("desk_loting_seats", self.loting.pk)
        try:
            content = seat_letters(self.loting, rows, language_code=language_code)
        except PdfNotAvailable:
            return not_available(request, self.loting.pk)
        self.note(Handeling.Soort.GEEXPORTEERD, count=len(rows), about=_("brieven over een zetel"))
        return as_file(content, f"zetels-{self.loting.slug}-{language_code}.pdf")


class SeatCallsView(LotingScreen):
    """Who has to be called about a seat, to print. Seeing it is written down."""

    template_name = "desk/loting/seat_calls.html"
    page_title: Any = gettext_lazy("Bellijst zetels")
    header_icon = "mobile-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return below_seats(self, super().get_breadcrumbs_items())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = to_call(self.loting)
        if rows:
            self.note(Handeling.Soort.LIJST, count=len(rows), about="bellijst zetels")
        return {**super().get_context_data(**kwargs), "rows": rows}


def below_seats(screen: LotingScreen, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The crumb trail of a screen, with that of all seats above it."""
    *above, own = items
    seats = {"url": reverse("desk_loting_seats", args=[screen.loting.pk]), "label": SeatsView.page_title}
    return [*above, seats, own]


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/zetels/": ("desk_loting_seats", SeatsView),
    "loting/<int:pk>/zetels/brieven/": ("desk_loting_seat_letters", SeatLettersView),
    "loting/<int:pk>/zetels/bellijst/": ("desk_loting_seat_calls", SeatCallsView),
    "loting/<int:pk>/zetels/<int:aanbod>/": ("desk_loting_seat", SeatView),
}

"""An answer about a seat at the counter, of somebody who was found by number and what only they know."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from participatie.desk.lookup import OpenedScreen
from participatie.desk.seat_forms import SeatAnswerForm
from participatie.models import Zetelaanbod
from participatie.seats.offers import may_still, offer_to
from participatie.seats.term import term_ends_on


class CounterSeatView(OpenedScreen):
    template_name = "desk/balie/seat.html"
    page_title: Any = gettext_lazy("Antwoord over een zetel")

    @property
    def aanbod(self) -> Zetelaanbod:
        found = offer_to(self.aanmelding)
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        aanbod = self.aanbod
        return self._show(aanbod, SeatAnswerForm(aanbod=aanbod, persoon=self.aanmelding.persoon))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        aanbod = self.aanbod
        form = SeatAnswerForm(request.POST, aanbod=aanbod, persoon=self.aanmelding.persoon)
        if form.is_valid() and form.store(by=self.user):
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect("desk_counter_seat", self.aanmelding.pk)
        return self._show(aanbod, form, status=422)

    def _show(self, aanbod: Zetelaanbod, form: SeatAnswerForm, *, status: int = 200) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form,
                aanbod=aanbod,
                may=may_still(aanbod, now=timezone.now()),
                can_take_paper=aanbod.stand == Zetelaanbod.Stand.VERLOPEN,
                ends_on=term_ends_on(self.loting),
            ),
            status=status,
        )


SCREENS: dict[str, tuple[str, Any]] = {
    "balie/zetel/<int:aanmelding>/": ("desk_counter_seat", CounterSeatView)
}

"""Filling a free seat: what the published rule says, shown before it is applied."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from participatie.desk.screens import LotingScreen
from participatie.desk.seats import below_seats
from participatie.models import Bezetting, Zetel, Zetelaanbod
from participatie.seats.rule import Choice, choice_for, counts_of, fill, sentences_of
from participatie.signup.questions import features_of
from wijken.desk.screens import sentences

# The others follow in the same order.
MOST_SHOWN = 12


class FillView(LotingScreen):
    template_name = "desk/loting/seat_fill.html"
    page_title: Any = gettext_lazy("Zetel vullen")
    header_icon = "group"

    @cached_property
    def zetel(self) -> Zetel:
        return get_object_or_404(
            Zetel.objects.select_related("loting"), loting=self.loting, nummer=self.kwargs["zetel"]
        )

    def get_page_title(self) -> str:
        return _("Zetel %(number)d vullen") % {"number": self.zetel.nummer}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return below_seats(self, super().get_breadcrumbs_items())

    @property
    def is_free(self) -> bool:
        asked = Zetelaanbod.objects.open().filter(zetel=self.zetel)
        sitting = Bezetting.objects.filter(zetel=self.zetel, tot__isnull=True)
        return not asked.exists() and not sitting.exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice: Choice = choice_for(self.loting)
        features = features_of(self.loting, language_code=settings.LANGUAGE_CODE)
        labels = {
            (kenmerk.code, option.code): option.label for kenmerk, options in features for option in options
        }
        return {
            "refused": "",
            "reden": "",
            **super().get_context_data(**kwargs),
            "zetel": self.zetel,
            "is_free": self.is_free,
            "choice": choice,
            "counts": [
                (labels.get((quota.feature, quota.value), quota.value), quota, count)
                for quota, count in counts_of(choice, self.loting)
            ],
            "chosen": kwargs.get("chosen", ""),
            "candidates": [
                (candidate, choice.places[candidate.id], sentences_of(candidate.violations, labels))
                for candidate in choice.candidates[:MOST_SHOWN]
            ],
            "more": max(0, len(choice.candidates) - MOST_SHOWN),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lot, reden = request.POST.get("lot", "")[:20], request.POST.get("reden", "")
        try:
            made = fill(zetel=self.zetel, lot=lot, by=self.user, reden=reden)
        except ValidationError as error:
            return self.render_to_response(
                self.get_context_data(refused=sentences(error), reden=reden, chosen=lot), status=422
            )
        messages.success(
            request,
            _("Lot %(lot)s is gevraagd. Antwoorden kan tot en met %(day)s.")
            % {"lot": lot, "day": f"{made.antwoord_voor:%d-%m-%Y}"},
        )
        return redirect("desk_loting_seats", self.loting.pk)


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/zetels/<int:zetel>/vullen/": ("desk_loting_seat_fill", FillView)
}

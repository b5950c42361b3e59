"""Lots for who cannot be mailed: letters to print, and a list to call. Each look is written down."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.pdf import PdfNotAvailable
from participatie.desk.letters import as_file
from participatie.desk.screens import LotingScreen
from participatie.draw import sending
from participatie.draw.checks import trekking_of
from participatie.mailing import PER_FILE, lots
from participatie.models import Handeling, Lot, Trekking
from wijken.desk.screens import sentences

# More is not called in a day.
MOST_CALLED = 200


class LotLettersView(LotingScreen):
    """How many letters in which language, and a button for each PDF."""

    template_name = "desk/loting/draw_letters.html"
    page_title: Any = gettext_lazy("Lotnummers op papier")
    header_icon = "mail"

    @property
    def trekking(self) -> Trekking | None:
        return trekking_of(self.loting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = dict(settings.LANGUAGES)
        rows: list[dict[str, Any]] = []
        if trekking := self.trekking:
            counted = (
                sending.on_paper(trekking)
                .order_by("aanmelding__taal")
                .values("aanmelding__taal")
                .annotate(count=Count("pk"))
            )
            for row in counted:
                code = row["aanmelding__taal"]
                starts = range(0, row["count"], PER_FILE)
                parts = [
                    (part, start + 1, min(start + PER_FILE, row["count"]))
                    for part, start in enumerate(starts, start=1)
                ]
                rows.append({"code": code, "name": names.get(code, code), "parts": parts, **row})
        waiting = sending.on_paper(trekking).filter(verstuurd_op=None).count() if trekking else 0
        return {**super().get_context_data(**kwargs), "languages": rows, "waiting": waiting}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A PDF with at most `PER_FILE` letters in one language."""
        trekking = self.trekking
        taal, deel = request.POST.get("taal", ""), request.POST.get("deel", "")
        if trekking is None or not (deel.isascii() and deel.isdigit() and len(deel) < 6 and int(deel)):
            raise Http404
        found = sending.on_paper(trekking).filter(aanmelding__taal=taal)
        start = (int(deel) - 1) * PER_FILE
        rows = list(
            found.select_related("aanmelding__persoon", "aanmelding__loting", "trekking")[
                start : start + PER_FILE
            ]
        )
        if not rows:
            raise Http404
        try:
            content = lots(self.loting, rows, language_code=taal)
            sending.hand_over(trekking=trekking, lots=rows, by=self.user)
        except PdfNotAvailable:
            messages.error(
                request, _("Hier kan nu geen PDF worden gemaakt. Vraag het de beheerder van de site.")
            )
            return redirect("desk_loting_draw_letters", self.loting.pk)
        except ValidationError as error:
            messages.error(request, sentences(error))
            return redirect("desk_loting_draw_letters", self.loting.pk)
        self.note(Handeling.Soort.GEEXPORTEERD, count=len(rows), about=_("brieven met lotnummers"))
        return as_file(content, f"loten-{self.loting.slug}-{taal}-{deel}.pdf")


class LotCallsView(LotingScreen):
    """Names and numbers of who has no working mail, with their lots. Telling somebody is written down."""

    template_name = "desk/loting/draw_calls.html"
    page_title: Any = gettext_lazy("Lotnummers doorbellen")
    header_icon = "mobile-alt"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trekking = trekking_of(self.loting)
        rows: list[Lot] = []
        if trekking:
            waiting = sending.on_paper(trekking).filter(verstuurd_op=None)
            rows = list(waiting.select_related("aanmelding__persoon")[:MOST_CALLED])
        if rows and self.request.method == "GET":
            self.note(Handeling.Soort.LIJST, count=len(rows), about="bellijst loten")
        return {**super().get_context_data(**kwargs), "rows": rows, "most": MOST_CALLED}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody was told by telephone."""
        trekking, number = trekking_of(self.loting), request.POST.get("lot", "")
        rows = list(trekking.loten.filter(nummer=number)) if trekking else []
        if trekking is None or not rows:
            raise Http404
        try:
            sending.hand_over(trekking=trekking, lots=rows, by=self.user)
            messages.success(request, _("Genoteerd: %(lot)s is gebeld.") % {"lot": number})
        except ValidationError as error:
            messages.error(request, sentences(error))
        return redirect("desk_loting_draw_calls", self.loting.pk)


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/trekking/brieven/": ("desk_loting_draw_letters", LotLettersView),
    "loting/<int:pk>/trekking/bellen/": ("desk_loting_draw_calls", LotCallsView),
}

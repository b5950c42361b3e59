"""Sign-ups that miss something: mail who can be mailed, and a list for who has to be called or written to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from participatie.desk.screens import LotingScreen
from participatie.models import Aanmelding, Handeling
from participatie.reaching import remind, unfinished

# More is not called in a day.
MOST_CALLED = 200


class RemindersView(LotingScreen):
    template_name = "desk/loting/reminders.html"
    page_title: Any = gettext_lazy("Nog niet af")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = unfinished(self.loting, now=timezone.now())
        return {
            **super().get_context_data(**kwargs),
            "counts": {name: rows.count() for name, rows in vars(found).items()},
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = remind(self.loting, now=timezone.now(), by=self.user)
        messages.success(
            request,
            ngettext("%(count)d herinnering gaat op weg.", "%(count)d herinneringen gaan op weg.", count)
            % {"count": count},
        )
        return redirect("desk_loting_reminders", self.loting.pk)


class CallListView(LotingScreen):
    """Names and phone numbers of who cannot be mailed, to print. Seeing it is written down."""

    template_name = "desk/loting/call_list.html"
    page_title: Any = gettext_lazy("Bellijst")
    header_icon = "mobile-alt"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = unfinished(self.loting, now=timezone.now())
        wanted = found.without_mail | found.undeliverable | found.unconfirmed | found.without_answer
        rows = list(
            Aanmelding.objects.filter(pk__in=wanted.values("pk"))
            .select_related("persoon")
            .order_by("ontvangen_op")[:MOST_CALLED]
        )
        if rows:
            self.note(Handeling.Soort.LIJST, count=len(rows), about="bellijst")
        return {**super().get_context_data(**kwargs), "rows": rows, "most": MOST_CALLED}


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/herinneren/": ("desk_loting_reminders", RemindersView),
    "loting/<int:pk>/bellijst/": ("desk_loting_calls", CallListView),
}

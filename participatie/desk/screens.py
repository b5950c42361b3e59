"""What the screens about one loting share."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from participatie import actions
from participatie.models import Aanmelding, Handeling, Loting
from wijken.desk.screens import DeskScreen

MANAGE = "participatie.manage_loting"
LOTINGEN = gettext_lazy("Lotingen")


class LotingScreen(DeskScreen):
    """A screen about one loting, for its lotingbeheerder."""

    permission = MANAGE
    header_icon = "group"
    request: HttpRequest

    @cached_property
    def loting(self) -> Loting:
        return get_object_or_404(Loting.objects.select_related("wijk"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.loting.naam

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": "", "label": self.get_page_title()}
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_loting", args=[self.loting.pk]), "label": self.loting.naam},
            own,
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "loting": self.loting}

    def note(
        self, soort: str, *, aanmelding: Aanmelding | None = None, count: int = 1, about: str = ""
    ) -> Handeling:
        """Write down that whoever is signed in saw or did this."""
        return actions.note(self.loting, soort, aanmelding=aanmelding, by=self.user, count=count, about=about)

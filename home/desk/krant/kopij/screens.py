"""What the screens about kopij share: who may enter, and that no cache keeps what people wrote."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.receipts import shown
from home.krant.redactie import may_edit, wijken_of
from home.models import Kopij
from wijken.desk.screens import DeskScreen

KOPIJ = gettext_lazy("Kopij")


class KopijScreen(DeskScreen):
    """A screen for whoever works on a wijkkrant."""

    page_title: Any = KOPIJ
    header_icon = "mail"
    request: HttpRequest

    def may_enter(self) -> bool:
        return wijken_of(self.user).exists()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response


class OneKopijScreen(KopijScreen):
    """A screen about one piece, for the redactie of its wijk."""

    @cached_property
    def kopij(self) -> Kopij:
        rows = Kopij.objects.select_related("wijk", "editie__wijk", "ingevoerd_door", "behandeld_door")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        return super().may_enter() and may_edit(self.user, self.kopij.wijk)

    def get_page_subtitle(self) -> str:
        return shown(self.kopij.bonnummer)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("krant_kopij"), "label": KOPIJ}
        own = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, above, own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "kopij": self.kopij}

"""What the screens of the wijkkrant share: for whoever works on it, and about one edition."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from core.models import User
from home.krant.articles import edition_page
from home.krant.redactie import may_edit, wijken_of
from home.models import Editie
from wijken.desk.screens import DeskScreen

KRANT = gettext_lazy("Wijkkrant")


class KrantScreen(DeskScreen):
    """A screen for whoever works on a wijkkrant: of one wijk, or on all of them."""

    header_icon = "doc-full-inverse"
    request: HttpRequest

    def may_enter(self) -> bool:
        return wijken_of(self.user).exists()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("krant_desk"), "label": KRANT},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]


class EditionScreen(KrantScreen):
    """A screen about one edition, for the redactie of its wijk."""

    @cached_property
    def editie(self) -> Editie:
        return get_object_or_404(Editie.objects.select_related("wijk"), pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        return may_edit(self.user, self.editie.wijk)

    def get_page_subtitle(self) -> str:
        return str(self.editie)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("krant_board", args=[self.editie.pk]), "label": str(self.editie)}
        *before, own = super().get_breadcrumbs_items()
        return [*before, above, {**own, "sublabel": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "editie": self.editie}


def may_bring_out(user: User, editie: Editie) -> bool:
    """Bringing out makes it public, so it asks what publishing its page asks."""
    page = edition_page(editie)
    return page is not None and bool(page.permissions_for_user(user).can_publish())


def kopij_address(editie: Editie) -> str:
    """Where the kopij of an edition is read; empty without such a screen."""
    try:
        return f"{reverse('krant_kopij')}?editie={editie.pk}"
    except NoReverseMatch:
        return ""

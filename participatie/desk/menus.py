"""Where the counter stands in the menu."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from core.menus import GuardedMenuItem

ENTER = "participatie.enter_aanmelding"


def _may_enter(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(ENTER))


def counter_item() -> MenuItem:
    """The first thing somebody at the counter sees."""
    return GuardedMenuItem(
        _("Aanmelden aan de balie"),
        reverse("desk_counter"),
        name="balie",
        icon_name="edit",
        order=25,
        allowed=_may_enter,
    )

"""Where the wijkkrant stands in the menu."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from core.menus import GuardedMenuItem
from core.models import User
from home.krant.redactie import wijken_of


def works_on_a_krant(request: HttpRequest) -> bool:
    return wijken_of(cast(User, request.user)).exists()


def board_item() -> MenuItem:
    """The first thing in the group: the editions that somebody works on."""
    return GuardedMenuItem(
        _("In de maak"),
        reverse("krant_desk"),
        name="krant-in-de-maak",
        icon_name="edit",
        order=-20,
        allowed=works_on_a_krant,
    )

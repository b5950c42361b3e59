"""Where kopij stands in the menu."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from core.menus import GuardedMenuItem
from core.models import User
from home.krant.redactie import wijken_of
from participatie.desk.menus import ENTER


def reads_kopij(request: HttpRequest) -> bool:
    return wijken_of(cast(User, request.user)).exists()


def only_enters_kopij(request: HttpRequest) -> bool:
    """Who works at the counter; a redactie gets there from its list."""
    return request.user.has_perm(ENTER) and not reads_kopij(request)


def kopij_item() -> MenuItem:
    return GuardedMenuItem(
        _("Kopij"), reverse("krant_kopij"), name="kopij", icon_name="mail", order=-10, allowed=reads_kopij
    )


def entry_item() -> MenuItem:
    return GuardedMenuItem(
        _("Kopij van papier"),
        reverse("krant_kopij_entry"),
        name="kopij-papier",
        icon_name="edit",
        order=26,
        allowed=only_enters_kopij,
    )

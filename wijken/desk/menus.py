"""Where the screens for writing about actions stand in the menu."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from core.menus import GuardedMenuItem
from wijken.desk.writers import Writer, may_publish, may_report


def _is_partner(request: HttpRequest) -> bool:
    return may_report(request) and not Writer(request.user).is_editor


def _is_writing_editor(request: HttpRequest) -> bool:
    return may_report(request) and Writer(request.user).is_editor


def my_actions_item() -> MenuItem:
    """The first thing a partner sees."""
    return GuardedMenuItem(
        _("Mijn acties"),
        reverse("desk_my_actions"),
        name="mijn-acties",
        icon_name="tasks",
        order=20,
        allowed=_is_partner,
    )


def write_item() -> MenuItem:
    return GuardedMenuItem(
        _("Bericht schrijven"),
        reverse("desk_my_actions"),
        name="bericht-schrijven",
        icon_name="edit",
        order=-20,
        allowed=_is_writing_editor,
    )


def inbox_item() -> MenuItem:
    return GuardedMenuItem(
        _("Berichten om na te kijken"),
        reverse("desk_inbox"),
        name="berichten-om-na-te-kijken",
        icon_name="mail",
        order=-10,
        allowed=may_publish,
    )

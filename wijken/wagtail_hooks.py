"""Puts the registers and the screens of the action plan on the desk."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from core.desk import SafeDeleteBulkAction
from core.translating.glossary import HOOK
from wijken.desk import menus
from wijken.desk.urls import urlpatterns
from wijken.models import Organisatie, Plek, Wijk
from wijken.viewsets import GROUPS
from wijken.viewsets.terugblik import MonitorGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [group() for group in (*GROUPS, MonitorGroup)]


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern]:
    return urlpatterns


@hooks.register("register_log_actions")
def register_history(actions: LogActionRegistry) -> None:
    actions.register_action("wijken.planning", _("Planning vastleggen"), _("Planning vastgelegd"))
    actions.register_action("wijken.submit", _("Bericht indienen"), _("Bericht ingediend"))
    actions.register_action("wijken.publish", _("Bericht publiceren"), _("Bericht gepubliceerd"))
    actions.register_action("wijken.return", _("Bericht terugsturen"), _("Bericht teruggestuurd"))
    actions.register_action("wijken.discard", _("Bericht weggooien"), _("Concept van een bericht weggegooid"))


@hooks.register("register_admin_menu_item")
def register_my_actions() -> MenuItem:
    return menus.my_actions_item()


hooks.register("register_actieplan_menu_item", menus.write_item)
hooks.register("register_actieplan_menu_item", menus.inbox_item)


# After Wagtail's own, which it replaces.
hooks.register("register_bulk_action", SafeDeleteBulkAction, order=100)


@hooks.register(HOOK)
def names_of_the_registers() -> list[str]:
    """Names that are the same in every language: of wijken, kernen, organisations and places."""
    wijken = [name for names in Wijk.objects.values_list("naam", "kern") for name in names]
    others = (model.objects.source().values_list("naam", flat=True) for model in (Organisatie, Plek))
    return [*wijken, *(name for names in others for name in names)]

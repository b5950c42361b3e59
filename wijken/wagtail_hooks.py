"""Puts the registers on the desk."""

from wagtail import hooks

from core.desk import SafeDeleteBulkAction
from wijken.viewsets import GROUPS
from wijken.viewsets_terugblik import MonitorGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [group() for group in (*GROUPS, MonitorGroup)]


# After Wagtail's own, which it replaces.
hooks.register("register_bulk_action", SafeDeleteBulkAction, order=100)

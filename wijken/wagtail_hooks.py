"""Puts the registers and the screens of the action plan on the desk."""

from django.urls import URLPattern
from wagtail import hooks

from core.desk import SafeDeleteBulkAction
from wijken.desk.urls import urlpatterns
from wijken.viewsets import GROUPS
from wijken.viewsets_terugblik import MonitorGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [group() for group in (*GROUPS, MonitorGroup)]


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern]:
    return urlpatterns


# After Wagtail's own, which it replaces.
hooks.register("register_bulk_action", SafeDeleteBulkAction, order=100)

"""Addresses of the screens about kopij, under /admin/."""

from typing import Any

from django.urls import path

from home.desk.krant.kopij import entry, item, overview

SCREENS: dict[str, tuple[str, Any]] = {**overview.SCREENS, **entry.SCREENS, **item.SCREENS}

urlpatterns = [path(address, view.as_view(), name=name) for address, (name, view) in SCREENS.items()]

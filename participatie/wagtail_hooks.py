"""Puts the lotingen on the desk: their register, their screens, and the counter."""

from typing import Any

from django.urls import URLPattern
from wagtail import hooks

from participatie.desk import menus
from participatie.desk.urls import urlpatterns
from participatie.viewsets import LotingenGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [LotingenGroup()]


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern]:
    return urlpatterns


hooks.register("register_admin_menu_item", menus.counter_item)

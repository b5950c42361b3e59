"""Puts kopij on the desk."""

from django.urls import URLPattern
from wagtail import hooks

from home.desk.krant.kopij import menus
from home.desk.krant.kopij.urls import urlpatterns


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern]:
    return urlpatterns


hooks.register("register_krant_menu_item", menus.kopij_item)
hooks.register("register_admin_menu_item", menus.entry_item)

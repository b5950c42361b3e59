"""Puts the lotingen on the desk and on the pages of the wijk: register, screens, counter, invitation."""

from typing import Any

from django.urls import URLPattern
from wagtail import hooks

from participatie import sections
from participatie.desk import menus
from participatie.desk.urls import urlpatterns
from participatie.viewsets import LotingenGroup
from wijken.sections import PLATFORM_SECTIONS, WIJK_SECTIONS


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [LotingenGroup()]


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern]:
    return urlpatterns


hooks.register("register_admin_menu_item", menus.counter_item)
hooks.register(WIJK_SECTIONS, sections.on_wijk)
hooks.register(WIJK_SECTIONS, sections.members_on_wijk)
hooks.register(PLATFORM_SECTIONS, sections.on_platform)

"""Puts the wijkkrant on the desk."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from home.desk.krant import menus
from home.desk.krant.urls import urlpatterns
from home.desk.krant.viewsets import KrantGroup
from home.krant.articles import source_changed
from home.krant.pages import is_source
from home.krant.redactie import wijken_of
from home.models import ArtikelPage, NieuwsPage


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [KrantGroup()]


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern]:
    return urlpatterns


hooks.register("register_krant_menu_item", menus.board_item)


def take_over_button(page: Page, user: Any, view_name: str = "", next_url: str = "") -> Iterator[Button]:
    """On a Dutch news item that is on the site, for whoever works on a wijkkrant."""
    is_news = page.cached_content_type.model_class() is NieuwsPage
    if is_news and page.live and is_source(page) and wijken_of(user).exists():
        address = reverse("krant_from_news", args=[page.pk])
        yield Button(_("Neem over in de wijkkrant"), address, icon_name="copy", priority=62)


hooks.register("register_page_header_buttons", take_over_button)
hooks.register("register_page_listing_more_buttons", take_over_button)


@hooks.register("before_create_page")
def chosen_rubriek(request: HttpRequest, parent: Page, model: type[Page]) -> None:
    """Leaves what was chosen on the board where `init_new_page` finds it; see home.signals."""
    if model is ArtikelPage:
        parent.chosen_rubriek = request.GET.get("rubriek", "")  # type: ignore[attr-defined]


@hooks.register("before_edit_page")
def say_that_the_news_changed(request: HttpRequest, page: Page) -> None:
    if request.method == "GET" and isinstance(page, ArtikelPage) and is_source(page) and source_changed(page):
        address = reverse("krant_source", args=[page.pk])
        told = _("Het nieuws waar dit artikel van is gemaakt, is daarna gewijzigd.")
        messages.warning(request, told, buttons=[messages.button(address, _("Bekijken"))])

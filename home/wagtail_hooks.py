"""The desk of this house: menus, first screen, reports and looks."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from core.translation_states.actions import CHECKED, UNCHECKED
from home import wijk_sections  # noqa: F401
from home.desk import menus
from home.desk.infopagina import InfopaginaFileView, InfopaginaView
from home.desk.krant import hooks as krant  # noqa: F401
from home.desk.krant import mailing
from home.desk.krant.kopij import hooks as kopij  # noqa: F401
from home.desk.leesbaarheid.hints import hints_view, translation_hints_view
from home.desk.leesbaarheid.report import ReadabilityView
from home.desk.mail import MailDetailView, MailView
from home.desk.panels import TodoPanel
from home.desk.reports import ReviewsView, SearchTermsView
from home.desk.translations import CoverageView, SnippetTranslationView, TranslationView
from home.desk.vertalen import hooks as vertalen  # noqa: F401
from home.viewsets import MoeilijkeWoordenViewSet, ZoekenGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [ZoekenGroup(), MoeilijkeWoordenViewSet()]


@hooks.register("register_admin_urls")
def register_reports() -> list:
    views = {
        "leesbaarheid": ("desk_readability", ReadabilityView),
        "mail": ("desk_mail", MailView),
        "nakijken": ("desk_reviews", ReviewsView),
        "vertalingen": ("desk_translations", CoverageView),
        "zoektermen": ("desk_search_terms", SearchTermsView),
    }
    reports = [
        pattern
        for address, (name, view) in views.items()
        for pattern in (
            path(f"rapport/{address}/", view.as_view(), name=name),
            path(f"rapport/{address}/resultaten/", view.as_view(results_only=True), name=f"{name}_results"),
        )
    ]
    snippet = "<slug:app_label>/<slug:model_name>/<int:pk>"
    return [
        *reports,
        path("vertaling/<int:page_id>/", TranslationView.as_view(), name="desk_translation"),
        path(f"vertaling/{snippet}/", SnippetTranslationView.as_view(), name="desk_snippet_translation"),
        path("infopagina/", InfopaginaView.as_view(), name="desk_infopagina"),
        path("infopagina/tekst/", InfopaginaFileView.as_view(), name="desk_infopagina_file"),
        path("leesbaarheid/", hints_view, name="desk_hints"),
        path("leesbaarheid/<int:translation_id>/", translation_hints_view, name="desk_translation_hints"),
        path("rapport/mail/<int:pk>/", MailDetailView.as_view(), name="desk_mail_detail"),
    ]


@hooks.register("register_admin_urls")
def register_krant_mail() -> list:
    return [path(address, view.as_view(), name=name) for address, (name, view) in mailing.SCREENS.items()]


# --- menus ----------------------------------------------------------------------------------------

hooks.register("register_admin_menu_item", menus.start_item)
hooks.register("register_admin_menu_item", menus.translate_item)
hooks.register("register_reports_menu_item", menus.reviews_item)
hooks.register("register_reports_menu_item", menus.search_terms_item)
hooks.register("register_reports_menu_item", menus.readability_item)
hooks.register("register_reports_menu_item", menus.mail_item)
hooks.register("register_reports_menu_item", menus.infopagina_item)
hooks.register("register_zoeken_menu_item", menus.search_terms_item)


@hooks.register("construct_settings_menu")
def languages_are_under_vertalen(request: HttpRequest, items: list[MenuItem]) -> None:
    menus.keep(items, lambda item: item.url != reverse("wagtaillocales:index"))


@hooks.register("construct_reports_menu")
def translations_are_under_vertalen(request: HttpRequest, items: list[MenuItem]) -> None:
    menus.keep(items, lambda item: item.url != reverse("wagtail_localize:translations_report"))


@hooks.register("construct_help_menu")
def no_links_elsewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    menus.keep(items, lambda item: not item.name.startswith(menus.HIDDEN_HELP))


@hooks.register("register_log_actions")
def translations_in_the_history(actions: LogActionRegistry) -> None:
    actions.register_action(CHECKED, _("Vertaling nagekeken"), _("Noteerde dat de vertaling is nagekeken"))
    actions.register_action(
        UNCHECKED, _("Vertaling toch niet nagekeken"), _("Noteerde dat de vertaling toch niet is nagekeken")
    )


# --- the first screen -----------------------------------------------------------------------------


@hooks.register("construct_homepage_panels")
def add_todo(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(TodoPanel(request))


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "desk/icons/wijk.svg", "desk/icons/plek.svg"]


@hooks.register("insert_global_admin_css")
def desk_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("core/desk.css"))


@hooks.register("insert_editor_js")
def hints_while_writing() -> str:
    return format_html('<script type="module" src="{}"></script>', static("core/leesbaarheid.js"))


# --- people ---------------------------------------------------------------------------------------


@hooks.register("before_bulk_action")
def superusers_are_for_superusers(request: HttpRequest, action: str, objects: list[Any], view: Any) -> None:
    """Several people at once: the same rule as for one, see home.desk.users."""
    if not request.user.is_superuser and any(getattr(item, "is_superuser", False) for item in objects):
        raise PermissionDenied

"""The menus of the desk, in the editors' own words and order."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from core.menus import GuardedMenuItem
from core.page_index import page_index
from home.models import NieuwsIndexPage
from wijken.models import Contactpersoon

# What leads to other people's sites, or is not for editors.
HIDDEN_HELP = ("editor-guide", "whats-new-in-wagtail")


def may_translate(request: HttpRequest) -> bool:
    return request.user.has_perm("wagtail_localize.submit_translation")


def may_see_words(request: HttpRequest) -> bool:
    return request.user.has_perm("core.view_blijvendwoord")


def may_manage_locales(request: HttpRequest) -> bool:
    return policy_registry.get_by_type(Locale).user_has_any_permission(
        request.user, {"add", "change", "delete"}
    )


def may_review(request: HttpRequest) -> bool:
    return any(
        policy_registry.get_by_type(model).user_has_permission(request.user, "add")
        for model in (Page, Contactpersoon)
    )


def may_write_pages(request: HttpRequest) -> bool:
    pages = policy_registry.get_by_type(Page)
    return all(pages.user_has_permission(request.user, action) for action in ("add", "change"))


def may_write_news(request: HttpRequest) -> bool:
    index = page_index().first_of(NieuwsIndexPage, settings.LANGUAGE_CODE)
    return bool(index and index.permissions_for_user(request.user).can_add_subpage())


def may_see_search_terms(request: HttpRequest) -> bool:
    return request.user.has_perm("core.view_zoektermzonderresultaat")


def may_see_mail(request: HttpRequest) -> bool:
    return request.user.has_perm("core.view_outboxmail")


def start_item() -> MenuItem:
    return MenuItem(
        _("Startscherm"), reverse("wagtailadmin_home"), name="startscherm", icon_name="home", order=10
    )


def translate_item() -> MenuItem:
    items = [
        GuardedMenuItem(
            _("Stand van de vertalingen"),
            reverse("desk_translations"),
            name="stand-van-de-vertalingen",
            icon_name="wagtail-localize-language",
            order=10,
            allowed=may_translate,
        ),
        GuardedMenuItem(
            _("Alle vertalingen"),
            reverse("wagtail_localize:translations_report"),
            name="vertalingen",
            icon_name="tasks",
            order=20,
            allowed=may_translate,
        ),
        GuardedMenuItem(
            _("Vertaalwerk"),
            reverse("desk_translation_work"),
            name="vertaalwerk",
            icon_name="tasks",
            order=22,
            allowed=may_translate,
        ),
        GuardedMenuItem(
            _("PO-bestanden"),
            reverse("desk_translation_files"),
            name="po-bestanden",
            icon_name="download",
            order=24,
            allowed=may_translate,
        ),
        GuardedMenuItem(
            _("Bewaarde vertalingen"),
            reverse("desk_kept_translations"),
            name="bewaarde-vertalingen",
            icon_name="history",
            order=26,
            allowed=may_translate,
        ),
        GuardedMenuItem(
            _("Woorden die blijven"),
            reverse("woorden-die-blijven:index"),
            name="woorden-die-blijven",
            icon_name="lock",
            order=28,
            allowed=may_see_words,
        ),
        GuardedMenuItem(
            _("Mail over wijzigingen"),
            reverse("desk_translation_preferences"),
            name="vertaalmail",
            icon_name="mail",
            order=29,
            allowed=may_translate,
        ),
        GuardedMenuItem(
            _("Talen van de site"),
            reverse("wagtaillocales:index"),
            name="talen-van-de-site",
            icon_name="globe",
            order=30,
            allowed=may_manage_locales,
        ),
    ]
    return SubmenuMenuItem(
        _("Vertalen"), Menu(items=items), name="vertalen", icon_name="wagtail-localize-language", order=500
    )


def reviews_item() -> MenuItem:
    return GuardedMenuItem(
        _("Nakijken"),
        reverse("desk_reviews"),
        name="nakijken",
        icon_name="calendar-check",
        order=10,
        allowed=may_review,
    )


def search_terms_item(order: int = 20) -> MenuItem:
    return GuardedMenuItem(
        _("Zoektermen zonder resultaat"),
        reverse("desk_search_terms"),
        name="zoektermen",
        icon_name="search",
        order=order,
        allowed=may_see_search_terms,
    )


def readability_item() -> MenuItem:
    return GuardedMenuItem(
        _("Leesbaarheid"),
        reverse("desk_readability"),
        name="leesbaarheid",
        icon_name="glasses",
        order=15,
        allowed=may_write_pages,
    )


def mail_item() -> MenuItem:
    return GuardedMenuItem(
        _("Uitgaande mail"),
        reverse("desk_mail"),
        name="uitgaande-mail",
        icon_name="mail",
        order=30,
        allowed=may_see_mail,
    )


def infopagina_item() -> MenuItem:
    return GuardedMenuItem(
        _("Tekst voor de infopagina"),
        reverse("desk_infopagina"),
        name="infopagina",
        icon_name="doc-full",
        order=25,
        allowed=may_write_news,
    )


def keep(items: list[MenuItem], wanted: Callable[[MenuItem], bool]) -> None:
    """Drop items from a menu in place, as Wagtail's hooks expect."""
    items[:] = [item for item in items if wanted(item)]

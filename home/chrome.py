"""What stands around every page: menus, breadcrumb, languages, messages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from core.cache import content_version, remembered
from core.models import SiteInstellingen
from core.querysets import readable_in
from home.models import ContactPage, ContentPage, HomePage, NieuwsIndexPage

Link = dict[str, Any]


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the same for every page of a language, so remembered until something changes."""
    language_code = get_language() or settings.LANGUAGE_CODE
    version = getattr(request, "content_version", None) or content_version()
    held = SimpleLazyObject(
        lambda: remembered(f"chrome:{language_code}", lambda: _build(request, language_code), version=version)
    )
    return {
        "site_settings": SimpleLazyObject(lambda: held["settings"]),
        "main_menu": SimpleLazyObject(lambda: _mark_current(held["main_menu"], request.path)),
        "footer_menu": SimpleLazyObject(lambda: held["footer_menu"]),
        "home_url": f"/{language_code}/",
        "feed_url": SimpleLazyObject(lambda: held["feed_url"]),
        "contact_url": SimpleLazyObject(lambda: held["contact_url"]),
        "breadcrumb": SimpleLazyObject(lambda: _breadcrumb(request, language_code)),
        "trail": SimpleLazyObject(lambda: _trail(request, language_code)),
        "language_menu": SimpleLazyObject(lambda: _language_menu(request, held["languages"])),
        "updated_at": None,
        "page": None,
        "self": None,
        "csp_nonce": "",
    }


def _build(request: HttpRequest, language_code: str) -> dict[str, Any]:
    site = Site.find_for_request(request)
    home = _home(site, language_code)
    menu_pages = (
        readable_in(Page.objects, language_code)
        .filter(depth=home.depth + 1, show_in_menus=True)
        .order_by("path")
        if home
        else []
    )
    news = readable_in(NieuwsIndexPage.objects, language_code).first()
    contact = readable_in(ContactPage.objects, language_code).first()
    return {
        "settings": SiteInstellingen.for_site(site) if site else SiteInstellingen(),
        "main_menu": [_link(page) for page in menu_pages],
        "footer_menu": [
            _link(page)
            for page in readable_in(ContentPage.objects, language_code).filter(in_footer=True).defer("body")
        ],
        "feed_url": f"{news.url}feed/" if news else "",
        "contact_url": contact.url if contact else "",
        "languages": list(
            Locale.objects.filter(pk__in=HomePage.objects.live().values("locale_id")).values_list(
                "language_code", flat=True
            )
        ),
    }


def _home(site: Site | None, language_code: str) -> Page | None:
    if site is None:
        return None
    root = site.root_page
    return root.get_translations(inclusive=True).filter(locale__language_code=language_code).first() or root


def _link(page: Page) -> Link:
    return {"title": page.title, "url": page.url, "lang": page.locale.language_code}


def _mark_current(links: list[Link], path: str) -> list[Link]:
    return [{**link, "current": bool(link["url"]) and path.startswith(link["url"])} for link in links]


def _served_page(request: HttpRequest) -> Page | None:
    """The page this request is for, once Wagtail has routed it."""
    match = getattr(request, "_wagtail_route_for_request", None)
    return match[0] if match else None


def _breadcrumb(request: HttpRequest, language_code: str) -> list[Link]:
    """The way from the front door to the page above this one."""
    page = _served_page(request)
    if page is None or page.depth <= 2:
        return []
    ancestors = page.get_ancestors().filter(depth__gte=2).select_related("locale")
    return [
        {**_link(ancestor), "title": _("Home") if ancestor.depth == 2 else ancestor.title}
        for ancestor in ancestors
    ]


def _trail(request: HttpRequest, language_code: str) -> list[Link]:
    """The breadcrumb with the page itself at its end."""
    page = _served_page(request)
    above = _breadcrumb(request, language_code)
    return [*above, {"title": page.title, "url": page.url}] if page and above else []


def _language_menu(request: HttpRequest, languages: list[str]) -> list[Link]:
    """Every language of the site, leading to this same page, or saying that it is not there yet."""
    names = dict(settings.LANGUAGES)
    current = get_language() or settings.LANGUAGE_CODE
    page = _served_page(request)
    urls: dict[str, str]
    if page is not None:
        translations = page.get_translations(inclusive=True).live().select_related("locale")
        urls = {translation.locale.language_code: translation.url for translation in translations}
    else:
        tail = request.path.removeprefix(f"/{current}/") if request.path.startswith(f"/{current}/") else ""
        urls = {code: f"/{code}/{tail}" for code in languages}
    return [
        {
            "code": code,
            "name": names[code],
            "url": urls.get(code, f"/{code}/"),
            "current": code == current,
            "available": code in urls,
        }
        for code in names
        if code in languages
    ]

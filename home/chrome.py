"""What stands around every page: menus, breadcrumb, languages, messages."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from core.cache import remembered
from core.models import SiteInstellingen
from core.page_index import address_of, page_index
from core.querysets import readable_in
from home.models import ContactPage, ContentPage, NieuwsIndexPage, VerhalenIndexPage

Link = dict[str, Any]


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the same for every page of a language, so remembered until something changes."""
    language_code = get_language() or settings.LANGUAGE_CODE
    held = SimpleLazyObject(
        lambda: remembered(f"chrome:{language_code}", lambda: _build(request, language_code))
    )
    breadcrumb = SimpleLazyObject(lambda: _breadcrumb(request))
    main_menu = SimpleLazyObject(lambda: _mark_current(held["main_menu"], request.path))
    return {
        "site_settings": SimpleLazyObject(lambda: held["settings"]),
        "main_menu": main_menu,
        "current_section": SimpleLazyObject(lambda: _current_section(main_menu)),
        "footer_menu": SimpleLazyObject(lambda: held["footer_menu"]),
        "home_url": f"/{language_code}/",
        "feed_url": SimpleLazyObject(lambda: held["feed_url"]),
        "news_url": SimpleLazyObject(lambda: held["news_url"]),
        "stories_url": SimpleLazyObject(lambda: held["stories_url"]),
        "contact_url": SimpleLazyObject(lambda: held["contact_url"]),
        "breadcrumb": breadcrumb,
        "trail": SimpleLazyObject(lambda: _trail(request, breadcrumb)),
        "language_menu": SimpleLazyObject(lambda: _language_menu(request, held["languages"])),
        "route_path": SimpleLazyObject(lambda: _route_path(request)),
        "route_title": "",
        "updated_at": None,
        "page": None,
        "self": None,
        "csp_nonce": "",
    }


def _build(request: HttpRequest, language_code: str) -> dict[str, Any]:
    site = Site.find_for_request(request)
    index = page_index()
    root = index.by_pk.get(site.root_page_id) if site else None
    roots = index.translations(root) if root else {}
    pages = index.children(roots, language_code)
    news_url = _url_of(NieuwsIndexPage, pages)
    return {
        "settings": SiteInstellingen.for_site(site) if site else SiteInstellingen(),
        "main_menu": [_link(page) for page in pages if page.show_in_menus],
        "footer_menu": [
            _link(page)
            for page in readable_in(ContentPage.objects, language_code).filter(in_footer=True).defer("body")
        ],
        "news_url": news_url,
        "feed_url": f"{news_url}feed/" if news_url else "",
        "stories_url": _url_of(VerhalenIndexPage, pages),
        "contact_url": _url_of(ContactPage, pages),
        "languages": list(roots),
    }


def _url_of(model: type[Page], pages: list[Page]) -> str:
    """The address of the first page of a type, empty when there is none."""
    key = (model._meta.app_label, model._meta.model_name)
    return next((address_of(page) for page in pages if page.content_type.natural_key() == key), "")


def _link(page: Page) -> Link:
    return {"title": page.title, "url": address_of(page), "lang": page.locale.language_code}


def _mark_current(links: list[Link], path: str) -> list[Link]:
    return [{**link, "current": bool(link["url"]) and path.startswith(link["url"])} for link in links]


def _current_section(main_menu: Iterable[Link]) -> str:
    """The address of the part of the site that this is in; empty when no menu leads there."""
    return next((link["url"] for link in main_menu if link["current"]), "")


def _served_page(request: HttpRequest) -> Page | None:
    """The page this request is for, once Wagtail has routed it."""
    match = getattr(request, "_wagtail_route_for_request", None)
    return match[0] if match else None


def _route_path(request: HttpRequest) -> str:
    """What comes after the page's own address when one of its routes is served: “tijdlijn/”, else nothing."""
    page = _served_page(request)
    address = address_of(page) if page else ""
    return request.path.removeprefix(address) if address and request.path.startswith(address) else ""


def _breadcrumb(request: HttpRequest) -> list[Link]:
    """The way from the front door to the page above this one."""
    page = _served_page(request)
    if page is None or page.depth <= 2:
        return []
    return [
        {**_link(above), "title": _("Home") if above.depth == 2 else above.title}
        for above in page_index().ancestors(page)
    ]


def _trail(request: HttpRequest, breadcrumb: Iterable[Link]) -> list[Link]:
    """The breadcrumb with the page itself at its end."""
    page, above = _served_page(request), list(breadcrumb)
    return [*above, {"title": page.title, "url": address_of(page)}] if page and above else []


def _language_menu(request: HttpRequest, languages: list[str]) -> list[Link]:
    """Every language of the site, leading to this same page and route, or saying that it is not there yet."""
    names = dict(settings.LANGUAGES)
    current = get_language() or settings.LANGUAGE_CODE
    page = _served_page(request)
    urls: dict[str, str]
    if page is not None:
        translations = page_index().translations(page)
        route = _route_path(request)
        urls = {code: f"{address_of(translation)}{route}" for code, translation in translations.items()}
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

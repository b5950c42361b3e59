"""What stands around every page: menus, breadcrumb, languages, messages."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from core.cache import remembered
from core.models import SiteInstellingen
from core.page_index import address_of, language_of, page_index
from core.querysets import readable_in
from core.reading import is_by_machine, reader_language
from core.routing import served_page
from home.models import ContactPage, ContentPage, NieuwsIndexPage, VerhalenIndexPage

Link = dict[str, Any]


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the same for every page of a language, so remembered until something changes."""
    language_code = reader_language()
    held = SimpleLazyObject(
        lambda: remembered(f"chrome:{language_code}", lambda: _build(request, language_code))
    )
    breadcrumb = SimpleLazyObject(lambda: _breadcrumb(request))
    main_menu = SimpleLazyObject(lambda: _mark_current(held["main_menu"], request.path))
    trail = SimpleLazyObject(lambda: _trail(request, breadcrumb))
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
        "trail": trail,
        # What stands around the page; of its inside `noting_machine_words` knows.
        "chrome_has_machine_words": SimpleLazyObject(
            lambda: any(is_by_machine(link["lang"]) for link in (*main_menu, *trail, *held["footer_menu"]))
        ),
        "language_menu": SimpleLazyObject(lambda: _language_menu(request)),
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
    }


def _url_of(model: type[Page], pages: list[Page]) -> str:
    """The address of the first page of a type, empty when there is none."""
    key = (model._meta.app_label, model._meta.model_name)
    return next((address_of(page) for page in pages if page.content_type.natural_key() == key), "")


def _link(page: Page) -> Link:
    return {"title": page.title, "url": address_of(page), "lang": language_of(page)}


def _mark_current(links: list[Link], path: str) -> list[Link]:
    return [{**link, "current": bool(link["url"]) and path.startswith(link["url"])} for link in links]


def _current_section(main_menu: Iterable[Link]) -> str:
    """The address of the part of the site that this is in; empty when no menu leads there."""
    return next((link["url"] for link in main_menu if link["current"]), "")


def _route_path(request: HttpRequest) -> str:
    """What comes after the page's own address when one of its routes is served: “tijdlijn/”, else nothing."""
    page = served_page(request)
    address = address_of(page) if page else ""
    return request.path.removeprefix(address) if address and request.path.startswith(address) else ""


def _breadcrumb(request: HttpRequest) -> list[Link]:
    """The way from the front door to the page above this one."""
    page, index = served_page(request), page_index()
    if page is None or page.depth <= 2:
        return []
    above = [index.in_language(page, reader_language()) for page in index.ancestors(page)]
    front_door = {"title": _("Home"), "url": f"/{reader_language()}/", "lang": reader_language()}
    return [front_door if page.depth == 2 else _link(page) for page in above]


def _trail(request: HttpRequest, breadcrumb: Iterable[Link]) -> list[Link]:
    """The breadcrumb with the page itself at its end."""
    page, above = served_page(request), list(breadcrumb)
    return [*above, _link(page)] if page and above else []


def _language_menu(request: HttpRequest) -> list[Link]:
    """Every language of the site, leading to this same page, or saying that it is not translated yet.

    A page is available in the languages it is written in; in the others it reads as the source.
    """
    names, index = dict(settings.LANGUAGES), page_index()
    current, page = reader_language(), served_page(request)
    if page is None:
        tail = request.path.removeprefix(f"/{current}/") if request.path.startswith(f"/{current}/") else ""
        addresses = {code: f"/{code}/{tail}" for code in index.front_doors}
        written = set(addresses)
    else:
        route = _route_path(request)
        found = {code: index.address_in(page, code) for code in index.front_doors}
        addresses = {code: f"{address}{route}" if address else "" for code, address in found.items()}
        written = set(index.translated(page))
    query = request.GET.urlencode()
    return [
        {
            "code": code,
            "name": names[code],
            "url": address or f"/{code}/",
            # A choice of wijk or subject goes along to the other language.
            "href": f"{address}?{query}" if address and query else address or f"/{code}/",
            "current": code == current,
            "is_source": code == settings.LANGUAGE_CODE,
            "available": code in written,
            # A private code means something to this site only.
            "is_for_search_engines": code in written and "-x-" not in code,
        }
        for code, address in addresses.items()
    ]

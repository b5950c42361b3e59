"""From an address to its page in one query, where Wagtail asks two for every part of the address.

An address may go on after that of its page, for a page that looks after routes of its own.
A page that is not translated yet is found as well: the source page stands in for it.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from core.models import BasePage
from core.page_index import page_index
from core.reading import words_language
from core.translation_states.states import with_standing

# No route of ours is longer.
MOST_PARTS = 3


class PageRouteMiddleware:
    """Hands Wagtail the page of an address that the index knows; every other address it routes itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language_code = get_language_from_path(request.path)
        known, rest = _find(request.path, language_code) if language_code else (None, [])
        if known and (route := _route(request, known, rest)):
            request._wagtail_route_for_request = route  # type: ignore[attr-defined]
        return self.get_response(request)


def served_page(request: HttpRequest) -> Page | None:
    """The page this request is for, once it is routed."""
    match = getattr(request, "_wagtail_route_for_request", None)
    return match[0] if match else None


def _find(path: str, language_code: str) -> tuple[Page | None, list[str]]:
    """The page with the longest address that this one starts with, and the parts that are left."""
    index = page_index()
    # Those of files do not end in a slash.
    address, rest = f"{path}/" if "." in path.rpartition("/")[2] else path, list[str]()
    while address.endswith("/") and len(rest) <= MOST_PARTS:
        if page := index.by_address.get(address) or index.stand_in(address, language_code):
            return page, rest
        address, _slash, part = address[:-1].rpartition("/")
        address, rest = f"{address}/", [part, *rest]
    return None, []


def _route(request: HttpRequest, known: Page, rest: list[str]) -> RouteResult | None:
    """The route to a page or to one of its own routes. None when Wagtail has to find out itself."""
    model = known.specific_class
    if rest and (model is None or not issubclass(model, RoutablePageMixin)):
        return None
    # An alias is as public as the page it shows, which only Wagtail looks up.
    if model is None or not issubclass(model, BasePage) or known.alias_of_id:
        return None
    pages: Any = model.objects.filter(pk=known.pk, live=True)
    if words_language(known) != settings.LANGUAGE_CODE:
        pages = with_standing(pages)
    try:
        page = pages.select_related(*model.served_with).get() if model.served_with else pages.get()
        page.locale = known.locale
        page.is_known_public = True
        return page.route(request, rest)
    except (model.DoesNotExist, Http404):
        return None

"""From an address to its page in one query, where Wagtail asks two for every part of the address."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from core.models import BasePage
from core.page_index import page_index


class PageRouteMiddleware:
    """Hands Wagtail the page of an address that the index knows; every other address it routes itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_language = get_language_from_path(request.path) is not None
        known = page_index().by_address.get(request.path) if has_language else None
        if known and (route := _route(request, known)):
            request._wagtail_route_for_request = route  # type: ignore[attr-defined]
        return self.get_response(request)


def _route(request: HttpRequest, known: Page) -> RouteResult | None:
    """The route to a page without the parts of its address. None when Wagtail has to find out itself."""
    model = known.specific_class
    # An alias is as public as the page it shows, which only Wagtail looks up.
    if model is None or not issubclass(model, BasePage) or known.alias_of_id:
        return None
    pages = model.objects.filter(pk=known.pk, live=True)
    try:
        page = pages.select_related(*model.served_with).get() if model.served_with else pages.get()
        page.locale = known.locale
        page.is_known_public = True
        return page.route(request, [])
    except (model.DoesNotExist, Http404):
        return None

"""Middleware, from the outside in."""

import hashlib
import logging
import time
from collections.abc import Callable, Container
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.csp import CSP
from django.utils.translation import get_language_from_path, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.models import Site

from core.bidi import keep_numbers_in_order
from core.cache import drawn_anew, one_version, remembered
from core.page_index import page_index
from core.reading import reading_in, words_language
from core.routing import served_page

GetResponse = Callable[[HttpRequest], HttpResponse]
DESK = ("/admin/", "/documents/")
PREVIEW_CSP = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
# Must answer when the database or the cache does not, so nothing here may ask them for these.
HEALTH = "/health/"

requests_log = logging.getLogger("core.requests")


class RequestLogMiddleware:
    """One line per request: method, path without query, status and milliseconds. No address, no visitor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        hit = response.headers.get("X-Cache")
        is_page = response.status_code == 200 and (hit or (match and match.url_name == "wagtail_serve"))
        requests_log.info(
            "request",
            extra={
                "method": request.method,
                # A page's address says nothing about its reader; of others only the pattern is kept.
                "path": request.path if is_page else match.route if match else "-",
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
                "cached": hit,
            },
        )
        return response


class PageCacheMiddleware:
    """Whole pages for visitors without a session, each kept for one version of the content and one day.

    The day counts because lateness does. Only addresses without a query string are kept, so that nobody can
    fill the cache with made-up ones.
    """

    seconds = 24 * 3600

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(HEALTH):
            return self.get_response(request)
        # Wagtail's word for the request of a preview: that page is not as the site has it.
        if getattr(request, "is_dummy", False):
            with drawn_anew():
                return self.get_response(request)
        with one_version() as version:
            return self._answer(request, version)

    def _answer(self, request: HttpRequest, version: str) -> HttpResponse:
        if not self._is_public(request):
            return self.get_response(request)
        parts = ":".join(
            (
                version,
                timezone.localdate().isoformat(),
                request.scheme or "",
                request._get_raw_host(),  # type: ignore[attr-defined]
                "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "plain",
                request.path,
            )
        )
        # Addresses can be longer and stranger than a cache takes as a key.
        key = f"page:{hashlib.sha256(parts.encode()).hexdigest()}"
        response = cache.get(key)
        if response is None:
            response = self.get_response(request)
            if self._may_keep(response):
                patch_cache_control(response, public=True, no_cache=True)
                cache.set(key, response, self.seconds)
            return response
        response.headers["X-Cache"] = "hit"
        if response.headers.get("ETag") and request.headers.get("If-None-Match") == response.headers["ETag"]:
            not_modified = HttpResponseNotModified()
            not_modified.headers["ETag"] = response.headers["ETag"]
            return not_modified
        return response

    def _is_public(self, request: HttpRequest) -> bool:
        return (
            request.method == "GET"
            and not request.META.get("QUERY_STRING")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and get_language_from_path(request.path) is not None
        )

    def _may_keep(self, response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and "no-store" not in response.headers.get("Cache-Control", "")
            and "private" not in response.headers.get("Cache-Control", "")
            and "Cookie" not in response.headers.get("Vary", "")
        )


class SiteMiddleware:
    """Remembers which Wagtail site a host name belongs to: half of a small page's cost."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(HEALTH):
            return self.get_response(request)
        if "\0" in request.path:
            raise BadRequest("No address has this sign, and PostgreSQL refuses to look for it.")
        host = request.get_host()
        request._wagtail_site = remembered(  # type: ignore[attr-defined]
            f"site:{host}", lambda: Site._find_for_request(request)
        )
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """Headers that Django does not set itself: no page asks for a camera, a place or a microphone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response


class AdminCSPMiddleware:
    """Sits inside Django's policy middleware and relaxes the policy for the desk.

    A preview is a public page under an address of the desk: it keeps the strict policy it came with, but the
    desk may show it in a frame.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(DESK):
            is_preview = response.headers.pop(str(CSP.HEADER_ENFORCE), None)
            response._csp_config = PREVIEW_CSP if is_preview else settings.ADMIN_CSP  # type: ignore[attr-defined]
        return response


class LocaleMiddleware(DjangoLocaleMiddleware):
    """Languages are in the address, never in a cookie. The desk speaks the site's own until somebody chooses.

    An address without a language leads to the best of the reader's own languages that has a front door.
    """

    redirect_seconds = 300

    def __call__(self, request: HttpRequest) -> Any:
        with reading_in(get_language_from_path(request.path) or ""):
            return super().__call__(request)

    def process_request(self, request: HttpRequest) -> None:
        language_code = get_language_from_path(request.path)
        if request.path.startswith(DESK):
            language_code = settings.LANGUAGE_CODE
        translation.activate(language_code or preferred_language(request, dict(settings.LANGUAGES)))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(DESK):
            # What is not there is not a page of the site either.
            return response
        if page := served_page(request):
            response.headers.setdefault("Content-Language", words_language(page))
        elif response.status_code == HTTPStatus.NOT_FOUND and not get_language_from_path(request.path):
            translation.activate(preferred_language(request, page_index().front_doors))
        answer = super().process_response(request, response)
        if isinstance(answer, self.response_redirect_class) and answer is not response:
            # No cookie plays a part in the choice.
            answer.headers["Vary"] = "Accept-Language"
            patch_cache_control(answer, public=True, max_age=self.redirect_seconds)
        return answer


class NumbersInOrderMiddleware:
    """In a language from right to left, keeps telephone numbers and postcodes of any page in order."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and translation.get_language_bidi() and not request.path.startswith(DESK):
            response.content = keep_numbers_in_order(response.content.decode(response.charset))
        return response


def preferred_language(request: HttpRequest, offered: Container[str]) -> str:
    """The language the browser asks for most of those offered; the site's own when there is none."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            language_code = get_supported_language_variant(wanted)
        except LookupError:
            continue
        if language_code in offered:
            return language_code
    return settings.LANGUAGE_CODE

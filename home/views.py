"""Views beside the pages: search and the pages for when something is wrong."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from core.models import SiteInstellingen
from core.page_index import address_of
from home.search import clean_query, search, suggest


@require_safe
def search_view(request: HttpRequest) -> HttpResponse:
    """`?q=` of any length or script; an empty question shows the form."""
    language_code = get_language() or settings.LANGUAGE_CODE
    query = clean_query(request.GET.get("q", ""))
    results = search(request, query, language_code) if query else None
    return render(
        request,
        "pages/zoeken.html",
        {
            "query": query,
            "results": results,
            "source_search_url": ""
            if language_code == settings.LANGUAGE_CODE
            else _in_source_language("zoeken", {"q": query}),
        },
    )


def _in_source_language(name: str, query: dict[str, str]) -> str:
    with override(settings.LANGUAGE_CODE):
        return reverse(name, query=query)


@require_safe
def suggestions_view(request: HttpRequest) -> JsonResponse:
    """{"suggestions": [{"title", "url"}]} for what is being typed in `?q=`."""
    pages = suggest(clean_query(request.GET.get("q", "")), get_language() or settings.LANGUAGE_CODE)
    return JsonResponse({"suggestions": [{"title": page.title, "url": address_of(page)} for page in pages]})


def _elsewhere(request: HttpRequest) -> list[dict[str, str]]:
    """The same address in other languages, where a page lives there."""
    site = Site.find_for_request(request)
    current = get_language() or ""
    prefix = f"/{current}/"
    if site is None or not request.path.startswith(prefix):
        return []
    tail = request.path.removeprefix(prefix).strip("/")
    if not tail:
        return []
    roots = site.root_page.get_translations(inclusive=True).select_related("locale")
    by_path = {f"{root.url_path}{tail}/": root.locale.language_code for root in roots}
    names = dict(settings.LANGUAGES)
    return [
        {"code": code, "name": names.get(code, code), "url": page.url, "title": page.title}
        for page in Page.objects.live().public().filter(url_path__in=by_path)
        if (code := by_path[page.url_path]) != current
    ]


def _error(
    request: HttpRequest, status: HTTPStatus, title: str, text: str, *, elsewhere: bool = False
) -> HttpResponse:
    return render(
        request,
        "pages/error.html",
        {
            "title": title,
            "text": text,
            "status": int(status),
            "elsewhere": _elsewhere(request) if elsewhere else [],
        },
        status=status,
    )


def _standing_alone(status: HTTPStatus, title: str, text: str) -> HttpResponse:
    """A page that needs no database, no site and no trust in the request."""
    page = loader.get_template("500.html").render(
        {
            "title": title,
            "text": text,
            "status": int(status),
            "language_code": get_language() or settings.LANGUAGE_CODE,
            "languages": [
                {"code": code, "name": name, "url": f"/{code}/"} for code, name in settings.LANGUAGES
            ],
            "phone": SiteInstellingen._meta.get_field("telefoon").default,
        }
    )
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    title = _("Dit begrijpen wij niet")
    text = _("Er klopt iets niet aan wat uw browser stuurde. Ga terug en probeer het opnieuw.")
    if isinstance(exception, DisallowedHost):
        return _standing_alone(HTTPStatus.BAD_REQUEST, title, text)
    return _error(request, HTTPStatus.BAD_REQUEST, title, text)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request,
        HTTPStatus.FORBIDDEN,
        _("Deze pagina is niet voor iedereen"),
        _("U mag deze pagina niet bekijken. Denkt u dat dit niet klopt? Bel ons dan."),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request,
        HTTPStatus.NOT_FOUND,
        _("Deze pagina is er niet"),
        _("Misschien is de pagina verplaatst of weggehaald. Zoek hieronder of bel ons."),
        elsewhere=True,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _standing_alone(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Er ging iets mis"),
        _("De fout ligt bij ons, niet bij u. Probeer het over een paar minuten opnieuw."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(
        request,
        HTTPStatus.FORBIDDEN,
        _("Het formulier was te lang open"),
        _("Uw gegevens zijn niet verstuurd. Ga terug, ververs de pagina en verstuur het formulier opnieuw."),
    )

"""Answers that are for one visitor only."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse


class SeeOther(HttpResponseRedirect):
    """After a form: a page to look at, which asks nothing again when it is loaded again."""

    status_code = HTTPStatus.SEE_OTHER


def kept_private[R: HttpResponse](response: R) -> R:
    """The same answer, that no cache keeps, no search engine lists and no other page hears the address of."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    # With no-referrer a browser does not say where a form comes from either, and older phones say it nowhere
    # else. This says the site and never the address.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def private(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    return kept_private(TemplateResponse(request, template, context, status=int(status)))

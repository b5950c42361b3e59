"""From a template to a PDF that everyone can read: tagged (PDF/UA-1), in one language, with its own fonts.

Nothing is fetched and nothing of the content is written to disk.
"""

from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.models import SiteInstellingen

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.pdf.printer import Paper


class PdfError(Exception):
    """This PDF cannot be made; the message is for developers and holds nothing of the content."""


class PdfNotAvailable(PdfError):
    """No PDF can be made on this machine: Pango is not there."""


def make(template: str, context: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """A PDF of a template that extends pdf/base.html, in a language and in the direction of that language.

    The settings of the default site are in the context unless the caller gives its own. Raises
    PdfNotAvailable when the libraries are not there and PdfError when the document is not fit to be read by
    everyone: no title, a picture without a text, something that has to be fetched.
    """
    if not title.strip():
        raise PdfError("A PDF needs a title.")
    print_html = _printer()
    with translation.override(language):
        html = render_to_string(template, {**_of_the_site(context), **context, "title": title})
    return print_html(html)


def make_letters(
    template: str, letters: Iterable[Mapping[str, Any]], *, language: str, title: str, **context: Any
) -> bytes:
    """One PDF with a letter on new pages for each of `letters`, in one language, in the order given.

    The template extends pdf/letter.html and finds its own letter as `letter`: `address` (lines; at most four
    fit the window), `date`, `reference` (may be empty), `subject`, and whatever else it uses.
    """
    return make(
        "pdf/letters.html",
        {**context, "letters": letters, "letter_template": template},
        language=language,
        title=title,
    )


def pdf_response(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, filename: str
) -> HttpResponse:
    """The PDF in the reader's language; a page that says who to call when none can be made here."""
    try:
        pdf = make(template, context, language=translation.get_language() or "", title=title)
    except PdfNotAvailable:
        return not_available(request, context)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename}"'},
    )


def not_available(request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse:
    """What a visitor sees instead of a PDF."""
    text = _("Wij kunnen dit bestand nu niet maken. Bel ons, dan sturen wij het u op papier.")
    response = render(
        request,
        "pages/error.html",
        {
            **context,
            "status": int(HTTPStatus.SERVICE_UNAVAILABLE),
            "title": _("Dit lukt nu niet"),
            "text": text,
            "elsewhere": [],
        },
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _of_the_site(context: Mapping[str, Any]) -> dict[str, Any]:
    of_the_site: dict[str, Any] = {"site_address": settings.SITE_URL.partition("://")[2]}
    if "site_settings" not in context:
        site = Site.objects.filter(is_default_site=True).first()
        of_the_site["site_settings"] = SiteInstellingen.for_site(site) if site else SiteInstellingen()
    return of_the_site


def paper(*sheets: Path) -> "Paper":
    """Style sheets with their fonts, for a document that is laid out more than once before it is written.

    Raises PdfNotAvailable like `make`.
    """
    _printer()
    from core.pdf.printer import Paper

    return Paper(*sheets)


def _printer() -> "Callable[[str], bytes]":
    """Loaded at the first PDF: it takes seconds and memory, which most processes never need."""
    try:
        # Without Pango it prints an English manual, and in a log that is no JSON.
        with redirect_stdout(StringIO()):
            from core.pdf.printer import print_html
    except OSError as error:
        raise PdfNotAvailable("Pango is not on this machine: see docs/productie.md.") from error
    return print_html

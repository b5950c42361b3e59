"""The paper as it was printed, for who reads on a screen. The sheet to fold is for the printer only."""

from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO

from django.conf import settings
from django.db.models import Case, QuerySet, When
from django.db.models.functions import Length
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from core.page_index import address_of
from core.reading import reader_language
from home.models import Drukwerk, Editie, EditiePage, Formaat


@dataclass(frozen=True)
class PrintedFacts:
    """What there is to know about a printed paper before somebody fetches it. `size` is in bytes."""

    language: str
    pages: int
    size: int


def facts_of(editie: Editie) -> PrintedFacts | None:
    """The paper in the language of the reader, or else in that of the site; None when there is none."""
    row = _for_reader(editie).annotate(size=Length("inhoud")).values_list("taal", "paginas", "size").first()
    return PrintedFacts(*row) if row else None


def serve(page: EditiePage, request: HttpRequest) -> HttpResponseBase:
    """The file, byte for byte; 304 when the reader has it already, a page in words when there is none."""
    row = _for_reader(page.editie).defer("inhoud").first()
    if row is None:
        context = {"page": page, "translation": page.standing(), "edition_url": address_of(page)}
        return render(request, "krant/geen_pdf.html", context, status=HTTPStatus.NOT_FOUND)
    etag = f'"{row.vingerafdruk}"'
    response = get_conditional_response(request, etag=etag) or _file(row, page.editie)
    response.headers["ETag"] = etag
    # Not longer, because the paper may come out in the reader's language later.
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _file(row: Drukwerk, editie: Editie) -> HttpResponseBase:
    language = "" if row.taal == settings.LANGUAGE_CODE else f"-{row.taal}"
    # In pieces, because the cache of pages is no place for megabytes.
    return FileResponse(
        BytesIO(row.inhoud),
        filename=f"wijkkrant-{editie.code}{language}.pdf",
        content_type="application/pdf",
    )


def _for_reader(editie: Editie) -> QuerySet[Drukwerk]:
    """The paper to read, that in the reader's own language first."""
    own = reader_language()
    found = Drukwerk.objects.filter(editie=editie, formaat=Formaat.A4, taal__in={own, settings.LANGUAGE_CODE})
    return found.current().order_by(Case(When(taal=own, then=0), default=1))

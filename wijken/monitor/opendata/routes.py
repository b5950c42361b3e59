"""Answers for the open data of a wijk: the page that describes it, and the files under it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from core.models import SiteInstellingen
from core.page_index import page_index
from core.templatetags.wijk_tags import absolute
from wijken.models import MonitorPage
from wijken.monitor.opendata.columns import TABLES, Table
from wijken.monitor.opendata.files import LICENCE, LICENCE_URL, csv_file, json_file, schema_file
from wijken.monitor.opendata.rows import Scope, records

TYPES = {"csv": "text/csv; charset=utf-8; header=present", "json": "application/json"}


@dataclass(frozen=True)
class File:
    """One file as a page links to it."""

    title: str | Promise
    extension: str
    type: str
    url: str


def data_context(page: MonitorPage) -> dict[str, Any]:
    """What the page that describes the files shows, from the same definition as the files."""
    return {
        "tables": [(table, _files_of(page, table)) for table in TABLES.values()],
        "schema_url": _file_address(page, "schema", "json"),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "cite_url": absolute(page.route_address("data")),
    }


def data_files(page: MonitorPage) -> list[File]:
    """Every file of a monitor, for the head of its pages."""
    return [found for table in TABLES.values() for found in _files_of(page, table)]


def _files_of(page: MonitorPage, table: Table) -> list[File]:
    return [
        File(table.title, extension, kind.partition(";")[0], _file_address(page, table.name, extension))
        for extension, kind in TYPES.items()
    ]


def _file_address(page: MonitorPage, name: str, extension: str) -> str:
    return f"{page.route_address('data')}{name}.{extension}"


@require_safe
def file(request: HttpRequest, monitor: str, name: str, extension: str) -> HttpResponse:
    """One file of the monitor at an address. Complete, not streamed: so it can be kept and compared."""
    page = _monitor_at(f"/{get_language()}/{monitor}")
    # Of a monitor that is not translated yet, the file is in Dutch like the page.
    with override(page.language_code):
        return _file(request, page, name, extension)


def _file(request: HttpRequest, page: MonitorPage, name: str, extension: str) -> HttpResponse:
    today = timezone.localdate()
    if (name, extension) == ("schema", "json"):
        made = schema_file(address=absolute(request.path))
        return _answer(made, page, name, extension, today, content_type="application/schema+json")
    table = TABLES.get(name)
    if table is None:
        raise Http404
    scope = Scope(page.wijk_id, get_language() or settings.LANGUAGE_CODE, today)
    if extension == "csv":
        made = csv_file(table, records(table, scope))
    else:
        made = json_file(_meta(request, page, table, today), records(table, scope))
    return _answer(made, page, name, extension, today, content_type=TYPES[extension])


def _monitor_at(address: str) -> MonitorPage:
    """The public monitor at an address. Http404 when there is none."""
    index = page_index()
    known = index.by_address.get(address) or index.stand_in(address, get_language() or "")
    found = MonitorPage.objects.select_related("wijk").filter(pk=known.pk, live=True) if known else None
    page = found.first() if found is not None else None
    if page is None:
        raise Http404
    return page


def _meta(request: HttpRequest, page: MonitorPage, table: Table, today: date) -> dict[str, str]:
    return {
        "bestand": table.name,
        "titel": str(table.title),
        "beschrijving": str(table.text),
        "wijk": page.wijk.slug,
        "wijk_naam": page.wijk.naam,
        "peildatum": today.isoformat(),
        "taal": get_language() or settings.LANGUAGE_CODE,
        "uitgever": SiteInstellingen.for_request(request).gemeente_naam,
        "licentie": LICENCE,
        "licentie_webadres": LICENCE_URL,
        "webadres": absolute(request.path),
        "beschrijving_webadres": absolute(f"{page.url or ''}data/"),
        "schema_webadres": absolute(_file_address(page, "schema", "json")),
    }


def _answer(
    made: bytes, page: MonitorPage, name: str, extension: str, today: date, *, content_type: str
) -> HttpResponse:
    shown = "attachment" if extension == "csv" else "inline"
    return HttpResponse(
        made,
        content_type=content_type,
        headers={
            "Content-Disposition": (
                f'{shown}; filename="{page.wijk.slug}-{name}-{today.isoformat()}.{extension}"'
            ),
            # Anybody may use it, also from a page elsewhere; there is no cookie to abuse.
            "Access-Control-Allow-Origin": "*",
            "Link": (
                f'<{LICENCE_URL}>; rel="license", '
                f'<{absolute(_file_address(page, "schema", "json"))}>; rel="describedby"'
            ),
        },
    )

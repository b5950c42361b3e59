"""The draw in public: the page, the explanation, the screen in the room and the files. It only reads."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.page_index import address_of
from core.reading import words_language
from participatie.draw.comparison import comparison_of
from participatie.draw.download import content_of, log_of, promise_of
from participatie.draw.example import worked_out
from participatie.draw.public import ALL_FILES, LOG, draw_story_of
from participatie.models import Vorm

if TYPE_CHECKING:
    from participatie.models import LotingPage

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "py": "text/x-python; charset=utf-8",
    "zip": "application/zip",
}


def show(page: "LotingPage", request: HttpRequest) -> HttpResponse:
    """The page of the draw, in whatever state it is."""
    language_code = words_language(page)
    with translation.override(language_code):
        story = draw_story_of(page.loting, now=timezone.now())
        features = comparison_of(page.loting, story.trekking, language_code=language_code)
    return _view(
        page,
        request,
        "participatie/trekking/trekking.html",
        draw=story,
        features=features,
        is_counted=bool(features) and features[0].answers[0].is_counted,
        route_title=_("De trekking"),
    )


def explain(page: "LotingPage", request: HttpRequest) -> HttpResponse:
    """How it works, with an example small enough for pen and paper."""
    promise, has_lists = promise_of(page.loting, None), page.loting.vorm == Vorm.LIJSTEN
    example = worked_out()
    return _view(
        page,
        request,
        "participatie/trekking/uitleg.html",
        example=example,
        order=example.rest if has_lists else example.everybody,
        has_lists=has_lists,
        has_files=promise is not None,
        manifest_hash=promise.manifest_hash if promise else "",
        route_title=_("Hoe werkt de trekking?"),
    )


def hall(page: "LotingPage", request: HttpRequest) -> HttpResponse:
    """The draw on a big screen; everything on it is on the page as well."""
    with translation.override(words_language(page)):
        story = draw_story_of(page.loting, now=timezone.now())
    return _view(page, request, "participatie/trekking/zaal.html", draw=story, is_rehearsal=False)


def file(page: "LotingPage", request: HttpRequest, naam: str, nummer: int | None = None) -> HttpResponse:
    """A stored file, byte for byte. Http404 when there is no such file."""
    if naam == LOG and nummer is None:
        return _answer(log_of(page.loting), naam, f"{page.loting.slug}-{LOG}")
    promise = promise_of(page.loting, nummer)
    content = content_of(promise, naam) if promise else None
    if content is None:
        raise Http404
    # The check asks for the names as they are; only what is one file for all of it gets that of the loting.
    return _answer(content, naam, f"{page.loting.slug}.zip" if naam == ALL_FILES else naam)


def _answer(content: bytes, naam: str, filename: str) -> HttpResponse:
    extension = naam.rpartition(".")[2]
    shown = "inline" if extension == "json" else "attachment"
    return HttpResponse(
        content,
        content_type=TYPES[extension],
        headers={
            "Content-Disposition": f'{shown}; filename="{filename}"',
            "ETag": f'"{sha256(content).hexdigest()}"',
            # Kept, and asked about every time: whoever checks wants what is here now.
            "Cache-Control": "public, no-cache",
            # Anybody may check it, also from a page elsewhere; there is no cookie to abuse.
            "Access-Control-Allow-Origin": "*",
            "X-Robots-Tag": "noindex",
        },
    )


def _view(page: "LotingPage", request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A view in the frame of a page, without what only the page of the loting itself shows."""
    page_url = address_of(page)
    around = {
        "page": page,
        "translation": page.standing(),
        "loting": page.loting,
        "page_url": page_url,
        "draw_url": f"{page_url}trekking/",
    }
    return TemplateResponse(request, template, {**around, **context})

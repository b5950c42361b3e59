"""Hints on a text while somebody writes it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.readability import MAX_AVERAGE, MAX_LETTERS, MAX_WORDS, HardWord, Reading, Summary
from home.desk.vertalen.base import may_edit
from home.moeilijke_woorden import reader

# Of one form; a page of the site is a hundredth of this.
MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class Hint:
    """Something to look at again, and in which field of the form it stands."""

    text: str
    remark: str
    field: str


@dataclass(frozen=True)
class Hints:
    """Everything of one kind, with why it matters."""

    title: str
    why: str
    found: list[Hint]
    are_sentences: bool = False


@require_POST
def hints_view(request: HttpRequest) -> HttpResponse:
    """Hints on the texts of a form, as a piece of the side panel. Nothing is stored."""
    texts = _texts(request)
    if texts is None:
        return HttpResponseBadRequest()
    return _answer(request, texts)


@require_POST
def translation_hints_view(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The same on a translation: what is being typed or, without that, all that is stored of it."""
    translation = get_object_or_404(Translation, pk=translation_id)
    if not may_edit(request.user, translation):
        raise PermissionDenied
    texts = _texts(request)
    if texts is None:
        return HttpResponseBadRequest()
    return _answer(request, texts or [("", text) for text in _stored(translation)])


def _texts(request: HttpRequest) -> list[tuple[str, str]] | None:
    """(field, text) of what was sent; None when that is something else, or too much."""
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        return None
    try:
        return [(str(row["field"]), str(row["text"])) for row in json.loads(request.body)["texts"]]
    except (ValueError, TypeError, KeyError):
        return None


def _stored(translation: Translation) -> list[str]:
    """The texts of a translation as far as they are there, in reading order."""
    places = StringSegment.objects.filter(source_id=translation.source_id).order_by("order")
    pairs = list(places.values_list("string_id", "context_id"))
    found = StringTranslation.objects.filter(
        locale=translation.target_locale, translation_of__in=[string for string, _context in pairs]
    ).values_list("translation_of_id", "context_id", "data")
    texts = {(string, context): data for string, context, data in found}
    return [plain(texts[pair]) for pair in pairs if pair in texts]


def plain(markup: str) -> str:
    """A text without its markup, as people read it."""
    return unescape(strip_tags(markup.replace("<br>", "\n").replace("<br/>", "\n")))


def _answer(request: HttpRequest, texts: list[tuple[str, str]]) -> HttpResponse:
    reads = reader()
    readings = [(field, reads.read(text)) for field, text in texts]
    summary = Summary(tuple(reading for _field, reading in readings))
    context = {
        "summary": summary,
        "kinds": [kind for kind in _kinds(readings) if kind.found],
        "limit": MAX_AVERAGE,
    }
    return render(request, "desk/leesbaarheid/hints.html", context)


def _kinds(readings: list[tuple[str, Reading]]) -> Iterator[Hints]:
    yield Hints(
        _("Lange zinnen"),
        _("Knip een zin van meer dan %(count)d woorden in tweeën.") % {"count": MAX_WORDS},
        [
            Hint(
                sentence.text,
                ngettext("%(count)d woord", "%(count)d woorden", sentence.length)
                % {"count": sentence.length},
                field,
            )
            for field, reading in readings
            for sentence in reading.long_sentences
        ],
        are_sentences=True,
    )
    yield Hints(
        _("Moeilijke woorden"),
        _("Deze woorden staan op de lijst van uw gemeente."),
        _once(
            Hint(word.word, _liever(word), field)
            for field, reading in readings
            for word in reading.hard_words
        ),
    )
    yield Hints(
        _("Zinnen met “worden”"),
        _("Wie doet het? Schrijf “wij bouwen” in plaats van “er wordt gebouwd”."),
        [Hint(sentence.text, "", field) for field, reading in readings for sentence in reading.passives],
        are_sentences=True,
    )
    yield Hints(
        _("Lange woorden"),
        _("Meer dan %(count)d letters. Kan het korter, of in twee woorden?") % {"count": MAX_LETTERS},
        _once(Hint(word, "", field) for field, reading in readings for word in reading.long_words),
    )


def _liever(word: HardWord) -> str:
    text = _("liever: %(words)s") % {"words": word.alternative}
    return f"{text}. {word.note}" if word.note else text


def _once(hints: Iterable[Hint]) -> list[Hint]:
    """A word that comes back is told once, where it stands first."""
    found: dict[str, Hint] = {}
    for hint in hints:
        found.setdefault(hint.text.lower(), hint)
    return list(found.values())

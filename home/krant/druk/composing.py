"""The HTML of a printed wijkkrant, with its pictures inside it or with empty places of the same size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.bidi import keep_numbers_in_order
from home.krant.druk.forms import COLUMN_WIDTH, COVER_HEIGHT, COVER_WIDTH, Form, Unit
from home.krant.druk.parts import (
    Block,
    Callout,
    Heading,
    Image,
    Krant,
    Links,
    Questions,
    Steps,
    Stuk,
    Table,
    Text,
)
from home.krant.druk.pictures import Printed, natural
from home.krant.druk.texts import on_paper, readable_link
from home.krant.druk.vullingen import Vulling

EMPTY = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="
# In characters: how large the name of the paper fits on the cover.
LARGE_TITLE, MIDDLE_TITLE = 13, 19
# Cells in a row of a table that fit one column.
NARROW_TABLE = {1: 4, 2: 4, 3: 2}


@dataclass
class Strip:
    """Small fillers between articles."""

    vullingen: list[Vulling]


@dataclass
class Plan:
    """What stands where: articles and strips in order, whole pages of fillers, and fillers on the back.

    `contents` is how much each line of the list of contents grows, in mm.
    """

    items: list[Unit | Strip]
    filler_pages: list[list[Vulling]] = field(default_factory=list)
    back: list[Vulling] = field(default_factory=list)
    contents: float = 0.0

    @property
    def units(self) -> list[Unit]:
        return [item for item in self.items if isinstance(item, Unit)]

    @property
    def vullingen(self) -> list[Vulling]:
        """Every filler in it, in the order of the pages."""
        strips = [vulling for item in self.items if isinstance(item, Strip) for vulling in item.vullingen]
        return [*strips, *(vulling for page in self.filler_pages for vulling in page), *self.back]


@dataclass(frozen=True)
class Composed:
    """A document and the sizes of its pictures, as a style sheet."""

    html: str
    styles: str


class Composer:
    """Composes one edition, as often as it is laid out; pictures are reduced once."""

    def __init__(self, krant: Krant) -> None:
        self.krant = krant
        self.ids = {stuk.key: f"stuk-{number}" for number, stuk in enumerate(krant.stukken, start=1)}
        self.printing = False
        self._uris: dict[tuple[int, float, float], str] = {}

    def compose(self, plan: Plan, *, pictures: bool) -> Composed:
        """The whole document; without `pictures` all of them are empty, which is all that measuring needs."""
        sizes: list[Printed] = []
        self.printing = pictures

        def place(printed: Printed, title: str) -> dict[str, Any]:
            sizes.append(printed)
            alt = (
                printed.picture.alt or printed.picture.caption or _("Beeld bij: %(title)s") % {"title": title}
            )
            return {
                "css": f"b{len(sizes)}",
                "src": self._uri(printed) if pictures else EMPTY,
                "alt": alt,
                "caption": printed.picture.caption,
                "credit": printed.picture.credit,
            }

        with translation.override(self.krant.language):
            html: str = render_to_string("krant/druk/krant.html", self._context(plan, place))
            if translation.get_language_bidi():
                html = keep_numbers_in_order(html)
        styles = [_size(number, one) for number, one in enumerate(sizes, start=1)]
        styles.append(_heads(f"{self.krant.title} · {self.krant.edition}"))
        styles.append(f".inhoud__lijst li {{ padding-block-end: {1.3 + plan.contents:.2f}mm; }}")
        return Composed(html, "\n".join(styles))

    def _uri(self, printed: Printed) -> str:
        key = id(printed.picture), printed.width, printed.height
        if key not in self._uris:
            self._uris[key] = printed.data_uri()
        return self._uris[key]

    def _context(self, plan: Plan, place: Callable[[Printed, str], dict[str, Any]]) -> dict[str, Any]:
        krant = self.krant
        front = krant.front
        cover = krant.picture or (front.picture if front else None)
        return {
            "krant": krant,
            "direction": _direction(krant.language),
            "title_size": _title_size(krant.title),
            "front": self._reference(front) if front else None,
            "cover": place(Printed(cover, COVER_WIDTH, COVER_HEIGHT), krant.title) if cover else None,
            "teasers": [self._reference(stuk) for stuk in krant.teasers],
            "contents": [self._reference(stuk) for stuk in krant.stukken],
            "items": [self._item(item, place) for item in plan.items],
            "filler_pages": [
                [vulling.for_paper(krant, place) for vulling in page] for page in plan.filler_pages
            ],
            "back_fillers": [vulling.for_paper(krant, place) for vulling in plan.back],
            "measured": []
            if self.printing
            else [self._reference(stuk) for stuk in krant.stukken if stuk.picture],
            "short_address": _without_scheme(krant.address),
        }

    def _reference(self, stuk: Stuk) -> dict[str, Any]:
        return {"stuk": stuk, "id": self.ids[stuk.key], "direction": _direction(stuk.language)}

    def _item(self, item: Unit | Strip, place: Callable[[Printed, str], dict[str, Any]]) -> dict[str, Any]:
        if isinstance(item, Strip):
            return {"vullingen": [vulling.for_paper(self.krant, place) for vulling in item.vullingen]}
        return {
            "stukken": [
                self._stuk(stuk, form, place) for stuk, form in zip(item.stukken, item.forms, strict=True)
            ],
            "fresh": item.forms[0].fresh,
        }

    def _stuk(
        self, stuk: Stuk, form: Form, place: Callable[[Printed, str], dict[str, Any]]
    ) -> dict[str, Any]:
        printed = form.printed(stuk)
        return {
            **self._reference(stuk),
            "form": form,
            "lead": place(printed, stuk.title) if printed else None,
            "blokken": list(_blocks(stuk, form, place)),
        }


def _blocks(stuk: Stuk, form: Form, place: Callable[[Printed, str], dict[str, Any]]) -> Sequence[Any]:
    under_heading = False
    found = []
    for block in stuk.blocks:
        kind = type(block).__name__.lower()
        found.append(
            {
                "template": f"krant/druk/blokken/{kind}.html",
                "value": block,
                "extra": _extra(block, form, under_heading=under_heading),
                "beeld": place(natural(block.picture, COLUMN_WIDTH[form.columns]), stuk.title)
                if isinstance(block, Image)
                else None,
            }
        )
        titled = isinstance(block, Steps | Links) and bool(block.title)
        under_heading = under_heading or titled or isinstance(block, Heading)
    return found


def _extra(block: Block, form: Form, *, under_heading: bool) -> dict[str, Any]:
    """What a template needs beside the block itself: its rich text as it stands on paper."""

    def paper(html: str) -> str:
        return on_paper(html, under_heading=under_heading)

    match block:
        case Text(html) | Callout(html=html):
            return {"html": paper(html)}
        case Steps(steps):
            return {"steps": [{"title": step.title, "html": paper(step.html)} for step in steps]}
        case Questions(items):
            return {"items": [{"question": item.question, "html": paper(item.html)} for item in items]}
        case Table(header=header, rows=rows):
            cells = max([len(header), *map(len, rows)])
            return {"wide": cells > NARROW_TABLE[form.columns] and form.columns > 1}
        case Links(links):
            shown = [readable_link(link) for link in links]
            return {
                "links": [
                    {"title": link.title, "address": link.address, "text": link.text, "short": short}
                    for link, short in shown
                ]
            }
        case _:
            return {}


def _size(number: int, printed: Printed) -> str:
    return f".b{number} {{ width: {printed.width:.2f}mm; height: {printed.height:.2f}mm; }}"


def _heads(text: str) -> str:
    """The name of the paper on top of every page, at the side of the fold."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'''
        @page :left {{ @top-right {{ content: "{quoted}"; }} }}
        @page :right {{ @top-left {{ content: "{quoted}"; }} }}
        @page omslag {{ @top-left {{ content: none; }} @top-right {{ content: none; }} }}
        @page achterkant {{ @top-left {{ content: none; }} @top-right {{ content: none; }} }}
    '''


def _title_size(title: str) -> str:
    if len(title) <= LARGE_TITLE:
        return "groot"
    return "gewoon" if len(title) <= MIDDLE_TITLE else "klein"


def _direction(language: str) -> str:
    return "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def _without_scheme(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/")

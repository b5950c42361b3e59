"""The print edition: laid out, packed, filled up to sheets of four pages, and written."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from core import pdf
from home.krant.druk.composing import Composer, Plan
from home.krant.druk.filling import HALF_PAGE, fill, fill_up
from home.krant.druk.forms import units_of
from home.krant.druk.packing import Forecast, pack, seen, stretch
from home.krant.druk.parts import Krant, Stuk
from home.krant.druk.remarks import Kind, Remark, on_picture, remarks_on
from home.krant.druk.vullingen import Size, chosen, vullingen

if TYPE_CHECKING:
    from weasyprint import Document

    from core.pdf.printer import Paper
    from home.krant.druk.measuring import Layout

STYLES = Path(__file__).parent / "krant.css"
# For a press: marks where to cut, and colour 3 mm past the edge.
FOR_A_PRESS = "@page { marks: crop; bleed: 3mm; }"
# In mm: white at the bottom of a page that a reader takes for a mistake.
TOO_WHITE = 45.0
# In mm: where the text of a page begins.
TOP = 22.0
# Better known once it is printed.
SEEN_ON_PAPER = {Kind.EDITION_LONG}


@dataclass(frozen=True)
class Room:
    """What is left before fillers: whole pages up to a multiple of four, and half pages in the white."""

    pages: int
    halves: int

    @property
    def fitting(self) -> list[str]:
        """The keys of the fillers that have a place. Strips always have: they go where white is."""
        sizes = {Size.STRIP, *([Size.WHOLE] if self.pages else []), Size.HALF}
        return [key for key, vulling in vullingen().items() if vulling.size in sizes]


@dataclass(frozen=True)
class Druk:
    """A print edition: the PDF, its number of pages, the pages on which each article stands, and remarks.

    `used` are the keys of the fillers in it, in the order of its pages; `room` is what there was to fill.
    """

    pdf: bytes
    pages: int
    places: dict[str, tuple[int, ...]]
    room: Room
    used: tuple[str, ...]
    remarks: tuple[Remark, ...]


def make(krant: Krant, *, for_press: bool = False) -> Druk:
    """Print an edition on A4. The same edition gives the same file, byte for byte.

    With `for_press` it has marks to cut at and colour past the edge. Raises pdf.PdfNotAvailable where Pango
    is missing, pdf.PdfError when it is not fit to be read by everyone, VullingError for an unknown filler.
    """
    return Making(krant, for_press=for_press).made()


class Making:
    """One edition on its way to paper."""

    def __init__(self, krant: Krant, *, for_press: bool) -> None:
        self.krant = krant
        self.styles = [FOR_A_PRESS] if for_press else []
        self.composer = Composer(krant)
        self.paper: Paper = pdf.paper(STYLES)

    def id_of(self, stuk: Stuk) -> str:
        return self.composer.ids[stuk.key]

    def made(self) -> Druk:
        """The edition as it is printed; what `make` says."""
        fillers = chosen(self.krant.vullingen)
        forecast = stretch(self.packed())
        plan = fill(forecast, fillers)
        document, final = self._laid_out(plan, pictures=True)
        if final.last != forecast.last:
            forecast = seen(forecast.units, final, self.id_of)
            plan = fill_up(plan, fillers, forecast)
            document, final = self._laid_out(plan, pictures=True)
        return Druk(
            self.paper.write(document, identifier=self._identifier()),
            len(final.sheets),
            {stuk.key: tuple(final.stukken[self.id_of(stuk)].pages) for stuk in self.krant.stukken},
            Room(forecast.left, sum(white >= HALF_PAGE for white in forecast.white.values())),
            tuple(vulling.key for vulling in plan.vullingen),
            tuple(self._remarks(plan, final)),
        )

    def packed(self) -> Forecast:
        """Where every article stands, reckoned from its lengths."""
        units = units_of(self.krant)
        _document, first = self._laid_out(Plan(list(units)), pictures=False)
        return pack(units, first, self.id_of, used=first.contents - TOP, aim=self.krant.pages)

    def _laid_out(self, plan: Plan, *, pictures: bool) -> "tuple[Document, Layout]":
        from home.krant.druk.measuring import measure

        composed = self.composer.compose(plan, pictures=pictures)
        document = self.paper.lay_out(composed.html, styles=[*self.styles, composed.styles])
        return document, measure(document)

    def _identifier(self) -> bytes:
        name = f"{self.krant.address} {self.krant.title} {self.krant.edition}"
        return hashlib.sha256(name.encode()).hexdigest()[:32].encode()

    def _remarks(self, plan: Plan, final: "Layout") -> list[Remark]:
        """What was seen on the pages, and what was known before of texts and pictures."""
        keys = {self.id_of(stuk): stuk.key for stuk in self.krant.stukken}
        found = [one for one in remarks_on(self.krant) if one.kind not in SEEN_ON_PAPER]
        found += [replace(one, key=keys.get(one.key, "")) for one in final.remarks]
        for unit in plan.units:
            for stuk, form in zip(unit.stukken, unit.forms, strict=True):
                if printed := form.printed(stuk):
                    found += [one for one in on_picture(stuk.key, printed) if one not in found]
        pages = range(2, final.last + 1)
        white = [(page, round(final.sheets[page - 1].white)) for page in pages]
        found += [Remark(Kind.WHITE, "", (page, mm)) for page, mm in white if mm > TOO_WHITE]
        if self.krant.pages and len(final.sheets) > self.krant.pages:
            found.append(Remark(Kind.EDITION_LONG, "", (len(final.sheets), self.krant.pages)))
        return list(dict.fromkeys(found))

"""What a printed wijkkrant is made of. All of it is plain data: no page, no database."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

MAX_TEASERS = 3


@dataclass(frozen=True)
class Picture:
    """A picture and its size in pixels; `read` gives the file, `focus` (0–1) the point kept in sight."""

    read: Callable[[], bytes]
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Text:
    """Rich text as HTML, with whole addresses in its links."""

    html: str


@dataclass(frozen=True)
class Image:
    picture: Picture


@dataclass(frozen=True)
class Quote:
    text: str
    attribution: str = ""


@dataclass(frozen=True)
class Callout:
    """`kind` is info, let-op or goed."""

    kind: str
    title: str
    html: str


@dataclass(frozen=True)
class Step:
    title: str
    html: str = ""


@dataclass(frozen=True)
class Steps:
    steps: tuple[Step, ...]
    title: str = ""


@dataclass(frozen=True)
class Table:
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_header: bool = True


@dataclass(frozen=True)
class Question:
    question: str
    html: str


@dataclass(frozen=True)
class Questions:
    items: tuple[Question, ...]


@dataclass(frozen=True)
class Link:
    """`address` is a whole web address."""

    title: str
    address: str
    text: str = ""


@dataclass(frozen=True)
class Links:
    links: tuple[Link, ...]
    title: str = ""


@dataclass(frozen=True)
class Figure:
    value: str
    label: str
    source: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class Figures:
    figures: tuple[Figure, ...]
    title: str = ""


type Block = Heading | Text | Image | Quote | Callout | Steps | Table | Questions | Links | Figures


@dataclass(frozen=True)
class Stuk:
    """One article. `key` names it in warnings; `address` is its web page, behind the QR code."""

    key: str
    title: str
    rubriek: str
    intro: str = ""
    byline: str = ""
    language: str = "nl"
    blocks: tuple[Block, ...] = ()
    picture: Picture | None = None
    address: str = ""


@dataclass(frozen=True)
class Krant:
    """An edition with its articles in the order of the pages.

    `announced` are keys of the articles on the front: the first large, with its picture unless there is a
    `picture`, the others below it; without any they are chosen. `is_example` says that all of it is invented.
    `vullingen` are keys of what fills the pages that are left, in the order of use; `pages` is how many pages
    the makers aim for, 0 when that is open.
    """

    title: str
    edition: str
    language: str
    stukken: tuple[Stuk, ...]
    gemeente: str
    phone: str
    address: str
    intro: str = ""
    announced: tuple[str, ...] = ()
    picture: Picture | None = None
    colofon: tuple[str, ...] = ()
    vullingen: tuple[str, ...] = ()
    pages: int = 0
    is_example: bool = False

    @property
    def front(self) -> Stuk | None:
        """The article on the cover: the one announced first, else the first with a picture, or the first."""
        announced = [stuk for key in self.announced for stuk in self.stukken if stuk.key == key]
        pictured = [stuk for stuk in self.stukken if stuk.picture]
        return next(iter([*announced, *pictured, *self.stukken]), None)

    @property
    def teasers(self) -> list[Stuk]:
        """The others on the cover, at most three: as announced, or of different rubrieken."""
        others = [stuk for stuk in self.stukken if stuk != self.front]
        chosen = [stuk for stuk in others if stuk.key in self.announced]
        if not chosen:
            first = {stuk.rubriek: stuk for stuk in reversed(others)}
            chosen = [stuk for stuk in others if first[stuk.rubriek] == stuk]
            chosen += [stuk for stuk in others if stuk not in chosen]
        return chosen[:MAX_TEASERS]

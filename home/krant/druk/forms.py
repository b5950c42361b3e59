"""In which form an article stands on paper: how many columns, and where its picture is."""

from dataclasses import dataclass
from enum import StrEnum

from home.krant.druk.parts import Image, Krant, Stuk, Table
from home.krant.druk.pictures import Printed, natural
from home.krant.druk.texts import characters

# In mm. The page inside its margins, and the columns on it.
TEXT_WIDTH, TEXT_HEIGHT = 180.0, 259.0
COLUMN_WIDTH = {1: 87.0, 2: 87.0, 3: 56.0}
BESIDE_WIDTH = 118.0
# The picture on the cover goes 3 mm past the edges.
COVER_WIDTH, COVER_HEIGHT = 216.0, 140.0
# How high a large picture is at first, how low it can be, and how high it can grow.
WIDE_HEIGHT, LOW_HEIGHT, BESIDE_HEIGHT, HIGH = 78.0, 58.0, 66.0, 125.0
# In characters: shorter stands beside another, longer can have a picture of its own width.
SHORT, LONG = 1000, 1700
MAX_TITLE_BESIDE = 52
# How much less well a form looks, in mm of white.
LOW_COST, COLUMN_COST, LATER_COST = 4.0, 12.0, 22.0


class Lead(StrEnum):
    """Where the picture of an article is: nowhere, first or last in its columns, beside or above words."""

    NONE = "geen"
    COLUMN = "kolom"
    LATER = "later"
    BESIDE = "naast"
    WIDE = "breed"


@dataclass(frozen=True)
class Form:
    """`height` is that of the picture in mm; `fresh` begins a page."""

    columns: int = 3
    lead: Lead = Lead.NONE
    height: float = 0.0
    fresh: bool = False

    @property
    def width(self) -> float:
        """Of a column, in mm."""
        return COLUMN_WIDTH[self.columns]

    @property
    def is_large(self) -> bool:
        """Whether its picture stands over more than one column."""
        return self.lead in (Lead.WIDE, Lead.BESIDE)

    def printed(self, stuk: Stuk) -> Printed | None:
        """The picture of the article on its place."""
        if stuk.picture is None or self.lead is Lead.NONE:
            return None
        return Printed(stuk.picture, lead_width(self.lead, self.columns), self.height)


@dataclass(frozen=True)
class Unit:
    """What stays together on a page: one article, or two short ones beside each other."""

    stukken: tuple[Stuk, ...]
    forms: tuple[Form, ...]

    @property
    def is_pair(self) -> bool:
        return len(self.stukken) > 1


def length_of(stuk: Stuk) -> int:
    """Characters of an article without its title, byline and intro."""
    return sum(characters(block) for block in stuk.blocks)


def lead_width(lead: Lead, columns: int) -> float:
    """How wide the picture is, in mm."""
    return {Lead.WIDE: TEXT_WIDTH, Lead.BESIDE: BESIDE_WIDTH}.get(lead, COLUMN_WIDTH[columns])


def units_of(krant: Krant) -> list[Unit]:
    """The articles in order; two short ones in a row stand together. Their forms are chosen when packed."""
    units: list[Unit] = []
    waiting: Stuk | None = None
    for stuk in krant.stukken:
        if waiting and _is_short(stuk):
            units[-1] = Unit((waiting, stuk), (_in_pair(waiting), _in_pair(stuk)))
            waiting = None
            continue
        units.append(Unit((stuk,), (Form(columns=_columns(stuk)),)))
        waiting = stuk if _is_short(stuk) else None
    return units


def _is_short(stuk: Stuk) -> bool:
    tables = any(isinstance(block, Table) and len(block.header) > 3 for block in stuk.blocks)
    images = sum(isinstance(block, Image) for block in stuk.blocks)
    return length_of(stuk) <= SHORT and not tables and images == 0


def _columns(stuk: Stuk) -> int:
    return 2 if stuk.picture is None and length_of(stuk) <= SHORT else 3


def _in_pair(stuk: Stuk) -> Form:
    if stuk.picture is None:
        return Form(columns=1)
    return Form(1, Lead.COLUMN, natural(stuk.picture, COLUMN_WIDTH[1], highest=0.8).height)


def forms_of(stuk: Stuk) -> list[tuple[Form, float]]:
    """Every form in which one article can stand, the best first, each with what it costs."""
    columns = _columns(stuk)
    if stuk.picture is None:
        return [(Form(columns), 0.0)]
    height = natural(stuk.picture, COLUMN_WIDTH[columns]).height
    small = [
        (Form(columns, Lead.COLUMN, height), COLUMN_COST),
        (Form(columns, Lead.LATER, height), LATER_COST),
    ]
    length, flat = length_of(stuk), stuk.picture.width > stuk.picture.height * 1.2
    large = []
    if len(stuk.title) <= MAX_TITLE_BESIDE and length > SHORT:
        large.append((Form(columns, Lead.BESIDE, BESIDE_HEIGHT), 0.0))
    if flat and length > LONG:
        large += [
            (Form(columns, Lead.WIDE, WIDE_HEIGHT), 0.0),
            (Form(columns, Lead.WIDE, LOW_HEIGHT), LOW_COST),
        ]
    return [*large, *small]


def usual(stuk: Stuk) -> Form:
    """The form it has when there is room enough."""
    return forms_of(stuk)[0][0]

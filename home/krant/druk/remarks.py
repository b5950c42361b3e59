"""What a maker should know about the printed edition, as values: the screens make sentences of them."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from home.krant.druk.forms import COLUMN_WIDTH, TEXT_HEIGHT, TEXT_WIDTH, length_of, usual
from home.krant.druk.parts import Image, Krant, Stuk
from home.krant.druk.pictures import Printed, natural
from home.krant.druk.texts import addresses, short_address

# In pixels to the inch, at the size at which it is printed.
GOOD_DPI, POOR_DPI = 200, 120
MAX_TITLE = 90
# Characters in a square mm of column, lines broken and headings between them. Measured on printed editions.
DENSITY = 0.109
# In mm: what stands above the columns of an article, and lines of its title and intro in characters.
HEAD, TITLE_LINE, INTRO_LINE = 13.0, (34, 10.5), (78, 5.7)
# Pages that hold no articles: the cover, the contents and the back.
OTHER_PAGES = 2.5
LONGER_THAN_OTHERS = 1.6


class Kind(StrEnum):
    """The numbers that go with it are named behind each."""

    ARTICLE_LONG = "article-long"  # quarters of a page, and how many are its share
    EDITION_LONG = "edition-long"  # pages, and how many were aimed for
    ARTICLE_EMPTY = "article-empty"
    TITLE_LONG = "title-long"  # characters, or lines once it is printed
    PICTURE_COARSE = "picture-coarse"  # pixels to the inch, and how many it should have
    PICTURE_TOO_COARSE = "picture-too-coarse"  # the same
    PICTURE_WITHOUT_TEXT = "picture-without-text"
    LINK_UNREADABLE = "link-unreadable"  # how many
    HEADING_ALONE = "heading-alone"  # page
    PICTURE_ALONE = "picture-alone"  # page
    OVERFLOW = "overflow"  # page
    WHITE = "white"  # page, and how many mm


SERIOUS = {Kind.ARTICLE_EMPTY, Kind.PICTURE_TOO_COARSE, Kind.EDITION_LONG, Kind.OVERFLOW}


@dataclass(frozen=True)
class Remark:
    """`key` is that of the article; "" when it is about the whole edition."""

    kind: Kind
    key: str = ""
    numbers: tuple[int, ...] = ()

    @property
    def is_serious(self) -> bool:
        return self.kind in SERIOUS


@dataclass(frozen=True)
class Length:
    """How long an article is: characters of its text, and its part of a page with picture and title."""

    characters: int
    pages: float

    @property
    def quarters(self) -> int:
        """In quarters of a page, at least one."""
        return max(1, round(self.pages * 4))

    @property
    def fraction(self) -> Fraction:
        """The same as a fraction, for "ongeveer 1/2 pagina"."""
        return Fraction(self.quarters, 4)


def estimate(stuk: Stuk) -> Length:
    """How long an article will be, without printing it."""
    form = usual(stuk)
    count = length_of(stuk)
    title = _lines(len(stuk.title), TITLE_LINE)
    intro = _lines(len(stuk.intro), INTRO_LINE)
    printed = form.printed(stuk)
    lead = printed.width * printed.height if printed else 0.0
    images = [
        natural(one.picture, COLUMN_WIDTH[form.columns]) for one in stuk.blocks if isinstance(one, Image)
    ]
    area = (HEAD + title + intro) * TEXT_WIDTH + lead + count / DENSITY
    area += sum(one.width * (one.height + 8) for one in images)
    return Length(count, area / (TEXT_WIDTH * TEXT_HEIGHT))


def _lines(length: int, line: tuple[int, float]) -> float:
    """Height in mm of a text of so many characters."""
    characters, height = line
    return -(-length // characters) * height


def estimated_pages(krant: Krant) -> int:
    """How many pages the edition will have, a multiple of four, without printing it."""
    pages = OTHER_PAGES + sum(estimate(stuk).pages for stuk in krant.stukken)
    return max(4, -(-round(pages + 0.2) // 4) * 4)


def remarks_on(krant: Krant) -> list[Remark]:
    """What can be said before anything is printed: quick enough for every time a screen is shown."""
    found = _on_lengths(krant)
    for stuk in krant.stukken:
        found += _on(stuk)
    if krant.picture:
        found += on_picture("", Printed(krant.picture, 216.0, 140.0))
    return found


def _on_lengths(krant: Krant) -> list[Remark]:
    if not krant.pages or not krant.stukken:
        return []
    lengths = {stuk.key: estimate(stuk) for stuk in krant.stukken}
    total = estimated_pages(krant)
    share = (krant.pages - OTHER_PAGES) / len(lengths)
    found = [Remark(Kind.EDITION_LONG, "", (total, krant.pages))] if total > krant.pages else []
    most = max(1.25, share * LONGER_THAN_OTHERS)
    for key, length in lengths.items():
        if length.pages > most:
            found.append(Remark(Kind.ARTICLE_LONG, key, (length.quarters, max(1, round(share * 4)))))
    return found


def _on(stuk: Stuk) -> list[Remark]:
    found = []
    if not length_of(stuk):
        found.append(Remark(Kind.ARTICLE_EMPTY, stuk.key))
    if len(stuk.title) > MAX_TITLE:
        found.append(Remark(Kind.TITLE_LONG, stuk.key, (len(stuk.title),)))
    long = [address for address in addresses(stuk) if not short_address(address)]
    if long:
        found.append(Remark(Kind.LINK_UNREADABLE, stuk.key, (len(long),)))
    form = usual(stuk)
    printed = [
        natural(one.picture, COLUMN_WIDTH[form.columns]) for one in stuk.blocks if isinstance(one, Image)
    ]
    if lead := form.printed(stuk):
        printed.insert(0, lead)
    for one in printed:
        found += on_picture(stuk.key, one)
    return found


def on_picture(key: str, printed: Printed) -> list[Remark]:
    """Whether a picture is fine enough for its size on paper, and says what is on it."""
    found = []
    if printed.dpi < GOOD_DPI:
        kind = Kind.PICTURE_TOO_COARSE if printed.dpi < POOR_DPI else Kind.PICTURE_COARSE
        found.append(Remark(kind, key, (printed.dpi, GOOD_DPI)))
    if not printed.picture.alt.strip():
        found.append(Remark(Kind.PICTURE_WITHOUT_TEXT, key))
    return found

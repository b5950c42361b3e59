"""What stands where on the pages that were laid out: lengths, white, and what went wrong.

Importing this raises OSError where Pango is missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure.boxes import (
    BlockContainerBox,
    BlockLevelBox,
    LineBox,
    PageBox,
    ReplacedBox,
    TextBox,
)

from home.krant.druk.remarks import Kind, Remark

MM = 25.4 / 96
# In mm: rounding, and what nobody sees.
SLACK = 0.6
_ID = re.compile(r"(stuk-\d+)(-\w+)?$")
HEADINGS = {"h1", "h2", "h3"}
MAX_TITLE_LINES = 4


@dataclass
class Measured:
    """One article in mm, and the pages it stands on.

    What stays together above its columns, the words of that, the same words in a narrow column, all columns
    end to end with the width that they have, and what goes over all of them.
    """

    head: float = 0.0
    words: float = 0.0
    narrow: float = 0.0
    columns: float = 0.0
    width: float = 1.0
    wide: float = 0.0
    pages: list[int] = field(default_factory=list)


@dataclass
class Sheet:
    """One page: where its content ends and where it may end, in mm from the top."""

    bottom: float = 0.0
    limit: float = 0.0

    @property
    def white(self) -> float:
        return max(0.0, self.limit - self.bottom)


@dataclass
class Layout:
    """All pages, the articles by their id, and what went wrong, with the id of the article as key.

    `contents` is where the list of articles ends, in mm from the top of its page; `last` is the last page
    with articles.
    """

    sheets: list[Sheet]
    stukken: dict[str, Measured]
    remarks: list[Remark]
    contents: float = 0.0
    last: int = 0


def measure(document: Any) -> Layout:
    """Read the pages that WeasyPrint laid out. Pages count from 1."""
    layout = Layout([], {}, [])
    for number, page in enumerate(document.pages, start=1):
        box = page._page_box
        reader = _Reader(layout, number, box)
        reader.read()
        if "laatste" in page.anchors:
            layout.last = number
    layout.remarks = list(dict.fromkeys(layout.remarks))
    return layout


class _Reader:
    """Reads one page."""

    def __init__(self, layout: Layout, number: int, page: PageBox) -> None:
        self.layout, self.number, self.page = layout, number, page
        self.sheet = Sheet(limit=(page.content_box_y() + page.height) * MM)

    def read(self) -> None:
        for child in self.page.children:
            if child.element_tag == "html":
                self._walk(child, "", child)
        self.layout.sheets.append(self.sheet)

    def _walk(self, box: Any, stuk: str, block: Any) -> None:
        stuk = self._note(box, stuk)
        if isinstance(box, TextBox):
            self._text(box, stuk, block)
            return
        if isinstance(box, ReplacedBox):
            self._ends(box)
            return
        if box.is_column:
            self._column(box, stuk)
        inside = box if isinstance(box, BlockContainerBox) else block
        for child in _children(box):
            self._walk(child, stuk, inside)

    def _note(self, box: Any, stuk: str) -> str:
        """Which article a box belongs to, with its size noted."""
        if _is_of_element(box) and box.element.get("class") == "inhoud":
            self.layout.contents = (box.position_y + box.margin_height()) * MM
        if stuk and _is_of_element(box) and box.element.get("class") == "wijd":
            self.layout.stukken[stuk].wide += box.margin_height() * MM
        found = _ID.match(box.element.get("id", "")) if _is_of_element(box) else None
        if not found:
            return stuk
        name, part = found[1], found[2]
        measured = self.layout.stukken.setdefault(name, Measured())
        if part == "-kop":
            measured.head = box.margin_height() * MM
        elif part == "-woorden":
            measured.words = box.margin_height() * MM
            self._title(box, name)
        elif part == "-kolommen" and box.style["column_count"] == "auto":
            measured.columns += box.height * MM
        elif part == "-smal":
            measured.narrow = box.margin_height() * MM
        elif part is None and self.number not in measured.pages:
            measured.pages.append(self.number)
        return name

    def _title(self, words: Any, name: str) -> None:
        lines = [
            line
            for title in _descendants(words)
            if title.element_tag == "h1" and isinstance(title, BlockLevelBox)
            for line in _descendants(title)
            if isinstance(line, LineBox)
        ]
        if len(lines) > MAX_TITLE_LINES:
            self.layout.remarks.append(Remark(Kind.TITLE_LONG, name, (len(lines),)))

    def _ends(self, box: Any) -> None:
        self.sheet.bottom = max(self.sheet.bottom, (box.position_y + box.margin_height()) * MM)

    def _text(self, box: Any, stuk: str, block: Any) -> None:
        if not box.text.strip():
            return
        bottom = (box.position_y + box.height) * MM
        self.sheet.bottom = max(self.sheet.bottom, bottom)
        left, right = block.content_box_x(), block.content_box_x() + block.width
        aside = max(left - box.position_x, box.position_x + box.width - right) * MM
        marker = box.element_tag.endswith("::marker")
        if (aside > SLACK and not marker) or bottom > self.sheet.limit + SLACK:
            self.layout.remarks.append(Remark(Kind.OVERFLOW, stuk, (self.number,)))

    def _column(self, column: Any, stuk: str) -> None:
        flow = [child for child in column.children if child.is_in_normal_flow()]
        if not stuk or not flow:
            return
        last = flow[-1]
        used = last.position_y + last.margin_height() - last.margin_bottom - column.position_y
        self.layout.stukken[stuk].columns += used * MM
        self.layout.stukken[stuk].width = column.width * MM
        if _last_block(last).element_tag in HEADINGS:
            self.layout.remarks.append(Remark(Kind.HEADING_ALONE, stuk, (self.number,)))
        if len(flow) == 1 and last.element_tag == "figure":
            self.layout.remarks.append(Remark(Kind.PICTURE_ALONE, stuk, (self.number,)))


def _is_of_element(box: Any) -> bool:
    """Whether a box is the block of an element, not an anonymous one that borrows it."""
    return box.element is not None and not box.is_column and not isinstance(box, LineBox | TextBox)


def _children(box: Any) -> list[Any]:
    """The boxes inside a box; one that is positioned has a placeholder."""
    return [getattr(child, "_box", child) for child in getattr(box, "children", ())]


def _descendants(box: Any) -> Iterator[Any]:
    for child in _children(box):
        yield child
        yield from _descendants(child)


def _last_block(box: Any) -> Any:
    """The deepest block at the end of a box."""
    blocks = [child for child in _children(box) if isinstance(child, BlockLevelBox)]
    return _last_block(blocks[-1]) if blocks else box

"""Reads a PDF back: what a screen reader, a search engine and a printer make of it."""

import functools
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest

PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"}


@functools.cache
def needs_pango() -> pytest.MarkDecorator:
    """Skips where the library is missing; the build server has it, so nothing goes by unseen."""
    imported = [sys.executable, "-W", "ignore", "-c", "import weasyprint"]
    missing = not os.environ.get("CI") and subprocess.run(imported, capture_output=True).returncode != 0  # noqa: S603
    return pytest.mark.skipif(missing, reason="Pango is er niet: zie tools/pango.sh.")


class Pdf:
    """A PDF that was made."""

    def __init__(self, content: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(content))
        self.drawn = pypdfium2.PdfDocument(content)

    def __len__(self) -> int:
        return len(self.file.pages)

    def text(self, page: int = 0) -> str:
        """The text as a browser copies it, with single spaces."""
        return " ".join(self.drawn[page].get_textpage().get_text_bounded().split())

    def at(self, words: str, page: int = 0) -> tuple[float, float, float, float]:
        """Where words stand: left, top, right and bottom in mm from the top left corner of the page."""
        textpage = self.drawn[page].get_textpage()
        found = textpage.search(words).get_next()
        assert found, f"{words!r} is not on page {page}"
        boxes = [textpage.get_charbox(number) for number in range(found[0], found[0] + found[1])]
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        height = self.drawn[page].get_height()
        return mm(left), mm(height - top), mm(right), mm(height - bottom)

    def fonts(self) -> list[Any]:
        """Every font of the file, as a simple or descendant font."""
        found = {}
        for page in self.file.pages:
            for font in page.resources.get("/Font", {}).values():
                found[font.objgen] = font
        return list(found.values())

    def tags(self) -> list[str]:
        """The tags in the order in which they are read."""
        return [str(element.S)[1:] for element in self.elements()]

    def elements(self) -> Iterator[Any]:
        """The elements of the structure tree in the order in which they are read."""
        yield from _elements(self.file.Root.StructTreeRoot.K)

    def metadata(self) -> str:
        return bytes(self.file.Root.Metadata.read_bytes()).decode()

    def unmarked(self) -> list[str]:
        """What is painted without being content in the tree or an artifact: no reader knows what it is."""
        found = []
        for number, page in enumerate(self.file.pages):
            in_tree = {
                mark
                for element in self.elements()
                if element.get("/Pg") == page.obj
                for mark in (element.K if isinstance(element.get("/K"), pikepdf.Array) else [])
                if isinstance(mark, int)
            }
            marks: list[bool] = []
            for instruction in pikepdf.parse_content_stream(page):
                operands, name = instruction.operands, str(instruction.operator)
                if name == "BMC":
                    marks.append(str(operands[0]) == "/Artifact")
                elif name == "BDC":
                    marks.append(int(operands[1].MCID) in in_tree)
                elif name == "EMC":
                    marks.pop()
                elif name in PAINTS and not any(marks):
                    found.append(f"page {number}: {name} {operands}")
        return found


def mm(points: float) -> float:
    return points / 72 * 25.4


def _elements(kids: Any) -> Iterator[Any]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid.get("/K", pikepdf.Array()))


def modules(pdf: Pdf, left: float, top: float, size: float, count: int) -> list[list[bool]]:
    """Which of count × count modules are dark in a square of the page, given in mm."""
    scale = 12.0
    picture = pdf.drawn[0].render(scale=scale).to_pil().convert("L")
    per_mm = scale * 72 / 25.4
    step = size / count
    return [
        [
            picture.getpixel(
                (int((left + (column + 0.5) * step) * per_mm), int((top + (row + 0.5) * step) * per_mm))
            )
            < 128
            for column in range(count)
        ]
        for row in range(count)
    ]

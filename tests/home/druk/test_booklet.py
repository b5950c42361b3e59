"""A3 sheets in the order of a booklet."""

import io

import pikepdf
import pypdfium2
import pytest

from home.krant.druk import Druk
from home.krant.druk.booklet import BookletError, fold, sides
from tests.pdfs import Pdf, mm, needs_pango


def numbered(pages: int) -> bytes:
    """A4 pages that say their number."""
    with pikepdf.new() as made:
        font = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        for number in range(1, pages + 1):
            made.add_blank_page(page_size=(595.276, 841.89))
            page = made.pages[-1]
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            page.contents_add(f"BT /F 40 Tf 280 400 Td (p{number}) Tj ET".encode())
        made.docinfo["/Title"] = "Krant"
        output = io.BytesIO()
        made.save(output)
        return output.getvalue()


def read(booklet: bytes) -> list[tuple[str, str]]:
    """What stands on the left and on the right of each side."""
    found = []
    for page in pypdfium2.PdfDocument(booklet):
        text, half = page.get_textpage(), page.get_width() / 2
        left = text.get_text_bounded(right=half).strip()
        found.append((left, text.get_text_bounded(left=half).strip()))
    return found


def test_the_outer_sheet_has_the_cover_and_the_back() -> None:
    assert list(sides(4)) == [(4, 1), (2, 3)]
    assert list(sides(8)) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    assert list(sides(8, mirrored=True)) == [(1, 8), (7, 2), (3, 6), (5, 4)]


@pytest.mark.parametrize("sheets", range(1, 17))
def test_every_page_is_printed_once_and_backs_the_right_one(sheets: int) -> None:
    pages = sheets * 4
    found = list(sides(pages))
    assert sorted(page for side in found for page in side) == list(range(1, pages + 1))
    for front, back in zip(found[::2], found[1::2], strict=True):
        # On the back of page 1 is page 2, and both halves of a side add up to one more than there are pages.
        assert back[0] == front[1] + 1
        assert sum(front) == sum(back) == pages + 1


@pytest.mark.parametrize("pages", [0, 2, 6, 13])
def test_what_is_no_whole_sheets_is_refused(pages: int) -> None:
    with pytest.raises(BookletError):
        list(sides(pages))


def test_the_pages_lie_where_the_order_says() -> None:
    assert read(fold(numbered(8), language="nl")) == [("p8", "p1"), ("p2", "p7"), ("p6", "p3"), ("p4", "p5")]
    assert read(fold(numbered(4), language="ar")) == [("p1", "p4"), ("p3", "p2")]


@needs_pango()
def test_it_is_for_the_printer_and_says_so(dutch: Druk) -> None:
    booklet = fold(dutch.pdf, language="nl")
    made = Pdf(booklet)
    assert len(made) == dutch.pages // 2
    for page in made.file.pages:
        assert mm(float(page.mediabox[2])) == pytest.approx(420, abs=0.1)
        assert mm(float(page.mediabox[3])) == pytest.approx(297, abs=0.1)
    assert "pdfuaid" not in made.metadata()
    assert "StructTreeRoot" not in made.file.Root
    assert "Voor wie drukt en vouwt" in str(made.file.docinfo.Subject)
    assert str(made.file.docinfo.Title) == str(Pdf(dutch.pdf).file.docinfo.Title)
    # The marks of its tags would have no tree to point into.
    forms = [form for page in made.file.pages for form in page.resources.XObject.values()]
    assert len(forms) == dutch.pages
    assert [form for form in forms if "/StructParents" in form] == []
    assert booklet == fold(dutch.pdf, language="nl")

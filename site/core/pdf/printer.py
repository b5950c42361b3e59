"""HTML on paper, by WeasyPrint. Importing this raises OSError where Pango is missing."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

_its_log = logging.getLogger("weasyprint")
# It may quote the content; what matters of it is passed on below.
_its_log.propagate = False

with warnings.catch_warnings():
    # Works without HarfBuzz-Subset too, only slower.
    warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)
    import pydyf
    from weasyprint import CSS, HTML, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

from core.pdf.making import PdfError  # noqa: E402

STYLES = Path(__file__).parent / "pdf.css"

log = logging.getLogger(__name__)
# Made once: each loads the certificates of the machine, although neither goes anywhere.
_beside_the_styles = URLFetcher(allowed_protocols={"file"})
# Pictures come inside the HTML; anything else would have to be fetched.
_inside_the_html = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
# One at a time: memory stays low, and Pango shares its fonts between threads without being made for it.
_one_at_a_time = Lock()


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.missing_glyphs = 0

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.errors.append(str(record.msg))
        elif str(record.msg).startswith(".notdef"):
            self.missing_glyphs += 1


@contextmanager
def _listening() -> Iterator[_Complaints]:
    complaints = _Complaints()
    _its_log.addHandler(complaints)
    try:
        yield complaints
    finally:
        _its_log.removeHandler(complaints)


def print_html(html: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of a whole HTML document with our styles; PdfError when it is not fit."""
    with _one_at_a_time, _listening() as complaints:
        fonts = FontConfiguration()
        styles = CSS(filename=STYLES, font_config=fonts, url_fetcher=_beside_the_styles)
        try:
            pdf = HTML(string=html, url_fetcher=_inside_the_html).write_pdf(
                stylesheets=[styles],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                finisher=_margins_become_artifacts,
            )
        except FatalURLFetchingError as error:
            raise PdfError("A PDF fetches nothing, and this one wants to.") from error
    if complaints.errors:
        raise PdfError(f"Not fit to be read by everyone: {'; '.join(sorted(set(complaints.errors)))}")
    if complaints.missing_glyphs:
        log.warning("characters of a pdf without a glyph: %d", complaints.missing_glyphs)
    return pdf


def _margins_become_artifacts(document: Document, pdf: pydyf.PDF) -> None:
    """Running heads and feet are no content but artifacts (ISO 14289-1, 7.8).

    WeasyPrint tags them with elements that are in no tree, which no reader can find.
    """
    objects: dict[bytes, Any] = {item.reference: item for item in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    in_tree: set[bytes] = set()
    todo = list(root["K"])
    while todo:
        reference = todo.pop()
        if reference in objects and reference not in in_tree:
            in_tree.add(reference)
            todo += objects[reference].get("K", [])
    # Pairs of a number and, for a page, the elements of its marks.
    numbers = objects[root["ParentTree"]]["Nums"]
    for page, elements in zip(numbers[::2], numbers[1::2], strict=True):
        if page >= len(pdf.page_references):
            break
        stream = objects[objects[pdf.page_references[page]]["Contents"]].stream
        for at, mark in enumerate(stream):
            if not isinstance(mark, pydyf.Dictionary) or "MCID" not in mark:
                continue
            if elements[mark["MCID"]] not in in_tree:
                elements[mark["MCID"]] = b"null"
                stream[at - 1 : at + 2] = [b"/Artifact", b"", b"BMC"]

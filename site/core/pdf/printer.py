"""HTML on paper, by WeasyPrint. Importing this raises OSError where Pango is missing."""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from PIL import ImageFile

_its_log = logging.getLogger("weasyprint")
# It may quote the content; what matters of it is passed on below.
_its_log.propagate = False

with warnings.catch_warnings():
    # Works without HarfBuzz-Subset too, only slower.
    warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)
    from weasyprint import CSS, HTML, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

# WeasyPrint has Pillow take half a picture for a whole one, everywhere in this process; what people send is
# read by the same Pillow.
ImageFile.LOAD_TRUNCATED_IMAGES = False

from core.pdf.making import PdfError  # noqa: E402
from core.pdf.tagging import Spoken, finish  # noqa: E402

LETTERS = Path(__file__).parent / "letters.css"
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
def _listening() -> Iterator[None]:
    """Raises PdfError for what WeasyPrint only complains about; one document at a time."""
    complaints = _Complaints()
    with _one_at_a_time:
        _its_log.addHandler(complaints)
        try:
            yield
        except FatalURLFetchingError as error:
            raise PdfError("A PDF fetches nothing, and this one wants to.") from error
        finally:
            _its_log.removeHandler(complaints)
    if complaints.errors:
        raise PdfError(f"Not fit to be read by everyone: {'; '.join(sorted(set(complaints.errors)))}")
    if complaints.missing_glyphs:
        log.warning("characters of a pdf without a glyph: %d", complaints.missing_glyphs)


class Paper:
    """Sheets of styles with their fonts, loaded once, on which documents are laid out and written."""

    def __init__(self, *sheets: Path) -> None:
        self._fonts = FontConfiguration()
        self._styles = [
            CSS(filename=sheet, font_config=self._fonts, url_fetcher=_beside_the_styles)
            for sheet in (LETTERS, *sheets)
        ]

    def lay_out(self, html: str, *, styles: Sequence[str] = ()) -> Document:
        """A whole HTML document on pages, with more styles of its own; PdfError when it wants to fetch."""
        with _listening():
            own = [CSS(string=text, url_fetcher=_inside_the_html) for text in styles]
            return HTML(string=html, url_fetcher=_inside_the_html).render(
                stylesheets=[*self._styles, *own], font_config=self._fonts, pdf_variant="pdf/ua-1"
            )

    def write(self, document: Document, *, identifier: bytes | None = None) -> bytes:
        """A tagged PDF (PDF/UA-1) of what was laid out; PdfError when it is not fit to be read by everyone.

        The identifier marks the file; with one, the same document is the same file, byte for byte.
        """
        with _listening():
            pages = [Spoken(page) for page in document.pages]
            pdf: bytes = document.copy(pages).write_pdf(
                pdf_variant="pdf/ua-1", pdf_identifier=identifier, finisher=finish
            )
        return pdf


def print_html(html: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of a whole HTML document with our styles; PdfError when it is not fit."""
    paper = Paper(STYLES)
    return paper.write(paper.lay_out(html))

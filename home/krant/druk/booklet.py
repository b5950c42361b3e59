"""A3 sheets to fold: the A4 pages two by two in the order of a booklet stitched in its back.

It is for whoever prints and folds. Readers get the A4 pages: only those are tagged.
"""

import io
from collections.abc import Iterator

import pikepdf
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

# In points.
A4_WIDTH, A4_HEIGHT = 595.276, 841.89
SHEET = 4


class BookletError(ValueError):
    """These pages make no booklet; the message says why."""


def sides(pages: int, *, mirrored: bool = False) -> Iterator[tuple[int, int]]:
    """The pages on the left and on the right of each side, front and back of each sheet in turn.

    The outermost sheet comes first; it is turned on its short edge. `mirrored` is for a language that is
    written from right to left. Raises BookletError when `pages` is no multiple of four.
    """
    if not pages or pages % SHEET:
        raise BookletError(f"{pages} pages are no whole sheets")
    for outer in range(1, pages // 2, 2):
        front, back = (pages + 1 - outer, outer), (outer + 1, pages - outer)
        for left, right in (front, back):
            yield (right, left) if mirrored else (left, right)


def fold(a4: bytes, *, language: str) -> bytes:
    """The A4 pages of an edition, without marks, on A3 sheets in the order of printing."""
    mirrored = language.partition("-")[0] in settings.LANGUAGES_BIDI
    with pikepdf.open(io.BytesIO(a4)) as source, pikepdf.new() as target:
        for left, right in sides(len(source.pages), mirrored=mirrored):
            target.add_blank_page(page_size=(2 * A4_WIDTH, A4_HEIGHT))
            page = target.pages[-1]
            for number, x in ((left, 0.0), (right, A4_WIDTH)):
                form = _as_form(target, source.pages[number - 1])
                name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Bladzij{number}"))
                page.contents_add(f"q 1 0 0 1 {x:.3f} 0 cm {name} Do Q\n".encode())
        title = str(source.docinfo.get("/Title", ""))
        _describe(target, title, language)
        return _written(target)


def _as_form(target: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """A page as one drawing, without the marks that only mean something beside its tags."""
    form = target.copy_foreign(page.as_form_xobject())
    if "/StructParents" in form:
        del form["/StructParents"]
    return form


def _describe(target: pikepdf.Pdf, title: str, language: str) -> None:
    with translation.override(language):
        subject = _(
            "Vellen A3 om te vouwen, in de volgorde van het drukken: dubbelzijdig, omslaan over de korte "
            "kant. Voor wie drukt en vouwt. Om te lezen is er de krant op A4."
        )
    with target.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:description"] = subject
    target.docinfo["/Title"] = title
    target.docinfo["/Subject"] = subject
    target.Root.Lang = language
    target.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None")
    )


def _written(target: pikepdf.Pdf) -> bytes:
    output = io.BytesIO()
    # The same pages give the same file, byte for byte.
    target.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()

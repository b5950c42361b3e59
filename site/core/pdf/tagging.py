"""What WeasyPrint leaves out of the tags of a PDF: languages in it, where links lead, what is no content."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.document import Page


class Spoken(Page):
    """A page that remembers, once it is painted, which language each piece of it is in."""

    def __init__(self, page: Page) -> None:
        self.__dict__.update(page.__dict__)
        self.languages: dict[int, str] = {}

    def paint(self, stream: Any, scale: float = 1) -> None:
        super().paint(stream, scale)
        for box, mark in (stream._tags or {}).items():
            if language := box.style["lang"]:
                self.languages[mark["mcid"]] = language


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """Complete the tags of a PDF that is about to be written."""
    objects: dict[bytes, Any] = {item.reference: item for item in pdf.objects}
    _margins_become_artifacts(pdf, objects)
    _tell_languages(document, pdf, objects)
    _describe_links(document)


def _marked(pdf: pydyf.PDF, objects: dict[bytes, Any]) -> Iterator[tuple[int, Any]]:
    """Numbers of pages with the elements of their marks, as references, in the order of the marks."""
    numbers = objects[objects[pdf.catalog["StructTreeRoot"]]["ParentTree"]]["Nums"]
    for page, elements in zip(numbers[::2], numbers[1::2], strict=True):
        if page < len(pdf.page_references):
            yield page, elements


def _margins_become_artifacts(pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """Running heads and feet are no content but artifacts (ISO 14289-1, 7.8).

    WeasyPrint tags them with elements that are in no tree, which no reader can find.
    """
    in_tree: set[bytes] = set()
    todo = list(objects[pdf.catalog["StructTreeRoot"]]["K"])
    while todo:
        reference = todo.pop()
        if reference in objects and reference not in in_tree:
            in_tree.add(reference)
            todo += objects[reference].get("K", [])
    for page, elements in _marked(pdf, objects):
        stream = objects[objects[pdf.page_references[page]]["Contents"]].stream
        for at, mark in enumerate(stream):
            if not isinstance(mark, pydyf.Dictionary) or "MCID" not in mark:
                continue
            if elements[mark["MCID"]] not in in_tree:
                elements[mark["MCID"]] = b"null"
                stream[at - 1 : at + 2] = [b"/Artifact", b"", b"BMC"]


def _tell_languages(document: Document, pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """What is in another language than the document says so, so that it is read aloud in it (7.2)."""
    for page, elements in _marked(pdf, objects):
        for mark, language in document.pages[page].languages.items():
            if language != document.metadata.lang and elements[mark] in objects:
                objects[elements[mark]]["Lang"] = pydyf.String(language)


def _describe_links(document: Document) -> None:
    """A link says where it leads, in words (7.18.5)."""
    for page in document.pages:
        for _kind, _target, _rectangle, box in page.links:
            if box.link_annotation:
                words = "".join(_words(box)).strip() or box.link_annotation.get("URI", "")
                box.link_annotation["Contents"] = pydyf.String(words)


def _words(box: Any) -> Iterator[str]:
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _words(child)

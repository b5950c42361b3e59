"""What readers see of a wijkkrant: the editions that are out and their articles, in their language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from core import sizes
from core.page_index import page_index
from core.querysets import CARD_FIELDS
from core.reading import reader_language
from home.models import ArtikelPage, Editie, EditiePage, WijkkrantPage


@dataclass(frozen=True)
class EditionCard:
    """An edition in a list: its page, with the facts of its register row."""

    page: EditiePage
    editie: Editie


def editions_of(page: WijkkrantPage) -> list[EditionCard]:
    """The editions of a wijkkrant that are out, the newest first; two queries."""
    below = [child.pk for child in _below(page)]
    found = (
        EditiePage.objects.filter(pk__in=below, editie__staat=Editie.Staat.UIT)
        .select_related("image", "locale", "editie__wijk")
        .defer("body")
        .order_by("-editie__bezorgd_van", "-pk")
    )
    pages = _with_pictures(found)
    return [EditionCard(edition, edition.editie) for edition in pages]


def articles_of(page: EditiePage) -> list[ArtikelPage]:
    """The articles of an edition, in the order of the paper; light enough for a list."""
    below = [child.pk for child in _below(page)]
    rows = (
        ArtikelPage.objects.filter(pk__in=below)
        .select_related("image", "locale")
        .only(*CARD_FIELDS, "rubriek", "auteur")
    )
    found = {row.pk: row for row in _with_pictures(rows)}
    return [found[pk] for pk in below if pk in found]


def around(page: ArtikelPage) -> dict[str, Any]:
    """What stands round an article: its edition, and what to read before and after it."""
    index = page_index()
    above = index.ancestors(page)
    parent = above[-1] if above else None
    if parent is None:
        return {"edition_page": None, "previous": None, "next": None}
    siblings = index.children(index.translations(parent), reader_language())
    keys = [sibling.translation_key for sibling in siblings]
    at = keys.index(page.translation_key) if page.translation_key in keys else None
    return {
        "edition_page": index.in_language(parent, reader_language()),
        "previous": siblings[at - 1] if at else None,
        "next": siblings[at + 1] if at is not None and at + 1 < len(siblings) else None,
    }


def _below(page: Page) -> list[Page]:
    """The pages right below a page that this reader sees, in the order of the source."""
    index = page_index()
    return index.children(index.translations(page), reader_language())


def _with_pictures[T: (ArtikelPage, EditiePage)](pages: Iterable[T]) -> list[T]:
    items = list(pages)
    sizes.prepare(item.image for item in items)
    return items

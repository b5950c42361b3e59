from itertools import groupby
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import sizes
from core.models import BasePage
from core.page_index import address_of
from core.querysets import CARD_FIELDS, readable_in
from wijken.maps import WijkMap, draw_map
from wijken.models.wijk_page import WijkPage


class WijkenIndexPage(BasePage):
    """All wijken, on a map and in a list by kern."""

    template = "pages/wijken_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["wijken.WijkPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("wijken, overzicht")

    @cached_property
    def wijk_pages(self) -> list[WijkPage]:
        """The wijken's pages in the reader's language, in the municipality's order."""
        return wijk_pages(self.language_code)

    @cached_property
    def by_kern(self) -> list[tuple[str, list[WijkPage]]]:
        """The wijken's pages under the name of their kern, the kernen in alphabetical order."""
        pages = sorted(self.wijk_pages, key=lambda page: page.wijk.kern)
        return [(kern, list(group)) for kern, group in groupby(pages, key=lambda page: page.wijk.kern)]

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {
            "wijk_pages": self.wijk_pages,
            "by_kern": self.by_kern,
            "map": wijk_map(self.wijk_pages),
        }


def wijk_pages(language_code: str, *, pictures: bool = True) -> list[WijkPage]:
    """Every wijk's page for a reader of a language, with its register row and, if wanted, its picture."""
    fields = CARD_FIELDS if pictures else [name for name in CARD_FIELDS if not name.startswith("image__")]
    pages = (
        readable_in(WijkPage.objects, language_code)
        .select_related("wijk")
        .only(*fields, "wijk__naam", "wijk__slug", "wijk__kern", "wijk__order", "wijk__boundary")
        .order_by("wijk__order", "wijk__naam")
    )
    if pictures:
        pages = pages.select_related("image")
    found = list(pages)
    if pictures:
        sizes.prepare(page.image for page in found)
    return found


def wijk_map(pages: list[WijkPage], *, current: WijkPage | None = None, points: Any = ()) -> WijkMap | None:
    """The map of all wijken as links to their pages."""
    return draw_map(
        ((page.wijk.naam, address_of(page), page.wijk.boundary, page == current) for page in pages),
        points=points,
    )

from itertools import groupby
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from core.querysets import readable_in
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
            "map": wijk_map(self.wijk_pages, request=request),
        }


def wijk_pages(language_code: str, *, pictures: bool = True) -> list[WijkPage]:
    """Every wijk's page for a reader of a language, with its register row and, if wanted, its picture."""
    pages = (
        readable_in(WijkPage.objects, language_code)
        .select_related("wijk")
        .defer("body")
        .order_by("wijk__order", "wijk__naam")
    )
    if pictures:
        pages = pages.select_related("image").prefetch_related("image__renditions")
    return list(pages)


def wijk_map(
    pages: list[WijkPage], *, current: WijkPage | None = None, points: Any = (), request: Any = None
) -> WijkMap | None:
    """The map of all wijken as links to their pages. With the request their addresses cost less."""
    return draw_map(
        (
            (page.wijk.naam, page.get_url(request) or "", page.wijk.boundary, page == current)
            for page in pages
        ),
        points=points,
    )

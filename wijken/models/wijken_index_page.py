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
    def map(self) -> WijkMap | None:
        return wijk_map(self.wijk_pages)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "wijk_pages": self.wijk_pages,
            "map": self.map,
        }


def wijk_pages(language_code: str) -> list[WijkPage]:
    """Every wijk's page for a reader of a language, with its register row."""
    return list(
        readable_in(WijkPage.objects, language_code)
        .select_related("wijk", "image")
        .prefetch_related("image__renditions")
        .defer("body")
        .order_by("wijk__order", "wijk__naam")
    )


def wijk_map(pages: list[WijkPage], *, current: WijkPage | None = None, points: Any = ()) -> WijkMap | None:
    """The map of all wijken as links to their pages."""
    return draw_map(
        ((page.wijk.naam, page.url or "", page.wijk.boundary, page == current) for page in pages),
        points=points,
    )

from itertools import groupby
from typing import Any

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core.models import BasePage, attach_words
from core.page_index import address_of
from wijken.maps import WijkMap
from wijken.models.plek import Aanplakplaats


class AanplakplaatsenPage(RoutablePageMixin, BasePage):
    """Where posters may hang: by kern, as a list, on a map and on paper."""

    template = "pages/aanplakplaatsen_page.html"
    print_template = "print/aanplakplaatsen.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("aanplakplaatsen")

    @cached_property
    def aanplakplaatsen(self) -> list[Aanplakplaats]:
        """All places in the order of their kern, each with the number it has on the map."""
        rows = list(
            Aanplakplaats.objects.source()
            .select_related("wijk", "photo")
            .prefetch_related("photo__renditions")
            .order_by("wijk__kern", "wijk__order", "naam")
        )
        attach_words(self.language_code, rows)
        for number, row in enumerate(rows, start=1):
            row.number = number
        return rows

    @cached_property
    def by_kern(self) -> list[tuple[str, list[Aanplakplaats]]]:
        return [
            (kern, list(rows)) for kern, rows in groupby(self.aanplakplaatsen, key=lambda row: row.wijk.kern)
        ]

    @cached_property
    def shared_rules(self) -> Aanplakplaats | None:
        """A place with the rules, when these are the same for every place that has any; else None."""
        rows = {row.words.regels: row for row in self.aanplakplaatsen if row.words.regels}
        return next(iter(rows.values())) if len(rows) == 1 else None

    def wijken_map(self, request: Any) -> WijkMap | None:
        """All wijken with the places on top."""
        from wijken.models.wijken_index_page import wijk_map, wijk_pages

        points = [
            (row.number, row.words.naam, float(row.lon), float(row.lat))
            for row in self.aanplakplaatsen
            if row.lon is not None and row.lat is not None
        ]
        return wijk_map(wijk_pages(self.language_code, pictures=False), points=points)

    @property
    def print_address(self) -> str:
        return f"{address_of(self)}{self.reverse_subpage('print')}"

    @path("print/", name="print")
    def print_view(self, request: Any) -> TemplateResponse:
        """One sheet to hang up or take along."""
        return TemplateResponse(request, self.print_template, self.get_context(request))

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {
            "by_kern": self.by_kern,
            "shared_rules": self.shared_rules,
            "map": self.wijken_map(request),
            "today": timezone.localdate(),
        }

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from core.querysets import readable_in
from wijken.models.wijkteam_page import WijkteamPage


class WijkteamsIndexPage(BasePage):
    """All wijkteams and the wijken each of them works in."""

    template = "pages/wijkteams_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["wijken.WijkteamPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("wijkteams, overzicht")

    @cached_property
    def team_pages(self) -> list[WijkteamPage]:
        return list(
            readable_in(WijkteamPage.objects, self.language_code)
            .select_related("wijkteam")
            .prefetch_related("wijkteam__wijken")
            .defer("body")
            .order_by("wijkteam__nummer")
        )

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {"team_pages": self.team_pages}

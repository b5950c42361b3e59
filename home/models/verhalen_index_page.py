from typing import Any

from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from core.pagination import paginate
from home.models.verhaal_page import latest_stories, with_card_images


class VerhalenIndexPage(BasePage):
    """Gelukt in de wijk: all stories."""

    template = "pages/verhalen_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.VerhaalPage"]
    max_count_per_parent = 1
    per_page = 9
    admin_default_ordering = "-latest_revision_created_at"

    class Meta:
        verbose_name = _("verhalen, overzicht")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        items = paginate(latest_stories(self.language_code), request, per_page=self.per_page)
        items.object_list = with_card_images(items.object_list)
        return {
            **super().get_context(request, *args, **kwargs),
            "items": items,
        }

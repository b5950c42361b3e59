from typing import Any

from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from core.pagination import RememberedList
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
        stories = latest_stories(self.language_code)
        key = f"stories:{self.language_code}"
        items = RememberedList(key, stories, per_page=self.per_page, prepare=with_card_images)
        return {
            **super().get_context(request, *args, **kwargs),
            "items": items.get_page(request.GET.get("page", 1)),
        }

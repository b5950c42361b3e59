from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from core.querysets import readable_in
from wijken.models.wijkraadpleging_page import WijkraadplegingPage
from wijken.sections import PLATFORM_SECTIONS, wijk_sections


class WijkplatformPage(BasePage):
    """Who speaks for the wijk, what they do, and whether they are active."""

    template = "pages/wijkplatform_page.html"
    parent_page_types = ["wijken.WijkPage"]
    subpage_types = ["wijken.WijkraadplegingPage"]
    max_count_per_parent = 1

    wijkplatform = models.ForeignKey(
        "wijken.Wijkplatform", verbose_name=_("wijkplatform"), on_delete=models.PROTECT, related_name="pages"
    )

    content_panels = [FieldPanel("wijkplatform"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("wijkplatform", overridable=False),
    ]

    served_with = ("wijkplatform__wijk",)

    class Meta:
        verbose_name = _("wijkplatform")
        verbose_name_plural = _("wijkplatforms")

    @cached_property
    def raadpleging_pages(self) -> list[WijkraadplegingPage]:
        """The raadplegingen of this platform, newest first."""
        return list(
            readable_in(WijkraadplegingPage.objects, self.language_code)
            .filter(wijkraadpleging__wijkplatform=self.wijkplatform_id)
            .select_related("wijkraadpleging")
            .defer("body")
            .order_by("-wijkraadpleging__date")
        )

    @cached_property
    def waiting(self) -> list[tuple[WijkraadplegingPage, int]]:
        """The raadplegingen whose wijkplan has no answer yet, each with the days since it was offered."""
        today = timezone.localdate()
        return [
            (page, page.wijkraadpleging.days_waiting(on=today) or 0)
            for page in self.raadpleging_pages
            if page.wijkraadpleging.wijkplan_offered_on and not page.wijkraadpleging.response_on
        ]

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {
            "platform": self.wijkplatform,
            "wijk": self.wijkplatform.wijk,
            "raadpleging_pages": self.raadpleging_pages,
            "waiting": self.waiting,
            "today": timezone.localdate(),
            "sections": wijk_sections(self, request, where=PLATFORM_SECTIONS),
        }

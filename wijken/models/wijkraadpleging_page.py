from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage


class WijkraadplegingPage(BasePage):
    """A consultation of the wijk: how to join, what came of it, and the municipality's answer."""

    template = "pages/wijkraadpleging_page.html"
    parent_page_types = ["wijken.WijkplatformPage"]
    subpage_types = []

    wijkraadpleging = models.ForeignKey(
        "wijken.Wijkraadpleging",
        verbose_name=_("wijkraadpleging"),
        on_delete=models.PROTECT,
        related_name="pages",
    )

    content_panels = [FieldPanel("wijkraadpleging"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("wijkraadpleging", overridable=False),
    ]

    served_with = ("wijkraadpleging__wijkplatform__wijk",)

    class Meta:
        verbose_name = _("wijkraadpleging")
        verbose_name_plural = _("wijkraadplegingen")

    def surroundings(self, request: Any) -> dict[str, Any]:
        today = timezone.localdate()
        raadpleging = self.wijkraadpleging
        return {
            "raadpleging": raadpleging,
            "is_upcoming": not raadpleging.held and raadpleging.date >= today,
            "is_unreported": not raadpleging.held and raadpleging.date < today,
            "days_waiting": raadpleging.days_waiting(on=today),
        }

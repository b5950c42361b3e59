from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from wijken.afspraken import stuurgroep_afspraken
from wijken.models.stuurgroep import StuurgroepOverleg


class StuurgroepPage(BasePage):
    """Who steers, and when they meet."""

    template = "pages/stuurgroep_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    stuurgroep = models.ForeignKey(
        "wijken.Stuurgroep", verbose_name=_("stuurgroep"), on_delete=models.PROTECT, related_name="pages"
    )

    content_panels = [FieldPanel("stuurgroep"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("stuurgroep", overridable=False),
    ]

    served_with = ("stuurgroep",)

    class Meta:
        verbose_name = _("stuurgroep")
        verbose_name_plural = _("stuurgroepen")

    @cached_property
    def overleggen(self) -> list[StuurgroepOverleg]:
        return list(StuurgroepOverleg.objects.filter(stuurgroep=self.stuurgroep_id).order_by("-date"))

    def surroundings(self, request: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "overleggen": self.overleggen,
            "afspraken": stuurgroep_afspraken(on=today),
            "today": today,
        }

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from wijken.models.werkplan import Werkplanpunt


class WerkplanPage(BasePage):
    """What a wijkteam set out to do in a year, point by point."""

    template = "pages/werkplan_page.html"
    parent_page_types = ["wijken.WijkteamPage"]
    subpage_types = []

    werkplan = models.ForeignKey(
        "wijken.Werkplan", verbose_name=_("werkplan"), on_delete=models.PROTECT, related_name="pages"
    )

    content_panels = [FieldPanel("werkplan"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("werkplan", overridable=False),
    ]

    served_with = ("werkplan__wijkteam",)

    class Meta:
        verbose_name = _("werkplan")
        verbose_name_plural = _("werkplannen")

    @cached_property
    def punten(self) -> list[Werkplanpunt]:
        return Werkplanpunt.objects.filter(werkplan=self.werkplan_id).worded(self.language_code)

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {
            "werkplan": self.werkplan,
            "punten": self.punten,
            "finished": sum(punt.status == Werkplanpunt.Status.KLAAR for punt in self.punten),
            "unreported": sum(punt.status == Werkplanpunt.Status.ONBEKEND for punt in self.punten),
            "this_year": timezone.localdate().year,
        }

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage


class TerugblikPage(RoutablePageMixin, BasePage):
    """A look back at a plan: how every action stood on that day, and what people said."""

    template = "pages/terugblik_page.html"
    parent_page_types = ["wijken.ActieplanPage"]
    subpage_types = []

    terugblik = models.ForeignKey(
        "wijken.Terugblik", verbose_name=_("terugblik"), on_delete=models.PROTECT, related_name="pages"
    )

    content_panels = [FieldPanel("terugblik"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("terugblik", overridable=False),
    ]

    served_with = ("terugblik__actieplan__wijk",)

    class Meta:
        verbose_name = _("terugblik")
        verbose_name_plural = _("terugblikken")

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {"terugblik": self.terugblik}

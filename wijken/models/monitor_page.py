from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage


class MonitorPage(RoutablePageMixin, BasePage):
    """All actions and projects of a wijk: what was promised, what is late, where and with what money."""

    template = "pages/monitor_page.html"
    parent_page_types = ["wijken.WijkPage"]
    subpage_types = []
    max_count_per_parent = 1

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="monitor_pages"
    )

    content_panels = [FieldPanel("wijk"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("wijk", overridable=False),
    ]

    served_with = ("wijk",)

    class Meta:
        verbose_name = _("monitor")
        verbose_name_plural = _("monitors")

    @path("cijfers/", name="cijfers")
    def cijfers(self, request: Any) -> HttpResponse:
        """What research measures."""
        from wijken.monitor.indicators import cijfers_view

        return cijfers_view(self, request)

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {"wijk": self.wijk}

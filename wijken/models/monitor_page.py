from typing import Any

from django.db import models
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage


class MonitorPage(RoutablePageMixin, BasePage):
    """All actions and projects of a wijk: what was promised, what is late, where and with what money.

    Each route is one view of the same facts; `wijken.monitor` has a module for each.
    """

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

    @path("")
    def index_route(self, request: Any) -> TemplateResponse:
        from wijken.monitor.overview import overview_of

        return self._view(request, "index_route", overview=overview_of(self, request))

    def _view(self, request: Any, name: str, template: str = "", **context: Any) -> TemplateResponse:
        """One view in the frame that all of them share."""
        from wijken.monitor.tabs import tabs_of

        overrides = {
            "tabs": tabs_of(self, request, current=name),
            "today": timezone.localdate(),
            "wijk": self.wijk,
            **context,
        }
        return self.render(request, template=template or self.template, context_overrides=overrides)

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.fields import StreamField
from core.models import BasePage
from wijken.blocks import AnalysesBlock


class PerspectiefPage(BasePage):
    """A perspectief in its three parts: what people value, how things are, and what that asks for."""

    template = "pages/perspectief_page.html"
    parent_page_types = ["wijken.ActieplanPage"]
    subpage_types = []

    perspectief = models.ForeignKey(
        "wijken.Perspectief", verbose_name=_("perspectief"), on_delete=models.PROTECT, related_name="pages"
    )
    waardeperspectief = models.TextField(
        _("waardeperspectief"), max_length=3000, help_text=_("Wat vinden bewoners waardevol?")
    )
    analyse = StreamField(AnalysesBlock(), verbose_name=_("analyse"), blank=True)

    content_panels = [
        FieldPanel("perspectief"),
        *BasePage.content_panels,
        FieldPanel("waardeperspectief"),
        FieldPanel("analyse"),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("perspectief", overridable=False),
    ]

    served_with = ("perspectief__actieplan__wijk", "perspectief__actieplan__contact__organisatie")

    class Meta:
        verbose_name = _("perspectief")
        verbose_name_plural = _("perspectieven")

    def surroundings(self, request: Any) -> dict[str, Any]:
        from wijken.monitor.plan_story import needs_of
        from wijken.register_pages import around

        return {
            "perspectief": self.perspectief,
            "needs": needs_of(self.perspectief, language_code=self.language_code, on=timezone.localdate()),
            **around(self.perspectief, self.language_code),
        }

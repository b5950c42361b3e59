from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage


class FocusopgavePage(BasePage):
    """A focusopgave in its four parts: the goal, why it is one, who answers for it, and its actions."""

    template = "pages/focusopgave_page.html"
    parent_page_types = ["wijken.ActieplanPage"]
    subpage_types = []

    focusopgave = models.ForeignKey(
        "wijken.Focusopgave", verbose_name=_("focusopgave"), on_delete=models.PROTECT, related_name="pages"
    )
    doelstelling = models.TextField(_("doelstelling"), max_length=1000)
    waarom = models.TextField(_("waarom is dit een focusopgave?"), max_length=2000)
    eindverantwoordelijk = models.TextField(_("wie is eindverantwoordelijk?"), max_length=1000, blank=True)

    content_panels = [
        FieldPanel("focusopgave"),
        *BasePage.content_panels,
        FieldPanel("doelstelling"),
        FieldPanel("waarom"),
        FieldPanel("eindverantwoordelijk"),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("focusopgave", overridable=False),
    ]

    served_with = ("focusopgave__actieplan__wijk",)

    class Meta:
        verbose_name = _("focusopgave")
        verbose_name_plural = _("focusopgaven")

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {"focusopgave": self.focusopgave}

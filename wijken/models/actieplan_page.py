from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage


class ActieplanPage(BasePage):
    """An action plan or a programme: why it is there, what it holds and who to ask."""

    template = "pages/actieplan_page.html"
    parent_page_types = ["wijken.WijkPage"]
    subpage_types = [
        "wijken.PerspectiefPage",
        "wijken.FocusopgavePage",
        "wijken.ActiePage",
        "wijken.TerugblikPage",
    ]

    actieplan = models.ForeignKey(
        "wijken.Actieplan", verbose_name=_("actieplan"), on_delete=models.PROTECT, related_name="pages"
    )
    start_toelichting = models.CharField(
        _("over de startdatum"), max_length=250, blank=True, help_text=_("Als er iets bij te zeggen is.")
    )

    content_panels = [
        FieldPanel("actieplan"),
        *BasePage.content_panels,
        FieldPanel("start_toelichting"),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("actieplan", overridable=False),
    ]

    served_with = ("actieplan__wijk",)

    class Meta:
        verbose_name = _("actieplan")
        verbose_name_plural = _("actieplannen")

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {"plan": self.actieplan}

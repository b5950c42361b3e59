from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage


class ActiePage(RoutablePageMixin, BasePage):
    """One action or project: what was promised first, what is promised now, and what was told about it."""

    template = "pages/actie_page.html"
    parent_page_types = ["wijken.ActieplanPage"]
    subpage_types = []

    actie = models.ForeignKey(
        "wijken.Actie", verbose_name=_("actie"), on_delete=models.PROTECT, related_name="pages"
    )
    kosten_uitleg = models.TextField(_("uitleg bij de kosten"), max_length=600, blank=True)
    bron_opmerking = models.TextField(
        _("opmerking bij de bron"),
        max_length=1000,
        blank=True,
        help_text=_("Spreekt de bron zichzelf tegen? Schrijf dat hier eerlijk op."),
    )

    content_panels = [
        FieldPanel("actie"),
        *BasePage.content_panels,
        FieldPanel("kosten_uitleg"),
        FieldPanel("bron_opmerking"),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("actie", overridable=False),
    ]

    served_with = ("actie__actieplan__wijk", "actie__focusopgave")

    class Meta:
        verbose_name = _("actie")
        verbose_name_plural = _("acties")

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {"actie": self.actie}

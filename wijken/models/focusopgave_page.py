from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from wijken.models.organisatie import Organisatie


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

    served_with = ("focusopgave__actieplan__wijk", "focusopgave__actieplan__contact__organisatie")

    class Meta:
        verbose_name = _("focusopgave")
        verbose_name_plural = _("focusopgaven")

    def _organisaties(self, related: Any) -> list[Organisatie]:
        rows: list[Organisatie] = related.order_by("naam").worded(self.language_code)
        return rows

    def surroundings(self, request: Any) -> dict[str, Any]:
        from wijken.monitor.money import Total
        from wijken.monitor.plan_story import Counts, rows_on
        from wijken.register_pages import around

        acties = self.focusopgave.acties.order_by("nummer")
        rows = rows_on(acties, language_code=self.language_code, on=timezone.localdate())
        return {
            "focusopgave": self.focusopgave,
            "verantwoordelijk": self._organisaties(self.focusopgave.eindverantwoordelijk),
            "werkgroep": self._organisaties(self.focusopgave.werkgroep),
            "rows": rows,
            "counts": Counts.of(row.standing for row in rows),
            "total": Total.of(row.actie for row in rows),
            **around(self.focusopgave, self.language_code),
        }

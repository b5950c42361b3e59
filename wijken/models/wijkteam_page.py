from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage, attach_words
from core.querysets import readable_in
from wijken.models.organisatie import Organisatie
from wijken.models.werkplan import Werkplan
from wijken.models.wijk_page import WijkPage


class WijkteamPage(BasePage):
    """Who works in the wijk, what they agreed, and their werkplannen."""

    template = "pages/wijkteam_page.html"
    parent_page_types = ["wijken.WijkteamsIndexPage"]
    subpage_types = ["wijken.WerkplanPage"]

    wijkteam = models.ForeignKey(
        "wijken.Wijkteam", verbose_name=_("wijkteam"), on_delete=models.PROTECT, related_name="pages"
    )
    voorzitter = models.CharField(
        _("voorzitter"), max_length=160, blank=True, help_text=_("Een functie, geen naam van een persoon.")
    )
    afspraken = models.TextField(_("afspraken over samenwerken"), max_length=1000, blank=True)

    content_panels = [
        FieldPanel("wijkteam"),
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("voorzitter"), FieldPanel("afspraken")], heading=_("Afspraken")),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("wijkteam", overridable=False),
    ]

    served_with = ("wijkteam",)

    class Meta:
        verbose_name = _("wijkteam")
        verbose_name_plural = _("wijkteams")

    @cached_property
    def wijk_pages(self) -> list[WijkPage]:
        return list(
            readable_in(WijkPage.objects, self.language_code)
            .filter(wijk__wijkteam=self.wijkteam_id)
            .select_related("wijk", "image")
            .prefetch_related("image__renditions")
            .defer("body")
            .order_by("wijk__order")
        )

    @cached_property
    def organisaties(self) -> list[Organisatie]:
        """The partners in this team, in the team's own order."""
        rows = [lid.organisatie for lid in self.wijkteam.leden.select_related("organisatie")]
        attach_words(self.language_code, rows)
        return rows

    @cached_property
    def partners(self) -> list[tuple[str, list[Organisatie]]]:
        """The partners under their kind of organisation, the kinds in a fixed order."""
        by_kind: dict[str, list[Organisatie]] = {}
        for row in self.organisaties:
            by_kind.setdefault(row.kind, []).append(row)
        return [(str(label), by_kind[kind]) for kind, label in Organisatie.Kind.choices if kind in by_kind]

    @cached_property
    def werkplan_pages(self) -> list[Any]:
        from wijken.models.werkplan_page import WerkplanPage

        return list(
            readable_in(WerkplanPage.objects, self.language_code)
            .filter(werkplan__wijkteam=self.wijkteam_id)
            .select_related("werkplan")
            .defer("body")
            .order_by("-werkplan__jaar")
        )

    def surroundings(self, request: Any) -> dict[str, Any]:
        year = timezone.localdate().year
        return {
            "wijk_pages": self.wijk_pages,
            "organisaties": self.organisaties,
            "partners": self.partners,
            "werkplan_pages": self.werkplan_pages,
            "this_year": year,
            "has_werkplan_this_year": Werkplan.objects.filter(wijkteam=self.wijkteam_id, jaar=year).exists(),
        }

from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage, attach_words
from core.page_index import address_of
from wijken.models.terugblik import Gesprek


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

    @path("antwoord/", name="answer")
    def answer(self, request: Any) -> HttpResponse:
        """“Merkt u hier iets van?”"""
        from wijken.views import answer_view

        return answer_view(self, request)

    @path("antwoord/ontvangen/", name="receipt")
    def receipt(self, request: Any) -> HttpResponse:
        """What was counted."""
        from wijken.views import receipt_view

        return receipt_view(self, request)

    @path("papier/", name="paper")
    def paper(self, request: Any) -> HttpResponse:
        """The question on paper."""
        from wijken.views import paper_view

        return paper_view(self, request)

    @property
    def gesprekken(self) -> list[Gesprek]:
        """The conversations that belong to this look-back, newest first, with their words."""
        rows: list[Gesprek] = (
            Gesprek.objects.filter(terugblik=self.terugblik_id)
            .select_related("plek")
            .worded(self.language_code)
        )
        attach_words(self.language_code, [row.plek for row in rows])
        return rows

    def surroundings(self, request: Any) -> dict[str, Any]:
        from wijken.monitor.lookback import look_back
        from wijken.monitor.tallies import tallies_of

        today = timezone.localdate()
        lookback = look_back(self.terugblik, language_code=self.language_code, today=today)
        tallies = tallies_of(self.terugblik, before=today)
        return {
            "page_url": address_of(self),
            "terugblik": self.terugblik,
            "lookback": lookback,
            "gesprekken": self.gesprekken,
            "tallies": tallies,
            "answered": [
                (row, tallies.per_actie[row.now.actie.pk])
                for row in lookback.rows
                if row.now and row.now.actie.pk in tallies.per_actie
            ],
            "is_question_open": self.terugblik.is_question_open(on=today),
            "today": today,
        }

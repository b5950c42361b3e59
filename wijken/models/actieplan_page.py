from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.feeds import feed_address
from core.models import BasePage, attach_words


class ActieplanPage(RoutablePageMixin, BasePage):
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
    search_fields = [
        *BasePage.search_fields,
        index.RelatedFields("actieplan", [index.SearchField("naam")]),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("actieplan", overridable=False),
    ]

    served_with = ("actieplan__wijk", "actieplan__contact__organisatie")

    class Meta:
        verbose_name = _("actieplan")
        verbose_name_plural = _("actieplannen")

    @property
    def feed_address(self) -> str:
        return feed_address(self)

    @path("feed/", name="feed")
    def feed(self, request: Any) -> HttpResponse:
        """News of all actions of this plan as Atom."""
        from wijken.feeds import PlanFeed

        return PlanFeed(self)(request)

    @cached_property
    def chapters(self) -> list[tuple[str, str]]:
        """The headings of the body, each with the anchor that the template gives it."""
        return [
            (f"deel-{number}", block.value)
            for number, block in enumerate(self.body, start=1)
            if block.block_type == "heading"
        ]

    def surroundings(self, request: Any) -> dict[str, Any]:
        from wijken.monitor.plan_story import plan_story

        plan, today = self.actieplan, timezone.localdate()
        attach_words(self.language_code, [plan.contact, plan.contact and plan.contact.organisatie])
        versie = plan.versie
        return {
            "plan": plan,
            "versie": versie,
            "is_open": bool(versie and versie.is_open(on=today)),
            "versies": list(plan.versies.all()),
            "story": plan_story(plan, language_code=self.language_code, on=today),
        }

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.fields import StreamField
from core.models import BasePage
from core.querysets import readable_in
from home.blocks import ContentBodyBlock


class ContentPage(BasePage):
    """A plain page of text, pictures, steps, questions and tables."""

    template = "pages/content_page.html"
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]

    body = StreamField(ContentBodyBlock(), verbose_name=_("inhoud"), blank=True)
    in_footer = models.BooleanField(_("link onderaan elke pagina"), default=False)

    promote_panels = [*BasePage.promote_panels, FieldPanel("in_footer")]
    override_translatable_fields = [*BasePage.synchronized_fields, SynchronizedField("in_footer")]

    class Meta:
        verbose_name = _("gewone pagina")
        verbose_name_plural = _("gewone pagina's")

    @cached_property
    def pages_below(self) -> list["ContentPage"]:
        """The pages that say more about this, in the editors' order."""
        return list(
            readable_in(ContentPage.objects.child_of(self), self.language_code)
            .select_related("image")
            .prefetch_related("image__renditions")
            .defer("body")
            .order_by("path")
        )

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {"pages_below": self.pages_below}

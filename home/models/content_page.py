from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.fields import StreamField
from core.models import BasePage
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

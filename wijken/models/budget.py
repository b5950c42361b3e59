from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.models import TranslatableSnippet, source_rows, words


class Budget(TranslatableSnippet):
    """Money with a name: how much there is, for which years, and whose it is."""

    naam = models.CharField(_("naam"), max_length=120)
    jaren = models.CharField(_("voor welke jaren"), max_length=60, blank=True)
    bedrag = models.PositiveIntegerField(_("bedrag in hele euro's"))
    houder = models.ForeignKey(
        "wijken.Organisatie",
        verbose_name=_("houder"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="budgetten",
        limit_choices_to=source_rows,
    )
    bron = models.CharField(_("bron"), max_length=200, help_text=_("Waar staat dit bedrag?"))
    toelichting = models.TextField(_("toelichting"), max_length=600, blank=True)

    translatable_fields = words("naam", "jaren", "bron", "toelichting")
    panels = [
        MultiFieldPanel(
            [FieldPanel("naam"), FieldPanel("jaren"), FieldPanel("bedrag"), FieldPanel("houder")],
            heading=_("Budget"),
        ),
        FieldPanel("bron"),
        FieldPanel("toelichting"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("budget")
        verbose_name_plural = _("budgetten")
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

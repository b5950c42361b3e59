from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import TranslatableSnippet, source_rows, words


class Aandachtsgebied(TranslatableSnippet):
    """Something that asks for attention in one wijk."""

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="aandachtsgebieden"
    )
    themas = models.ManyToManyField(
        "wijken.Thema",
        verbose_name=_("thema's"),
        blank=True,
        related_name="aandachtsgebieden",
        limit_choices_to=source_rows,
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    naam = models.CharField(_("naam"), max_length=120)
    toelichting = models.TextField(_("toelichting"), max_length=600, blank=True)

    translatable_fields = words("naam", "toelichting")
    part_of = "wijk__naam"
    panels = [
        FieldPanel("wijk"),
        FieldPanel("naam"),
        FieldPanel("toelichting"),
        FieldPanel("themas"),
        FieldPanel("order"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("aandachtsgebied")
        verbose_name_plural = _("aandachtsgebieden")
        ordering = ["wijk__order", "order", "pk"]

    def __str__(self) -> str:
        return self.naam

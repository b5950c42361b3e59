from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import TranslatableSnippet, words


class Werkplan(models.Model):
    """What a wijkteam will do in a year, and how. One plan per team per year."""

    wijkteam = models.ForeignKey(
        "wijken.Wijkteam", verbose_name=_("wijkteam"), on_delete=models.PROTECT, related_name="werkplannen"
    )
    jaar = models.PositiveSmallIntegerField(
        _("jaar"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    vastgesteld_op = models.DateField(_("vastgesteld op"), null=True, blank=True)

    panels = [FieldPanel("wijkteam"), FieldPanel("jaar"), FieldPanel("vastgesteld_op")]

    class Meta:
        verbose_name = _("werkplan")
        verbose_name_plural = _("werkplannen")
        ordering = ["-jaar", "wijkteam__nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["wijkteam", "jaar"],
                name="wijken_werkplan_once_per_year",
                violation_error_message=_("Dit team heeft voor dit jaar al een werkplan."),
            )
        ]

    def __str__(self) -> str:
        return f"Werkplan {self.jaar}, {self.wijkteam}"


class Werkplanpunt(TranslatableSnippet):
    """One thing a wijkteam will do in a year."""

    class Status(models.TextChoices):
        GEPLAND = "gepland", _("gepland")
        BEZIG = "bezig", _("bezig")
        KLAAR = "klaar", _("klaar")
        GESTOPT = "gestopt", _("gestopt")
        ONBEKEND = "onbekend", _("geen bericht over gekregen")

    werkplan = models.ForeignKey(
        Werkplan, verbose_name=_("werkplan"), on_delete=models.PROTECT, related_name="punten"
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.GEPLAND)
    titel = models.CharField(_("wat"), max_length=160)
    toelichting = models.TextField(_("hoe"), max_length=600, blank=True)

    translatable_fields = words("titel", "toelichting")
    part_of = "werkplan__wijkteam__naam"
    panels = [
        FieldPanel("werkplan"),
        FieldPanel("titel"),
        FieldPanel("toelichting"),
        FieldPanel("status"),
        FieldPanel("order"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("punt van een werkplan")
        verbose_name_plural = _("punten van werkplannen")
        ordering = ["werkplan", "order", "pk"]

    def __str__(self) -> str:
        return self.titel

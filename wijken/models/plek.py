from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.models import TranslatableSnippet, words


class PlaceFields(models.Model):
    """Where something is: a wijk and a point in degrees (WGS84)."""

    lat = models.DecimalField(
        _("breedtegraad"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-90)), MaxValueValidator(Decimal(90))],
    )
    lon = models.DecimalField(
        _("lengtegraad"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-180)), MaxValueValidator(Decimal(180))],
    )

    class Meta:
        abstract = True


class Plek(PlaceFields, TranslatableSnippet):
    """A place in a wijk where things happen."""

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="plekken"
    )
    naam = models.CharField(_("naam"), max_length=120)
    toegankelijkheid = models.CharField(
        _("toegankelijkheid"),
        max_length=300,
        blank=True,
        help_text=_("Bijvoorbeeld: drempelvrij, lift aanwezig."),
    )

    translatable_fields = words("naam", "toegankelijkheid")
    part_of = "wijk__naam"
    panels = [
        FieldPanel("naam"),
        FieldPanel("wijk"),
        FieldPanel("toegankelijkheid"),
        MultiFieldPanel([FieldPanel("lat"), FieldPanel("lon")], heading=_("Op de kaart")),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("plek")
        verbose_name_plural = _("plekken")
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Aanplakplaats(PlaceFields, TranslatableSnippet):
    """An official place where anyone may put up a poster for an event."""

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="aanplakplaatsen"
    )
    naam = models.CharField(_("naam"), max_length=120)
    adres = models.CharField(_("adres"), max_length=160)
    regels = models.TextField(_("regels"), max_length=600, blank=True)
    photo = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("foto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_example = models.BooleanField(_("is een voorbeeld"), default=False)
    # On the map and in the list; the page with all places gives it.
    number: int

    translatable_fields = words("naam", "regels")
    part_of = "wijk__naam"
    panels = [
        FieldPanel("naam"),
        FieldPanel("wijk"),
        FieldPanel("adres"),
        FieldPanel("regels"),
        FieldPanel("photo"),
        MultiFieldPanel([FieldPanel("lat"), FieldPanel("lon")], heading=_("Op de kaart")),
        FieldPanel("is_example"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("aanplakplaats")
        verbose_name_plural = _("aanplakplaatsen")
        ordering = ["wijk__order", "naam"]

    def __str__(self) -> str:
        return self.naam

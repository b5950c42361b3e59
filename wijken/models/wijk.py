from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index


def validate_ring(value: Any) -> None:
    """A boundary is a list of at least three [longitude, latitude] pairs in degrees (WGS84)."""
    try:
        points = [(float(lon), float(lat)) for lon, lat in value]
    except (TypeError, ValueError):
        raise ValidationError(_("Geef een lijst van punten: [[lengte, breedte], …].")) from None
    if value and len(points) < 3:
        raise ValidationError(_("Een grens heeft minstens drie punten."))
    if any(not (-180 <= lon <= 180 and -90 <= lat <= 90) for lon, lat in points):
        raise ValidationError(_("Een punt ligt niet op aarde: eerst de lengte, dan de breedte."))


class WijkQuerySet(models.QuerySet["Wijk"]):
    def in_postcode(self, pc4: str) -> Self:
        """The wijken that lie, in part, in a four-digit postcode area. More than one is possible."""
        return self.filter(postcodegebieden__pc4=pc4).distinct()


class Wijk(index.Indexed, ClusterableModel):
    """A wijk as the municipality draws it: an editorial unit made of CBS buurten."""

    naam = models.CharField(_("naam"), max_length=80, unique=True)
    slug = models.SlugField(_("code"), max_length=80, unique=True)
    kern = models.CharField(_("kern"), max_length=80, help_text=_("De woonkern waarin de wijk ligt."))
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    wijkteam = models.ForeignKey(
        "wijken.Wijkteam",
        verbose_name=_("wijkteam"),
        on_delete=models.PROTECT,
        related_name="wijken",
        help_text=_("Elke wijk hoort bij precies één wijkteam."),
    )
    wijkwethouder = models.ForeignKey(
        "wijken.Contactpersoon",
        verbose_name=_("wijkwethouder"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    boundary = models.JSONField(
        _("grens op de kaart"),
        default=list,
        blank=True,
        validators=[validate_ring],
        help_text=_("Een lijst van punten: [[lengte, breedte], …]."),
    )

    objects = WijkQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [FieldPanel("naam"), FieldPanel("slug"), FieldPanel("kern"), FieldPanel("order")],
            heading=_("Wijk"),
        ),
        FieldPanel("wijkteam"),
        FieldPanel("wijkwethouder"),
        InlinePanel("cijfers", heading=_("Wijk in cijfers"), label=_("Cijfer")),
        InlinePanel("postcodegebieden", heading=_("Postcodes"), label=_("Postcode")),
        InlinePanel("buurten", heading=_("Buurten van het CBS"), label=_("Buurt")),
        FieldPanel("boundary", classname="collapsed"),
    ]
    search_fields = [index.SearchField("naam"), index.AutocompleteField("naam"), index.FilterField("kern")]

    class Meta:
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")
        ordering = ["order", "naam"]

    def __str__(self) -> str:
        return self.naam


class Buurt(models.Model):
    """A buurt of the national statistics office. It belongs to one wijk at most."""

    wijk = ParentalKey(Wijk, on_delete=models.CASCADE, related_name="buurten")
    code = models.CharField(
        _("code"),
        max_length=10,
        unique=True,
        validators=[RegexValidator(r"^BU\d{8}$", _("Een buurtcode is BU met acht cijfers."))],
    )
    naam = models.CharField(_("naam"), max_length=80, blank=True)

    panels = [FieldPanel("code"), FieldPanel("naam")]

    class Meta:
        verbose_name = _("buurt")
        verbose_name_plural = _("buurten")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.naam or self.code


class Postcodegebied(models.Model):
    """The four digits of a postcode that lies, in part, in a wijk. An approximation: it helps to choose."""

    wijk = ParentalKey(Wijk, on_delete=models.CASCADE, related_name="postcodegebieden")
    pc4 = models.CharField(
        _("vier cijfers"),
        max_length=4,
        validators=[RegexValidator(r"^[1-9]\d{3}$", _("Geef de vier cijfers van de postcode."))],
    )

    panels = [FieldPanel("pc4")]

    class Meta:
        verbose_name = _("postcodegebied")
        verbose_name_plural = _("postcodegebieden")
        ordering = ["pc4"]
        constraints = [models.UniqueConstraint(fields=["wijk", "pc4"], name="wijken_postcode_once_per_wijk")]

    def __str__(self) -> str:
        return self.pc4


class Wijkcijfer(models.Model):
    """One measured number about a wijk, always with its date and source."""

    class Soort(models.TextChoices):
        INWONERS = "inwoners", _("inwoners")
        HUISHOUDENS = "huishoudens", _("huishoudens")
        WONINGEN = "woningen", _("woningen")
        HUURWONINGEN_AANDEEL = "huurwoningen_aandeel", _("van de woningen is sociale huur")
        BOUWPERIODE = "bouwperiode", _("is de tijd waarin de meeste woningen zijn gebouwd")
        BUURTEN = "buurten", _("buurten volgens het CBS")

    wijk = ParentalKey(Wijk, on_delete=models.CASCADE, related_name="cijfers")
    soort = models.CharField(_("soort"), max_length=30, choices=Soort)
    waarde = models.CharField(_("waarde"), max_length=40, help_text=_("Bijvoorbeeld: 5300 of 50%."))
    is_ongeveer = models.BooleanField(_("ongeveer"), default=False)
    peildatum = models.DateField(_("gemeten op"))
    bron = models.CharField(_("bron"), max_length=160)
    bron_url = models.URLField(_("webadres van de bron"), blank=True)

    panels = [
        FieldPanel("soort"),
        FieldPanel("waarde"),
        FieldPanel("is_ongeveer"),
        FieldPanel("peildatum"),
        FieldPanel("bron"),
        FieldPanel("bron_url"),
    ]

    class Meta:
        verbose_name = _("cijfer")
        verbose_name_plural = _("cijfers")
        ordering = ["soort", "-peildatum"]
        constraints = [
            models.UniqueConstraint(fields=["wijk", "soort", "peildatum"], name="wijken_cijfer_once_per_date")
        ]

    def __str__(self) -> str:
        return f"{self.waarde} {self.get_soort_display()}"

    @property
    def value(self) -> str:
        """The number as people of the active language write it; anything else as it was typed."""
        if self.waarde.isdecimal():
            return str(number_format(int(self.waarde), use_l10n=True, force_grouping=True))
        return self.waarde

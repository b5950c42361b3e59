from decimal import Decimal

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.bidi import isolated
from core.models import TranslatableSnippet, source_rows, words


class Indicator(TranslatableSnippet):
    """Something that is measured again and again by research, such as a mark for how safe people feel."""

    class Eenheid(models.TextChoices):
        PROCENT = "procent", _("procent")
        AANTAL = "aantal", _("aantal")
        CIJFER = "cijfer", _("rapportcijfer")
        INDEX = "index", _("score")

    class Richting(models.TextChoices):
        HOGER_IS_BETER = "beter", _("hoger is beter")
        HOGER_IS_SLECHTER = "slechter", _("hoger is slechter")

    code = models.SlugField(_("code"), max_length=60, help_text=_("Zo heet de indicator in een CSV-bestand."))
    naam = models.CharField(_("naam"), max_length=160)
    uitleg = models.TextField(_("uitleg"), max_length=600, blank=True)
    eenheid = models.CharField(_("eenheid"), max_length=20, choices=Eenheid)
    richting = models.CharField(_("richting"), max_length=20, choices=Richting, blank=True)
    bron_naam = models.CharField(_("bron"), max_length=120)
    bron_url = models.URLField(_("webadres van de bron"), blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    translatable_fields = words("naam", "uitleg", "bron_naam")
    panels = [
        MultiFieldPanel(
            [FieldPanel("naam"), FieldPanel("code"), FieldPanel("uitleg")], heading=_("Indicator")
        ),
        MultiFieldPanel([FieldPanel("eenheid"), FieldPanel("richting")], heading=_("Getal")),
        MultiFieldPanel([FieldPanel("bron_naam"), FieldPanel("bron_url")], heading=_("Bron")),
        FieldPanel("order"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicatoren")
        ordering = ["order", "naam"]
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="wijken_indicator_code_unique")
        ]

    def __str__(self) -> str:
        return self.naam


class Meting(models.Model):
    """One measured value of an indicator, in a wijk or in the whole municipality, with its source."""

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.PROTECT,
        related_name="metingen",
        limit_choices_to=source_rows,
    )
    wijk = models.ForeignKey(
        "wijken.Wijk",
        verbose_name=_("wijk"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="metingen",
        help_text=_("Leeg: de hele gemeente."),
    )
    datum = models.DateField(_("gemeten op"))
    waarde = models.DecimalField(_("waarde"), max_digits=12, decimal_places=2)
    is_ongeveer = models.BooleanField(_("ongeveer"), default=False)
    bron = models.CharField(_("bron"), max_length=200, blank=True)
    bron_url = models.URLField(_("webadres van de bron"), blank=True)

    panels = [
        FieldPanel("indicator"),
        FieldPanel("wijk"),
        FieldPanel("datum"),
        FieldPanel("waarde"),
        FieldPanel("is_ongeveer"),
        FieldPanel("bron"),
        FieldPanel("bron_url"),
    ]

    class Meta:
        verbose_name = _("meting")
        verbose_name_plural = _("metingen")
        ordering = ["indicator", "wijk", "datum"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "wijk", "datum"],
                name="wijken_meting_once_per_day",
                condition=models.Q(wijk__isnull=False),
                violation_error_message=_("Van deze dag is er al een meting in deze wijk."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "datum"],
                name="wijken_meting_of_all_once_per_day",
                condition=models.Q(wijk__isnull=True),
                violation_error_message=_("Van deze dag is er al een meting van de hele gemeente."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.datum:%d-%m-%Y}: {self.waarde}"

    @property
    def value(self) -> Decimal:
        """Without zeros that say nothing: 70 and 7.5, not 70.00 and 7.50."""
        value = Decimal(self.waarde)
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()

    @property
    def shown(self) -> str:
        """As people write it in the active language, with its unit: 5.300, 50%, 7,5, “ongeveer 50%”."""
        text = number_format(self.value, force_grouping=True)
        if self.indicator.eenheid == Indicator.Eenheid.PROCENT:
            text = f"{text}%"
        text = isolated(text)
        return gettext("ongeveer %(waarde)s") % {"waarde": text} if self.is_ongeveer else text

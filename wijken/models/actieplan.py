from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from core.models import source_rows


class Actieplan(ClusterableModel):
    """What will be done in a wijk: a plan of municipality and partners, or a programme of residents."""

    class Soort(models.TextChoices):
        ACTIEPLAN = "actieplan", _("actieplan")
        PROGRAMMA = "programma", _("programma van bewoners")

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="actieplannen"
    )
    naam = models.CharField(_("naam"), max_length=120)
    slug = models.SlugField(_("code"), max_length=60)
    soort = models.CharField(_("soort"), max_length=20, choices=Soort, default=Soort.ACTIEPLAN)
    starts_on = models.DateField(
        _("start van de uitvoering"),
        null=True,
        blank=True,
        help_text=_("Hieruit volgt wanneer de terugblikken zijn: na een half jaar, en dan elk jaar."),
    )
    bestuursperiode_tot = models.DateField(
        _("einde van de bestuursperiode"),
        null=True,
        blank=True,
        help_text=_("Vanaf deze dag is er om de twee jaar een terugblik."),
    )
    contact = models.ForeignKey(
        "wijken.Contactpersoon",
        verbose_name=_("contact"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=source_rows,
    )
    silent_after = models.PositiveSmallIntegerField(
        _("geen nieuws: na hoeveel maanden?"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Zo lang zonder bericht, en bij de actie staat “geen nieuws sinds …”."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("wijk"), FieldPanel("naam"), FieldPanel("slug"), FieldPanel("soort")],
            heading=_("Plan"),
        ),
        InlinePanel("versies", heading=_("Versies"), label=_("Versie"), min_num=1),
        MultiFieldPanel(
            [FieldPanel("starts_on"), FieldPanel("bestuursperiode_tot"), FieldPanel("silent_after")],
            heading=_("Uitvoering"),
        ),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = _("actieplan")
        verbose_name_plural = _("actieplannen")
        ordering = ["wijk__order", "soort", "naam"]
        constraints = [
            models.UniqueConstraint(fields=["wijk", "slug"], name="wijken_actieplan_slug_once_per_wijk"),
            models.CheckConstraint(
                name="wijken_actieplan_bestuursperiode_after_start",
                condition=Q(bestuursperiode_tot__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(bestuursperiode_tot__gt=F("starts_on")),
                violation_error_message=_("De bestuursperiode eindigt na de start van het plan."),
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_programma(self) -> bool:
        return self.soort == self.Soort.PROGRAMMA

    @cached_property
    def versie(self) -> "ActieplanVersie | None":
        """The newest version; the status of a plan is that of this version. One in the making is newest."""
        return max(self.versies.all(), key=lambda versie: versie.datum or date.max, default=None)


class ActieplanVersie(models.Model):
    """One version of a plan. Earlier ones stay visible."""

    class Status(models.TextChoices):
        CONCEPT = "concept", _("concept")
        TER_CONSULTATIE = "ter_consultatie", _("ter consultatie")
        VASTGESTELD = "vastgesteld", _("vastgesteld")
        AFGEROND = "afgerond", _("afgerond")

    actieplan: Any = ParentalKey(Actieplan, on_delete=models.CASCADE, related_name="versies")
    versie = models.CharField(_("versie"), max_length=60, help_text=_("Bijvoorbeeld: december 2023"))
    datum = models.DateField(
        _("datum"), null=True, blank=True, help_text=_("Leeg: deze versie is nog in de maak.")
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.CONCEPT)
    consultatie_tot = models.DateField(_("reageren kan tot en met"), null=True, blank=True)

    panels = [
        FieldPanel("versie"),
        FieldPanel("datum"),
        FieldPanel("status"),
        FieldPanel("consultatie_tot"),
    ]

    class Meta:
        verbose_name = _("versie van een actieplan")
        verbose_name_plural = _("versies van actieplannen")
        ordering = ["-datum", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["actieplan", "datum"], name="wijken_actieplan_one_version_per_day"
            ),
            models.CheckConstraint(
                name="wijken_consultatie_after_version",
                condition=Q(consultatie_tot__isnull=True) | Q(consultatie_tot__gte=F("datum")),
                violation_error_message=_("Reageren kan pas na de datum van de versie."),
            ),
        ]

    def __str__(self) -> str:
        return self.versie

    def is_open(self, *, on: date) -> bool:
        """Can people still react on this day?"""
        return (
            self.status == self.Status.TER_CONSULTATIE
            and self.consultatie_tot is not None
            and (self.datum or on) <= on <= self.consultatie_tot
        )

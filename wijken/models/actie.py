from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from core.models import source_rows


class ActieQuerySet(models.QuerySet["Actie"]):
    def of_organisation(self, organisatie_id: int | None) -> "ActieQuerySet":
        """The actions that an organisation pulls; none for nobody."""
        return self.filter(trekkers=organisatie_id) if organisatie_id else self.none()


class Actie(ClusterableModel):
    """One action of a plan, or one project of a programme: who pulls it, where it is and what it costs."""

    class KostenReden(models.TextChoices):
        NVT = "nvt", _("niet van toepassing")
        NNB = "nnb", _("nog niet bekend")
        NVT_OF_NNB = "nvt_of_nnb", _("niet van toepassing of nog niet bekend")
        ANDER_BUDGET = "ander_budget", _("uit een ander budget")

    actieplan = models.ForeignKey(
        "wijken.Actieplan", verbose_name=_("actieplan"), on_delete=models.PROTECT, related_name="acties"
    )
    nummer = models.PositiveSmallIntegerField(_("nummer"), help_text=_("Zoals in het plan."))
    naam = models.CharField(_("korte naam"), max_length=80)
    focusopgave = models.ForeignKey(
        "wijken.Focusopgave",
        verbose_name=_("focusopgave"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="acties",
    )
    opgaven = models.ManyToManyField(
        "wijken.Opgave",
        verbose_name=_("opgaven"),
        blank=True,
        related_name="acties",
        limit_choices_to=source_rows,
    )
    trekkers = models.ManyToManyField(
        "wijken.Organisatie",
        verbose_name=_("trekkers"),
        blank=True,
        related_name="acties",
        limit_choices_to=source_rows,
        help_text=_("Wie zorgt dat het gebeurt? Deze organisaties schrijven over de actie."),
    )
    betrokken = models.ManyToManyField(
        "wijken.Organisatie",
        verbose_name=_("ook betrokken"),
        blank=True,
        related_name="+",
        limit_choices_to=source_rows,
    )
    plekken = models.ManyToManyField(
        "wijken.Plek",
        verbose_name=_("plekken"),
        blank=True,
        related_name="acties",
        limit_choices_to=source_rows,
    )
    samen_met = models.ManyToManyField(
        "self",
        verbose_name=_("is hetzelfde werk als"),
        blank=True,
        help_text=_("Een actie en een project aan dezelfde plek: elke euro staat maar bij één van de twee."),
    )
    kosten = models.PositiveIntegerField(_("kosten in hele euro's"), null=True, blank=True)
    kosten_reden = models.CharField(_("geen bedrag, omdat"), max_length=20, blank=True, choices=KostenReden)
    is_reservering = models.BooleanField(
        _("is een reservering"), default=False, help_text=_("Geld achter de hand, geen werk.")
    )

    objects = ActieQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("actieplan"),
                FieldPanel("nummer"),
                FieldPanel("naam"),
                FieldPanel("focusopgave"),
            ],
            heading=_("Actie"),
        ),
        MultiFieldPanel([FieldPanel("trekkers"), FieldPanel("betrokken")], heading=_("Wie")),
        MultiFieldPanel(
            [FieldPanel("kosten"), FieldPanel("kosten_reden"), FieldPanel("is_reservering")],
            heading=_("Geld"),
        ),
        InlinePanel("financiering", heading=_("Waar komt het geld vandaan?"), label=_("Budget")),
        FieldPanel("plekken"),
        FieldPanel("opgaven"),
        FieldPanel("samen_met"),
    ]

    class Meta:
        verbose_name = _("actie")
        verbose_name_plural = _("acties")
        ordering = ["actieplan", "nummer"]
        permissions = [("report_actie", "Can write progress of the actions of the own organisation")]
        constraints = [
            models.UniqueConstraint(fields=["actieplan", "nummer"], name="wijken_actie_number_unique"),
            models.UniqueConstraint(fields=["actieplan", "naam"], name="wijken_actie_name_unique"),
            models.CheckConstraint(
                name="wijken_actie_amount_or_reason",
                condition=(Q(kosten__isnull=False) & Q(kosten_reden=""))
                | (Q(kosten__isnull=True) & ~Q(kosten_reden="")),
                violation_error_message=_("Vul een bedrag in, of kies waarom er geen bedrag is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.naam}"

    @property
    def kenmerk(self) -> str:
        """What people call it, in the active language: “actie 7”, or “project 7” in a programme."""
        words = _("project %(nummer)s") if self.actieplan.is_programma else _("actie %(nummer)s")
        return str(words % {"nummer": self.nummer})


class Financiering(models.Model):
    """Money from one budget for one action, in whole euros. Every euro stands at one action only."""

    actie: Any = ParentalKey(Actie, on_delete=models.CASCADE, related_name="financiering")
    budget = models.ForeignKey(
        "wijken.Budget",
        verbose_name=_("budget"),
        on_delete=models.PROTECT,
        related_name="financiering",
        limit_choices_to=source_rows,
    )
    bedrag = models.PositiveIntegerField(_("bedrag in hele euro's"))

    panels = [FieldPanel("budget"), FieldPanel("bedrag")]

    class Meta:
        verbose_name = _("financiering")
        verbose_name_plural = _("financiering")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["actie", "budget"], name="wijken_budget_once_per_actie"),
            models.CheckConstraint(
                name="wijken_financiering_above_zero",
                condition=Q(bedrag__gt=0),
                violation_error_message=_("Het bedrag is meer dan nul."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget}: € {self.bedrag}"

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel


class Stuurgroep(ClusterableModel):
    """The portefeuillehouder and the partners' management, who see to it that agreements are kept."""

    naam = models.CharField(_("naam"), max_length=120, unique=True)

    panels = [
        FieldPanel("naam"),
        InlinePanel("overleggen", heading=_("Vergaderingen"), label=_("Vergadering")),
    ]

    class Meta:
        verbose_name = _("stuurgroep")
        verbose_name_plural = _("stuurgroepen")
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class StuurgroepOverleg(models.Model):
    """A meeting of the stuurgroep."""

    stuurgroep = ParentalKey(Stuurgroep, on_delete=models.CASCADE, related_name="overleggen")
    date = models.DateField(_("datum"))
    held = models.BooleanField(_("is gehouden"), default=False)

    panels = [FieldPanel("date"), FieldPanel("held")]

    class Meta:
        verbose_name = _("vergadering van de stuurgroep")
        verbose_name_plural = _("vergaderingen van de stuurgroep")
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(fields=["stuurgroep", "date"], name="wijken_overleg_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.stuurgroep}, {self.date:%d-%m-%Y}"

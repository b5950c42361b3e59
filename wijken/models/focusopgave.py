from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.models import source_rows


class Focusopgave(models.Model):
    """What gets attention first: a goal with actions, and who answers for it."""

    actieplan = models.ForeignKey(
        "wijken.Actieplan",
        verbose_name=_("actieplan"),
        on_delete=models.PROTECT,
        related_name="focusopgaven",
    )
    nummer = models.PositiveSmallIntegerField(_("nummer"))
    naam = models.CharField(_("naam"), max_length=120)
    perspectieven = models.ManyToManyField(
        "wijken.Perspectief", verbose_name=_("perspectieven"), blank=True, related_name="focusopgaven"
    )
    eindverantwoordelijk = models.ManyToManyField(
        "wijken.Organisatie",
        verbose_name=_("eindverantwoordelijk"),
        blank=True,
        related_name="+",
        limit_choices_to=source_rows,
    )
    werkgroep = models.ManyToManyField(
        "wijken.Organisatie",
        verbose_name=_("organisaties in de werkgroep"),
        blank=True,
        related_name="+",
        limit_choices_to=source_rows,
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("actieplan"), FieldPanel("nummer"), FieldPanel("naam")], heading=_("Focusopgave")
        ),
        FieldPanel("perspectieven"),
        FieldPanel("eindverantwoordelijk"),
        FieldPanel("werkgroep"),
    ]

    class Meta:
        verbose_name = _("focusopgave")
        verbose_name_plural = _("focusopgaven")
        ordering = ["actieplan", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["actieplan", "nummer"], name="wijken_focusopgave_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.naam}"

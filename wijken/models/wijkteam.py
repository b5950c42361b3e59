from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from core.models import source_rows


class Wijkteam(ClusterableModel):
    """The professionals who work together in one wijk or a few."""

    nummer = models.PositiveSmallIntegerField(_("nummer"), unique=True)
    naam = models.CharField(_("naam"), max_length=120, unique=True)
    slug = models.SlugField(_("code"), max_length=120, unique=True)

    panels = [
        FieldPanel("nummer"),
        FieldPanel("naam"),
        FieldPanel("slug"),
        InlinePanel("leden", heading=_("Organisaties in het team"), label=_("Organisatie")),
    ]

    class Meta:
        verbose_name = _("wijkteam")
        verbose_name_plural = _("wijkteams")
        ordering = ["nummer"]

    def __str__(self) -> str:
        return self.naam


class WijkteamLid(Orderable):
    """An organisation that takes part in a wijkteam."""

    wijkteam = ParentalKey(Wijkteam, on_delete=models.CASCADE, related_name="leden")
    organisatie = models.ForeignKey(
        "wijken.Organisatie",
        verbose_name=_("organisatie"),
        on_delete=models.PROTECT,
        related_name="wijkteams",
        limit_choices_to=source_rows,
    )

    panels = [FieldPanel("organisatie")]

    class Meta(Orderable.Meta):
        verbose_name = _("lid van het wijkteam")
        verbose_name_plural = _("leden van het wijkteam")
        constraints = [
            models.UniqueConstraint(
                fields=["wijkteam", "organisatie"], name="wijken_organisatie_once_per_team"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisatie)

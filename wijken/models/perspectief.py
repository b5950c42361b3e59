from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import TranslatableSnippet, words


class Perspectief(models.Model):
    """One way of looking at a wijk in an action plan: what is valued, how it is, what is needed."""

    actieplan = models.ForeignKey(
        "wijken.Actieplan",
        verbose_name=_("actieplan"),
        on_delete=models.PROTECT,
        related_name="perspectieven",
    )
    nummer = models.PositiveSmallIntegerField(_("nummer"))
    naam = models.CharField(_("naam"), max_length=120)
    herijkt_op = models.DateField(
        _("herijkt op"), null=True, blank=True, help_text=_("Wanneer is er voor het laatst naar gekeken?")
    )

    panels = [FieldPanel("actieplan"), FieldPanel("nummer"), FieldPanel("naam"), FieldPanel("herijkt_op")]

    class Meta:
        verbose_name = _("perspectief")
        verbose_name_plural = _("perspectieven")
        ordering = ["actieplan", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["actieplan", "nummer"], name="wijken_perspectief_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.naam}"


class Opgave(TranslatableSnippet):
    """Something that a perspectief asks for."""

    perspectief = models.ForeignKey(
        Perspectief, verbose_name=_("perspectief"), on_delete=models.PROTECT, related_name="opgaven"
    )
    nummer = models.PositiveSmallIntegerField(_("nummer"))
    titel = models.CharField(_("titel"), max_length=160)
    toelichting = models.TextField(_("toelichting"), max_length=1000, blank=True)

    translatable_fields = words("titel", "toelichting")
    part_of = "perspectief__actieplan__naam"
    panels = [
        FieldPanel("perspectief"),
        FieldPanel("nummer"),
        FieldPanel("titel"),
        FieldPanel("toelichting"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("opgave")
        verbose_name_plural = _("opgaven")
        ordering = ["perspectief", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["perspectief", "nummer", "locale"], name="wijken_opgave_number_unique"
            )
        ]

    def __str__(self) -> str:
        return self.titel

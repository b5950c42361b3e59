from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from core.models.languages import other_languages


class BlijvendWoord(ClusterableModel):
    """A word that stays as it is in every language, or has one fixed translation in some of them."""

    word = models.CharField(
        _("woord"), max_length=120, help_text=_("Zoals het op de site staat, met hoofdletters.")
    )
    note = models.CharField(_("uitleg voor vertalers"), max_length=250, blank=True)

    panels = [
        FieldPanel("word"),
        FieldPanel("note"),
        InlinePanel("fixed", heading=_("Vaste vertalingen"), label=_("vaste vertaling")),
    ]

    class Meta:
        verbose_name = _("woord dat blijft")
        verbose_name_plural = _("woorden die blijven")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                fields=["word"],
                name="core_blijvend_woord_unique",
                violation_error_message=_("Dit woord staat er al."),
            )
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def translations(self) -> str:
        """The fixed translations in a line for the list, such as "EN: district team"."""
        return ", ".join(f"{row.language_code.upper()}: {row.text}" for row in self.fixed.all())


class VasteVertaling(models.Model):
    """How a word is called in one language."""

    blijvend_woord = ParentalKey(
        BlijvendWoord, verbose_name=_("woord"), on_delete=models.CASCADE, related_name="fixed"
    )
    language_code = models.CharField(_("taal"), max_length=20, choices=other_languages)
    text = models.CharField(_("altijd vertalen als"), max_length=120)

    panels = [FieldPanel("language_code"), FieldPanel("text")]

    class Meta:
        verbose_name = _("vaste vertaling")
        verbose_name_plural = _("vaste vertalingen")
        ordering = ["language_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["blijvend_woord", "language_code"],
                name="core_vaste_vertaling_unique",
                violation_error_message=_("Voor deze taal staat er al een vaste vertaling."),
            )
        ]

    def __str__(self) -> str:
        return self.text

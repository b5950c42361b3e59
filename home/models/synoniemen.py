import re

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


def language_choices() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


class Synoniemen(models.Model):
    """Words that mean the same to someone who searches."""

    language = models.CharField(_("taal"), max_length=20, choices=language_choices, default="nl")
    terms = models.TextField(
        _("woorden"), max_length=1000, help_text=_("Woorden die hetzelfde betekenen, met komma's ertussen.")
    )

    panels = [FieldPanel("language"), FieldPanel("terms")]

    class Meta:
        verbose_name = _("synoniemen")
        verbose_name_plural = _("synoniemen")
        ordering = ["language", "terms"]
        constraints = [models.UniqueConstraint(fields=["language", "terms"], name="home_synoniemen_unique")]

    def __str__(self) -> str:
        return self.terms

    @property
    def term_list(self) -> list[str]:
        return [term for part in re.split(r"[,\n;]", self.terms) if (term := part.strip().lower())]

from django.db import models
from django.utils.translation import gettext_lazy as _


class ZoektermZonderResultaat(models.Model):
    """A search that found nothing, counted per day. Who searched is never kept."""

    term = models.CharField(_("zoekterm"), max_length=80)
    language = models.CharField(_("taal"), max_length=20)
    on = models.DateField(_("dag"))
    count = models.PositiveIntegerField(_("aantal keren"), default=1)

    class Meta:
        verbose_name = _("zoekterm zonder resultaat")
        verbose_name_plural = _("zoektermen zonder resultaat")
        ordering = ["-on", "-count", "term"]
        constraints = [
            models.UniqueConstraint(fields=["term", "language", "on"], name="core_zoekterm_unique"),
        ]

    def __str__(self) -> str:
        return self.term

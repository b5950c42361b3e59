from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.models.drukopdracht import Drukopdracht, is_running
from home.models.drukwerk import Formaat


class Proefdruk(Drukopdracht):
    """A PDF of an edition as it stands now, for the redactie. Gone after some days."""

    KEPT: ClassVar[timedelta] = timedelta(days=7)

    taal = models.CharField(_("taal"), max_length=12)
    formaat = models.CharField(_("formaat"), max_length=10, choices=Formaat, default=Formaat.A4)
    paginas = models.PositiveSmallIntegerField(_("bladzijden"), null=True, blank=True)
    # What the volunteer should look at, where each article stands and what was left to fill: see
    # home.krant.printing. `versies` says of what it was made: see home.krant.versions.
    waarschuwingen = models.JSONField(default=list, blank=True)
    plekken = models.JSONField(default=dict, blank=True)
    ruimte = models.JSONField(default=dict, blank=True)
    versies = models.JSONField(default=dict, blank=True)
    inhoud = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = _("proefdruk")
        verbose_name_plural = _("proefdrukken")
        ordering = ["-gevraagd_op", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="home_proefdruk_done_has_pages",
                condition=Q(klaar_op__isnull=True) | Q(paginas__isnull=False, inhoud__isnull=False),
            ),
            models.UniqueConstraint(
                name="home_proefdruk_one_at_a_time",
                fields=["editie", "taal", "formaat"],
                condition=is_running(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editie}, {self.gevraagd_op:%d-%m-%Y %H:%M}"

    @property
    def kept_until(self) -> datetime:
        return self.gevraagd_op + self.KEPT

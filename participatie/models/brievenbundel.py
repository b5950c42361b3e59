from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sealing import SealedField


class Brievenbundel(models.Model):
    """All letters of a round, made part by part by the worker and kept for a day."""

    KEPT: ClassVar[timedelta] = timedelta(days=1)
    # A part takes seconds; after this nobody is at work on it any more.
    STALLED_AFTER: ClassVar[timedelta] = timedelta(minutes=5)

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.CASCADE, related_name="+"
    )
    ronde = models.PositiveSmallIntegerField(_("ronde"))
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), on_delete=models.CASCADE, related_name="+"
    )
    gevraagd_op = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    bijgewerkt_op = models.DateTimeField(_("bijgewerkt op"), default=timezone.now)
    totaal = models.PositiveIntegerField(_("hoeveel brieven"))
    klaar_op = models.DateTimeField(_("klaar op"), null=True, blank=True)
    mislukt = models.BooleanField(_("mislukt"), default=False)

    class Meta:
        verbose_name = _("bundel brieven")
        verbose_name_plural = _("bundels brieven")
        constraints = [
            models.UniqueConstraint(fields=["loting", "ronde"], name="participatie_one_bundle_per_round")
        ]

    def __str__(self) -> str:
        return f"ronde {self.ronde}"

    @property
    def made(self) -> int:
        """How many letters there are by now."""
        return self.delen.aggregate(made=Sum("aantal"))["made"] or 0

    @property
    def kept_until(self) -> datetime:
        return self.gevraagd_op + self.KEPT

    @property
    def is_stalled(self) -> bool:
        """Does it take so long that it has to be asked again?"""
        return self.mislukt or (
            self.klaar_op is None and timezone.now() - self.bijgewerkt_op > self.STALLED_AFTER
        )


class Brievendeel(models.Model):
    """One PDF of a bundle."""

    bundel = models.ForeignKey(Brievenbundel, on_delete=models.CASCADE, related_name="delen")
    nummer = models.PositiveSmallIntegerField()
    aantal = models.PositiveSmallIntegerField()
    # The last letter in it; the next part goes on from there.
    tot = models.PositiveBigIntegerField()
    # The PDF in base64: there are addresses in it.
    inhoud = SealedField()

    class Meta:
        verbose_name = _("deel van een bundel brieven")
        verbose_name_plural = _("delen van bundels brieven")
        ordering = ["bundel", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["bundel", "nummer"], name="participatie_one_part_per_number")
        ]

    def __str__(self) -> str:
        return f"deel {self.nummer}"

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from home.models.drukopdracht import Drukopdracht, is_running


class Drukgang(Drukopdracht):
    """Making an edition final: how many of its files there are by now. What comes of it is `Drukwerk`."""

    gedaan = models.PositiveSmallIntegerField(_("gedaan"), default=0)
    totaal = models.PositiveSmallIntegerField(_("totaal"))

    class Meta:
        verbose_name = _("drukgang")
        verbose_name_plural = _("drukgangen")
        ordering = ["-gevraagd_op", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="home_drukgang_one_at_a_time", fields=["editie"], condition=is_running()
            ),
            models.CheckConstraint(
                name="home_drukgang_not_past_its_total", condition=Q(gedaan__lte=F("totaal"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editie}, {self.gevraagd_op:%d-%m-%Y %H:%M}"

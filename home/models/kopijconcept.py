from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models.kopij import Fotobestand


class Kopijconcept(models.Model):
    """What is kept of a form that is not sent yet: its pictures, and that a person fills it in.

    What was typed stands in the form itself. Known by its number, of which only the hash is kept.
    """

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.CASCADE, related_name="+"
    )
    formulier_hash = models.CharField(max_length=64, unique=True, editable=False)
    # The digits were typed over rightly; nobody is asked twice.
    is_mens = models.BooleanField(default=False)
    gemaakt_op = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    verloopt_op = models.DateTimeField(_("verloopt op"), db_index=True)

    class Meta:
        verbose_name = _("kopij die nog niet verstuurd is")
        verbose_name_plural = _("kopij die nog niet verstuurd is")

    def __str__(self) -> str:
        return f"concept {self.pk}"


class Kopijconceptfoto(Fotobestand):
    """A picture that was accepted while something else in the form was not right yet."""

    concept = models.ForeignKey(
        Kopijconcept, verbose_name=_("concept"), on_delete=models.CASCADE, related_name="fotos"
    )

    class Meta:
        verbose_name = _("foto bij een concept")
        verbose_name_plural = _("foto's bij een concept")
        ordering = ["concept", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "nummer"], name="home_kopijconceptfoto_once_per_number"
            ),
            models.CheckConstraint(
                name="home_kopijconceptfoto_has_size",
                condition=Q(breedte__gt=0, hoogte__gt=0) & Q(nummer__gt=0),
            ),
        ]

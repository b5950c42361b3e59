from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly
from home.models.editie import Editie


class Formaat(models.TextChoices):
    A4 = "a4", _("A4, om te lezen")
    A4_SNIJ = "a4-snij", _("A4 met snijtekens, voor de drukker")
    A3 = "a3", _("A3 om te vouwen, op volgorde van het vel")


class Proefdruk(models.Model):
    """A PDF of an edition as it stands now, made by the worker for the redactie. Gone after some days."""

    KEPT: ClassVar[timedelta] = timedelta(days=7)
    # It takes seconds; after this nobody is at work on it any more.
    STALLED_AFTER: ClassVar[timedelta] = timedelta(minutes=5)

    editie = models.ForeignKey(
        Editie, verbose_name=_("editie"), on_delete=models.CASCADE, related_name="proefdrukken"
    )
    taal = models.CharField(_("taal"), max_length=12)
    formaat = models.CharField(_("formaat"), max_length=10, choices=Formaat, default=Formaat.A4)
    gevraagd_op = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), on_delete=models.CASCADE, related_name="+"
    )
    klaar_op = models.DateTimeField(_("klaar op"), null=True, blank=True)
    mislukt = models.BooleanField(_("mislukt"), default=False)
    paginas = models.PositiveSmallIntegerField(_("bladzijden"), null=True, blank=True)
    # What the volunteer should look at, and where each article stands; see home.krant.druk.
    waarschuwingen = models.JSONField(default=list, blank=True)
    plekken = models.JSONField(default=dict, blank=True)
    inhoud = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = _("proefdruk")
        verbose_name_plural = _("proefdrukken")
        ordering = ["-gevraagd_op", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="home_proefdruk_done_has_pages",
                condition=Q(klaar_op__isnull=True) | Q(paginas__isnull=False, inhoud__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.editie}, {self.gevraagd_op:%d-%m-%Y %H:%M}"

    @property
    def is_stalled(self) -> bool:
        """Does it take so long that it has to be asked again?"""
        return self.klaar_op is None and timezone.now() - self.gevraagd_op > self.STALLED_AFTER


class Drukwerk(AppendOnly):
    """The PDF of an edition as it was printed. It stays as it is, byte for byte."""

    editie = models.ForeignKey(
        Editie, verbose_name=_("editie"), on_delete=models.PROTECT, related_name="drukwerk"
    )
    taal = models.CharField(_("taal"), max_length=12)
    formaat = models.CharField(_("formaat"), max_length=10, choices=Formaat)
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    paginas = models.PositiveSmallIntegerField(_("bladzijden"))
    # SHA-256 of the file, in hex.
    vingerafdruk = models.CharField(_("vingerafdruk"), max_length=64)
    inhoud = models.BinaryField()

    class Meta:
        verbose_name = _("drukwerk")
        verbose_name_plural = _("drukwerk")
        ordering = ["editie", "taal", "formaat"]
        constraints = [
            models.UniqueConstraint(
                fields=["editie", "taal", "formaat"],
                name="home_drukwerk_once_per_format",
                violation_error_message=_("Deze editie is al vastgelegd in dit formaat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editie}, {self.get_formaat_display()}"

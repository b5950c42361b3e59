from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models.editie import Editie


class Fout(models.TextChoices):
    """Why a print was not made, as a sentence for who asked for it."""

    GEEN_PRINTER = (
        "geen-printer",
        _("Deze server kan geen PDF’s maken. Vraag de beheerder van de site om Pango te installeren."),
    )
    ONLEESBAAR = (
        "onleesbaar",
        _("Deze krant wordt geen PDF die iedereen kan lezen. Vraag het de beheerder van de site."),
    )
    GEWIJZIGD = (
        "gewijzigd",
        _("Tijdens het maken is de krant gewijzigd. Bekijk de wijziging en probeer het daarna opnieuw."),
    )
    GESTOPT = ("gestopt", _("Het maken is gestopt, en daarna is het opnieuw gevraagd."))
    ONBEKEND = (
        "onbekend",
        _("Het is niet gelukt. Probeer het opnieuw. Lukt het weer niet? Vraag het de beheerder van de site."),
    )


def is_running() -> Q:
    """Rows that a worker is at, or will be."""
    return Q(klaar_op__isnull=True, fout="")


class Drukopdracht(models.Model):
    """Something to print, asked for by somebody and made by the worker."""

    # A file takes seconds; after this nobody is at work on it any more.
    STALLED_AFTER: ClassVar[timedelta] = timedelta(minutes=5)

    editie = models.ForeignKey(
        Editie, verbose_name=_("editie"), on_delete=models.CASCADE, related_name="%(class)s_rows"
    )
    gevraagd_op = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), on_delete=models.CASCADE, related_name="+"
    )
    # When a sign of life was last given.
    bijgewerkt_op = models.DateTimeField(_("bijgewerkt op"), default=timezone.now)
    klaar_op = models.DateTimeField(_("klaar op"), null=True, blank=True)
    fout = models.CharField(_("fout"), max_length=20, choices=Fout, blank=True)

    class Meta:
        abstract = True

    @property
    def is_stalled(self) -> bool:
        """Is it so long without a sign of life that it has to be asked again?"""
        return self.is_running and timezone.now() - self.bijgewerkt_op > self.STALLED_AFTER

    @property
    def is_running(self) -> bool:
        return self.klaar_op is None and not self.fout

    @classmethod
    def running(cls, **about: Any) -> Any:
        """The rows about something that are not done and did not fail."""
        return cls._default_manager.filter(is_running(), **about)

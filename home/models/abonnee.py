from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly
from core.sealing import SealedField
from home.models.editie import Editie


class AbonneeQuerySet(models.QuerySet["Abonnee"]):
    def reachable(self) -> "AbonneeQuerySet":
        """Who confirmed the address and whose mail arrives, as far as is known."""
        return self.filter(bevestigd_op__isnull=False, onbestelbaar_op__isnull=True)

    def unconfirmed(self, *, at: datetime) -> "AbonneeQuerySet":
        """Who did not confirm in time."""
        return self.filter(bevestigd_op__isnull=True, gevraagd_op__lte=at - Abonnee.CONFIRM_WITHIN)


class Abonnee(models.Model):
    """Somebody who gets the wijkkrant of a wijk by mail, in a language. Who stops is deleted at once."""

    CONFIRM_WITHIN: ClassVar[timedelta] = timedelta(days=7)

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="abonnees"
    )
    taal = models.CharField(_("taal"), max_length=12)
    mail = SealedField(_("mailadres"))
    mail_index = models.CharField(max_length=64, editable=False)
    gevraagd_op = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    bevestigd_op = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    onbestelbaar_op = models.DateTimeField(_("mail kwam niet aan op"), null=True, blank=True)
    # The hash of the secret in the mail that asks to confirm.
    bevestig_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = AbonneeQuerySet.as_manager()

    class Meta:
        verbose_name = _("abonnee van de wijkkrant")
        verbose_name_plural = _("abonnees van de wijkkrant")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["wijk", "mail_index"], name="home_abonnee_once_per_wijk")
        ]

    def __str__(self) -> str:
        return f"abonnee {self.pk}"

    @property
    def is_reachable(self) -> bool:
        return self.bevestigd_op is not None and self.onbestelbaar_op is None


class Mailing(AppendOnly):
    """An edition goes out by mail: once, to everybody who is subscribed at that moment."""

    editie = models.OneToOneField(
        Editie, verbose_name=_("editie"), on_delete=models.PROTECT, related_name="mailing"
    )
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), on_delete=models.PROTECT, related_name="+"
    )
    aantal = models.PositiveIntegerField(_("aantal abonnees"))
    per_minuut = models.PositiveSmallIntegerField(
        _("mails per minuut"), default=100, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )

    class Meta:
        verbose_name = _("verzending van een editie")
        verbose_name_plural = _("verzendingen van edities")
        ordering = ["-op"]
        constraints = [
            models.CheckConstraint(
                name="home_mailing_has_rate", condition=Q(per_minuut__gte=1, per_minuut__lte=1000)
            )
        ]

    def __str__(self) -> str:
        return f"{self.editie}, {self.op:%d-%m-%Y}"


class Mailingstand(models.Model):
    """How far a mailing is written. The row is gone when everybody has their mail."""

    mailing = models.OneToOneField(Mailing, on_delete=models.CASCADE, related_name="stand")
    # The number of the last subscriber whose mail is in the outbox.
    tot = models.PositiveBigIntegerField(default=0)
    geschreven_op = models.DateTimeField(null=True, blank=True)
    is_gepauzeerd = models.BooleanField(_("gepauzeerd"), default=False)

    class Meta:
        verbose_name = _("verzending die loopt")
        verbose_name_plural = _("verzendingen die lopen")

    def __str__(self) -> str:
        return f"{self.mailing_id}: {self.tot}"

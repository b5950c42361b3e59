"""The seats of a loting and who sits on them: offered, answered, taken, given up, filled again."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participatie.models.aanmelding import Kanaal


class Zetel(models.Model):
    """One of the seats that were drawn for."""

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.PROTECT, related_name="zetelrij"
    )
    nummer = models.PositiveSmallIntegerField(_("zetel"))

    class Meta:
        verbose_name = _("zetel")
        verbose_name_plural = _("zetels")
        ordering = ["loting", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["loting", "nummer"], name="participatie_seat_number_once")
        ]

    def __str__(self) -> str:
        return str(self.nummer)


class ZetelaanbodQuerySet(models.QuerySet["Zetelaanbod"]):
    def open(self) -> "ZetelaanbodQuerySet":
        """Those that wait for an answer."""
        return self.filter(stand=Zetelaanbod.Stand.OPEN)

    def past_deadline(self, *, at: datetime) -> "ZetelaanbodQuerySet":
        return self.open().filter(antwoord_voor__lte=at)


class Zetelaanbod(models.Model):
    """A seat offered to a lot. Who says no, or nothing in time, makes way by the published rule."""

    class Stand(models.TextChoices):
        OPEN = "open", _("wacht op antwoord")
        AANVAARD = "aanvaard", _("aangenomen")
        GEWEIGERD = "geweigerd", _("niet aangenomen")
        VERLOPEN = "verlopen", _("niet op tijd geantwoord")

    zetel = models.ForeignKey(
        Zetel, verbose_name=_("zetel"), on_delete=models.PROTECT, related_name="aanbiedingen"
    )
    lot = models.ForeignKey(
        "participatie.Lot", verbose_name=_("lot"), on_delete=models.PROTECT, related_name="aanbiedingen"
    )
    aangeboden_op = models.DateTimeField(_("aangeboden op"), default=timezone.now)
    antwoord_voor = models.DateTimeField(_("antwoord voor"))
    herinnerd_op = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    stand = models.CharField(_("antwoord"), max_length=20, choices=Stand, default=Stand.OPEN)
    beantwoord_op = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    kanaal = models.CharField(_("via"), max_length=20, choices=Kanaal, blank=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leeg: de bewoner zelf, of de site omdat het tijd was."),
    )
    # How the published rule came to this lot: {"instead_of": lot, "violations": n, "place": reserve place}.
    # Empty for who was drawn.
    regel: Any = models.JSONField(_("volgens de regel"), null=True, blank=True)

    objects = ZetelaanbodQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanbod van een zetel")
        verbose_name_plural = _("aanbiedingen van zetels")
        ordering = ["zetel", "aangeboden_op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["zetel"],
                condition=Q(stand="open"),
                name="participatie_seat_offered_to_one",
                violation_error_message=_("Deze zetel is al aan iemand aangeboden."),
            ),
            models.UniqueConstraint(
                fields=["lot"],
                name="participatie_lot_offered_once",
                violation_error_message=_("Dit lot heeft al een zetel aangeboden gekregen."),
            ),
            models.CheckConstraint(
                name="participatie_offer_answered_when",
                condition=Q(stand="open", beantwoord_op__isnull=True)
                | (~Q(stand="open") & Q(beantwoord_op__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"aanbod {self.pk}"


class BezettingQuerySet(models.QuerySet["Bezetting"]):
    def now(self, *, on: date) -> "BezettingQuerySet":
        """Those who sit on a seat on a day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=on), vanaf__lte=on)


class Bezetting(models.Model):
    """Somebody on a seat, from when until when. A name is only there while its owner wants it to be."""

    class Einde(models.TextChoices):
        TERMIJN = "termijn", _("de termijn was voorbij")
        GESTOPT = "gestopt", _("gestopt")
        VERHUISD = "verhuisd", _("verhuisd")
        OVERLEDEN = "overleden", _("overleden")
        ANDERS = "anders", _("anders")

    aanbod = models.OneToOneField(
        Zetelaanbod, verbose_name=_("aanbod"), on_delete=models.PROTECT, related_name="bezetting"
    )
    zetel = models.ForeignKey(
        Zetel, verbose_name=_("zetel"), on_delete=models.PROTECT, related_name="bezettingen"
    )
    vanaf = models.DateField(_("vanaf"))
    # The day the term ends; earlier when somebody leaves.
    termijn_tot = models.DateField(_("termijn tot"))
    tot = models.DateField(_("tot"), null=True, blank=True)
    einde = models.CharField(_("waarom gestopt"), max_length=20, choices=Einde, blank=True)
    wil_genoemd = models.BooleanField(_("mag genoemd worden"), default=False)
    wil_genoemd_op = models.DateTimeField(_("dat zei iemand op"), null=True, blank=True)
    genoemd_als = models.CharField(_("genoemd als"), max_length=80, blank=True)

    objects = BezettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezetting van een zetel")
        verbose_name_plural = _("bezettingen van zetels")
        ordering = ["zetel", "vanaf", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["zetel"],
                condition=Q(tot__isnull=True),
                name="participatie_one_on_a_seat",
                violation_error_message=_("Op deze zetel zit al iemand."),
            ),
            models.CheckConstraint(
                name="participatie_term_in_order",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("vanaf")),
                violation_error_message=_("Stoppen is niet voor beginnen."),
            ),
            models.CheckConstraint(
                name="participatie_end_has_reason",
                condition=Q(tot__isnull=True, einde="") | (Q(tot__isnull=False) & ~Q(einde="")),
            ),
            models.CheckConstraint(
                name="participatie_named_by_consent",
                condition=Q(genoemd_als="") | Q(wil_genoemd=True),
                violation_error_message=_("Een naam staat er alleen als iemand dat wil."),
            ),
        ]

    def __str__(self) -> str:
        return f"bezetting {self.pk}"

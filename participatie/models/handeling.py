"""What stays: who saw or changed personal data, what was deleted when its time had come, and the counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly


class Handeling(AppendOnly):
    """Somebody did something with the data of people who signed up. Kept without that data."""

    class Soort(models.TextChoices):
        AANGEMELD = "aangemeld", _("aangemeld")
        INGEVOERD = "ingevoerd", _("ingevoerd aan de balie")
        BEVESTIGD = "bevestigd", _("mailadres bevestigd")
        LIJST = "lijst", _("lijst bekeken")
        BEKEKEN = "bekeken", _("aanmelding bekeken")
        OPGEZOCHT = "opgezocht", _("opgezocht met het bonnummer")
        DUBBEL = "dubbel", _("mogelijke dubbelen bekeken")
        GEEXPORTEERD = "geexporteerd", _("geëxporteerd")
        GEDOWNLOAD = "gedownload", _("eigen gegevens opgehaald")
        GEWIJZIGD = "gewijzigd", _("gegevens gewijzigd")
        BEOORDEELD = "beoordeeld", _("doet mee of niet: besloten")
        INGETROKKEN = "ingetrokken", _("ingetrokken")
        GEWIST = "gewist", _("gewist")
        BERICHT = "bericht", _("bericht gestuurd")
        HERINNERD = "herinnerd", _("herinnering gestuurd")
        UITGENODIGD = "uitgenodigd", _("brieven gemaakt")
        LOT = "lot", _("lotnummer gestuurd")
        BEZWAAR = "bezwaar", _("bezwaar over een lot")
        ZETEL = "zetel", _("zetel aangeboden of beantwoord")

    loting = models.ForeignKey(
        "participatie.Loting",
        verbose_name=_("loting"),
        on_delete=models.PROTECT,
        related_name="handelingen",
    )
    soort = models.CharField(_("wat"), max_length=20, choices=Soort)
    bonnummer = models.CharField(_("bonnummer"), max_length=12, blank=True, db_index=True)
    aantal = models.PositiveIntegerField(_("aantal"), default=1)
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leeg: de bewoner zelf, of de site omdat het tijd was."),
    )
    # Names of fields, a reason somebody gave: never what was in the fields.
    toelichting = models.CharField(_("toelichting"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("handeling met persoonsgegevens")
        verbose_name_plural = _("handelingen met persoonsgegevens")
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="participatie_export_has_reason",
                condition=~Q(soort="geexporteerd") | ~Q(toelichting=""),
                violation_error_message=_("Schrijf op waarvoor de export is."),
            )
        ]

    def __str__(self) -> str:
        return self.get_soort_display()


class Opschoning(AppendOnly):
    """What was deleted because its term had passed: how many, never whose."""

    op = models.DateTimeField(_("op"), default=timezone.now)
    aantallen = models.JSONField(_("aantallen"))

    class Meta:
        verbose_name = _("opschoning")
        verbose_name_plural = _("opschoningen")
        ordering = ["-op"]

    def __str__(self) -> str:
        return f"{self.op:%d-%m-%Y}"


class Lotingcijfers(AppendOnly):
    """What stays of the sign-ups when they are deleted: counts, of which small ones are hidden.

    The shape of `data` is that of `participatie.statistics`.
    """

    loting = models.OneToOneField(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.PROTECT, related_name="cijfers"
    )
    op = models.DateTimeField(_("op"), default=timezone.now)
    data = models.JSONField(_("aantallen"))

    class Meta:
        verbose_name = _("cijfers van een loting")
        verbose_name_plural = _("cijfers van lotingen")

    def __str__(self) -> str:
        return str(self.loting)


class Rondbericht(AppendOnly):
    """A message to everybody who signed up, in each language it was written in. Without names in it."""

    loting = models.ForeignKey(
        "participatie.Loting",
        verbose_name=_("loting"),
        on_delete=models.PROTECT,
        related_name="rondberichten",
    )
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), on_delete=models.PROTECT, related_name="+"
    )
    # {language code: {"onderwerp": …, "tekst": …}}
    teksten = models.JSONField(_("teksten"))
    aantal = models.PositiveIntegerField(_("aantal"))
    # Of the screen it was sent from, so that sending twice is sending once.
    sleutel = models.CharField(max_length=80, unique=True, null=True, editable=False)  # noqa: DJ001

    class Meta:
        verbose_name = _("bericht aan iedereen")
        verbose_name_plural = _("berichten aan iedereen")
        ordering = ["-op"]

    def __str__(self) -> str:
        return f"{self.op:%d-%m-%Y}"


class Rondberichtstand(models.Model):
    """How far the mails of a message to everybody are written. The row is gone when all of them are."""

    rondbericht = models.OneToOneField(Rondbericht, on_delete=models.CASCADE, related_name="stand")
    # The number of the last sign-up that has its mail.
    tot = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("bericht dat op weg is")
        verbose_name_plural = _("berichten die op weg zijn")

    def __str__(self) -> str:
        return f"{self.rondbericht_id}: {self.tot}"

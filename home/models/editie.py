from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.append_only import AppendOnly

# A sheet of A3 that is folded once has four pages.
PAGES_PER_SHEET = 4


def whole_sheets(pages: int) -> None:
    if pages % PAGES_PER_SHEET:
        raise ValidationError(
            _("Een gevouwen vel heeft vier bladzijden. Kies 4, 8, 12, 16 of een ander veelvoud van vier.")
        )


class EditieQuerySet(models.QuerySet["Editie"]):
    def collecting(self, *, on: date) -> "EditieQuerySet":
        """Those that kopij can be sent for on a day, the first deadline first."""
        return self.filter(staat=Editie.Staat.KOPIJ, kopij_tot__gte=on).order_by("kopij_tot", "pk")

    def in_the_making(self) -> "EditieQuerySet":
        return self.exclude(staat=Editie.Staat.UIT)


class Editie(models.Model):
    """One number of a wijkkrant: when kopij is due, when it is delivered, how far it is.

    `home.krant.editions` takes its steps.
    """

    class Seizoen(models.TextChoices):
        VOORJAAR = "voorjaar", _("voorjaar")
        ZOMER = "zomer", _("zomer")
        NAJAAR = "najaar", _("najaar")
        WINTER = "winter", _("winter")

    class Staat(models.TextChoices):
        """The life of an edition, in order."""

        KOPIJ = "kopij", _("kopij verzamelen")
        REDACTIE = "redactie", _("redactie")
        OPMAAK = "opmaak", _("opmaak")
        UIT = "uit", pgettext_lazy("editie", "uit")

    # What may follow what. Once it is out it stays as it is.
    STEPS: ClassVar[dict[str, tuple[str, ...]]] = {
        Staat.KOPIJ: (Staat.REDACTIE,),
        Staat.REDACTIE: (Staat.KOPIJ, Staat.OPMAAK),
        Staat.OPMAAK: (Staat.REDACTIE, Staat.UIT),
        Staat.UIT: (),
    }
    # How long kopij is kept after the last day of delivery.
    KOPIJ_KEPT: ClassVar[timedelta] = timedelta(days=60)

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="edities"
    )
    seizoen = models.CharField(_("seizoen"), max_length=20, choices=Seizoen)
    jaar = models.PositiveSmallIntegerField(
        _("jaar"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    staat = models.CharField(_("staat"), max_length=20, choices=Staat, default=Staat.KOPIJ, editable=False)
    kopij_tot = models.DateField(
        _("kopij insturen kan tot en met"), help_text=_("De redactie krijgt voor deze dag een herinnering.")
    )
    bezorgd_van = models.DateField(_("bezorgen vanaf"))
    bezorgd_tot = models.DateField(_("bezorgen tot en met"))
    paginas = models.PositiveSmallIntegerField(
        _("bladzijden op papier"),
        default=16,
        validators=[MinValueValidator(4), MaxValueValidator(64), whole_sheets],
        help_text=_("Een veelvoud van vier."),
    )
    oplage = models.PositiveIntegerField(
        _("oplage"), null=True, blank=True, help_text=_("Hoeveel kranten worden er gedrukt?")
    )
    is_voorbeeld = models.BooleanField(
        _("voorbeeld"),
        default=False,
        help_text=_("De site en de krant zeggen er dan bij dat dit een voorbeeld is."),
    )
    # Keys of the fillers that make the pages full, in the order in which they are printed.
    vullingen = models.JSONField(_("vullingen"), default=list, blank=True, editable=False)

    objects = EditieQuerySet.as_manager()

    class Meta:
        verbose_name = _("editie van de wijkkrant")
        verbose_name_plural = _("edities van de wijkkrant")
        ordering = ["-bezorgd_van", "-pk"]
        permissions = [("edit_krant", _("Kan meewerken aan de wijkkrant van de eigen wijk"))]
        constraints = [
            models.UniqueConstraint(
                fields=["wijk", "jaar", "seizoen"],
                name="home_editie_once_per_season",
                violation_error_message=_("Deze wijk heeft al een editie van dit seizoen."),
            ),
            models.CheckConstraint(
                name="home_editie_delivered_after_deadline",
                condition=Q(bezorgd_van__gt=F("kopij_tot")),
                violation_error_message=_("Bezorgen begint na de laatste dag voor kopij."),
            ),
            models.CheckConstraint(
                name="home_editie_delivery_window",
                condition=Q(bezorgd_tot__gte=F("bezorgd_van")),
                violation_error_message=_("De laatste dag van bezorgen is niet eerder dan de eerste."),
            ),
            models.CheckConstraint(
                name="home_editie_whole_sheets",
                condition=Q(paginas__in=range(4, 65, PAGES_PER_SHEET)),
                violation_error_message=_(
                    "Het aantal bladzijden is een veelvoud van vier, van 4 tot en met 64."
                ),
            ),
            models.CheckConstraint(
                name="home_editie_known_state",
                condition=Q(staat__in=("kopij", "redactie", "opmaak", "uit")),
                violation_error_message=_("Deze staat bestaat niet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wijk}, {self.naam}"

    @property
    def naam(self) -> str:
        """Season and year as people say it, in the language of the moment."""
        return f"{self.get_seizoen_display().capitalize()} {self.jaar}"

    @property
    def code(self) -> str:
        """For names of files: velsen-noord-najaar-2026."""
        return f"{self.wijk.slug}-{self.seizoen}-{self.jaar}"

    @property
    def next_steps(self) -> tuple[str, ...]:
        return self.STEPS[self.staat]

    @property
    def is_out(self) -> bool:
        return self.staat == self.Staat.UIT

    @property
    def kopij_kept_until(self) -> date:
        """The last day on which what people sent for it is kept."""
        return self.bezorgd_tot + self.KOPIJ_KEPT

    def takes_kopij(self, *, on: date | None = None) -> bool:
        return self.staat == self.Staat.KOPIJ and (on or timezone.localdate()) <= self.kopij_tot


class Editiestap(AppendOnly):
    """A step in the life of an edition: from where, to where, who took it, and why."""

    editie = models.ForeignKey(
        Editie, verbose_name=_("editie"), on_delete=models.PROTECT, related_name="stappen"
    )
    van = models.CharField(_("van"), max_length=20, choices=Editie.Staat)
    naar = models.CharField(_("naar"), max_length=20, choices=Editie.Staat)
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    reden = models.CharField(_("reden"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("stap van een editie")
        verbose_name_plural = _("stappen van een editie")
        ordering = ["op", "pk"]

    def __str__(self) -> str:
        return f"{self.get_van_display()} → {self.get_naar_display()}"

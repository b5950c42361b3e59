import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class Wijkplatform(models.Model):
    """Residents who speak for their wijk. A wijk has one platform at most."""

    class Status(models.TextChoices):
        ACTIEF = "actief", _("actief")
        IN_OPRICHTING = "in_oprichting", _("in oprichting")
        OPGEHEVEN = "opgeheven", _("opgeheven")

    wijk = models.OneToOneField(
        "wijken.Wijk",
        verbose_name=_("wijk"),
        on_delete=models.PROTECT,
        related_name="wijkplatform",
        error_messages={"unique": _("Deze wijk heeft al een wijkplatform. Een wijk heeft er hoogstens één.")},
    )
    status = models.CharField(_("status"), max_length=20, choices=Status)
    since = models.DateField(_("sinds"), null=True, blank=True)
    until = models.DateField(
        _("tot en met"), null=True, blank=True, help_text=_("Alleen als het is opgeheven.")
    )

    panels = [FieldPanel("wijk"), FieldPanel("status"), FieldPanel("since"), FieldPanel("until")]

    class Meta:
        verbose_name = _("wijkplatform")
        verbose_name_plural = _("wijkplatforms")
        ordering = ["wijk__order"]
        constraints = [
            models.CheckConstraint(
                name="wijken_platform_ends_after_start",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("Het platform kan niet eindigen voordat het begon."),
            ),
            models.CheckConstraint(
                name="wijken_platform_until_only_when_ended",
                condition=Q(until__isnull=True) | Q(status="opgeheven"),
                violation_error_message=_("Alleen een opgeheven platform heeft een einddatum."),
            ),
        ]

    def __str__(self) -> str:
        return f"Wijkplatform {self.wijk}"


class Wijkraadpleging(models.Model):
    """A yearly consultation by a platform. It ends in a wijkplan that is offered to the municipality."""

    wijkplatform = models.ForeignKey(
        Wijkplatform, verbose_name=_("wijkplatform"), on_delete=models.PROTECT, related_name="raadplegingen"
    )
    date = models.DateField(_("datum"))
    held = models.BooleanField(_("is gehouden"), default=False)
    plek = models.CharField(_("plaats"), max_length=160, blank=True)
    wijkplan_offered_on = models.DateField(_("wijkplan aangeboden op"), null=True, blank=True)
    response_on = models.DateField(_("antwoord van de gemeente op"), null=True, blank=True)

    panels = [
        FieldPanel("wijkplatform"),
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("plek"), FieldPanel("held")], heading=_("Bijeenkomst")
        ),
        MultiFieldPanel(
            [FieldPanel("wijkplan_offered_on"), FieldPanel("response_on")], heading=_("Wijkplan")
        ),
    ]

    class Meta:
        verbose_name = _("wijkraadpleging")
        verbose_name_plural = _("wijkraadplegingen")
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(fields=["wijkplatform", "date"], name="wijken_raadpleging_once_per_day"),
            models.CheckConstraint(
                name="wijken_wijkplan_after_raadpleging",
                condition=Q(wijkplan_offered_on__isnull=True)
                | (Q(held=True) & Q(wijkplan_offered_on__gte=F("date"))),
                violation_error_message=_(
                    "Een wijkplan kan pas worden aangeboden als de raadpleging is gehouden."
                ),
            ),
            models.CheckConstraint(
                name="wijken_response_after_wijkplan",
                condition=Q(response_on__isnull=True)
                | (Q(wijkplan_offered_on__isnull=False) & Q(response_on__gte=F("wijkplan_offered_on"))),
                violation_error_message=_("De gemeente kan pas antwoorden als het wijkplan is aangeboden."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wijkplatform}, {self.date:%d-%m-%Y}"

    def days_waiting(self, *, on: datetime.date) -> int | None:
        """Days between offering the wijkplan and the answer, or until `on` while there is none.

        None when no wijkplan was offered.
        """
        if self.wijkplan_offered_on is None:
            return None
        return max(0, ((self.response_on or on) - self.wijkplan_offered_on).days)


class Voorzittersgesprek(models.Model):
    """The yearly talk of the portefeuillehouder with one platform's chair, or with all chairs at once."""

    wijkplatform = models.ForeignKey(
        Wijkplatform,
        verbose_name=_("wijkplatform"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="voorzittersgesprekken",
        help_text=_("Leeg: het gesprek met alle voorzitters samen."),
    )
    date = models.DateField(_("datum"))
    held = models.BooleanField(_("is gehouden"), default=False)

    panels = [FieldPanel("wijkplatform"), FieldPanel("date"), FieldPanel("held")]

    class Meta:
        verbose_name = _("gesprek met voorzitter")
        verbose_name_plural = _("gesprekken met voorzitters")
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(fields=["wijkplatform", "date"], name="wijken_gesprek_once_per_day"),
            models.UniqueConstraint(
                fields=["date"],
                name="wijken_gesprek_met_allen_once_per_day",
                condition=Q(wijkplatform__isnull=True),
                violation_error_message=_("Op deze dag is er al een gesprek met alle voorzitters."),
            ),
        ]

    def __str__(self) -> str:
        who = self.wijkplatform or _("alle voorzitters")
        return f"{who}, {self.date:%d-%m-%Y}"

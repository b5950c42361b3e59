from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.append_only import AppendOnly
from core.models import TranslatableSnippet, source_rows, words
from wijken.monitor.periods import AFTER, Period, PeriodError
from wijken.monitor.standing import Certainty


class Mijlpaal(TranslatableSnippet):
    """One step of an action that can be promised and reached."""

    actie = models.ForeignKey(
        "wijken.Actie", verbose_name=_("actie"), on_delete=models.PROTECT, related_name="mijlpalen"
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    naam = models.CharField(_("stap"), max_length=160)

    translatable_fields = words("naam")
    part_of = "actie__actieplan__naam"
    panels = [FieldPanel("naam"), FieldPanel("order")]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("mijlpaal")
        verbose_name_plural = _("mijlpalen")
        ordering = ["actie", "order", "pk"]

    def __str__(self) -> str:
        return self.naam


def validate_period(code: str) -> None:
    try:
        Period.parse(code)
    except PeriodError as error:
        raise ValidationError(str(error)) from error


class Planning(AppendOnly, TranslatableSnippet):
    """A promise: when a step will be done, from the day this was recorded. It is never changed afterwards.

    The first row of a step is the first promise. A later row says why it moved.
    """

    mijlpaal = models.ForeignKey(
        Mijlpaal,
        verbose_name=_("mijlpaal"),
        on_delete=models.PROTECT,
        related_name="planning",
        limit_choices_to=source_rows,
    )
    volgnummer = models.PositiveSmallIntegerField(_("volgnummer"))
    periode = models.CharField(_("periode"), max_length=40, validators=[validate_period])
    # Follow from the code, for whoever reads the table; empty for what has no dates.
    starts_on = models.DateField(_("eerste dag"), null=True, editable=False)
    ends_on = models.DateField(_("laatste dag"), null=True, editable=False)
    zekerheid = models.CharField(
        _("zekerheid"), max_length=20, choices=Certainty, default=Certainty.AFGESPROKEN
    )
    na = models.ForeignKey(
        Mijlpaal,
        verbose_name=_("kan pas na"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=source_rows,
    )
    voorwaarde = models.CharField(
        _("voorwaarde"), max_length=250, blank=True, help_text=_("Bijvoorbeeld: na het verkeersonderzoek.")
    )
    reden = models.TextField(_("waarom verandert de planning?"), max_length=600, blank=True)
    vastgelegd_op = models.DateField(_("vastgelegd op"))

    translatable_fields = words("voorwaarde", "reden")
    part_of = "mijlpaal__naam"

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("planning")
        verbose_name_plural = _("planning")
        ordering = ["mijlpaal", "volgnummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["mijlpaal", "volgnummer", "locale"], name="wijken_planning_in_order"
            ),
            # A row before the first would take the place of the first promise.
            models.CheckConstraint(
                name="wijken_planning_numbered_from_one",
                condition=Q(volgnummer__gte=1),
                violation_error_message=_("De eerste planning heeft nummer 1."),
            ),
            models.CheckConstraint(
                name="wijken_planning_change_has_reason",
                condition=Q(volgnummer=1) | ~Q(reden=""),
                violation_error_message=_("Schrijf op waarom de planning verandert."),
            ),
            models.CheckConstraint(
                name="wijken_planning_after_what",
                condition=~Q(periode=AFTER) | Q(na__isnull=False) | ~Q(voorwaarde=""),
                violation_error_message=_("Schrijf op waarna dit gebeurt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mijlpaal}: {self.period.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        period = self.period
        self.starts_on, self.ends_on = period.starts_on, period.ends_on
        super().save(*args, **kwargs)

    @property
    def period(self) -> Period:
        return Period.parse(self.periode)

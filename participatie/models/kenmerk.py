from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import TranslatableSnippet, source_rows, words
from wijken.models import Wijkcijfer


class Quota(NamedTuple):
    """At least and at most how many of the seats."""

    minimum: int
    maximum: int


class Kenmerk(TranslatableSnippet):
    """A question about who somebody is, by which those drawn are kept like the wijk: age, home, language."""

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.PROTECT, related_name="kenmerken"
    )
    code = models.SlugField(_("code"), max_length=40)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    vraag = models.CharField(_("vraag"), max_length=160)
    uitleg = models.CharField(_("waarom vragen wij dit?"), max_length=300, blank=True)
    is_verplicht = models.BooleanField(_("nodig om mee te loten"), default=False)
    is_bijzonder = models.BooleanField(
        _("bijzonder persoonsgegeven"),
        default=False,
        help_text=_("Bijvoorbeeld afkomst of gezondheid. Zo’n vraag is nooit verplicht."),
    )

    translatable_fields = words("vraag", "uitleg")
    part_of = "loting__naam"
    panels = [FieldPanel("vraag"), FieldPanel("uitleg")]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("kenmerk")
        verbose_name_plural = _("kenmerken")
        ordering = ["loting", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["loting", "code", "locale"],
                name="participatie_kenmerk_code_once",
                violation_error_message=_("Deze code is er al."),
            ),
            models.CheckConstraint(
                name="participatie_kenmerk_special_is_optional",
                condition=Q(is_verplicht=False) | Q(is_bijzonder=False),
                violation_error_message=_("Een bijzonder persoonsgegeven is nooit verplicht."),
            ),
        ]

    def __str__(self) -> str:
        return self.vraag


class Antwoordoptie(TranslatableSnippet):
    """One answer to such a question, with how many of the seats are for who gives it.

    The numbers are typed, or follow from the share of the population.
    """

    kenmerk = models.ForeignKey(
        Kenmerk,
        verbose_name=_("kenmerk"),
        on_delete=models.PROTECT,
        related_name="opties",
        limit_choices_to=source_rows,
    )
    code = models.SlugField(_("code"), max_length=40)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    label = models.CharField(_("antwoord"), max_length=120)
    minimum = models.PositiveSmallIntegerField(_("minstens"), null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(_("hoogstens"), null=True, blank=True)
    aandeel = models.DecimalField(
        _("deel van de bewoners"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("In procenten. Daaruit volgt hoeveel zetels."),
    )
    bron = models.CharField(_("bron"), max_length=160, blank=True)
    cijfer = models.CharField(_("uit wijk in cijfers"), max_length=30, choices=Wijkcijfer.Soort, blank=True)

    translatable_fields = words("label")
    part_of = "kenmerk__vraag"
    panels = [FieldPanel("label")]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("antwoordoptie")
        verbose_name_plural = _("antwoordopties")
        ordering = ["kenmerk", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kenmerk", "code", "locale"],
                name="participatie_optie_code_once",
                violation_error_message=_("Deze code is er al."),
            ),
            models.CheckConstraint(
                name="participatie_optie_quota_in_order",
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(maximum__gte=F("minimum")),
                violation_error_message=_("Hoogstens is niet minder dan minstens."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def quota(self, *, seats: int) -> Quota:
        """How many of the seats. Without numbers those of the share, rounded down and up; else any."""
        low, high = 0, seats
        if self.aandeel is not None:
            exact = self.aandeel * seats / Decimal(100)
            low = int(exact.to_integral_value(ROUND_FLOOR))
            high = int(exact.to_integral_value(ROUND_CEILING))
        return Quota(
            low if self.minimum is None else self.minimum,
            min(seats, high if self.maximum is None else self.maximum),
        )

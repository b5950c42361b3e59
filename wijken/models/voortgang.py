from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly
from core.models import TranslatableSnippet, TranslatableSnippetQuerySet, source_rows, words
from wijken.models.planning import validate_period
from wijken.monitor.periods import AFTER
from wijken.monitor.standing import Certainty, Change


class VoortgangQuerySet(TranslatableSnippetQuerySet):
    def published(self) -> "VoortgangQuerySet":
        return self.filter(stand=Voortgang.Stand.GEPUBLICEERD)

    def to_translate(self) -> "VoortgangQuerySet":
        return super().to_translate().published()


class Voortgang(AppendOnly, TranslatableSnippet):
    """A dated message about an action. Once published it stays; a mistake is mended by a next message.

    A message can carry news of the whole action, of one step, or a new planning for that step.
    """

    class Stand(models.TextChoices):
        CONCEPT = "concept", _("concept")
        INGEDIEND = "ingediend", _("wacht op de redactie")
        TERUG = "terug", _("teruggestuurd")
        GEPUBLICEERD = "gepubliceerd", _("gepubliceerd")

    frozen_when: ClassVar[dict[str, str]] = {"stand": "gepubliceerd"}

    actie = models.ForeignKey(
        "wijken.Actie", verbose_name=_("actie"), on_delete=models.PROTECT, related_name="voortgang"
    )
    organisatie = models.ForeignKey(
        "wijken.Organisatie",
        verbose_name=_("organisatie"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=source_rows,
    )
    datum = models.DateField(_("datum"), help_text=_("Van wanneer is dit nieuws?"))
    tekst = models.TextField(
        _("wat is het nieuws?"), max_length=2000, help_text=_("Gewone taal. Geen namen van personen.")
    )
    foto = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("foto"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    foto_alt = models.CharField(_("wat ziet u op de foto?"), max_length=250, blank=True)
    verandering = models.CharField(
        _("wat betekent dit voor de actie?"), max_length=20, blank=True, choices=Change
    )
    mijlpaal = models.ForeignKey(
        "wijken.Mijlpaal",
        verbose_name=_("over welke stap gaat het?"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="voortgang",
        limit_choices_to=source_rows,
    )
    gehaald_op = models.DateField(_("deze stap is gehaald op"), null=True, blank=True)
    periode = models.CharField(
        _("nieuwe planning van deze stap"), max_length=40, blank=True, validators=[validate_period]
    )
    zekerheid = models.CharField(_("zekerheid"), max_length=20, blank=True, choices=Certainty)
    reden = models.TextField(
        _("waarom is het later of gestopt?"),
        max_length=600,
        blank=True,
        help_text=_("Verplicht als de actie te laat is, stopt, of een nieuwe planning krijgt."),
    )
    corrigeert = models.ForeignKey(
        "self",
        verbose_name=_("verbetert het bericht"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correcties",
        limit_choices_to=source_rows,
    )
    stand = models.CharField(_("stand"), max_length=20, choices=Stand, default=Stand.CONCEPT)
    ingediend_op = models.DateTimeField(_("ingediend op"), null=True, editable=False)
    gepubliceerd_op = models.DateTimeField(_("gepubliceerd op"), null=True, editable=False)
    terug_reden = models.TextField(_("waarom teruggestuurd?"), max_length=600, blank=True)

    translatable_fields = words("tekst", "foto_alt", "reden")
    part_of = "actie__actieplan__naam"
    objects: ClassVar[Any] = VoortgangQuerySet.as_manager()

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("bericht over een actie")
        verbose_name_plural = _("berichten over acties")
        ordering = ["-datum", "-pk"]
        permissions = [("publish_voortgang", "Can publish progress")]
        constraints = [
            models.CheckConstraint(
                name="wijken_voortgang_stopped_has_reason",
                condition=~Q(verandering=Change.GESTOPT) | ~Q(reden=""),
                violation_error_message=_("Schrijf op waarom de actie stopt."),
            ),
            models.CheckConstraint(
                name="wijken_voortgang_planning_has_reason",
                condition=Q(periode="") | (~Q(reden="") & Q(mijlpaal__isnull=False) & ~Q(zekerheid="")),
                violation_error_message=_("Bij een nieuwe planning horen een stap, zekerheid en een reden."),
            ),
            models.CheckConstraint(
                name="wijken_voortgang_reached_what",
                condition=Q(gehaald_op__isnull=True) | (Q(mijlpaal__isnull=False) & Q(periode="")),
                violation_error_message=_("Kies welke stap is gehaald. Die krijgt dan geen nieuwe planning."),
            ),
            models.CheckConstraint(
                name="wijken_voortgang_reached_before_told",
                condition=Q(gehaald_op__isnull=True) | Q(gehaald_op__lte=F("datum")),
                violation_error_message=_("Een stap is niet later gehaald dan de datum van het bericht."),
            ),
            models.CheckConstraint(
                name="wijken_voortgang_photo_described",
                condition=Q(foto__isnull=True) | ~Q(foto_alt=""),
                violation_error_message=_("Beschrijf wat er op de foto staat."),
            ),
            models.CheckConstraint(
                name="wijken_voortgang_published_has_moment",
                condition=Q(stand="gepubliceerd", gepubliceerd_op__isnull=False)
                | (~Q(stand="gepubliceerd") & Q(gepubliceerd_op__isnull=True)),
                violation_error_message=_(
                    "Alleen een bericht dat op de site staat, heeft een moment daarvan."
                ),
            ),
            models.UniqueConstraint(
                fields=["corrigeert", "locale"],
                name="wijken_voortgang_corrected_once",
                violation_error_message=_("Van dit bericht is al een verbetering. Verbeter die."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actie}, {self.datum:%d-%m-%Y}"

    def clean(self) -> None:
        super().clean()
        if self.mijlpaal_id and self.mijlpaal and self.mijlpaal.actie_id != self.actie_id:
            raise ValidationError({"mijlpaal": _("Deze stap hoort bij een andere actie.")})
        if self.corrigeert_id and self.corrigeert:
            if self.corrigeert.actie_id != self.actie_id:
                raise ValidationError({"corrigeert": _("Dat bericht gaat over een andere actie.")})
            if self.corrigeert.stand != self.Stand.GEPUBLICEERD:
                raise ValidationError({"corrigeert": _("Dat bericht staat nog niet op de site.")})
        if self.periode and self.periode.strip() == AFTER:
            raise ValidationError({"periode": _("Kies een periode, of ‘ntb’ als die nog niet bekend is.")})

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.append_only import AppendOnly
from core.models import TranslatableSnippet, source_rows, words


class Terugblik(models.Model):
    """Looking back at a plan on a day: what runs, what does not, and what residents notice of it."""

    actieplan = models.ForeignKey(
        "wijken.Actieplan",
        verbose_name=_("actieplan"),
        on_delete=models.PROTECT,
        related_name="terugblikken",
    )
    peildatum = models.DateField(_("peildatum"), help_text=_("De stand van deze dag wordt bewaard."))
    gehouden_op = models.DateField(_("gesprekken gehouden op"), null=True, blank=True)
    vraag_van = models.DateField(
        _("de vraag staat open vanaf"),
        null=True,
        blank=True,
        help_text=_("“Merkt u hier iets van?” Iedereen kan antwoorden, zonder account."),
    )
    vraag_tot = models.DateField(_("tot en met"), null=True, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("actieplan"), FieldPanel("peildatum"), FieldPanel("gehouden_op")],
            heading=_("Terugblik"),
        ),
        MultiFieldPanel([FieldPanel("vraag_van"), FieldPanel("vraag_tot")], heading=_("Vraag aan bewoners")),
    ]

    class Meta:
        verbose_name = _("terugblik")
        verbose_name_plural = _("terugblikken")
        ordering = ["-peildatum"]
        constraints = [
            models.UniqueConstraint(
                fields=["actieplan", "peildatum"],
                name="wijken_terugblik_once_per_day",
                violation_error_message=_("Op deze dag is er al een terugblik van dit plan."),
            ),
            models.CheckConstraint(
                name="wijken_terugblik_question_window",
                condition=Q(vraag_van__isnull=True, vraag_tot__isnull=True)
                | Q(vraag_van__isnull=False, vraag_tot__isnull=False, vraag_tot__gte=F("vraag_van")),
                violation_error_message=_("Vul het begin en het einde in; het einde is niet eerder."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actieplan}, {self.peildatum:%d-%m-%Y}"

    def clean(self) -> None:
        super().clean()
        kept = Momentopname.objects.filter(terugblik=self.pk) if self.pk else Momentopname.objects.none()
        moved = kept.exclude(terugblik__peildatum=self.peildatum, terugblik__actieplan=self.actieplan_id)
        if moved.exists():
            raise ValidationError(
                {"peildatum": _("De stand van deze dag is al bewaard. De dag blijft staan.")}
            )

    def is_question_open(self, *, on: date) -> bool:
        return bool(self.vraag_van and self.vraag_tot and self.vraag_van <= on <= self.vraag_tot)


class Momentopname(AppendOnly):
    """How every action of a plan stood on the day of a look-back. Nothing that happens later changes it.

    `data` holds codes, dates and numbers, no words: it is shown in the reader's language. Its shape is that
    of `wijken.monitor.snapshots`.
    """

    terugblik = models.OneToOneField(
        Terugblik, verbose_name=_("terugblik"), on_delete=models.PROTECT, related_name="momentopname"
    )
    gemaakt_op = models.DateTimeField(_("gemaakt op"))
    data = models.JSONField(_("stand"))

    class Meta:
        verbose_name = _("momentopname")
        verbose_name_plural = _("momentopnamen")

    def __str__(self) -> str:
        return str(self.terugblik)


class Antwoord(models.Model):
    """How many people gave one answer on one day. Who they are is never asked and never kept."""

    class Keuze(models.TextChoices):
        JA = "ja", _("Ja, ik merk er iets van")
        BEETJE = "beetje", _("Een beetje")
        NEE = "nee", _("Nee, ik merk er niets van")
        WEET_NIET = "weet_niet", _("Dat weet ik niet")

    class Kanaal(models.TextChoices):
        WEB = "web", _("website")
        PAPIER = "papier", _("papier of balie")

    terugblik = models.ForeignKey(
        Terugblik, verbose_name=_("terugblik"), on_delete=models.PROTECT, related_name="antwoorden"
    )
    actie = models.ForeignKey(
        "wijken.Actie",
        verbose_name=_("actie"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="antwoorden",
        help_text=_("Leeg: het plan als geheel."),
    )
    keuze = models.CharField(_("antwoord"), max_length=20, choices=Keuze)
    kanaal = models.CharField(_("via"), max_length=20, choices=Kanaal, default=Kanaal.WEB)
    dag = models.DateField(_("dag"))
    aantal = models.PositiveIntegerField(_("aantal"), default=0)

    class Meta:
        verbose_name = _("antwoorden van bewoners")
        verbose_name_plural = _("antwoorden van bewoners")
        ordering = ["-dag", "actie", "keuze"]
        constraints = [
            models.UniqueConstraint(
                fields=["terugblik", "actie", "keuze", "kanaal", "dag"],
                name="wijken_antwoord_once",
                condition=Q(actie__isnull=False),
                violation_error_message=_("Dit antwoord van deze dag staat er al; verhoog het aantal."),
            ),
            models.UniqueConstraint(
                fields=["terugblik", "keuze", "kanaal", "dag"],
                name="wijken_antwoord_whole_plan_once",
                condition=Q(actie__isnull=True),
                violation_error_message=_("Dit antwoord van deze dag staat er al; verhoog het aantal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_keuze_display()}: {self.aantal}"


class Gesprek(TranslatableSnippet):
    """A conversation with people from the wijk about whether the actions do what they should."""

    actieplan = models.ForeignKey(
        "wijken.Actieplan",
        verbose_name=_("actieplan"),
        on_delete=models.PROTECT,
        related_name="gesprekken",
    )
    terugblik = models.ForeignKey(
        Terugblik,
        verbose_name=_("hoort bij de terugblik"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="gesprekken",
    )
    datum = models.DateField(_("datum"))
    plek = models.ForeignKey(
        "wijken.Plek",
        verbose_name=_("plek"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=source_rows,
    )
    bewoners = models.PositiveSmallIntegerField(_("aantal bewoners"), null=True, blank=True)
    professionals = models.PositiveSmallIntegerField(_("aantal professionals"), null=True, blank=True)
    titel = models.CharField(_("waarover ging het?"), max_length=160)
    verslag = models.TextField(
        _("verslag"), max_length=4000, help_text=_("Wat is er gezegd? Geen namen van personen.")
    )

    translatable_fields = words("titel", "verslag")
    part_of = "actieplan__naam"
    panels = [
        FieldPanel("actieplan"),
        FieldPanel("terugblik"),
        FieldPanel("datum"),
        FieldPanel("plek"),
        FieldPanel("bewoners"),
        FieldPanel("professionals"),
        FieldPanel("titel"),
        FieldPanel("verslag"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("gesprek in de wijk")
        verbose_name_plural = _("gesprekken in de wijk")
        ordering = ["-datum", "-pk"]

    def __str__(self) -> str:
        return self.titel

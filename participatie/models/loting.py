from datetime import datetime, timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly
from core.models import source_rows


class Staat(models.TextChoices):
    """The life of a loting, in order."""

    CONCEPT = "concept", _("in voorbereiding")
    OPEN = "open", _("open")
    GESLOTEN = "gesloten", _("gesloten")
    BEVROREN = "bevroren", _("deelnemers staan vast")
    GETROKKEN = "getrokken", _("geloot")
    BEZET = "bezet", _("zetels bezet")
    AFGEROND = "afgerond", _("afgerond")


class Vorm(models.TextChoices):
    """How the seats are drawn."""

    LIJSTEN = "lijsten", _("lijsten volgens de verdeling van de zetels")
    EENVOUDIG = "eenvoudig", _("eenvoudig, zonder verdeling")


# What may follow what. Back is possible as long as nothing was promised to the outside that it would undo.
STEPS: dict[str, tuple[str, ...]] = {
    Staat.CONCEPT: (Staat.OPEN,),
    Staat.OPEN: (Staat.GESLOTEN,),
    Staat.GESLOTEN: (Staat.OPEN, Staat.BEVROREN),
    Staat.BEVROREN: (Staat.GESLOTEN, Staat.GETROKKEN),
    # The term may end before every seat was taken.
    Staat.GETROKKEN: (Staat.BEZET, Staat.AFGEROND),
    Staat.BEZET: (Staat.AFGEROND,),
    Staat.AFGEROND: (),
}


class LotingQuerySet(models.QuerySet["Loting"]):
    def accepting(self, *, at: datetime) -> "LotingQuerySet":
        """Those that take sign-ups at a moment."""
        return self.filter(staat=Staat.OPEN, opent_op__lte=at, sluit_op__gt=at)

    def at_the_counter(self, *, at: datetime) -> "LotingQuerySet":
        """Those for which staff may enter sign-ups: open, or with paper that may lie there still."""
        return self.filter(staat__in=(Staat.OPEN, Staat.GESLOTEN), opent_op__lte=at)

    def past_closing(self, *, at: datetime) -> "LotingQuerySet":
        """Those that are open although their window has passed."""
        return self.filter(staat=Staat.OPEN, sluit_op__lte=at)

    def locked(self) -> "LotingQuerySet":
        """Locked until the end of the transaction: whoever changes a loting, or anything of it, waits.

        Always the loting first and what belongs to it after that, so that nobody waits in a ring. Rows that
        only point at it can still be stored.
        """
        return self.select_for_update(no_key=True)


class Loting(models.Model):
    """Drawing residents for seats: who may take part, when, and by which rules.

    The rules are promised when it opens; from then on they stay. `participatie.actions` takes its steps.
    """

    naam = models.CharField(_("naam"), max_length=120, unique=True)
    slug = models.SlugField(_("code"), max_length=80, unique=True, help_text=_("Voor bestanden en brieven."))
    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="lotingen"
    )
    buurten = models.ManyToManyField(
        "wijken.Buurt",
        verbose_name=_("alleen deze buurten"),
        blank=True,
        related_name="+",
        help_text=_("Niets aangevinkt: de hele wijk."),
    )
    staat = models.CharField(_("staat"), max_length=20, choices=Staat, default=Staat.CONCEPT, editable=False)
    opent_op = models.DateTimeField(_("aanmelden kan vanaf"))
    sluit_op = models.DateTimeField(_("aanmelden kan tot"))
    trekking_op = models.DateTimeField(_("de loting is op"))
    trekking_plek = models.ForeignKey(
        "wijken.Plek",
        verbose_name=_("de loting is in"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=source_rows,
    )
    zetels = models.PositiveSmallIntegerField(_("zetels"), validators=[MinValueValidator(1)])
    reserves = models.PositiveSmallIntegerField(_("reserves"), default=0)
    termijn_maanden = models.PositiveSmallIntegerField(
        _("hoe lang zit iemand op een zetel?"),
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("In maanden."),
    )
    minimumleeftijd = models.PositiveSmallIntegerField(
        _("vanaf welke leeftijd?"), default=16, validators=[MinValueValidator(12), MaxValueValidator(99)]
    )
    een_per_adres = models.BooleanField(
        _("hoogstens één per adres"), default=True, help_text=_("Iedereen van een adres mag meedoen.")
    )
    vorm = models.CharField(
        _("hoe wordt er geloot?"),
        max_length=20,
        choices=Vorm,
        default=Vorm.LIJSTEN,
        help_text=_("Eenvoudig past bij een kleine wijk: iedereen kan het met de hand narekenen."),
    )
    bezwaar_dagen = models.PositiveSmallIntegerField(
        _("hoe lang kan iemand zeggen dat er iets niet klopt?"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("In dagen, nadat de lotnummers zijn verstuurd."),
    )
    antwoord_dagen = models.PositiveSmallIntegerField(
        _("hoe lang kan iemand nadenken over een zetel?"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("In dagen, nadat wij hebben gevraagd of iemand de zetel wil."),
    )
    bewaren_dagen = models.PositiveSmallIntegerField(
        _("hoe lang bewaren wij de gegevens na de loting?"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("In dagen. Daarna wist de site ze zelf."),
    )
    is_voorbeeld = models.BooleanField(
        _("voorbeeld"), default=False, help_text=_("De site zegt er dan bij dat dit een voorbeeld is.")
    )

    # What residents are promised when it opens.
    rules: ClassVar[tuple[str, ...]] = (
        "wijk_id",
        "opent_op",
        "trekking_plek_id",
        "zetels",
        "reserves",
        "termijn_maanden",
        "minimumleeftijd",
        "een_per_adres",
        "vorm",
        "bezwaar_dagen",
        "antwoord_dagen",
        "bewaren_dagen",
        "is_voorbeeld",
    )

    objects = LotingQuerySet.as_manager()

    class Meta:
        verbose_name = _("loting")
        verbose_name_plural = _("lotingen")
        ordering = ["-opent_op"]
        permissions = [
            ("manage_loting", _("Kan aanmeldingen van een loting zien en beheren")),
            ("enter_aanmelding", _("Kan aanmeldingen voor een loting invoeren aan de balie")),
        ]
        constraints = [
            models.CheckConstraint(
                name="participatie_loting_window",
                condition=Q(sluit_op__gt=F("opent_op")),
                violation_error_message=_("Aanmelden stopt later dan het begint."),
            ),
            models.CheckConstraint(
                name="participatie_loting_draw_after_closing",
                condition=Q(trekking_op__gt=F("sluit_op")),
                violation_error_message=_("De loting is nadat het aanmelden is gestopt."),
            ),
            models.CheckConstraint(
                name="participatie_loting_has_seats",
                condition=Q(zetels__gte=1),
                violation_error_message=_("Er is minstens één zetel."),
            ),
            models.CheckConstraint(
                name="participatie_loting_simple_without_addresses",
                condition=~Q(vorm="eenvoudig") | Q(een_per_adres=False),
                violation_error_message=_(
                    "Wie eenvoudig loot, kan niet ook op adressen letten. Kies lijsten, of zet het adres uit."
                ),
            ),
            models.CheckConstraint(
                name="participatie_loting_known_state",
                condition=Q(staat__in=Staat.values),
                violation_error_message=_("Deze staat bestaat niet."),
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        """The rules stay once they are promised; a later closing goes by a step that says why."""
        super().clean()
        if self.pk and (stored := Loting.objects.filter(pk=self.pk).exclude(staat=Staat.CONCEPT).first()):
            changed = [
                name
                for name in (*self.rules, "sluit_op", "trekking_op")
                if getattr(stored, name) != getattr(self, name)
            ]
            if changed:
                raise ValidationError(
                    {
                        name.removesuffix("_id"): _("De loting is al geopend. Wat beloofd is, blijft staan.")
                        for name in changed
                    }
                )

    @property
    def next_steps(self) -> tuple[str, ...]:
        return STEPS[self.staat]

    @property
    def kept_until(self) -> datetime:
        """When the data of who was not drawn goes."""
        return self.trekking_op + timedelta(days=self.bewaren_dagen)

    def is_accepting(self, *, at: datetime | None = None) -> bool:
        """Can somebody sign up?"""
        moment = at or timezone.now()
        return self.staat == Staat.OPEN and self.opent_op <= moment < self.sluit_op

    def takes_paper(self, received_at: datetime, *, now: datetime) -> bool:
        """Does paper that came in at a moment still count? In time it does, until the pool stands."""
        return (
            self.staat in (Staat.OPEN, Staat.GESLOTEN)
            and self.opent_op <= received_at < self.sluit_op
            and received_at <= now
        )


class Lotingstap(AppendOnly):
    """A step in the life of a loting: from what to what, when, by whom and why."""

    loting = models.ForeignKey(
        Loting, verbose_name=_("loting"), on_delete=models.PROTECT, related_name="stappen"
    )
    van = models.CharField(_("van"), max_length=20, choices=Staat)
    naar = models.CharField(_("naar"), max_length=20, choices=Staat)
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        "core.User",
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leeg: de site zelf, omdat het tijd was."),
    )
    reden = models.TextField(_("waarom"), max_length=600)

    class Meta:
        verbose_name = _("stap van een loting")
        verbose_name_plural = _("stappen van een loting")
        ordering = ["loting", "op", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participatie_stap_has_reason",
                condition=~Q(reden=""),
                violation_error_message=_("Schrijf op waarom."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_van_display()} → {self.get_naar_display()}"

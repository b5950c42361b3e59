from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sealing import SealedField
from home.models.artikel_page import Rubriek
from home.models.editie import Editie

# A language that the site does not have: ISO 639 calls it undetermined.
OTHER_LANGUAGE = "und"


class KopijQuerySet(models.QuerySet["Kopij"]):
    def to_do(self) -> "KopijQuerySet":
        """What nobody of the redactie decided on yet."""
        return self.filter(staat=Kopij.Staat.NIEUW)

    def past_term(self, *, on: date) -> "KopijQuerySet":
        """What is not kept on a day any more."""
        edition_over = Q(editie__bezorgd_tot__lt=on - Editie.KOPIJ_KEPT)
        never_placed = Q(editie__isnull=True, ontvangen_op__date__lt=on - Kopij.KEPT_WITHOUT_EDITION)
        return self.filter(edition_over | never_placed)

    def without_contents(self) -> "KopijQuerySet":
        """For lists: of what is sealed only the title."""
        return self.defer("tekst", "naam", "mail", "telefoon", "ondertekening", "antwoord")


class Kopij(models.Model):
    """What somebody sent in for the wijkkrant: a text, maybe pictures, and how to reach the sender."""

    class Staat(models.TextChoices):
        NIEUW = "nieuw", _("nieuw")
        GEBRUIKT = "gebruikt", _("in de krant")
        LATER = "later", _("voor een later nummer")
        AFGEWEZEN = "afgewezen", _("niet geplaatst")

    class Kanaal(models.TextChoices):
        WEB = "web", _("website")
        PAPIER = "papier", _("papier")

    # For kopij that waits for an edition which is not there yet.
    KEPT_WITHOUT_EDITION: ClassVar[timedelta] = timedelta(days=365)

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="kopij"
    )
    editie = models.ForeignKey(
        Editie,
        verbose_name=_("editie"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="kopij",
        help_text=_("Leeg: voor een nummer dat nog niet is gepland."),
    )
    bonnummer = models.CharField(_("bonnummer"), max_length=12, unique=True)
    ontvangen_op = models.DateTimeField(_("ontvangen op"), default=timezone.now)
    kanaal = models.CharField(_("kanaal"), max_length=10, choices=Kanaal, default=Kanaal.WEB)
    ingevoerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ingevoerd door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # The sender's own language, for mails.
    taal = models.CharField(_("taal"), max_length=12)
    teksttaal = models.CharField(
        _("taal van de tekst"), max_length=12, blank=True, help_text=_("Leeg: de taal van de inzender.")
    )
    rubriek = models.CharField(_("voorgestelde rubriek"), max_length=30, choices=Rubriek, blank=True)
    titel = SealedField(_("titel"))
    tekst = SealedField(_("tekst"))
    # How the sender wants to be named in the paper; empty is without a name.
    ondertekening = SealedField(_("naam in de krant"), blank=True)
    naam = SealedField(_("naam"))
    mail = SealedField(_("mailadres"), blank=True)
    telefoon = SealedField(_("telefoonnummer"), blank=True)
    staat = models.CharField(_("staat"), max_length=20, choices=Staat, default=Staat.NIEUW)
    # The hash of the secret in the address of the sender's own page.
    link_hash = models.CharField(  # noqa: DJ001
        max_length=64, unique=True, null=True, blank=True, editable=False
    )
    # The translation key of the article that was made of it.
    artikel_key = models.UUIDField(null=True, blank=True, editable=False)
    # What the redactie wrote to the sender.
    antwoord = SealedField(_("antwoord aan de inzender"), blank=True)
    behandeld_op = models.DateTimeField(_("behandeld op"), null=True, blank=True)
    behandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("behandeld door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    onbestelbaar_op = models.DateTimeField(_("mail kwam niet aan op"), null=True, blank=True)
    # Goes up with every change, so that two people do not overwrite each other.
    versie = models.PositiveIntegerField(default=0, editable=False)

    objects = KopijQuerySet.as_manager()

    class Meta:
        verbose_name = _("kopij")
        verbose_name_plural = _("kopij")
        ordering = ["-ontvangen_op", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="home_kopij_known_state",
                condition=Q(staat__in=("nieuw", "gebruikt", "later", "afgewezen")),
                violation_error_message=_("Deze staat bestaat niet."),
            ),
            models.CheckConstraint(
                name="home_kopij_used_has_article",
                condition=~Q(staat="gebruikt") | Q(artikel_key__isnull=False),
                violation_error_message=_("Kopij die in de krant komt, heeft een artikel."),
            ),
            models.CheckConstraint(
                name="home_kopij_decided_has_moment",
                condition=Q(staat="nieuw") | Q(behandeld_op__isnull=False),
                violation_error_message=_("Wat is besloten, heeft een moment."),
            ),
        ]

    def __str__(self) -> str:
        return f"kopij {self.bonnummer}"

    @property
    def is_open(self) -> bool:
        """Did nobody decide about it yet? Until then the sender can take it back."""
        return self.staat == self.Staat.NIEUW

    @property
    def language_of_text(self) -> str:
        """The code of the language it is written in, `OTHER_LANGUAGE` for one that the site does not have."""
        return self.teksttaal or self.taal

    @property
    def kept_until(self) -> date:
        """The last day on which it is kept."""
        if self.editie:
            return self.editie.kopij_kept_until
        return timezone.localdate(self.ontvangen_op) + self.KEPT_WITHOUT_EDITION


class Fotobestand(models.Model):
    """A picture that somebody sent: made anew by us as JPEG, and sealed."""

    nummer = models.PositiveSmallIntegerField(_("nummer"))
    # The file in base64, and a small one for lists.
    inhoud = SealedField()
    klein = SealedField()
    breedte = models.PositiveIntegerField(_("breedte"))
    hoogte = models.PositiveIntegerField(_("hoogte"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"foto {self.nummer}"

    @property
    def klein_url(self) -> str:
        """The small picture inside a page, for whom that page is only."""
        return f"data:image/jpeg;base64,{self.klein}"


class Kopijfoto(Fotobestand):
    """A picture that came with kopij: checked, without location data, and out of the public folder."""

    class Toestemming(models.TextChoices):
        """What the sender says about who is in the picture."""

        NIEMAND = "niemand", _("Er staat niemand herkenbaar op.")
        GEVRAAGD = "gevraagd", _("Iedereen die herkenbaar is, vindt het goed.")

    kopij = models.ForeignKey(Kopij, verbose_name=_("kopij"), on_delete=models.CASCADE, related_name="fotos")
    beschrijving = SealedField(_("wat is er te zien?"))
    maker = SealedField(_("wie maakte de foto?"), blank=True)
    toestemming = models.CharField(_("toestemming"), max_length=10, choices=Toestemming)

    class Meta:
        verbose_name = _("foto bij kopij")
        verbose_name_plural = _("foto's bij kopij")
        ordering = ["kopij", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["kopij", "nummer"], name="home_kopijfoto_once_per_number"),
            models.CheckConstraint(
                name="home_kopijfoto_has_size", condition=Q(breedte__gt=0, hoogte__gt=0) & Q(nummer__gt=0)
            ),
        ]

"""A sign-up, in three tables: what it is, who it is (sealed), and what was answered about that person.

Who reads one of them knows nothing of the others.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import source_rows
from core.sealing import SealedField, SealedJSONField
from participatie.identity import address_index, mail_index, name_address_index, shown_postcode


class Kanaal(models.TextChoices):
    WEB = "web", _("website")
    BALIE = "balie", _("balie")
    TELEFOON = "telefoon", _("telefoon")
    PAPIER = "papier", _("papier")


class AanmeldingQuerySet(models.QuerySet["Aanmelding"]):
    def standing(self) -> "AanmeldingQuerySet":
        """Those that were not withdrawn."""
        return self.filter(stand=Aanmelding.Stand.AANGEMELD)

    def in_the_pool(self) -> "AanmeldingQuerySet":
        """Those that can be drawn."""
        return self.standing().filter(geschiktheid=Aanmelding.Geschiktheid.GESCHIKT)

    def unconfirmed(self) -> "AanmeldingQuerySet":
        """Those that gave a mail address and have not said yet that it is theirs. They take part as well."""
        return self.standing().filter(mail_bevestigd_op__isnull=True).exclude(persoon__mail_index="")


class Aanmelding(models.Model):
    """Somebody who takes part in a loting. It says nothing of who."""

    class Stand(models.TextChoices):
        AANGEMELD = "aangemeld", _("aangemeld")
        INGETROKKEN = "ingetrokken", _("ingetrokken")

    class Geschiktheid(models.TextChoices):
        CONTROLEREN = "controleren", _("nog nakijken")
        GESCHIKT = "geschikt", _("doet mee")
        NIET_GESCHIKT = "niet_geschikt", _("doet niet mee")

    class Reden(models.TextChoices):
        ADRES_KLOPT = "adres_klopt", _("het adres ligt in het gebied")
        ADRES_ONBEKEND = "adres_onbekend", _("het adres is niet gecontroleerd")
        BUITEN_GEBIED = "buiten_gebied", _("het adres ligt buiten het gebied")
        NAGEVRAAGD = "nagevraagd", _("nagevraagd")
        TE_JONG = "te_jong", _("te jong")
        DUBBEL = "dubbel", _("dubbel aangemeld")
        ONVOLLEDIG = "onvolledig", _("niet volledig")
        OP_VERZOEK = "op_verzoek", _("op eigen verzoek")

    class Adrescontrole(models.TextChoices):
        BINNEN = "binnen", _("binnen het gebied")
        BUITEN = "buiten", _("buiten het gebied")
        ONBEKEND = "onbekend", _("niet te controleren")

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.PROTECT, related_name="aanmeldingen"
    )
    bonnummer = models.CharField(_("bonnummer"), max_length=12, unique=True)
    kanaal = models.CharField(_("via"), max_length=20, choices=Kanaal)
    taal = models.CharField(_("taal"), max_length=20)
    ontvangen_op = models.DateTimeField(_("ontvangen op"), default=timezone.now)
    ingevoerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ingevoerd door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    stand = models.CharField(_("stand"), max_length=20, choices=Stand, default=Stand.AANGEMELD)
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    geschiktheid = models.CharField(
        _("doet mee"), max_length=20, choices=Geschiktheid, default=Geschiktheid.CONTROLEREN
    )
    reden = models.CharField(_("waarom"), max_length=20, choices=Reden, default=Reden.ADRES_ONBEKEND)
    toelichting = models.CharField(
        _("toelichting"), max_length=200, blank=True, help_text=_("Geen naam, adres of telefoonnummer.")
    )
    adrescontrole = models.CharField(
        _("adres"), max_length=20, choices=Adrescontrole, default=Adrescontrole.ONBEKEND
    )
    adresbron = models.CharField(_("gecontroleerd met"), max_length=20, blank=True)
    buurt_code = models.CharField(_("buurt"), max_length=10, blank=True)
    mail_bevestigd_op = models.DateTimeField(_("mailadres bevestigd op"), null=True, blank=True)
    herinnerd_op = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    onbestelbaar_op = models.DateTimeField(_("mail kwam niet aan op"), null=True, blank=True)
    bijgewerkt_op = models.DateTimeField(_("bijgewerkt op"), auto_now=True)
    versie = models.PositiveIntegerField(_("versie"), default=1, editable=False)

    objects = AanmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["-ontvangen_op", "-pk"]
        indexes = [
            models.Index(fields=["loting", "stand", "geschiktheid"]),
            # The list of the desk, page by page.
            models.Index(fields=["loting", "-ontvangen_op", "-id"], name="participatie_aanm_list"),
        ]
        constraints = [
            models.CheckConstraint(
                name="participatie_aanmelding_withdrawn_when",
                condition=Q(stand="aangemeld", ingetrokken_op__isnull=True)
                | Q(stand="ingetrokken", ingetrokken_op__isnull=False),
                violation_error_message=_("Van wie zich terugtrekt, staat er wanneer."),
            ),
            models.CheckConstraint(
                name="participatie_aanmelding_known_values",
                condition=Q(kanaal__in=Kanaal.values)
                & Q(geschiktheid__in=["controleren", "geschikt", "niet_geschikt"]),
                violation_error_message=_("Deze waarde bestaat niet."),
            ),
        ]

    def __str__(self) -> str:
        return self.bonnummer

    @property
    def taalnaam(self) -> str:
        """The language somebody is written to in, as that language calls itself."""
        return str(dict(settings.LANGUAGES).get(self.taal, self.taal))


class Persoon(models.Model):
    """Who signed up. Sealed; the three hashes beside it find the same person again."""

    # The fields that say who somebody is, by the names the form has for them too.
    identity: ClassVar[tuple[str, ...]] = (
        "naam",
        "postcode",
        "huisnummer",
        "toevoeging",
        "adres_anders",
        "mail",
        "telefoon",
    )

    aanmelding = models.OneToOneField(
        Aanmelding, verbose_name=_("aanmelding"), on_delete=models.CASCADE, related_name="persoon"
    )
    naam = SealedField(_("naam"))
    postcode = SealedField(_("postcode"), blank=True)
    huisnummer = SealedField(_("huisnummer"), blank=True)
    toevoeging = SealedField(_("toevoeging"), blank=True)
    adres_anders = SealedField(_("adres in eigen woorden"), blank=True)
    mail = SealedField(_("mailadres"), blank=True)
    telefoon = SealedField(_("telefoon"), blank=True)
    mail_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    adres_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    naam_adres_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")

    def __str__(self) -> str:
        # Labels end up in logs and histories.
        return f"persoon {self.pk}"

    def reindex(self) -> None:
        """Work the hashes out again, for what the row holds now or under a new key."""
        address = address_index(self.postcode, self.huisnummer, self.toevoeging, self.adres_anders)
        self.mail_index = mail_index(self.mail)
        self.adres_index = address
        self.naam_adres_index = name_address_index(self.naam, address)

    @property
    def adres(self) -> str:
        """The address on one line, as people write it: 1951 AB 1 A, or in the person's own words."""
        home = " ".join(filter(None, (shown_postcode(self.postcode), self.huisnummer, self.toevoeging)))
        return ", ".join(filter(None, (home, self.adres_anders)))


class Kenmerkwaarde(models.Model):
    """One answer about somebody who signed up."""

    aanmelding = models.ForeignKey(
        Aanmelding, verbose_name=_("aanmelding"), on_delete=models.CASCADE, related_name="kenmerkwaarden"
    )
    kenmerk = models.ForeignKey(
        "participatie.Kenmerk",
        verbose_name=_("kenmerk"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=source_rows,
    )
    optie = models.ForeignKey(
        "participatie.Antwoordoptie",
        verbose_name=_("antwoord"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=source_rows,
    )

    class Meta:
        verbose_name = _("antwoord van een aanmelding")
        verbose_name_plural = _("antwoorden van aanmeldingen")
        constraints = [
            models.UniqueConstraint(fields=["aanmelding", "kenmerk"], name="participatie_one_answer")
        ]

    def __str__(self) -> str:
        return f"{self.kenmerk_id}: {self.optie_id}"


class NietDubbel(models.Model):
    """Two sign-ups that look alike and are of two people: somebody looked."""

    eerste = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, related_name="+")
    tweede = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, related_name="+")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("niet dubbel")
        verbose_name_plural = _("niet dubbel")
        constraints = [
            models.UniqueConstraint(fields=["eerste", "tweede"], name="participatie_not_double_once"),
            models.CheckConstraint(
                name="participatie_not_double_in_order", condition=Q(eerste__lt=models.F("tweede"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.eerste_id} ≠ {self.tweede_id}"


class Conceptaanmelding(models.Model):
    """A form that is being filled in. What is in it goes as soon as it is sent, and else after its term.

    The row stays a little longer than its contents, so that sending twice leads to the same receipt.
    """

    class Vorm(models.TextChoices):
        VRAAG_VOOR_VRAAG = "vragen", _("vraag voor vraag")
        EEN_BLADZIJDE = "alles", _("alles op één bladzijde")

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    taal = models.CharField(_("taal"), max_length=20)
    vorm = models.CharField(_("vorm"), max_length=10, choices=Vorm, default=Vorm.VRAAG_VOOR_VRAAG)
    gegevens: Any = SealedJSONField(_("ingevuld"), null=True, blank=True)
    is_mens = models.BooleanField(_("de controle is gelukt"), default=False)
    # Only of who asked to be sent a link to go on later.
    bewaar_mail = SealedField(_("mailadres voor de link"), blank=True)
    herinnerd_op = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    gemaakt_op = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    verloopt_op = models.DateTimeField(_("verloopt op"), db_index=True)
    aanmelding = models.OneToOneField(
        Aanmelding,
        verbose_name=_("aanmelding"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="concept",
    )

    class Meta:
        verbose_name = _("half ingevulde aanmelding")
        verbose_name_plural = _("half ingevulde aanmeldingen")
        constraints = [
            models.CheckConstraint(
                name="participatie_concept_empty_when_sent",
                condition=Q(aanmelding__isnull=True) | Q(gegevens__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"concept {self.pk}"


class PersoonlijkeLinkQuerySet(models.QuerySet["PersoonlijkeLink"]):
    def usable(self, *, at: datetime) -> "PersoonlijkeLinkQuerySet":
        return self.filter(verloopt_op__gt=at)


class PersoonlijkeLink(models.Model):
    """An address only one person was given, for one purpose and a while. The address itself is not kept."""

    class Doel(models.TextChoices):
        BEVESTIGEN = "bevestigen", _("mailadres bevestigen")
        BEHEREN = "beheren", _("eigen gegevens bekijken en wijzigen")
        ANTWOORDEN = "antwoorden", _("zeggen of iemand een zetel wil")

    aanmelding = models.ForeignKey(
        Aanmelding, verbose_name=_("aanmelding"), on_delete=models.CASCADE, related_name="links"
    )
    doel = models.CharField(_("waarvoor"), max_length=20, choices=Doel)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    gemaakt_op = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    verloopt_op = models.DateTimeField(_("verloopt op"))
    gebruikt_op = models.DateTimeField(_("gebruikt op"), null=True, blank=True)

    objects = PersoonlijkeLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("persoonlijke link")
        verbose_name_plural = _("persoonlijke links")

    def __str__(self) -> str:
        return f"link {self.pk}"

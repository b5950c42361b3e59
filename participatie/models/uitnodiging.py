from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sealing import SealedField
from participatie.identity import address_index, code_index


class LootMeNiet(models.Model):
    """An address that asked not to be written to for a loting."""

    adres_index = models.CharField(max_length=64, unique=True, editable=False)
    postcode = SealedField(_("postcode"))
    huisnummer = SealedField(_("huisnummer"))
    toevoeging = SealedField(_("toevoeging"), blank=True)
    sinds = models.DateTimeField(_("sinds"), default=timezone.now)

    class Meta:
        verbose_name = _("loot mij niet")
        verbose_name_plural = _("loot mij niet")
        ordering = ["-sinds"]

    def __str__(self) -> str:
        return f"adres {self.pk}"

    def reindex(self) -> None:
        """Work the hash out again, for what the row holds now or under a new key."""
        self.adres_index = address_index(self.postcode, self.huisnummer, self.toevoeging)


class Uitnodiging(models.Model):
    """A letter to an address, with a code that fills in the address of the form."""

    loting = models.ForeignKey(
        "participatie.Loting",
        verbose_name=_("loting"),
        on_delete=models.PROTECT,
        related_name="uitnodigingen",
    )
    adres_index = models.CharField(max_length=64, editable=False)
    aan = SealedField(_("aan"), blank=True)
    straat = SealedField(_("straat"), blank=True)
    postcode = SealedField(_("postcode"))
    huisnummer = SealedField(_("huisnummer"))
    toevoeging = SealedField(_("toevoeging"), blank=True)
    plaats = SealedField(_("plaats"), blank=True)
    code = SealedField(_("code"))
    code_index = models.CharField(max_length=64, unique=True, editable=False)
    ronde = models.PositiveSmallIntegerField(_("ronde"), default=1)
    gemaakt_op = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("gemaakt door"), on_delete=models.PROTECT, related_name="+"
    )
    gebruikt_op = models.DateTimeField(_("gebruikt op"), null=True, blank=True)

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["loting", "ronde", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["loting", "adres_index"],
                name="participatie_one_letter_per_address",
                violation_error_message=_("Dit adres heeft al een brief voor deze loting."),
            )
        ]

    def __str__(self) -> str:
        return f"uitnodiging {self.pk}"

    def reindex(self) -> None:
        """Work the hashes out again, for what the row holds now or under a new key."""
        self.adres_index = address_index(self.postcode, self.huisnummer, self.toevoeging)
        self.code_index = code_index(self.code)

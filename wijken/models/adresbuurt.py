from django.db import models
from django.utils.translation import gettext_lazy as _


class Adresbuurt(models.Model):
    """A house number and the buurt of the CBS it lies in. Read from the CBS's yearly file, never typed.

    A number with additions can lie in two buurten.
    """

    postcode = models.CharField(_("postcode"), max_length=6)
    huisnummer = models.PositiveIntegerField(_("huisnummer"))
    # Not a row of Buurt: the table also holds buurten that are in no wijk, and outlives changes of wijken.
    buurt_code = models.CharField(_("buurtcode"), max_length=10)

    class Meta:
        verbose_name = _("adres in een buurt")
        verbose_name_plural = _("adressen in buurten")
        ordering = ["postcode", "huisnummer", "buurt_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["postcode", "huisnummer", "buurt_code"],
                name="wijken_adres_once_per_buurt",
                violation_error_message=_("Dit adres staat al bij deze buurt."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.postcode} {self.huisnummer}"


class Adressenbestand(models.Model):
    """The file that the addresses came from. There is one, or none."""

    naam = models.CharField(_("bestand"), max_length=160)
    peildatum = models.DateField(_("stand van"))
    geladen_op = models.DateTimeField(_("geladen op"), auto_now_add=True)

    class Meta:
        verbose_name = _("adressenbestand")
        verbose_name_plural = _("adressenbestanden")

    def __str__(self) -> str:
        return self.naam

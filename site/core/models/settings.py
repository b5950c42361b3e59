from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="cog")
class SiteInstellingen(BaseSiteSetting):
    """What is true for the whole site of one municipality. Another municipality changes it here."""

    class Toegankelijkheid(models.TextChoices):
        ONBEKEND = "", _("Nog niet onderzocht")
        A = "A", _("A: voldoet volledig")
        B = "B", _("B: voldoet gedeeltelijk")
        C = "C", _("C: eerste maatregelen genomen")
        D = "D", _("D: voldoet niet")
        E = "E", _("E: geen verklaring")

    gemeente_naam = models.CharField(_("naam van de gemeente"), max_length=80, default="Gemeente")
    telefoon = models.CharField(_("telefoonnummer"), max_length=20, default="14 0255")
    telefoon_uren = models.CharField(
        _("wanneer bereikbaar"),
        max_length=120,
        blank=True,
        help_text=_("Bijvoorbeeld: werkdagen 9.00 - 17.00 uur"),
    )
    email = models.EmailField(_("e-mailadres"), blank=True)
    slim_melden_url = models.URLField(_("webadres om iets in de openbare ruimte te melden"), blank=True)
    politie_telefoon = models.CharField(_("politie, geen spoed"), max_length=20, blank=True)
    is_demo = models.BooleanField(
        _("dit is een voorbeeldsite"),
        default=False,
        help_text=_("Boven elke pagina staat dan dat de inhoud bedacht is."),
    )
    storing_melding = models.CharField(
        _("melding van een storing"), max_length=250, blank=True, help_text=_("Staat boven elke pagina.")
    )
    security_contact = models.CharField(
        _("contact voor wie een lek vindt"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^(mailto:|https://)", _("Begin met mailto: of https://."))],
        help_text=_("Komt in security.txt. Begin met mailto: of https://."),
    )
    toegankelijkheid_status = models.CharField(
        _("status van toegankelijkheid"), max_length=1, blank=True, choices=Toegankelijkheid
    )
    toegankelijkheid_url = models.URLField(_("verklaring in het register"), blank=True)
    toegankelijkheid_datum = models.DateField(_("onderzocht op"), null=True, blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("gemeente_naam"),
                FieldPanel("telefoon"),
                FieldPanel("telefoon_uren"),
                FieldPanel("email"),
            ],
            heading=_("Gemeente"),
        ),
        MultiFieldPanel(
            [FieldPanel("slim_melden_url"), FieldPanel("politie_telefoon")], heading=_("Meld het")
        ),
        MultiFieldPanel(
            [FieldPanel("is_demo"), FieldPanel("storing_melding")],
            heading=_("Meldingen boven elke pagina"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("toegankelijkheid_status"),
                FieldPanel("toegankelijkheid_url"),
                FieldPanel("toegankelijkheid_datum"),
                FieldPanel("security_contact"),
            ],
            heading=_("Verantwoording"),
        ),
    ]

    class Meta:
        verbose_name = _("instellingen van de site")

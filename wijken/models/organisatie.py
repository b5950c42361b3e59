from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.models import TranslatableSnippet, words


class Organisatie(index.Indexed, TranslatableSnippet):
    """A partner: who it is and what kind of organisation it is."""

    class Kind(models.TextChoices):
        GEMEENTE = "gemeente", _("gemeente")
        POLITIE = "politie", _("politie")
        WONINGCORPORATIE = "woningcorporatie", _("woningcorporatie")
        SPORT = "sport", _("sport")
        WELZIJN = "welzijn", _("welzijn")
        SOCIAAL_WIJKTEAM = "sociaal_wijkteam", _("sociaal wijkteam")
        JEUGD = "jeugd", _("jeugd")
        ZORG = "zorg", _("zorg")
        WIJKPLATFORM = "wijkplatform", _("wijkplatform")
        BEWONERSGROEP = "bewonersgroep", _("bewonersgroep")
        SCHOOL = "school", _("school")
        BIBLIOTHEEK = "bibliotheek", _("bibliotheek")
        ANDERS = "anders", _("andere organisatie")

    naam = models.CharField(_("naam"), max_length=120)
    omschrijving = models.CharField(_("wat doet deze organisatie?"), max_length=300, blank=True)
    kind = models.CharField(_("soort"), max_length=30, choices=Kind)
    url = models.URLField(_("website"), blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=20, blank=True)

    translatable_fields = words("naam", "omschrijving")
    panels = [
        FieldPanel("naam"),
        FieldPanel("kind"),
        FieldPanel("omschrijving"),
        FieldPanel("url"),
        FieldPanel("telefoon"),
    ]
    search_fields = [
        index.SearchField("naam"),
        index.AutocompleteField("naam"),
        index.SearchField("omschrijving"),
        index.FilterField("kind"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(fields=["naam", "locale"], name="wijken_organisatie_naam_unique")
        ]

    def __str__(self) -> str:
        return self.naam

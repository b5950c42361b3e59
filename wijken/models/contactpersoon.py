from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from core.models import (
    TranslatableSnippet,
    TranslatableSnippetQuerySet,
    source_rows,
    words,
)
from wijken.models.wijk import Wijk


class ContactpersoonQuerySet(TranslatableSnippetQuerySet):
    def for_wijk(self, wijk: Wijk) -> Self:
        """Who can help in a wijk: those of the wijk and those of every wijk."""
        return self.filter(Q(wijken=wijk) | Q(wijken__isnull=True)).distinct()


class Contactpersoon(index.Indexed, TranslatableSnippet):
    """A function that residents can turn to, and what for. A person's name is never needed."""

    class Role(models.TextChoices):
        WIJKBEHEERDER = "wijkbeheerder", _("wijkbeheerder")
        WIJKVERBINDER = "wijkverbinder", _("wijkverbinder")
        WIJKCONSULENT = "wijkconsulent", _("wijkconsulent van de corporatie")
        WIJK_BOA = "wijk_boa", _("wijk-BOA")
        WIJKAGENT = "wijkagent", _("wijkagent")
        WIJKWETHOUDER = "wijkwethouder", _("wijkwethouder")
        PROJECTLEIDER = "projectleider", _("projectleider")
        WIJKCOORDINATOR = "wijkcoordinator", _("wijkcoördinator")
        SECRETARIS = "secretaris", _("secretaris")

    functie = models.CharField(_("functie"), max_length=120)
    waarvoor = models.CharField(
        _("waarvoor"),
        max_length=250,
        help_text=_("Waarmee kan een bewoner hier terecht? Gebruik gewone woorden."),
    )
    hours = models.CharField(_("wanneer bereikbaar"), max_length=160, blank=True)
    bereikbaar = models.CharField(_("hoe bereikbaar"), max_length=160, blank=True)
    role = models.CharField(_("rol"), max_length=30, choices=Role)
    organisatie = models.ForeignKey(
        "wijken.Organisatie",
        verbose_name=_("organisatie"),
        on_delete=models.PROTECT,
        related_name="contactpersonen",
        limit_choices_to=source_rows,
    )
    wijken = models.ManyToManyField(
        "wijken.Wijk",
        verbose_name=_("wijken"),
        blank=True,
        related_name="contactpersonen",
        help_text=_("Geen wijk gekozen: voor alle wijken."),
    )
    themas = models.ManyToManyField(
        "wijken.Thema",
        verbose_name=_("thema's"),
        blank=True,
        related_name="contactpersonen",
        limit_choices_to=source_rows,
    )
    telefoon = models.CharField(_("telefoon"), max_length=20, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    review_on = models.DateField(
        _("nakijken vóór"), null=True, blank=True, help_text=_("Op deze dag staat dit bij 'Nakijken'.")
    )

    objects: ClassVar[Any] = ContactpersoonQuerySet.as_manager()

    translatable_fields = words("functie", "waarvoor", "hours", "bereikbaar")
    panels = [
        MultiFieldPanel(
            [FieldPanel("functie"), FieldPanel("role"), FieldPanel("organisatie"), FieldPanel("waarvoor")],
            heading=_("Wie en waarvoor"),
        ),
        MultiFieldPanel(
            [FieldPanel("telefoon"), FieldPanel("email"), FieldPanel("hours"), FieldPanel("bereikbaar")],
            heading=_("Contact"),
        ),
        MultiFieldPanel([FieldPanel("wijken"), FieldPanel("themas"), FieldPanel("order")], heading=_("Waar")),
        FieldPanel("review_on"),
    ]
    search_fields = [
        index.SearchField("functie"),
        index.AutocompleteField("functie"),
        index.SearchField("waarvoor"),
        index.FilterField("role"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacten")
        ordering = ["order", "functie"]

    def __str__(self) -> str:
        return self.functie

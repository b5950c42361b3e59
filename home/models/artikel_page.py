from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.fields import StreamField
from core.models import BasePage
from home.blocks import ArtikelBodyBlock


class Rubriek(models.TextChoices):
    """The sections of a paper, in the order in which they usually stand."""

    WIJKVERTEGENWOORDIGING = "wijkvertegenwoordiging", _("Van de wijkvertegenwoordiging")
    BUREN = "buren", _("Buren in beeld")
    GEMEENTE = "gemeente", _("Van de gemeente")
    DUURZAAMHEID = "duurzaamheid", _("Duurzaamheid")
    WERKZAAMHEDEN = "werkzaamheden", _("Werkzaamheden")
    AGENDA = "agenda", _("Agenda")
    JEUGD = "jeugd", _("Jeugd")
    PUZZEL = "puzzel", _("Puzzel of recept")


class ArtikelPage(BasePage):
    """One article of an edition: on the web in every language, and on paper."""

    template = "pages/artikel_page.html"
    parent_page_types = ["home.EditiePage"]
    subpage_types = []

    body = StreamField(ArtikelBodyBlock(), verbose_name=_("inhoud"), blank=True)
    rubriek = models.CharField(_("rubriek"), max_length=30, choices=Rubriek)
    auteur = models.CharField(
        _("wie schreef dit?"),
        max_length=120,
        blank=True,
        help_text=_(
            "Zoals het in de krant komt, bijvoorbeeld: door de redactie. Leeg als iemand dat niet wil."
        ),
    )
    bron = models.ForeignKey(
        "home.NieuwsPage",
        verbose_name=_("overgenomen van"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    # Until when the redactie knows what the news says.
    bron_op = models.DateTimeField(null=True, blank=True, editable=False)
    in_druk = models.BooleanField(
        _("ook op papier"), default=True, help_text=_("Zet uit voor een artikel dat alleen op de site staat.")
    )
    op_voorkant = models.BooleanField(
        _("op de voorkant aankondigen"), default=False, help_text=_("Hoogstens vier artikelen passen daar.")
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("rubriek"), FieldPanel("auteur"), FieldPanel("in_druk"), FieldPanel("op_voorkant")],
            heading=_("In de krant"),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.FilterField("rubriek")]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("rubriek", overridable=False),
        SynchronizedField("in_druk", overridable=False),
        SynchronizedField("op_voorkant", overridable=False),
        SynchronizedField("bron", overridable=False),
        SynchronizedField("bron_op", overridable=False),
    ]

    class Meta:
        verbose_name = _("artikel in de wijkkrant")
        verbose_name_plural = _("artikelen in de wijkkrant")

    def surroundings(self, request: Any) -> dict[str, Any]:
        from home.krant.public import around

        return around(self)

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import source_rows


class Medewerker(models.Model):
    """For which organisation somebody signs in. A partner writes about the actions of that organisation."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gebruiker"),
        on_delete=models.CASCADE,
        related_name="medewerker",
    )
    organisatie = models.ForeignKey(
        "wijken.Organisatie",
        verbose_name=_("organisatie"),
        on_delete=models.PROTECT,
        related_name="medewerkers",
        limit_choices_to=source_rows,
    )

    panels = [FieldPanel("user"), FieldPanel("organisatie")]

    class Meta:
        verbose_name = _("medewerker van een organisatie")
        verbose_name_plural = _("medewerkers van organisaties")
        ordering = ["organisatie__naam", "user__username"]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisatie}"

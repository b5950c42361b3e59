from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly


class Kopijhandeling(AppendOnly):
    """Somebody saw kopij, or decided about it. Kept without what was in it."""

    class Soort(models.TextChoices):
        INGEVOERD = "ingevoerd", _("ingevoerd van papier")
        BEKEKEN = "bekeken", _("bekeken")
        GEBRUIKT = "gebruikt", _("er een artikel van gemaakt")
        LATER = "later", _("bewaard voor een later nummer")
        AFGEWEZEN = "afgewezen", _("niet geplaatst")
        HEROPEND = "heropend", _("het besluit teruggenomen")
        GEWIST = "gewist", _("gewist op verzoek van de inzender")

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="+"
    )
    soort = models.CharField(_("wat"), max_length=20, choices=Soort)
    bonnummer = models.CharField(_("bonnummer"), max_length=12, db_index=True)
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Leeg: de inzender zelf."),
    )

    class Meta:
        verbose_name = _("handeling met kopij")
        verbose_name_plural = _("handelingen met kopij")
        ordering = ["-op", "-pk"]

    def __str__(self) -> str:
        return self.get_soort_display()

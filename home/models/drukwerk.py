from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly
from home.models.editie import Editie


class Formaat(models.TextChoices):
    A4 = "a4", _("A4, om te lezen")
    A4_SNIJ = "a4-snij", _("A4 met snijtekens, voor de drukker")
    A3 = "a3", _("A3 om te vouwen, op volgorde van het vel")


class DrukwerkQuerySet(models.QuerySet["Drukwerk"]):
    def current(self) -> "DrukwerkQuerySet":
        """The files of the last time that each edition was made final."""
        newest = Drukwerk.objects.filter(editie=OuterRef("editie")).order_by("-nummer").values("nummer")[:1]
        return self.filter(nummer=Subquery(newest))


class Drukwerk(AppendOnly):
    """The PDF of an edition as it was printed. It stays as it is, byte for byte.

    An edition that is made final again before it is out gets the next `nummer`: that is what counts.
    """

    editie = models.ForeignKey(
        Editie, verbose_name=_("editie"), on_delete=models.PROTECT, related_name="drukwerk"
    )
    taal = models.CharField(_("taal"), max_length=12)
    formaat = models.CharField(_("formaat"), max_length=10, choices=Formaat)
    nummer = models.PositiveSmallIntegerField(_("nummer"), default=1)
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    paginas = models.PositiveSmallIntegerField(_("bladzijden"))
    # SHA-256 of the file, in hex.
    vingerafdruk = models.CharField(_("vingerafdruk"), max_length=64)
    # What it was made of: see home.krant.versions.
    versies = models.JSONField(default=dict, blank=True)
    inhoud = models.BinaryField()

    objects = DrukwerkQuerySet.as_manager()

    class Meta:
        verbose_name = _("drukwerk")
        verbose_name_plural = _("drukwerk")
        ordering = ["editie", "-nummer", "taal", "formaat"]
        constraints = [
            models.UniqueConstraint(
                fields=["editie", "taal", "formaat", "nummer"],
                name="home_drukwerk_once_per_format",
                violation_error_message=_("Deze editie is al vastgelegd in dit formaat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editie}, {self.get_formaat_display()}"

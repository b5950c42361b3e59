from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Redactielid(models.Model):
    """Somebody who works on the wijkkrant of a wijk, and on that one only."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gebruiker"),
        on_delete=models.CASCADE,
        related_name="redacties",
    )
    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="redactieleden"
    )
    sinds = models.DateField(_("sinds"), default=timezone.localdate, editable=False)

    panels = [FieldPanel("user"), FieldPanel("wijk")]

    class Meta:
        verbose_name = _("lid van een krantredactie")
        verbose_name_plural = _("leden van krantredacties")
        ordering = ["wijk__order", "user__username"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "wijk"],
                name="home_redactielid_once",
                violation_error_message=_("Deze gebruiker zit al in de redactie van deze wijk."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.wijk}"

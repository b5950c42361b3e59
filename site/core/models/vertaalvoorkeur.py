from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Vertaalvoorkeur(models.Model):
    """In which languages somebody wants to hear that the Dutch text changed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vertaler"),
        on_delete=models.CASCADE,
        related_name="vertaalvoorkeur",
    )
    languages = models.JSONField(_("talen"), default=list, blank=True)
    # Changes up to this moment have been told.
    told_until = models.DateTimeField(_("gemaild tot en met"), null=True)

    class Meta:
        verbose_name = _("vertaalvoorkeur")
        verbose_name_plural = _("vertaalvoorkeuren")

    def __str__(self) -> str:
        return f"{self.user}: {', '.join(self.languages) or '–'}"

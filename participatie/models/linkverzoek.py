from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sealing import SealedJSONField


class Linkverzoek(models.Model):
    """Somebody asks for a new link to their own data. Gone as soon as it is answered.

    Whether there is such a sign-up is only looked up later: how long an answer takes tells nobody anything.
    """

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.CASCADE, related_name="+"
    )
    # The number and the mail address that were typed.
    gegevens = SealedJSONField(_("ingevuld"))
    gemaakt_op = models.DateTimeField(_("gemaakt op"), default=timezone.now)

    class Meta:
        verbose_name = _("verzoek om een link")
        verbose_name_plural = _("verzoeken om een link")

    def __str__(self) -> str:
        return f"verzoek {self.pk}"

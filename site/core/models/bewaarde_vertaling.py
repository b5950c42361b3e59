import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _


class BewaardeVertaling(models.Model):
    """A translation that somebody wrote and that its page does not use any more.

    Points at nothing that can go: it outlives the page, the block and the language it was written for.
    """

    class Reden(models.TextChoices):
        OVERSCHREVEN = "overschreven", _("overschreven")
        VERWIJDERD = "verwijderd", _("verwijderd")
        BRON = "bron", _("het Nederlands is gewijzigd")
        PAGINA = "pagina", _("stond alleen op de pagina")

    object_key = models.UUIDField(_("hoort bij"), db_index=True)
    title = models.CharField(_("pagina of onderdeel"), max_length=200)
    language_code = models.CharField(_("taal"), max_length=20)
    path = models.TextField(_("plek"))
    source_text = models.TextField(_("Nederlandse tekst"), blank=True)
    text = models.TextField(_("vertaling"))
    reason = models.CharField(_("waarom bewaard"), max_length=20, choices=Reden)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vertaald door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    translated_at = models.DateTimeField(_("vertaald op"))
    kept_at = models.DateTimeField(_("bewaard op"), default=timezone.now)
    restored_at = models.DateTimeField(_("teruggezet op"), null=True)
    # The same text in the same place is kept once. Texts are too long for an index of their own.
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("bewaarde vertaling")
        verbose_name_plural = _("bewaarde vertalingen")
        ordering = ["-kept_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["digest"], name="core_bewaarde_vertaling_unique")]

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.fingerprint()
        super().save(*args, **kwargs)

    def fingerprint(self) -> str:
        """What makes two kept translations the same one, as 64 hexadecimal digits."""
        parts = (str(self.object_key), self.language_code, self.path, self.source_text, self.text)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

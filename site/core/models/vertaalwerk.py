"""Work for translators that runs in the background, with how far it is."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A worker that was stopped halfway says nothing; after this it may be asked again.
STUCK_AFTER = timedelta(minutes=15)


class Stand(models.TextChoices):
    WACHT = "wacht", _("wacht")
    BEZIG = "bezig", _("bezig")
    KLAAR = "klaar", _("klaar")
    MISLUKT = "mislukt", _("mislukt")


class Vertaalwerk(models.Model):
    """What both kinds of work have: who asked, how far it is and what went wrong."""

    state = models.CharField(_("stand"), max_length=10, choices=Stand, default=Stand.WACHT)
    reason = models.TextField(_("reden"), blank=True)
    done = models.PositiveIntegerField(_("gedaan"), default=0)
    total = models.PositiveIntegerField(_("van de"), default=0)
    # What was skipped, as {"text": …, "reason": …}.
    refused = models.JSONField(_("niet gelukt"), default=list, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gevraagd door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    # When something last happened to it.
    moved_at = models.DateTimeField(_("laatste stap"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_running(self) -> bool:
        """Is it waiting or busy, and not forgotten by a worker that stopped?"""
        if self.state not in (Stand.WACHT, Stand.BEZIG):
            return False
        since: Any = max(self.moved_at, getattr(self, "next_try_at", None) or self.moved_at)
        return timezone.now() - since < STUCK_AFTER

    @property
    def progress(self) -> str:
        return f"{self.done}/{self.total}" if self.total else ""


class Vertaalopdracht(Vertaalwerk):
    """Suggestions asked from a translating machine, for one page or snippet in one language."""

    translation = models.OneToOneField(
        "wagtail_localize.Translation",
        verbose_name=_("vertaling"),
        on_delete=models.CASCADE,
        related_name="opdracht",
    )
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    next_try_at = models.DateTimeField(_("volgende poging"), null=True)

    class Meta:
        verbose_name = _("vertaalopdracht")
        verbose_name_plural = _("vertaalopdrachten")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.translation.source.object_repr} ({self.translation.target_locale.language_code})"


class Vertaalronde(Vertaalwerk):
    """One request to make drafts of a page and everything below it, in one or more languages."""

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("pagina"), on_delete=models.CASCADE, related_name="+"
    )
    languages = models.JSONField(_("talen"), default=list)
    with_machine = models.BooleanField(_("met computervoorstellen"), default=False)

    class Meta:
        verbose_name = _("vertaalronde")
        verbose_name_plural = _("vertaalrondes")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.page.title} ({', '.join(self.languages)})"

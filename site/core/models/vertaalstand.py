"""How every translation stands beside its source: what it was made from, by whom, and who looked at it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _


class Brontekst(models.Model):
    """One version of the words of a page or snippet in the site's own language.

    The current one is what visitors read; an older one stays as long as a translation is made from it.
    """

    translation_key = models.UUIDField()
    digest = models.CharField(max_length=64)
    # In reading order, as wagtail-localize cuts them: inline markup, no attributes.
    texts = models.JSONField(default=list)
    is_current = models.BooleanField(default=False)
    # When these words became the current ones.
    current_since = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("brontekst")
        verbose_name_plural = _("bronteksten")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "digest"], name="core_brontekst_unique"),
            models.UniqueConstraint(
                fields=["translation_key"], condition=Q(is_current=True), name="core_brontekst_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.digest[:8]}"


class VertaalstandQuerySet(models.QuerySet["Vertaalstand"]):
    def with_current(self) -> "VertaalstandQuerySet":
        """Each with the digest of the source's words as they are now, and since when they are so."""
        current = Brontekst.objects.filter(translation_key=OuterRef("translation_key"), is_current=True)
        return self.annotate(
            made_from=F("source__digest"),
            current_digest=Subquery(current.values("digest")[:1]),
            current_since=Subquery(current.values("current_since")[:1]),
        )

    def unchecked_machine(self) -> "VertaalstandQuerySet":
        """Made by a computer, and not looked at by a person since."""
        return self.filter(is_machine=True, checked_at__isnull=True)


class Vertaalstand(models.Model):
    """Of one published translation: which words of the source it was made from, by what, and who checked it.

    Its state (core.translation_states.states) is computed from this, never stored.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Brontekst, on_delete=models.PROTECT, related_name="translations")
    # Of the translation's own words, to see whether they changed.
    digest = models.CharField(max_length=64)
    total = models.PositiveIntegerField(_("aantal teksten"))
    missing = models.PositiveIntegerField(_("niet vertaald"))
    is_machine = models.BooleanField(_("door een computer vertaald"), default=False)
    published_at = models.DateTimeField(_("gepubliceerd op"))
    checked_at = models.DateTimeField(_("nagekeken op"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_native = models.BooleanField(_("door iemand met deze taal als moedertaal"), default=False)

    objects: ClassVar[Any] = VertaalstandQuerySet.as_manager()

    class Meta:
        verbose_name = _("vertaalstand")
        verbose_name_plural = _("vertaalstanden")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="core_vertaalstand_unique"),
            models.CheckConstraint(
                condition=Q(missing__lte=F("total")), name="core_vertaalstand_no_more_missing_than_there_are"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.locale_id}"


def is_by_machine() -> Exists:
    """Of a translated page or snippet, in its query: did a computer write it, and nobody check it?"""
    return Exists(
        Vertaalstand.objects.unchecked_machine().filter(
            translation_key=OuterRef("translation_key"), locale=OuterRef("locale")
        )
    )

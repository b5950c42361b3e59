from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import TranslatableSnippet, words


class Thema(TranslatableSnippet):
    """A goal for every wijk: schoon, heel, veilig, sociaal."""

    slug = models.SlugField(_("code"), max_length=40)
    naam = models.CharField(_("naam"), max_length=60)
    uitleg = models.CharField(_("uitleg"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    translatable_fields = words("naam", "uitleg")
    panels = [FieldPanel("naam"), FieldPanel("uitleg"), FieldPanel("slug"), FieldPanel("order")]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        ordering = ["order", "naam"]
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="wijken_thema_slug_unique")]

    def __str__(self) -> str:
        return self.naam

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from core import sizes


class SiteImage(AbstractImage):
    """A picture with its maker, so that nobody's work is used without a name."""

    credit = models.CharField(
        _("maker"), max_length=120, blank=True, help_text=_("Wie maakte de afbeelding?")
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_unique"
            )
        ]


class SiteDocument(AbstractDocument):
    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
        permissions = [("choose_document", "Can choose document")]


def images_of(instance: models.Model, *names: str) -> dict[str, SiteImage]:
    """The pictures of some fields of an instance, with their sizes: two queries, however many.

    One when they came along with the instance.
    """
    chosen = {name: pk for name in names if (pk := getattr(instance, f"{name}_id"))}
    known = instance._state.fields_cache
    images = {pk: known[name] for name, pk in chosen.items() if name in known}
    if missing := set(chosen.values()) - images.keys():
        images |= SiteImage.objects.in_bulk(missing)
    sizes.prepare(images.values())
    return {name: images[pk] for name, pk in chosen.items() if pk in images}

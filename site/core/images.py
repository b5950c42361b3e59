"""The sizes in which templates show pictures, made in the background so that no visitor waits for them."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.tasks import task
from wagtail.images.models import Filter

from core.models import SiteImage

# tests/house keeps this list equal to what the templates ask for.
SPECS = (
    "fill-640x480|format-webp",
    "fill-1200x900|format-webp",
    "fill-400x250|format-webp",
    "fill-800x500|format-webp",
    "width-480|format-webp",
    "width-800|format-webp",
    "width-1200|format-webp",
    "fill-480x360|format-webp",
    "fill-800x600|format-webp",
    "fill-1200x630|format-jpeg",
)


@task
def prepare_renditions(image_id: int) -> int:
    """Make the sizes of one picture that are not there yet; returns how many it has, 0 when it is gone."""
    image = SiteImage.objects.filter(pk=image_id).first()
    if image is None:
        return 0
    return len(image.get_renditions(*(Filter(spec=spec) for spec in SPECS)))


@receiver(post_save, sender=SiteImage)
def prepare_on_upload(instance: SiteImage, **kwargs: Any) -> None:
    transaction.on_commit(lambda: prepare_renditions.enqueue(instance.pk))

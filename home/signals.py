"""What follows from a change in this room."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver

from home import roles
from home.krant import embargo
from home.models import Editie, EditiePage, HomePage


@receiver(post_save, sender=HomePage)
def on_new_language(sender: type[HomePage], instance: HomePage, created: bool, **kwargs: Any) -> None:
    """A front door in another language is where translators may work."""
    if created and not kwargs.get("raw") and instance.locale.language_code != settings.LANGUAGE_CODE:
        roles.apply_to_new_language()


@receiver(post_save, sender=EditiePage)
def on_page_of_edition(sender: type[EditiePage], instance: EditiePage, **kwargs: Any) -> None:
    """A page of an edition is as public as the edition, in whatever way it came to be."""
    if not kwargs.get("raw"):
        embargo.follow_page(instance)


@receiver(post_save, sender=Editie)
def on_edition(sender: type[Editie], instance: Editie, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        embargo.follow_edition(instance)

"""What follows from a change in this room."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver

from home import roles
from home.models import HomePage


@receiver(post_save, sender=HomePage)
def on_new_language(sender: type[HomePage], instance: HomePage, created: bool, **kwargs: Any) -> None:
    """A front door in another language is where translators may work."""
    if created and not kwargs.get("raw") and instance.locale.language_code != settings.LANGUAGE_CODE:
        roles.apply_to_new_language()

"""What follows from a change in this room."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import init_new_page

from home import roles
from home.krant import embargo, redactie
from home.models import ArtikelPage, Editie, EditiePage, HomePage, Redactielid, Rubriek, WijkkrantPage
from wijken.models import Wijk


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


@receiver([post_save, post_delete], sender=Redactielid)
def on_redactie(instance: Redactielid, **kwargs: Any) -> None:
    """Whoever joins or leaves a redactie may do more or less from now on."""
    if not kwargs.get("raw"):
        redactie.follow_member(instance)


@receiver(post_save, sender=WijkkrantPage)
def on_krant_page(instance: WijkkrantPage, **kwargs: Any) -> None:
    """A new wijkkrant is open to its redactie at once."""
    if not kwargs.get("raw"):
        redactie.follow(instance.wijk)


@receiver(post_save, sender=Wijk)
def on_wijk(instance: Wijk, **kwargs: Any) -> None:
    """The group of a redactie has the name of the wijk in it."""
    if not kwargs.get("raw") and instance.redactieleden.exists():
        redactie.follow(instance)


@receiver(init_new_page)
def on_new_article(page: Page, parent: Page, **kwargs: Any) -> None:
    """The rubriek that somebody chose on the board; see home.desk.krant.hooks."""
    if isinstance(page, ArtikelPage) and (chosen := getattr(parent, "chosen_rubriek", "")) in Rubriek.values:
        page.rubriek = chosen

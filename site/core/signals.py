"""Any change of what a visitor can see makes the cached copies invalid."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from core.cache import content_changed
from core.models import TranslatableSnippet
from core.translation_states import register

CONTENT_APPS = {"core", "home", "wijken", "participatie", "wagtailcore", "wagtailredirects"}
# Written on reads, on drafts or for the desk only; visitors never see them.
NOT_CONTENT = {
    "core.bewaardevertaling",
    "core.blijvendwoord",
    "core.outboxmail",
    "core.rendition",
    "core.user",
    "core.vastevertaling",
    "core.vertaalopdracht",
    "core.vertaalronde",
    "core.vertaalvoorkeur",
    "core.zoektermzonderresultaat",
    # Only the redactie sees these; the article that comes of it is a page.
    "home.kopij",
    "home.kopijconcept",
    "home.kopijconceptfoto",
    "home.kopijfoto",
    "home.kopijhandeling",
    "home.moeilijkwoord",
    # Of who signed up a page shows only how many, until yesterday.
    "participatie.aanmelding",
    "participatie.conceptaanmelding",
    "participatie.handeling",
    "participatie.kenmerkwaarde",
    "participatie.linkverzoek",
    "participatie.persoon",
    "participatie.persoonlijkelink",
    "wagtailcore.comment",
    "wagtailcore.commentreply",
    "wagtailcore.modellogentry",
    "wagtailcore.pagelogentry",
    "wagtailcore.pagesubscription",
    "wagtailcore.referenceindex",
    "wagtailcore.revision",
    "wagtailcore.task",
    "wagtailcore.taskstate",
    "wagtailcore.uploadedfile",
    "wagtailcore.workflow",
    "wagtailcore.workflowstate",
    "wagtailcore.workflowtask",
    # Read when somebody signs up; no page shows it.
    "wijken.adresbuurt",
    "wijken.adressenbestand",
    # Shown from the next day on, which has cached pages of its own.
    "wijken.antwoord",
}

# What saving a draft writes on the page itself; the page that visitors see stays as it was.
DRAFT_FIELDS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}


@receiver([post_save, post_delete, m2m_changed])
def on_change(sender: type[Model], **kwargs: Any) -> None:
    fields = kwargs.get("update_fields")
    if fields and DRAFT_FIELDS.issuperset(fields):
        return
    if sender._meta.app_label in CONTENT_APPS and sender._meta.label_lower not in NOT_CONTENT:
        content_changed()


@receiver([post_save, post_delete])
def on_front_door(instance: Model, **kwargs: Any) -> None:
    """A front door in a new language is a new root: Wagtail remembers the roots for an hour."""
    if isinstance(instance, Page) and instance.depth == 2:
        transaction.on_commit(Site.clear_site_root_paths_cache)


for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(content_changed, dispatch_uid="core.content_changed")


@receiver(page_published)
def on_published(instance: Page, **kwargs: Any) -> None:
    register.keep(instance)


@receiver(post_save)
def on_words(instance: Model, **kwargs: Any) -> None:
    """A snippet is live as soon as it is stored."""
    if isinstance(instance, TranslatableSnippet) and not kwargs.get("raw"):
        register.keep(instance)


@receiver(post_delete)
def on_gone(instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, (Page, TranslatableSnippet)):
        register.forget(instance)

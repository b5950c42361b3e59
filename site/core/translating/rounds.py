"""One request for drafts of a page, everything below it and the snippets they use, in several languages."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from core.models import Stand, Vertaalronde
from core.translating import machine


def ask(
    page: Page, languages: Iterable[str], *, user: Any = None, with_machine: bool = False
) -> Vertaalronde:
    """Ask for drafts of a page and everything below it. What exists already is left alone."""
    codes = sorted(set(languages) - {settings.LANGUAGE_CODE})
    with transaction.atomic():
        ronde = Vertaalronde.objects.create(
            page=page, languages=codes, asked_by=user, with_machine=with_machine
        )
        transaction.on_commit(lambda: translate_everything.enqueue(ronde.pk))
    return ronde


def ask_again(ronde: Vertaalronde) -> None:
    """Carry out a request once more; only what is missing is made."""
    if not ronde.is_running:
        ronde.state, ronde.asked_at = Stand.WACHT, timezone.now()
        ronde.save()
        transaction.on_commit(lambda: translate_everything.enqueue(ronde.pk))


@task()
def translate_everything(ronde_id: int) -> None:
    """Carry out one request. A page that fails is told and does not stop the others."""
    ronde = Vertaalronde.objects.select_related("page", "asked_by").filter(pk=ronde_id).first()
    if ronde is None:
        return
    ronde.state, ronde.reason, ronde.done, ronde.refused = Stand.BEZIG, "", 0, []
    locales = list(Locale.objects.filter(language_code__in=ronde.languages).order_by("pk"))
    pages = pages_of(ronde.page)
    ronde.total = len(pages) * len(locales)
    ronde.save()
    for pk in pages:
        for locale in locales:
            _one(ronde, pk, locale)
            ronde.done += 1
            ronde.save()
    ronde.state = Stand.MISLUKT if ronde.refused else Stand.KLAAR
    if ronde.refused:
        ronde.reason = _("Niet alles is gelukt.")
    ronde.save()


def pages_of(page: Page) -> list[int]:
    """The ids of the pages above a page and of everything from it down, parents first.

    Those above go along: a page cannot stand in a language where its parent is not.
    """
    above = page.get_ancestors().filter(depth__gt=1)
    below = page.get_descendants(inclusive=True)
    found = (above | below).filter(alias_of__isnull=True, locale__language_code=settings.LANGUAGE_CODE)
    return list(found.order_by("path").values_list("pk", flat=True))


def _one(ronde: Vertaalronde, page_id: int, locale: Locale) -> None:
    page = Page.objects.filter(pk=page_id).specific().first()
    if page is None:
        return
    try:
        with transaction.atomic():
            made = make_drafts(page, locale, user=ronde.asked_by)
    except ValidationError as error:
        text = f"{page.title} ({locale.language_code})"
        ronde.refused.append({"text": text, "reason": "; ".join(error.messages)})
        return
    if ronde.with_machine:
        for translation in made:
            machine.ask(translation, user=ronde.asked_by)


def make_drafts(page: Page, locale: Locale, *, user: Any) -> list[Translation]:
    """Make a draft of a page, and of the snippets it uses, where there is none. Returns the translations.

    Nothing of it is shown to visitors: a page becomes a draft, and a snippet gets a row that still has its
    Dutch words, which are shown as Dutch.
    """
    source, _created = TranslationSource.get_or_create_from_instance(page)
    made = []
    for segment in source.relatedobjectsegment_set.select_related("object__content_type"):
        snippet = segment.object.get_instance_or_none(page.locale)
        if snippet is not None:
            made.append(_translate_snippet(snippet, locale))
    existing = type(page).objects.filter(translation_key=page.translation_key, locale=locale).first()
    if existing is None or existing.alias_of_id:
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
        translation.save_target(user=user, publish=False)
        made.append(translation)
        if existing is not None:
            _take_offline(existing.pk, user)
    else:
        # A page that somebody wrote without translating is not put under the Dutch one.
        made += Translation.objects.filter(source=source, target_locale=locale, enabled=True)
    return made


def _take_offline(page_id: int, user: Any) -> None:
    """What was an alias showed the Dutch page; as a page of its own it would show Dutch as a translation."""
    page = Page.objects.get(pk=page_id).specific
    if page.live:
        page.unpublish(user=user)


def _translate_snippet(snippet: Any, locale: Locale) -> Translation:
    source, _created = TranslationSource.get_or_create_from_instance(snippet)
    translation: Translation
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    if (
        not type(snippet)
        ._default_manager.filter(translation_key=snippet.translation_key, locale=locale)
        .exists()
    ):
        if isinstance(snippet, DraftStateMixin):
            translation.save_target(publish=False)
        else:
            # Not by wagtail-localize: it would put a machine's words into a row that is shown at once.
            snippet.copy_for_translation(locale).save()
    return translation

"""Drafts in other languages: of one page or snippet, or of a page with everything below it."""

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


def start(
    instance: Any, languages: Iterable[str], *, user: Any = None, with_machine: bool = False
) -> list[Translation]:
    """Make drafts of one page, with what it uses, or of one snippet, now. Returns the translations.

    Pages above it that are missing go along, as drafts too. ValidationError when one cannot be made; then
    none is.
    """
    made = []
    with transaction.atomic():
        for locale in _locales(languages):
            if isinstance(instance, Page):
                for pk in pages_of(instance, below=False)[:-1]:
                    make_drafts(Page.objects.get(pk=pk).specific, locale, user=user)
                made += make_drafts(instance, locale, user=user)
            else:
                made += _translate_snippet(instance, locale)
        if with_machine:
            for translation in made:
                machine.ask(translation, user=user)
    return made


def ask(
    page: Page, languages: Iterable[str], *, user: Any = None, with_machine: bool = False
) -> Vertaalronde:
    """Ask for drafts of a page and everything below it. What exists already is left alone."""
    codes = [locale.language_code for locale in _locales(languages)]
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
    locales = _locales(ronde.languages)
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


def _locales(languages: Iterable[str]) -> list[Locale]:
    """Of these languages the ones that the site has, without its own."""
    codes = set(languages) - {settings.LANGUAGE_CODE}
    return list(Locale.objects.filter(language_code__in=codes).order_by("language_code"))


def pages_of(page: Page, *, below: bool = True) -> list[int]:
    """The ids of the pages above a page, of itself and of everything below it, parents first.

    Those above go along: a page cannot stand in a language where its parent is not.
    """
    found = page.get_ancestors(inclusive=True).filter(depth__gt=1)
    if below:
        found = found | page.get_descendants()
    found = found.filter(alias_of__isnull=True, locale__language_code=settings.LANGUAGE_CODE)
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
    made: list[Translation] = []
    for segment in source.relatedobjectsegment_set.select_related("object__content_type"):
        snippet = segment.object.get_instance_or_none(page.locale)
        if snippet is not None:
            made += _translate_snippet(snippet, locale)
    existing = type(page).objects.filter(translation_key=page.translation_key, locale=locale).first()
    if existing is None or existing.alias_of_id:
        translation = _translation(source, locale)
        translation.save_target(user=user, publish=False)
        made.append(translation)
        if existing is not None:
            _take_offline(existing.pk, user)
    else:
        # A page that somebody wrote without translating is not put under the Dutch one.
        made += Translation.objects.filter(source=source, target_locale=locale, enabled=True)
    return made


def _translation(source: TranslationSource, locale: Locale) -> Translation:
    translation: Translation
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    return translation


def _take_offline(page_id: int, user: Any) -> None:
    """What was an alias showed the Dutch page; as a page of its own it would show Dutch as a translation."""
    page = Page.objects.get(pk=page_id).specific
    if page.live:
        page.unpublish(user=user)


def _translate_snippet(snippet: Any, locale: Locale) -> list[Translation]:
    source, _created = TranslationSource.get_or_create_from_instance(snippet)
    rows = type(snippet)._default_manager.filter(translation_key=snippet.translation_key, locale=locale)
    if rows.exists():
        # Nor is a row of which somebody wrote the words without translating.
        return list(Translation.objects.filter(source=source, target_locale=locale, enabled=True))
    translation = _translation(source, locale)
    if isinstance(snippet, DraftStateMixin):
        translation.save_target(publish=False)
    else:
        # Not by wagtail-localize: it would put a machine's words into a row that is shown at once.
        snippet.copy_for_translation(locale).save()
    return [translation]

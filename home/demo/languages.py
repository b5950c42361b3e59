"""The demo in all of the site's languages, and what people did since: made while the site already answers.

Together the main pages show every state that a translation can be in.
"""

import logging
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page

from core.models import TranslatableSnippet, Vertaalstand
from core.translation_states.actions import mark_checked
from core.translation_states.texts import texts_of
from home.demo import content
from home.demo.content import TRANSLATIONS
from home.demo.load import TRANSLATED_INTO, translatable_instances
from home.demo.translating import catalogue, translate

log = logging.getLogger(__name__)

# Written and read beside the Dutch by the people who made the demo; nobody read the other languages.
CHECKED = ("en", "nl-x-b1")
# How many of them are stored at once: less than a second's work.
TOGETHER = 8
# Left for a translator to publish.
DRAFTS = {("bg", "/wijken/velsen-noord/actieplan/")}


@task()
def add_languages() -> None:
    """Everything that is not there yet: cut off halfway, it goes on where it was."""
    instances = [(instance, texts) for instance in translatable_instances() if (texts := texts_of(instance))]
    for code, _name in settings.LANGUAGES:
        if (
            code == settings.LANGUAGE_CODE
            or code in TRANSLATED_INTO
            or not (TRANSLATIONS / f"{code}.po").exists()
        ):
            continue
        done = _add(code, instances)
        log.info("voorbeeldgemeente in taal %s: %s pagina's en gegevens erbij", code, done)
    _edit_dutch()
    _check()


def later_texts() -> Iterator[str]:
    """The Dutch words that an editor writes after the translations are there."""
    for row in _changed_rows().values():
        yield from row["later"].values()


def is_waiting() -> bool:
    """Will the worker still make them?"""
    return _asked().filter(status=TaskResultStatus.READY).exists()


def go_on() -> None:
    """Let the worker finish what it was doing when it was stopped."""
    _asked().filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY)


def _asked() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=add_languages.module_path)


def _add(code: str, instances: list[tuple[Page | TranslatableSnippet, list[str]]]) -> int:
    """Translate what the catalogue holds whole and what has no translation yet. Returns how many."""
    locale, _created = Locale.objects.get_or_create(language_code=code)
    words = catalogue(code)
    done = 0
    # A transaction for a few: whoever saves something meanwhile need not wait for a whole language, and the
    # site does not put its menus together anew after each.
    for few in batched(instances, TOGETHER, strict=False):
        with transaction.atomic():
            done += sum(_add_one(instance, texts, locale, words) for instance, texts in few)
    return done


def _add_one(
    instance: Page | TranslatableSnippet, texts: list[str], locale: Locale, words: dict[str, str]
) -> bool:
    """Translate it when the catalogue holds all of it and it has no translation yet."""
    if not words.keys() >= set(texts) or instance.has_translation(locale) or _is_loose(instance, locale):
        return False
    code = locale.language_code
    translate(
        instance,
        locale,
        words,
        by_machine=code not in CHECKED,
        publish=(code, _path(instance)) not in DRAFTS,
    )
    return True


def _is_loose(instance: Page | TranslatableSnippet, locale: Locale) -> bool:
    """Has it no parent in that language to stand below?"""
    return (
        isinstance(instance, Page)
        and instance.depth > 2
        and not instance.get_parent().has_translation(locale)
    )


def _path(instance: Page | TranslatableSnippet) -> str:
    """As the demo's data writes it: /wijken/velsen-noord/."""
    return f"/{instance.url_path.split('/', 2)[2]}" if isinstance(instance, Page) else ""


def _edit_dutch() -> None:
    """An editor changed some Dutch words. Who checked a translation followed; the others are outdated now."""
    rows = _changed_rows()
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, depth__gte=2).specific()
    for page in pages.filter(slug__in=[row["slug"] for row in rows.values()]):
        row = rows.get(_path(page))
        if row is None or any(getattr(page, name) != row[name] for name in row["later"]):
            continue
        with transaction.atomic():
            for name, text in row["later"].items():
                setattr(page, name, text)
            page.save_revision().publish()
            for locale in Locale.objects.filter(language_code__in=CHECKED):
                translate(page, locale, catalogue(locale.language_code))


def _changed_rows() -> dict[str, dict[str, Any]]:
    """{path: the row of a page with other words `later`}"""

    def walk(rows: list[dict[str, Any]], above: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for row in rows:
            path = f"{above}{row['slug']}/"
            if "later" in row:
                yield path, row
            yield from walk(row.get("children", []), path)

    return dict(walk(content.read("pages.json")["children"], "/"))


def _check() -> None:
    unchecked = Vertaalstand.objects.filter(
        translation_key=OuterRef("translation_key"), locale=OuterRef("locale"), missing=0, checked_at=None
    )
    for page in Page.objects.live().filter(Exists(unchecked), locale__language_code__in=CHECKED):
        mark_checked(instance=page, user=None, is_native=False)

"""One page in every language, for whoever edits or translates it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.models import Locale, Page

from core.models import Brontekst, Vertaalstand
from core.translation_states.states import COLUMNS, Standing, State, standing
from core.translation_states.texts import Change, changes
from home.desk.coverage import Cell, language_name


@dataclass(frozen=True)
class PageState:
    """A page in one language; `cell` is empty for the language it was written in."""

    code: str
    name: str
    is_here: bool
    url: str
    cell: Cell | None
    # Where its translation is described and checked.
    about_url: str = ""


def page_states(page: Page) -> list[PageState]:
    """The page in every language of the site, its own language first. Three queries."""
    pages: dict[int, Any] = {
        found.locale_id: found
        for found in Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True)
    }
    rows = Vertaalstand.objects.with_current().filter(translation_key=page.translation_key)
    standings = {row["locale_id"]: standing(row) for row in rows.values("locale_id", *COLUMNS)}
    locales = sorted(
        Locale.objects.all(), key=lambda locale: (locale.language_code != settings.LANGUAGE_CODE, locale.pk)
    )
    source = next(
        (pages.get(locale.pk) for locale in locales if locale.language_code == settings.LANGUAGE_CODE), None
    )
    return [
        _page_state(locale, pages.get(locale.pk), source, standings.get(locale.pk, Standing()), page)
        for locale in locales
    ]


def _page_state(locale: Locale, found: Any, source: Any, stands: Standing, page: Page) -> PageState:
    code = locale.language_code
    edit = reverse("wagtailadmin_pages:edit", args=[found.pk]) if found else ""
    is_here = locale.pk == page.locale_id
    if code == settings.LANGUAGE_CODE or source is None:
        return PageState(code, language_name(code), is_here, edit, None)
    if found is None:
        cell = Cell(State.MISSING, source.pk, since=None)
    elif not found.live:
        cell = Cell(State.DRAFT, source.pk, since=None, page_id=found.pk)
    else:
        cell = Cell(stands.state, source.pk, since=None, page_id=found.pk, standing=stands)
    about = reverse("desk_translation", args=[found.pk]) if found and found.live else ""
    return PageState(code, language_name(code), is_here, cell.url, cell, about)


def changed_since(page: Page) -> list[Change]:
    """What changed in the source since this translation was made from it. Two queries."""
    stand: Any = (
        Vertaalstand.objects.select_related("source")
        .filter(translation_key=page.translation_key, locale_id=page.locale_id)
        .first()
    )
    current = Brontekst.objects.filter(translation_key=page.translation_key, is_current=True).first()
    if stand is None or current is None or stand.source_id == current.pk:
        return []
    return changes(stand.source.texts, current.texts)

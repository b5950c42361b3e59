"""One page or snippet in every language, for whoever edits or translates it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page

from core.models import Brontekst, TranslatableSnippet, Vertaalstand
from core.models.languages import language_name
from core.translation_states.states import COLUMNS, Standing, State, standing
from core.translation_states.texts import Change, changes, digest_of
from home.desk.coverage import Cell, Register, about_address, form_address, register_of, snippet_cell


@dataclass(frozen=True)
class PageState:
    """A page or snippet in one language; `cell` is empty for the language it was written in."""

    code: str
    name: str
    is_here: bool
    url: str
    cell: Cell | None
    # Where its translation is described and checked.
    about_url: str = ""


def page_states(instance: Page | TranslatableSnippet) -> list[PageState]:
    """It in every language of the site, its own language first. Three queries, one more for a snippet.

    A snippet without words is in no language.
    """
    register = register_of(instance)
    rows: Any = Page.objects.filter(alias_of__isnull=True) if register is None else register.objects.all()
    if register and not _has_words(instance):
        return []
    found: dict[int, Any] = {
        row.locale_id: row for row in rows.filter(translation_key=instance.translation_key)
    }
    stands = Vertaalstand.objects.with_current().filter(translation_key=instance.translation_key)
    standings = {row["locale_id"]: standing(row) for row in stands.values("locale_id", *COLUMNS)}
    locales = sorted(
        Locale.objects.all(), key=lambda locale: (locale.language_code != settings.LANGUAGE_CODE, locale.pk)
    )
    source = next(
        (found.get(locale.pk) for locale in locales if locale.language_code == settings.LANGUAGE_CODE), None
    )
    states = []
    for locale in locales:
        code, row = locale.language_code, found.get(locale.pk)
        name, is_here = language_name(code), locale.pk == instance.locale_id
        if code == settings.LANGUAGE_CODE or source is None:
            url = form_address(register, row.pk) if row else ""
            states.append(PageState(code, name, is_here, url, None))
            continue
        cell = _cell(register, source, row, standings.get(locale.pk))
        about = about_address(register, row.pk) if row and cell.state.is_live else ""
        states.append(PageState(code, name, is_here, cell.url, cell, about))
    return states


def _has_words(snippet: Any) -> bool:
    current = Brontekst.objects.filter(translation_key=snippet.translation_key, is_current=True)
    return current.exclude(digest=digest_of([])).exists()


def _cell(register: Register, source: Any, row: Any, stands: Standing | None) -> Cell:
    if register is not None:
        return snippet_cell(register, source.pk, row.pk if row else None, stands, None)
    if row is None:
        return Cell(State.MISSING, source.pk, since=None)
    if not row.live:
        return Cell(State.DRAFT, source.pk, since=None, page_id=row.pk)
    stands = stands or Standing()
    return Cell(stands.state, source.pk, since=None, page_id=row.pk, standing=stands)


def changed_since(instance: Page | TranslatableSnippet) -> list[Change]:
    """What changed in the source since this translation was made from it. Two queries."""
    stand: Any = (
        Vertaalstand.objects.select_related("source")
        .filter(translation_key=instance.translation_key, locale_id=instance.locale_id)
        .first()
    )
    current = Brontekst.objects.filter(translation_key=instance.translation_key, is_current=True).first()
    if stand is None or current is None or stand.source_id == current.pk:
        return []
    return changes(stand.source.texts, current.texts)

"""What the things around an action are called, in the reader's language: one query for a whole wijk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.utils.text import slugify

from core.cache import remembered
from core.models.vertaalstand import is_by_machine
from core.reading import WordsLanguage
from wijken.models import (
    Actie,
    Focusopgave,
    FocusopgavePage,
    Organisatie,
    Perspectief,
    PerspectiefPage,
    Plek,
)

FOCUSOPGAVE, PERSPECTIEF, TREKKER, PLEK = "focusopgave", "perspectief", "trekker", "plek"


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a register row, with the language it is in. `slug` comes from the Dutch name."""

    pk: int
    naam: str
    words_language: str
    slug: str

    @property
    def words(self) -> "Named":
        """So that a template reads it as it reads a snippet."""
        return self


type Names = Mapping[str, Mapping[int, Named]]


def names_of(wijk_id: int, language_code: str) -> Names:
    """{kind: {id: name}}, by name, of everything that the actions of a wijk are connected to."""
    return remembered(f"monitor-names:{wijk_id}:{language_code}", lambda: _build(wijk_id, language_code))


def _build(wijk_id: int, language_code: str) -> Names:
    acties = Actie.objects.filter(actieplan__wijk=wijk_id).order_by()
    parts = [
        _named(
            FOCUSOPGAVE,
            Focusopgave.objects.filter(actieplan__wijk=wijk_id),
            _titles(FocusopgavePage, "focusopgave", language_code),
        ),
        _named(
            PERSPECTIEF,
            Perspectief.objects.filter(actieplan__wijk=wijk_id),
            _titles(PerspectiefPage, "perspectief", language_code),
        ),
        _named(
            TREKKER,
            Organisatie.objects.source().filter(pk__in=acties.values("trekkers")),
            _translations(Organisatie, language_code),
        ),
        _named(PLEK, Plek.objects.source().filter(wijk=wijk_id), _translations(Plek, language_code)),
    ]
    found: dict[str, list[tuple[int, str, str | None, bool]]] = defaultdict(list)
    for pk, naam, kind, translated, by_machine in parts[0].union(*parts[1:], all=True).order_by():
        found[kind].append((pk, naam, translated, bool(by_machine)))
    return {
        kind: _with_slugs(found[kind], language_code) for kind in (FOCUSOPGAVE, PERSPECTIEF, TREKKER, PLEK)
    }


def _named(kind: str, rows: QuerySet[Any], translated: QuerySet[Any]) -> QuerySet[Any, Any]:
    by_machine = translated.values(by_machine=is_by_machine())
    return rows.order_by().values_list(
        "pk", "naam", Value(kind), Subquery(translated[:1]), Subquery(by_machine[:1])
    )


def _translations(model: type[Model], language_code: str) -> QuerySet[Any]:
    """The name of a snippet in a language; none in the source language, whose name it has already."""
    rows = model._default_manager.filter(
        locale__language_code=language_code, translation_key=OuterRef("translation_key")
    )
    return rows.exclude(locale__language_code=settings.LANGUAGE_CODE).values("naam")


def _titles(model: type[Any], about: str, language_code: str) -> QuerySet[Any]:
    """The title of the page in a language about a row without translations of its own."""
    return (
        model.objects.live()
        .filter(locale__language_code=language_code, alias_of=None, **{about: OuterRef("pk")})
        .exclude(locale__language_code=settings.LANGUAGE_CODE)
        .values("title")
    )


def _with_slugs(rows: Iterable[tuple[int, str, str | None, bool]], language_code: str) -> dict[int, Named]:
    """By name. A slug that was given out already, or that is empty, gets the number of the row."""
    given: set[str] = set()
    named = []
    for pk, naam, translated, by_machine in sorted(rows):
        slug = slugify(naam)
        if not slug or slug in given:
            slug = f"{slug or 'nr'}-{pk}"
        given.add(slug)
        language = (
            WordsLanguage(language_code, by_machine=by_machine) if translated else settings.LANGUAGE_CODE
        )
        named.append(Named(pk, translated or naam, language, slug))
    return {row.pk: row for row in sorted(named, key=lambda row: row.naam.casefold())}

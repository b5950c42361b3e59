"""The actions that one screen of the monitor shows: with their page, names and standing."""

from collections.abc import Iterable, Sequence

from core.querysets import readable_in
from wijken.models import ActiePage
from wijken.monitor.listing import Row
from wijken.monitor.names import PLEK, TREKKER, Named, Names
from wijken.monitor.register import Entry, WijkActies


def rows_of(
    entries: Sequence[Entry],
    acties: WijkActies,
    names: Names,
    pages: dict[int, ActiePage],
) -> list[Row[Entry]]:
    """The actions in their own order. No query: `pages` comes from `pages_of`."""
    return [
        Row(
            actie=entry,
            page=pages.get(entry.pk),
            facts=acties.facts[entry.pk],
            standing=acties.standings[entry.pk],
            trekkers=_named(acties.links[entry.pk].trekkers, names, TREKKER),
            plekken=_named(acties.links[entry.pk].plekken, names, PLEK),
            plan=entry.plan.naam,
            is_silent=acties.is_silent(entry),
        )
        for entry in entries
    ]


def _named(ids: Iterable[int], names: Names, kind: str) -> tuple[Named, ...]:
    """By name. A place in another wijk has none here."""
    found = (names[kind].get(pk) for pk in ids)
    return tuple(sorted((row for row in found if row), key=lambda row: row.naam.casefold()))


def pages_of(ids: Iterable[int], language_code: str) -> dict[int, ActiePage]:
    """{id of an action: its page for a reader of a language}. One query."""
    pages = (
        readable_in(ActiePage.objects, language_code)
        .filter(actie__in=set(ids))
        .only(
            "title", "url_path", "slug", "path", "depth", "translation_key", "actie", "locale__language_code"
        )
    )
    return {page.actie_id: page for page in pages}

"""The places of a wijk, and what happens at one of them according to all its plans together."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict

from core.pagination import paginate
from wijken.maps import WijkMap, draw_map
from wijken.models import Plek, Wijk
from wijken.monitor.names import names_of
from wijken.monitor.register import Entry, WijkActies, wijk_acties
from wijken.monitor.rows import pages_of, rows_of
from wijken.monitor.standing import State

PER_PAGE = 20


@dataclass(frozen=True)
class PlaceLine:
    """One place in the list, with its number on the map and how many actions are there."""

    plek: Plek
    number: int
    url: str
    acties: int
    late: int


@dataclass(frozen=True)
class Places:
    """Every place of a wijk, by name. No map when the wijk has no boundary or no place has a point."""

    lines: tuple[PlaceLine, ...]
    map: WijkMap | None


@dataclass(frozen=True)
class Place:
    """One place with its actions, most urgent first; in a group is what is the same work."""

    plek: Plek
    # Groups of rows: one screen of them.
    items: Page[Any]
    total: int
    late: int
    # The names of the plans that do something here.
    plans: list[str]
    map: WijkMap | None
    list_url: str
    # There is nothing to choose here; what somebody adds to the address is not passed on.
    no_choice: QueryDict


def places_of(page: Any) -> Places:
    """The places of the wijk of a monitor page."""
    acties = wijk_acties(page.wijk_id)
    counts: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for pk, links in acties.links.items():
        counts.update(links.plekken)
        if acties.standings[pk].state is State.TE_LAAT:
            late.update(links.plekken)
    plekken = Plek.objects.filter(wijk=page.wijk_id).worded(page.language_code)
    plekken.sort(key=lambda plek: plek.words.naam.casefold())
    numbered = list(enumerate(plekken, start=1))
    return Places(
        lines=tuple(
            PlaceLine(plek, number, page.route_address("plek", plek.pk), counts[plek.pk], late[plek.pk])
            for number, plek in numbered
        ),
        map=_map(page.wijk, numbered),
    )


def place_of(page: Any, request: HttpRequest, pk: int) -> Place | None:
    """One place of the wijk of a monitor page; None when it is not there, or in another wijk."""
    language_code = page.language_code
    found = Plek.objects.filter(pk=pk, wijk=page.wijk_id).worded(language_code)
    if not found:
        return None
    plek = found[0]
    acties = wijk_acties(page.wijk_id)
    groups = _same_work(
        [entry for entry in acties.most_urgent_first if pk in acties.links[entry.pk].plekken], acties
    )
    everything = list(chain.from_iterable(groups))
    items = paginate(groups, request, per_page=PER_PAGE)
    shown = list(items.object_list)
    pages = pages_of((entry.pk for entry in chain.from_iterable(shown)), language_code)
    names = names_of(page.wijk_id, language_code)
    items.object_list = [rows_of(group, acties, names, pages) for group in shown]
    return Place(
        plek=plek,
        items=items,
        total=len(everything),
        late=sum(acties.standings[entry.pk].is_late for entry in everything),
        plans=list(dict.fromkeys(entry.plan.naam for entry in everything)),
        map=_map(page.wijk, [(1, plek)]),
        list_url=page.route_address("plekken"),
        no_choice=QueryDict(),
    )


def _same_work(entries: Sequence[Entry], acties: WijkActies) -> list[list[Entry]]:
    """The actions in groups of what is the same work, also when a part of it is not at this place."""
    groups: dict[int, list[Entry]] = defaultdict(list)
    group_of: dict[int, int] = {}
    for entry in entries:
        if entry.pk in group_of:
            continue
        for pk in (entry.pk, *acties.links[entry.pk].samen_met):
            if pk in acties.entries and pk not in group_of:
                group_of[pk] = entry.pk
                groups[entry.pk].append(acties.entries[pk])
    return list(groups.values())


def _map(wijk: Wijk, numbered: Sequence[tuple[int, Plek]]) -> WijkMap | None:
    points = [
        (number, plek.words.naam, float(plek.lon), float(plek.lat))
        for number, plek in numbered
        if plek.lon is not None and plek.lat is not None
    ]
    return draw_map([(wijk.naam, "", wijk.boundary, True)], points=points) if points else None

"""The first view of the monitor: numbers by state, what changed, and every action, most urgent first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest

from core.cache import remembered
from core.pagination import paginate
from wijken.models import ActiePage
from wijken.monitor.changes import Change, Changes, changes_of
from wijken.monitor.filters import Choice
from wijken.monitor.listing import Row
from wijken.monitor.names import names_of
from wijken.monitor.register import Entry, Plan, WijkActies, wijk_acties
from wijken.monitor.rows import pages_of, rows_of

PER_PAGE = 20


@dataclass(frozen=True)
class Told:
    """A change with the action that it is about."""

    change: Change
    row: Row[Entry]


@dataclass(frozen=True)
class Overview:
    """Everything of the first view that depends on what somebody asks for."""

    acties: WijkActies
    choice: Choice
    items: Page[Any]
    changes: Changes
    this_month: list[Told]
    earlier: list[Told]

    @property
    def plans(self) -> list[Plan]:
        return list(self.acties.plans.values())

    @property
    def total(self) -> int:
        return len(self.acties.entries)

    @property
    def silent_after(self) -> int:
        """Months, when it is the same in all plans; else 0."""
        months = {plan.silent_after for plan in self.acties.plans.values()}
        return months.pop() if len(months) == 1 else 0


def overview_of(page: Any, request: HttpRequest) -> Overview:
    """The overview of a monitor page for one request."""
    language_code = page.language_code
    acties = wijk_acties(page.wijk_id)
    names = names_of(page.wijk_id, language_code)
    choice = Choice(acties, names, request.GET, base_url=page.route_address("index_route"))
    changes = remembered(
        f"monitor-changes:{page.wijk_id}:{language_code}",
        lambda: changes_of(page.wijk_id, acties.facts, language_code=language_code, on=acties.on),
        variant=acties.on.isoformat(),
    )
    items = paginate(choice.among(acties.most_urgent_first), request, per_page=PER_PAGE)
    shown: list[Entry] = list(items.object_list)
    changed = [
        acties.entries[change.actie_id] for change in changes.shown if change.actie_id in acties.entries
    ]
    wanted = [entry.pk for entry in [*shown, *changed]]
    pages = _pages_of(page, items, choice, wanted, on=acties.on)
    items.object_list = rows_of(shown, acties, names, pages)
    told = {row.actie.pk: row for row in rows_of(changed, acties, names, pages)}
    return Overview(
        acties=acties,
        choice=choice,
        items=items,
        changes=changes,
        this_month=[Told(change, told[change.actie_id]) for change in changes.this_month],
        earlier=[Told(change, told[change.actie_id]) for change in changes.earlier],
    )


def _pages_of(
    page: Any, items: Page[Any], choice: Choice, wanted: list[int], *, on: date
) -> dict[int, ActiePage]:
    """The pages of the actions that are shown; of the top of the whole list, which most people see, kept."""
    if choice.active or items.number > 1:
        return pages_of(wanted, page.language_code)
    key = f"monitor-pages:{page.wijk_id}:{page.language_code}"
    return remembered(key, lambda: pages_of(wanted, page.language_code), variant=on.isoformat())

"""The money view: what the plans cost, which budgets pay for it and what is left of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict

from core.cache import remembered
from core.page_index import language_of
from core.pagination import paginate
from core.templatetags.wijk_tags import content_language
from wijken.models import Actie, ActiePage, Budget, Financiering
from wijken.monitor.money import BudgetUse, Total, budget_use, per_focusopgave
from wijken.monitor.names import FOCUSOPGAVE, Named, Names, names_of
from wijken.monitor.register import Entry, Plan, WijkActies, wijk_acties
from wijken.monitor.rows import pages_of

PER_PAGE = 40
# Of the actions with something special about their money; the others say so themselves.
MOST = 20


@dataclass(frozen=True)
class Part:
    """What the actions of one focusopgave cost together; of the actions without one, `focusopgave` is None.

    Its bar is a share of the most expensive part in this wijk, as SVG writes it: “12.50%”.
    """

    focusopgave: Named | None
    total: Total
    x: str
    width: str


@dataclass(frozen=True)
class PlanMoney:
    """One plan with its parts."""

    plan: Plan
    parts: tuple[Part, ...]
    total: Total


@dataclass(frozen=True)
class BudgetBar:
    """One budget with the widths of what has a purpose here, of what has one elsewhere, and where they start.

    Widths are shares of the budget, or of what was promised when that is more.
    """

    use: BudgetUse
    here: int
    here_x: str
    here_width: str
    elsewhere_x: str
    elsewhere_width: str

    @property
    def elsewhere(self) -> int:
        return self.use.spent - self.here


@dataclass(frozen=True)
class Line:
    """Euros from one budget for one action. The name of the budget is in the reader's language."""

    budget: Budget
    euros: int


@dataclass(frozen=True)
class MoneyRow:
    """One action with what it costs and who pays. `page` is None when there is nothing to read yet."""

    actie: Entry
    page: ActiePage | None
    lines: tuple[Line, ...]
    same_work: tuple[Entry, ...]

    @property
    def title(self) -> str:
        return self.page.title if self.page else self.actie.naam

    @property
    def language_code(self) -> str:
        return language_of(self.page) if self.page else settings.LANGUAGE_CODE

    @property
    def reason(self) -> str:
        """Why there is no amount, in the active language."""
        return str(Actie.KostenReden(self.actie.kosten_reden).label) if self.actie.kosten_reden else ""


@dataclass(frozen=True)
class Outside:
    """Money from a budget for an action whose costs do not count in the sum of its plan."""

    row: MoneyRow
    line: Line


@dataclass(frozen=True)
class SameWork:
    """An action and a project that are the same work; together they cost `euros`."""

    rows: tuple[MoneyRow, MoneyRow]

    @property
    def euros(self) -> int:
        return sum(row.actie.kosten or 0 for row in self.rows)


@dataclass(frozen=True)
class Sums:
    """All that is added up; kept until the content changes."""

    plans: tuple[PlanMoney, ...]
    total: Total
    budgets: tuple[BudgetBar, ...]
    # Actions that get money which is not in their plan's sum, and pairs that are the same work.
    outside: tuple[Entry, ...]
    same_work: tuple[tuple[Entry, Entry], ...]
    lines: dict[int, tuple[Line, ...]]

    @property
    def has_elsewhere(self) -> bool:
        """Does any of these budgets also pay in another wijk?"""
        return any(bar.elsewhere for bar in self.budgets)


@dataclass(frozen=True)
class Money:
    """One screen of the money view."""

    sums: Sums
    items: Page[Any]
    outside: list[Outside]
    same_work: list[SameWork]
    # There is nothing to choose here; what somebody adds to the address is not passed on.
    no_choice: QueryDict

    @property
    def has_more(self) -> bool:
        return len(self.sums.outside) > MOST or len(self.sums.same_work) > MOST


def money_of(page: Any, request: HttpRequest) -> Money:
    """The money view of a monitor page for one request."""
    acties = wijk_acties(page.wijk_id)
    is_rtl = content_language(page).split("-")[0] in settings.LANGUAGES_BIDI
    sums = remembered(
        f"monitor-money:{page.pk}",
        lambda: _sums(acties, names_of(page.wijk_id, page.language_code), page.language_code, is_rtl=is_rtl),
        variant=acties.on.isoformat(),
    )
    items = paginate(list(acties.entries.values()), request, per_page=PER_PAGE)
    outside, same_work = sums.outside[:MOST], sums.same_work[:MOST]
    shown = list(items.object_list)
    wanted = {entry.pk: entry for entry in (*shown, *outside, *chain.from_iterable(same_work))}
    pages = pages_of(wanted, page.language_code)
    rows = {
        pk: MoneyRow(entry, pages.get(pk), sums.lines.get(pk, ()), _same_work(entry, acties))
        for pk, entry in wanted.items()
    }
    items.object_list = [rows[entry.pk] for entry in shown]
    return Money(
        sums=sums,
        items=items,
        outside=[Outside(rows[entry.pk], line) for entry in outside for line in sums.lines[entry.pk]],
        same_work=[SameWork((rows[one.pk], rows[other.pk])) for one, other in same_work],
        no_choice=QueryDict(),
    )


def _same_work(entry: Entry, acties: WijkActies) -> tuple[Entry, ...]:
    others = (acties.entries.get(pk) for pk in acties.links[entry.pk].samen_met)
    return tuple(other for other in others if other)


def _sums(acties: WijkActies, names: Names, language_code: str, *, is_rtl: bool) -> Sums:
    lines, use = _lines(acties, language_code)
    entries = list(acties.entries.values())
    of_plan: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_plan[entry.plan.pk].append(entry)
    place = {pk: number for number, pk in enumerate(acties.entries)}
    parts = {pk: per_focusopgave(rows) for pk, rows in of_plan.items()}
    most = max((total.euros for by_part in parts.values() for total in by_part.values()), default=0)
    return Sums(
        plans=tuple(
            PlanMoney(
                plan,
                tuple(
                    _part(names[FOCUSOPGAVE].get(key) if key else None, total, most, is_rtl=is_rtl)
                    for key, total in parts.get(plan.pk, {}).items()
                ),
                Total.of(of_plan[plan.pk]),
            )
            for plan in acties.plans.values()
        ),
        total=Total.of(entries),
        budgets=tuple(_bar(row, lines, is_rtl=is_rtl) for row in use),
        outside=tuple(entry for entry in entries if entry.kosten is None and entry.pk in lines),
        same_work=tuple(
            (entry, other)
            for entry in entries
            for other in _same_work(entry, acties)
            # Each pair once, the plan that comes first in front.
            if place[entry.pk] < place[other.pk]
        ),
        lines=lines,
    )


def _lines(acties: WijkActies, language_code: str) -> tuple[dict[int, tuple[Line, ...]], Sequence[BudgetUse]]:
    """{id of an action: the money it gets}, and the budgets that pay. Three queries."""
    use = budget_use(wijk_id=acties.wijk_id, language_code=language_code)
    budgets = {row.budget.pk: row.budget for row in use}
    found: dict[int, list[Line]] = defaultdict(list)
    rows = Financiering.objects.filter(actie__actieplan__wijk=acties.wijk_id)
    for actie_id, budget_id, euros in rows.values_list("actie", "budget", "bedrag"):
        if budget_id in budgets:
            found[actie_id].append(Line(budgets[budget_id], euros))
    return {pk: tuple(own) for pk, own in found.items()}, use


def _bar(use: BudgetUse, lines: dict[int, tuple[Line, ...]], *, is_rtl: bool) -> BudgetBar:
    here = sum(line.euros for own in lines.values() for line in own if line.budget.pk == use.budget.pk)
    whole = max(use.budget.bedrag, use.spent)
    own, other = _percentage(here, whole), _percentage(use.spent - here, whole)
    return BudgetBar(
        use,
        here,
        here_x=f"{100 - own if is_rtl else 0:.2f}%",
        here_width=f"{own:.2f}%",
        elsewhere_x=f"{100 - own - other if is_rtl else own:.2f}%",
        elsewhere_width=f"{other:.2f}%",
    )


def _percentage(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0


def _part(focusopgave: Named | None, total: Total, most: int, *, is_rtl: bool) -> Part:
    width = _percentage(total.euros, most)
    return Part(focusopgave, total, x=f"{100 - width if is_rtl else 0:.2f}%", width=f"{width:.2f}%")

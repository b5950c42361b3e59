"""Sums over the actions of one or more plans, in whole euros. Every total is computed, none is typed in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Sum

from wijken.models import Actie, Budget, Financiering


class HasCost(Protocol):
    """An action, as a model or as a light row."""

    @property
    def kosten(self) -> int | None: ...
    @property
    def kosten_reden(self) -> str: ...
    @property
    def focusopgave_id(self) -> int | None: ...


@dataclass(frozen=True)
class Total:
    """`euros` is a floor when some action has a cost that is not known yet."""

    euros: int
    acties: int
    without_amount: int
    is_floor: bool

    @classmethod
    def of(cls, acties: Iterable[HasCost]) -> "Total":
        """What these actions cost together."""
        rows = list(acties)
        unknown = {Actie.KostenReden.NNB, Actie.KostenReden.NVT_OF_NNB}
        return cls(
            euros=sum(actie.kosten or 0 for actie in rows),
            acties=len(rows),
            without_amount=sum(actie.kosten is None for actie in rows),
            is_floor=any(actie.kosten_reden in unknown for actie in rows),
        )


def per_focusopgave[Action: HasCost](acties: Iterable[Action]) -> Mapping[int | None, Total]:
    """{id of a focusopgave: its subtotal}; None holds the actions without one."""
    groups: dict[int | None, list[Action]] = defaultdict(list)
    for actie in acties:
        groups[actie.focusopgave_id].append(actie)
    return {key: Total.of(rows) for key, rows in groups.items()}


@dataclass(frozen=True)
class BudgetUse:
    """One budget: how much there is, how much of it has a purpose in any plan, and what is left.

    `left` is below zero when more was promised than there is.
    """

    budget: Budget
    spent: int

    @property
    def left(self) -> int:
        return self.budget.bedrag - self.spent


def budget_use(*, wijk_id: int, language_code: str) -> list[BudgetUse]:
    """The budgets that pay for actions in a wijk, each with its use in all wijken. Two queries."""
    lines = Financiering.objects.order_by().values("budget")
    spent = dict(lines.annotate(sum=Sum("bedrag")).values_list("budget", "sum"))
    budgets: list[Budget] = (
        Budget.objects.filter(financiering__actie__actieplan__wijk=wijk_id)
        .distinct()
        .order_by("-bedrag")
        .worded(language_code)
    )
    return [BudgetUse(budget, spent.get(budget.pk, 0)) for budget in budgets]

"""What the pages of a plan tell: its acties in groups with their sums, and how many stand how."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from wagtail.models import Page

from core.querysets import readable_in
from wijken.models import (
    Actie,
    Actieplan,
    ActieplanPage,
    Focusopgave,
    FocusopgavePage,
    MonitorPage,
    Opgave,
    Perspectief,
    PerspectiefPage,
    Terugblik,
    Wijk,
)
from wijken.monitor.facts import known_facts
from wijken.monitor.listing import ORDER, Row, rows_of
from wijken.monitor.money import Total
from wijken.monitor.standing import Facts, Standing, State, judge
from wijken.monitor.terugblikken import LookBack, look_backs
from wijken.register_pages import page_of

LAST = 1_000_000


@dataclass(frozen=True)
class Counts:
    """How many actions are in which state; states without any are left out, late ones come first."""

    by_state: tuple[tuple[State, int], ...]
    total: int

    def of_state(self, state: State) -> int:
        return dict(self.by_state).get(state, 0)

    @classmethod
    def of(cls, standings: Iterable[Standing]) -> "Counts":
        """Count by state."""
        counted = Counter(standing.state for standing in standings)
        return cls(tuple((state, counted[state]) for state in ORDER if counted[state]), counted.total())


@dataclass(frozen=True)
class Group:
    """The actions of one focusopgave, or those without one."""

    focusopgave: Focusopgave | None
    page: Page | None
    rows: Sequence[Row[Actie]]
    total: Total


@dataclass(frozen=True)
class PlanStory:
    """A plan with everything below it, on a day and in one language."""

    groups: Sequence[Group]
    counts: Counts
    total: Total
    perspectieven: Sequence[PerspectiefPage]
    focusopgaven: Sequence[FocusopgavePage]
    look_backs: Sequence[tuple[LookBack, Page | None]]
    monitor: Page | None


def plan_story(plan: Actieplan, *, language_code: str, on: date) -> PlanStory:
    """The story of a plan. Nine queries in Dutch, however many actions."""
    acties = Actie.objects.filter(actieplan=plan)
    rows = rows_on(
        acties.select_related("focusopgave").order_by("nummer"), language_code=language_code, on=on
    )
    return PlanStory(
        groups=_groups(rows, language_code),
        counts=Counts.of(row.standing for row in rows),
        total=Total.of(row.actie for row in rows),
        perspectieven=list(
            readable_in(PerspectiefPage.objects, language_code)
            .filter(perspectief__actieplan=plan)
            .select_related("perspectief")
            .defer("body", "analyse", "waardeperspectief")
            .order_by("perspectief__nummer")
        ),
        focusopgaven=list(
            readable_in(FocusopgavePage.objects, language_code)
            .filter(focusopgave__actieplan=plan)
            .select_related("focusopgave")
            .defer("body", "doelstelling", "waarom", "eindverantwoordelijk")
            .order_by("focusopgave__nummer")
        ),
        look_backs=[
            (look_back, page_of(look_back.terugblik, language_code) if look_back.terugblik else None)
            for look_back in look_backs(plan, Terugblik.objects.filter(actieplan=plan), on=on)
        ],
        monitor=page_of(Wijk(pk=plan.wijk_id), language_code),
    )


def rows_on(acties: QuerySet[Actie], *, language_code: str, on: date) -> list[Row[Actie]]:
    """Actions as rows of a list, in the order of the query. Five queries in Dutch."""
    known = known_facts(acties, on=on)
    found = list(acties)
    facts = {actie.pk: known.get(actie.pk, Facts()) for actie in found}
    return rows_of(found, facts, language_code=language_code, on=on)


def _groups(rows: Sequence[Row[Actie]], language_code: str) -> list[Group]:
    """By focusopgave, in the order of the plan; what belongs to none comes last."""
    by_focusopgave: dict[int | None, list[Row[Actie]]] = {}
    for row in rows:
        by_focusopgave.setdefault(row.actie.focusopgave_id, []).append(row)
    groups = []
    for members in by_focusopgave.values():
        focusopgave = members[0].actie.focusopgave
        page = page_of(focusopgave, language_code) if focusopgave else None
        groups.append(Group(focusopgave, page, members, Total.of(row.actie for row in members)))
    return sorted(groups, key=lambda group: group.focusopgave.nummer if group.focusopgave else LAST)


@dataclass(frozen=True)
class Need:
    """An opgave with the actions that answer to it, of the plan and of the programmes in its wijk."""

    opgave: Opgave
    rows: Sequence[Row[Actie]]


def needs_of(perspectief: Perspectief, *, language_code: str, on: date) -> list[Need]:
    """What a perspectief asks for, each with its answers. Seven queries in Dutch."""
    opgaven = Opgave.objects.filter(perspectief=perspectief).order_by("nummer").worded(language_code)
    answers = Actie.opgaven.through.objects.filter(opgave__perspectief=perspectief)
    acties = (
        Actie.objects.filter(pk__in=answers.values("actie"))
        .select_related("actieplan")
        .order_by("actieplan__soort", "actieplan__naam", "nummer")
    )
    pairs = set(answers.values_list("opgave", "actie"))
    rows = rows_on(acties, language_code=language_code, on=on)
    return [Need(opgave, [row for row in rows if (opgave.pk, row.actie.pk) in pairs]) for opgave in opgaven]


@dataclass(frozen=True)
class WijkPromises:
    """The plans of a wijk that have a page, and the page on which all of it can be followed."""

    plans: Sequence[tuple[ActieplanPage, Counts]]
    monitor: MonitorPage | None

    @property
    def late(self) -> int:
        """How many actions are late, in all plans together."""
        return sum(counts.of_state(State.TE_LAAT) for _page, counts in self.plans)


def wijk_promises(
    pages: Sequence[ActieplanPage], monitor: MonitorPage | None, *, on: date
) -> WijkPromises | None:
    """How the promises of these plans stand; None without a plan. Three queries."""
    if not pages:
        return None
    acties = Actie.objects.filter(actieplan__in=[page.actieplan_id for page in pages])
    facts = known_facts(acties, on=on)
    by_plan: dict[int, list[Standing]] = {page.actieplan_id: [] for page in pages}
    for pk, plan_id in acties.order_by().values_list("pk", "actieplan"):
        by_plan[plan_id].append(judge(facts.get(pk, Facts()), on=on))
    return WijkPromises([(page, Counts.of(by_plan[page.actieplan_id])) for page in pages], monitor)

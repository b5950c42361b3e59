"""Which page tells about which row of the action plan, in the reader's language."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, F, Model, Value
from django.db.models.functions import Cast
from wagtail.models import Page

from core.cache import remembered
from core.models import attach_words
from core.page_index import address_of, page_index
from wijken.models import (
    Actie,
    ActiePage,
    Actieplan,
    ActieplanPage,
    Focusopgave,
    FocusopgavePage,
    MonitorPage,
    Perspectief,
    PerspectiefPage,
    Plek,
    Terugblik,
    TerugblikPage,
    Wijk,
)

# The register, its page, the field that binds them, and where the plan and the number of a row are.
BOUND = (
    (Wijk, MonitorPage, "wijk", None, None),
    (Actieplan, ActieplanPage, "actieplan", "actieplan", None),
    (Perspectief, PerspectiefPage, "perspectief", "perspectief__actieplan", "perspectief__nummer"),
    (Focusopgave, FocusopgavePage, "focusopgave", "focusopgave__actieplan", "focusopgave__nummer"),
    (Actie, ActiePage, "actie", "actie__actieplan", "actie__nummer"),
    (Terugblik, TerugblikPage, "terugblik", "terugblik__actieplan", None),
)


@dataclass(frozen=True)
class RegisterPages:
    """A page in some language by its row, and the rows of a plan that have one by number."""

    by_row: dict[tuple[str, int], Page]
    in_plan: dict[tuple[str, int], dict[int, int]]


def page_of(row: Model, language_code: str) -> Page | None:
    """The page about a row, translated or else in Dutch; None when there is none. Of a wijk: its monitor."""
    return _page(type(row), row.pk, language_code)


def around(row: Actie | Focusopgave | Perspectief, language_code: str) -> dict[str, Any]:
    """What the page of a part of a plan shows around its own words, ready for the template.

    The plan with its contact in the reader's language, the pages of plan and monitor, and the pages before
    and after this one by number.
    """
    plan = row.actieplan
    attach_words(language_code, [plan.contact, plan.contact and plan.contact.organisatie])
    rows = _known().in_plan.get((row._meta.label, plan.pk), {})
    before = max((number for number in rows if number < row.nummer), default=None)
    after = min((number for number in rows if number > row.nummer), default=None)
    return {
        "plan": plan,
        "plan_page": page_of(plan, language_code),
        "monitor_page": page_of(plan.wijk, language_code),
        "before": _page(type(row), rows[before], language_code) if before is not None else None,
        "after": _page(type(row), rows[after], language_code) if after is not None else None,
    }


def plek_address(plek: Plek, language_code: str) -> str:
    """Where everything about a place is; empty when its wijk has no monitor."""
    monitor = _page(Wijk, plek.wijk_id, language_code)
    if monitor is None:
        return ""
    return f"{address_of(monitor)}{MonitorPage().reverse_subpage('plek', args=[plek.pk])}"


def _page(model: type[Model], pk: int, language_code: str) -> Page | None:
    page = _known().by_row.get((model._meta.label, pk))
    if page is None:
        return None
    translations = page_index().translations(page)
    return translations.get(language_code) or translations.get(settings.LANGUAGE_CODE)


def _known() -> RegisterPages:
    return remembered("register-pages", _build)


def _build() -> RegisterPages:
    """One query for all kinds of rows."""
    queries = [
        page.objects.live()
        .order_by()
        .annotate(
            kind=Value(model._meta.label),
            # PostgreSQL wants the same type in each part of a union, also where there is nothing.
            plan=Cast(F(plan) if plan else Value(None), BigIntegerField()),
            number=Cast(F(number) if number else Value(None), BigIntegerField()),
        )
        .values_list("kind", name, "pk", "plan", "number")
        for model, page, name, plan, number in BOUND
    ]
    index = page_index()
    known = RegisterPages({}, defaultdict(dict))
    for kind, row, page_id, plan, number in queries[0].union(*queries[1:], all=True):
        if page := index.by_pk.get(page_id):
            known.by_row[kind, row] = page
            known.in_plan[kind, plan][row if number is None else number] = row
    return known

"""Reads the rows of each file: a few queries for any number of actions, and one row at a time from there.

What is published is what the monitor shows: facts from the registers, messages that are on the site, words in
the reader's language. Drafts, pages that are not public and other wijken never come in.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from core.models import BasePage, TranslatableSnippet
from core.page_index import page_index
from core.querysets import readable_in
from core.templatetags.wijk_tags import absolute
from wijken.models import (
    Actie,
    ActiePage,
    Budget,
    FocusopgavePage,
    Indicator,
    Meting,
    Mijlpaal,
    Opgave,
    Organisatie,
    Planning,
    Plek,
)
from wijken.monitor.facts import facts_of, parse
from wijken.monitor.opendata.columns import Area, Table
from wijken.monitor.standing import judge

type Value_ = str | int | bool | Decimal | date | list[str] | None
type Record = dict[str, Value_]

CHUNK = 500
IN_ORDER = ("actieplan__soort", "actieplan__naam", "nummer")


@dataclass(frozen=True)
class Scope:
    """Of which wijk, in which language, and as it was known on which day."""

    wijk_id: int
    language_code: str
    on: date

    @property
    def acties(self) -> QuerySet[Actie]:
        return Actie.objects.filter(actieplan__wijk=self.wijk_id)


def records(table: Table, scope: Scope) -> Iterator[Record]:
    """The rows of a file, each with every column in order."""
    labels = {
        column.name: {code: str(label) for code, label in column.codes}
        for column in table.columns
        if column.choices
    }
    for row in _READERS[table.name](scope):
        row |= {f"{name}_tekst": words.get(str(row[name]), "") for name, words in labels.items()}
        yield {name: row[name] for name in table.header}


def _acties(scope: Scope) -> Iterator[Record]:
    facts = facts_of(scope.acties, on=scope.on)
    links = _links(scope)
    pages = _pages(ActiePage, "actie", scope)
    focusopgaven = _pages(FocusopgavePage, "focusopgave", scope)
    rows = (
        scope.acties.order_by(*IN_ORDER)
        .values(
            *("pk", "nummer", "naam", "kosten", "kosten_reden", "is_reservering"),
            *("actieplan__slug", "actieplan__naam", "actieplan__soort"),
            *("focusopgave", "focusopgave__nummer", "focusopgave__naam"),
        )
        .iterator(CHUNK)
    )
    for row in rows:
        known = facts[row["pk"]]
        standing = judge(known, on=scope.on)
        linked = links[row["pk"]]
        title, address = pages.get(row["pk"], ("", ""))
        focusopgave, _address = focusopgaven.get(row["focusopgave"], (row["focusopgave__naam"] or "", ""))
        yield {
            **_about(row),
            "titel": title,
            "plan_naam": row["actieplan__naam"],
            "plan_soort": row["actieplan__soort"],
            "focusopgave_nummer": row["focusopgave__nummer"],
            "focusopgave": focusopgave,
            **{kind: sorted(linked[kind]) for kind in _KINDS},
            "stand": standing.state.value,
            "dagen_te_laat": standing.days_late,
            "reden_ontbreekt": standing.needs_reason,
            "stappen": len(known.milestones),
            "stappen_gehaald": sum(step.reached_on is not None for step in known.milestones),
            "laatste_bericht_op": standing.last_report_on,
            "maanden_zonder_bericht": standing.silent_months,
            "kosten_euro": row["kosten"],
            "kosten_reden": row["kosten_reden"],
            "is_reservering": row["is_reservering"],
            "webadres": address,
        }


def _planning(scope: Scope) -> Iterator[Record]:
    steps = {
        step.pk: step for known in facts_of(scope.acties, on=scope.on).values() for step in known.milestones
    }
    actie = "mijlpaal__actie__"
    rows = (
        Planning.objects.source()
        .filter(mijlpaal__actie__in=scope.acties.order_by().values("pk"), vastgelegd_op__lte=scope.on)
        .annotate(
            stap=_words(Mijlpaal, "naam", scope, "mijlpaal__"),
            na_stap=_words(Mijlpaal, "naam", scope, "na__"),
            in_words_voorwaarde=_words(Planning, "voorwaarde", scope),
            in_words_reden=_words(Planning, "reden", scope),
        )
        .order_by(*(f"{actie}{name}" for name in IN_ORDER), "mijlpaal__order", "mijlpaal_id", "volgnummer")
        .values(
            *("mijlpaal", "volgnummer", "periode", "zekerheid", "na", "vastgelegd_op"),
            *("stap", "na_stap", "in_words_voorwaarde", "in_words_reden"),
            **{name: F(f"{actie}{name}") for name in ("nummer", "naam", "actieplan__slug")},
            actie_id=F("mijlpaal__actie_id"),
        )
        .iterator(CHUNK)
    )
    for row in rows:
        step, period = steps[row["mijlpaal"]], parse(row["periode"])
        yield {
            **_about({**row, "pk": row["actie_id"]}),
            "stap_id": row["mijlpaal"],
            "stap": row["stap"],
            "volgnummer": row["volgnummer"],
            "is_eerste": row["volgnummer"] == 1,
            "is_huidige": row["volgnummer"] == len(step.promises),
            "periode": row["periode"],
            "periode_tekst": period.label,
            "begint_op": period.starts_on,
            "eindigt_op": period.ends_on,
            "zekerheid": row["zekerheid"],
            "na_stap_id": row["na"],
            "na_stap": row["na_stap"] or "",
            "voorwaarde": row["in_words_voorwaarde"],
            "reden": row["in_words_reden"],
            "vastgelegd_op": row["vastgelegd_op"],
            "gehaald_op": step.reached_on,
        }


def _geld(scope: Scope) -> Iterator[Record]:
    budget = "financiering__budget__"
    rows = (
        scope.acties.annotate(
            budget_naam=_words(Budget, "naam", scope, budget),
            budget_jaren=_words(Budget, "jaren", scope, budget),
            budget_bron=_words(Budget, "bron", scope, budget),
        )
        .order_by(*IN_ORDER, "financiering")
        .values(
            *("pk", "nummer", "naam", "kosten", "kosten_reden", "is_reservering", "actieplan__slug"),
            *("focusopgave__nummer", "budget_naam", "budget_jaren", "budget_bron"),
            *("financiering__budget", "financiering__bedrag", "financiering__budget__bedrag"),
        )
        .iterator(CHUNK)
    )
    # An amount stands once, however many lines have to do with it, so that columns can be added up.
    acties: set[int] = set()
    budgetten: set[int | None] = {None}
    for row in rows:
        actie_id, budget_id = row["pk"], row["financiering__budget"]
        yield {
            **_about(row),
            "focusopgave_nummer": row["focusopgave__nummer"],
            "kosten_euro": None if actie_id in acties else row["kosten"],
            "kosten_reden": row["kosten_reden"],
            "is_reservering": row["is_reservering"],
            "budget_id": budget_id,
            "budget": row["budget_naam"] or "",
            "budget_jaren": row["budget_jaren"] or "",
            "budget_bron": row["budget_bron"] or "",
            "budget_euro": None if budget_id in budgetten else row["financiering__budget__bedrag"],
            "bedrag_euro": row["financiering__bedrag"],
        }
        acties.add(actie_id)
        budgetten.add(budget_id)


def _indicatoren(scope: Scope) -> Iterator[Record]:
    rows = (
        Meting.objects.filter(Q(wijk=scope.wijk_id) | Q(wijk=None), datum__lte=scope.on)
        .annotate(
            naam=_words(Indicator, "naam", scope, "indicator__"),
            bron_naam=_words(Indicator, "bron_naam", scope, "indicator__"),
        )
        .order_by("indicator__order", "indicator__code", F("wijk").asc(nulls_last=True), "datum")
        .select_related("indicator")
        .iterator(CHUNK)
    )
    for row in rows:
        # Added by the query above.
        words: Any = row
        yield {
            "indicator": row.indicator.code,
            "naam": words.naam,
            "eenheid": row.indicator.eenheid,
            "richting": row.indicator.richting,
            "gebied": Area.WIJK.value if row.wijk_id else Area.GEMEENTE.value,
            "datum": row.datum,
            "waarde": row.value,
            "is_ongeveer": row.is_ongeveer,
            "bron": row.bron or words.bron_naam,
            "bron_webadres": row.bron_url or row.indicator.bron_url,
        }


_READERS: dict[str, Callable[[Scope], Iterator[Record]]] = {
    "acties": _acties,
    "planning": _planning,
    "geld": _geld,
    "indicatoren": _indicatoren,
}


def _about(row: Mapping[str, Any]) -> Record:
    return {
        "actie_id": row["pk"],
        "plan": row["actieplan__slug"],
        "nummer": row["nummer"],
        "actie": row["naam"],
    }


def _words(model: type[TranslatableSnippet], name: str, scope: Scope, path: str = "") -> Any:
    """A word of a source row in the reader's language, in Dutch while it has no translation."""
    own = F(f"{path}{name}")
    if scope.language_code == settings.LANGUAGE_CODE:
        return own
    translated = model.objects.filter(
        locale__language_code=scope.language_code, translation_key=OuterRef(f"{path}translation_key")
    ).values(name)
    return Coalesce(Subquery(translated[:1]), own)


_LINKED: dict[str, tuple[Any, str, type[TranslatableSnippet], str]] = {
    "trekkers": (Actie.trekkers.through, "organisatie__", Organisatie, "naam"),
    "betrokken": (Actie.betrokken.through, "organisatie__", Organisatie, "naam"),
    "plekken": (Actie.plekken.through, "plek__", Plek, "naam"),
    "opgaven": (Actie.opgaven.through, "opgave__", Opgave, "titel"),
}
_KINDS = (*_LINKED, "samen_met")


def _links(scope: Scope) -> Mapping[int, Mapping[str, list[str]]]:
    """{id of an action: {kind: names of what it is connected to}}. One query."""
    parts = [
        through.objects.filter(actie__actieplan__wijk=scope.wijk_id)
        .order_by()
        .values_list("actie_id", Value(kind), _words(model, name, scope, path))
        for kind, (through, path, model, name) in _LINKED.items()
    ]
    same_work = Actie.samen_met.through.objects.filter(
        from_actie__actieplan__wijk=scope.wijk_id, to_actie__actieplan__wijk=scope.wijk_id
    )
    name = Concat("to_actie__actieplan__slug", Value("/"), Cast("to_actie__nummer", CharField()))
    parts.append(same_work.order_by().values_list("from_actie_id", Value("samen_met"), name))
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for actie_id, kind, words in parts[0].union(*parts[1:], all=True):
        found[actie_id][kind].append(words)
    return found


def _pages(model: type[BasePage], about: str, scope: Scope) -> dict[int, tuple[str, str]]:
    """{id of a register row: title and whole address of its public page}. One query."""
    known = page_index().by_pk
    rows = (
        readable_in(model.objects, scope.language_code)
        .filter(**{f"{about}__actieplan__wijk": scope.wijk_id})
        .values_list(about, "pk")
    )
    return {row_id: (known[pk].title, absolute(known[pk].url)) for row_id, pk in rows if pk in known}

"""Builds the action plans of the demo: their registers, and the rows for their pages.

A plan is one row of `content/actieplannen.json` with everything in it; see there for the shape.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from home.demo.registers import Row, day
from wijken.actions import add_mijlpaal, take_snapshot
from wijken.models import (
    Actie,
    Actieplan,
    ActieplanVersie,
    Budget,
    Contactpersoon,
    Financiering,
    Focusopgave,
    Indicator,
    Meting,
    Opgave,
    Organisatie,
    Perspectief,
    Plek,
    Terugblik,
    Wijk,
)
from wijken.monitor.standing import Certainty


@dataclass
class Known:
    """The register rows that a plan may name, by key; those of the plans are added as they are made."""

    organisaties: dict[str, Organisatie]
    wijken: dict[str, Wijk]
    plekken: dict[str, Plek]
    contacten: dict[str, Contactpersoon]
    budgetten: dict[str, Budget] = field(default_factory=dict)
    plannen: dict[str, Actieplan] = field(default_factory=dict)
    perspectieven: dict[str, Perspectief] = field(default_factory=dict)
    opgaven: dict[str, Opgave] = field(default_factory=dict)
    focusopgaven: dict[str, Focusopgave] = field(default_factory=dict)
    acties: dict[str, Actie] = field(default_factory=dict)
    terugblikken: dict[str, Terugblik] = field(default_factory=dict)

    def by_page_field(self) -> dict[str, dict[Any, Any]]:
        """As the page builder wants them."""
        return {
            "actieplan": self.plannen,
            "perspectief": self.perspectieven,
            "focusopgave": self.focusopgaven,
            "actie": self.acties,
            "terugblik": self.terugblikken,
        }


def build_all(data: Row, known: Known, *, today: date) -> None:
    """All plans, budgets, indicators and look-backs. KeyError when a row names what is not there."""
    for row in data["budgetten"]:
        known.budgetten[row["key"]] = build_budget(row, known.organisaties)
    for row in data["plannen"]:
        build_plan(row, known, today=today)
    for row in data["plannen"]:
        for actie in row["acties"]:
            own = known.acties[f"{row['key']}/{actie['nummer']}"]
            own.samen_met.add(*(known.acties[key] for key in actie.get("samen_met", [])))
    for order, row in enumerate(data["indicatoren"]):
        build_indicator(row, known.wijken, order=order)
    for row in data["terugblikken"]:
        key = f"{row['plan']}/{row['slug']}"
        known.terugblikken[key] = build_terugblik(row, known.plannen[row["plan"]], today=today)


def build_budget(row: Row, organisaties: dict[str, Organisatie]) -> Budget:
    return Budget.objects.create(
        naam=row["naam"],
        jaren=row.get("jaren", ""),
        bedrag=row["bedrag"],
        houder=organisaties[row["houder"]] if row.get("houder") else None,
        bron=row["bron"],
        toelichting=row.get("toelichting", ""),
    )


def build_plan(row: Row, known: Known, *, today: date) -> Actieplan:
    """One plan with its perspectieven, opgaven, focusopgaven and acties."""
    plan = Actieplan(
        wijk=known.wijken[row["wijk"]],
        naam=row["naam"],
        slug=row["slug"],
        soort=Actieplan.Soort(row["soort"]),
        starts_on=day(row.get("starts_on")),
        bestuursperiode_tot=day(row.get("bestuursperiode_tot")),
        contact=known.contacten[row["contact"]] if row.get("contact") else None,
    )
    plan.full_clean()
    plan.save()
    known.plannen[row["key"]] = plan
    for versie in row["versies"]:
        ActieplanVersie.objects.create(
            actieplan=plan,
            versie=versie["versie"],
            datum=day(versie.get("datum")),
            status=ActieplanVersie.Status(versie["status"]),
            consultatie_tot=day(versie.get("consultatie_tot")),
        )
    # A plan without a dated version makes its promises today.
    dates = [date.fromisoformat(versie["datum"]) for versie in row["versies"] if versie.get("datum")]
    recorded_on = min(dates, default=today)
    for perspectief in row.get("perspectieven", []):
        build_perspectief(perspectief, plan, known, prefix=row["wijk"])
    for focusopgave in row.get("focusopgaven", []):
        build_focusopgave(focusopgave, plan, known, prefix=row["key"])
    for actie in row["acties"]:
        build_actie(actie, plan, known, prefix=row["key"], recorded_on=recorded_on)
    return plan


def build_perspectief(row: Row, plan: Actieplan, known: Known, *, prefix: str) -> Perspectief:
    perspectief = Perspectief.objects.create(actieplan=plan, nummer=row["nummer"], naam=row["naam"])
    known.perspectieven[f"{prefix}/{row['key']}"] = perspectief
    for opgave in row["opgaven"]:
        known.opgaven[f"{prefix}/{opgave['key']}"] = Opgave.objects.create(
            perspectief=perspectief,
            nummer=opgave["nummer"],
            titel=opgave["titel"],
            toelichting=opgave.get("toelichting", ""),
        )
    return perspectief


def build_focusopgave(row: Row, plan: Actieplan, known: Known, *, prefix: str) -> Focusopgave:
    focusopgave = Focusopgave.objects.create(actieplan=plan, nummer=row["nummer"], naam=row["naam"])
    focusopgave.perspectieven.set(
        known.perspectieven[f"{plan.wijk.slug}/{key}"] for key in row["perspectieven"]
    )
    focusopgave.eindverantwoordelijk.set(known.organisaties[key] for key in row["eindverantwoordelijk"])
    focusopgave.werkgroep.set(known.organisaties[key] for key in row["werkgroep"])
    known.focusopgaven[f"{prefix}/{row['key']}"] = focusopgave
    return focusopgave


def build_actie(row: Row, plan: Actieplan, known: Known, *, prefix: str, recorded_on: date) -> Actie:
    """One action with its money and its first promises, as the plan made them on the day of its version."""
    actie = Actie(
        actieplan=plan,
        nummer=row["nummer"],
        naam=row["naam"],
        focusopgave=known.focusopgaven[f"{prefix}/{row['focusopgave']}"] if row.get("focusopgave") else None,
        kosten=row["kosten"],
        kosten_reden=row["kosten_reden"],
        is_reservering=row.get("is_reservering", False),
    )
    actie.full_clean()
    actie.save()
    # A programme of residents works on what the plan of its wijk asks for.
    actie.opgaven.set(known.opgaven[f"{plan.wijk.slug}/{key}"] for key in row["opgaven"])
    actie.trekkers.set(known.organisaties[key] for key in row["trekkers"])
    actie.betrokken.set(known.organisaties[key] for key in row["betrokken"])
    actie.plekken.set(known.plekken[key] for key in row["plekken"])
    for line in row["financiering"]:
        Financiering.objects.create(
            actie=actie, budget=known.budgetten[line["budget"]], bedrag=line["bedrag"]
        )
    for step in row["mijlpalen"]:
        planning = step["planning"]
        add_mijlpaal(
            actie=actie,
            naam=step["naam"],
            periode=planning["periode"],
            zekerheid=Certainty(planning["zekerheid"]),
            voorwaarde=planning.get("voorwaarde", ""),
            vastgelegd_op=recorded_on,
        )
    known.acties[f"{prefix}/{row['nummer']}"] = actie
    return actie


def build_indicator(row: Row, wijken: dict[str, Wijk], *, order: int) -> Indicator:
    indicator = Indicator.objects.create(
        code=row["key"],
        naam=row["naam"],
        uitleg=row.get("uitleg", ""),
        eenheid=Indicator.Eenheid(row["eenheid"]),
        richting=row.get("hoger_is", ""),
        bron_naam=row["bron_naam"],
        bron_url=row.get("bron_url", ""),
        order=order,
    )
    for meting in row["metingen"]:
        Meting.objects.create(
            indicator=indicator,
            wijk=wijken[meting["wijk"]] if meting.get("wijk") else None,
            datum=date.fromisoformat(meting["datum"]),
            waarde=meting["waarde"],
            is_ongeveer=meting.get("is_ongeveer", False),
            bron=meting.get("bron", ""),
        )
    return indicator


def build_terugblik(row: Row, plan: Actieplan, *, today: date) -> Terugblik:
    """A look-back; of a day that has been, the standing of that day is kept at once."""
    terugblik = Terugblik(actieplan=plan, peildatum=date.fromisoformat(row["peildatum"]))
    terugblik.full_clean()
    terugblik.save()
    if terugblik.peildatum <= today:
        take_snapshot(terugblik=terugblik)
    return terugblik


def page_rows(data: Row) -> dict[str, list[Row]]:
    """{slug of a wijk: the rows of its pages about action plans}, in the shape of `pages.json`."""
    rows: dict[str, list[Row]] = {}
    for plan in data["plannen"]:
        below = rows.setdefault(plan["wijk"], [])
        below.append(_plan_page(plan, data["terugblikken"]))
        if monitor := plan.get("monitor"):
            below.append(_page("MonitorPage", monitor, slug="monitor", wijk=plan["wijk"]))
    return rows


def _plan_page(plan: Row, terugblikken: list[Row]) -> Row:
    key = plan["key"]
    children = [
        _page("PerspectiefPage", row, title=row["naam"], perspectief=f"{plan['wijk']}/{row['key']}")
        for row in plan.get("perspectieven", [])
    ]
    for row in plan.get("focusopgaven", []):
        words = {**row, "eindverantwoordelijk": row["eindverantwoordelijk_tekst"]}
        children.append(_page("FocusopgavePage", words, title=row["naam"], focusopgave=f"{key}/{row['key']}"))
    for row in plan["acties"]:
        words = {**row, "bron_opmerking": row.get("bron", "")}
        children.append(_page("ActiePage", words, actie=f"{key}/{row['nummer']}"))
    for row in terugblikken:
        if row["plan"] == key:
            children.append(_page("TerugblikPage", row, terugblik=f"{key}/{row['slug']}"))
    return _page("ActieplanPage", plan, actieplan=key, children=children)


def _page(kind: str, words: Row, **more: Any) -> Row:
    """A row for a page: its words, without the facts that stand in the registers."""
    return {**words, "title": words.get("titel", ""), "children": [], **more, "type": kind}


def analyse_blocks(rows: list[Row]) -> list[Row]:
    """The findings of a perspectief as blocks; each needs an id of its own to be translated."""
    return [{"type": "bevinding", "id": str(uuid.uuid4()), "value": row} for row in rows]

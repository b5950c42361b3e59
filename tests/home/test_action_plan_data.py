"""The action plans of the demo: what the sources count, the data counts too."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from core.blocks import BodyBlock
from home.demo.content import pictures, read

DATA = read("actieplannen.json")
REGISTERS = read("registers.json")
PLANS = {plan["key"]: plan for plan in DATA["plannen"]}
MAIN = PLANS["velsen-noord"]
ACTIONS = [pytest.param(plan, actie, id=actie["slug"]) for plan in PLANS.values() for actie in plan["acties"]]

POINT = r"\d{4}(-(Q[1-4]|H[12]))?"
PERIOD = re.compile(
    rf"{POINT}|{POINT}\.\.{POINT}|\d{{4}}/\d{{4}}|\d{{4}}-(voorjaar|zomer|najaar|winter)|ntb|na"
)
MOST = {"naam": 60, "titel": 120, "intro": 400}


def keys(register: str) -> set[str]:
    return {row.get("key") or row["slug"] for row in REGISTERS[register]}


def costs(plan: dict[str, Any], focusopgave: str | None = None) -> int:
    return sum(
        actie["kosten"] or 0 for actie in plan["acties"] if focusopgave in (None, actie["focusopgave"])
    )


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def bodies() -> Iterator[list[dict[str, Any]]]:
    for plan in PLANS.values():
        yield plan["body"]
        yield from (plan[name]["body"] for name in ("monitor",) if name in plan)
        yield from (actie["body"] for actie in plan["acties"])
    yield from (terugblik["body"] for terugblik in DATA["terugblikken"])


@pytest.mark.parametrize(
    ("focusopgave", "actions", "euros"),
    [("fo1", 5, 0), ("fo2", 6, 326_000), ("fo3", 8, 165_000), ("", 1, 200_000)],
)
def test_each_focusopgave_costs_what_the_source_says(focusopgave: str, actions: int, euros: int) -> None:
    assert sum(actie["focusopgave"] == focusopgave for actie in MAIN["acties"]) == actions
    assert costs(MAIN, focusopgave) == euros


@pytest.mark.parametrize(
    ("plan", "actions", "euros"), [("velsen-noord", 20, 691_000), ("samen-gezellig", 14, 498_000)]
)
def test_each_plan_costs_what_the_source_says(plan: str, actions: int, euros: int) -> None:
    assert [actie["nummer"] for actie in PLANS[plan]["acties"]] == list(range(1, actions + 1))
    assert costs(PLANS[plan]) == euros


def test_perspectives_analysis_and_opgaven() -> None:
    perspectieven = MAIN["perspectieven"]
    assert [len(perspectief["analyse"]) for perspectief in perspectieven] == [4, 4, 5, 4, 3]
    assert [len(perspectief["opgaven"]) for perspectief in perspectieven] == [5, 3, 5, 2, 3]


@pytest.mark.parametrize(("plan", "actie"), ACTIONS)
def test_an_action_has_a_price_or_a_reason(plan: dict[str, Any], actie: dict[str, Any]) -> None:
    assert (actie["kosten"] is None) == bool(actie["kosten_reden"])
    assert actie["kosten_reden"] in {"", "nvt", "nnb", "nvt_of_nnb", "ander_budget"}
    funded = sum(line["bedrag"] for line in actie["financiering"])
    if actie["kosten"] is not None:
        assert funded == actie["kosten"]
    assert {line["budget"] for line in actie["financiering"]} <= {row["key"] for row in DATA["budgetten"]}


def test_no_budget_is_spent_twice() -> None:
    spent: dict[str, int] = {}
    for plan in PLANS.values():
        for actie in plan["acties"]:
            for line in actie["financiering"]:
                spent[line["budget"]] = spent.get(line["budget"], 0) + line["bedrag"]
    assert spent == {"weerbare-wijken": 691_000, "samen-gezellig": 498_000, "algemene-reserve": 80_000}
    assert all(spent[row["key"]] <= row["bedrag"] for row in DATA["budgetten"] if row["key"] in spent)


def test_actions_that_are_the_same_work_point_one_way() -> None:
    pairs = {
        (actie["nummer"], other)
        for plan in PLANS.values()
        for actie in plan["acties"]
        for other in actie["samen_met"]
    }
    assert pairs == {(6, "samen-gezellig/4"), (9, "samen-gezellig/7")}


@pytest.mark.parametrize(("plan", "actie"), ACTIONS)
def test_an_action_refers_to_what_is_there(plan: dict[str, Any], actie: dict[str, Any]) -> None:
    wijkplannen = [other for other in PLANS.values() if other["wijk"] == plan["wijk"]]
    opgaven = {
        opgave["key"]
        for other in wijkplannen
        for perspectief in other["perspectieven"]
        for opgave in perspectief["opgaven"]
    }
    assert {*actie["trekkers"], *actie["betrokken"]} <= keys("organisaties")
    assert set(actie["plekken"]) <= keys("plekken")
    assert set(actie["opgaven"]) <= opgaven
    assert actie["focusopgave"] in {"", *(row["key"] for row in plan["focusopgaven"])}


@pytest.mark.parametrize(("plan", "actie"), ACTIONS)
def test_planning_is_readable_by_a_machine(plan: dict[str, Any], actie: dict[str, Any]) -> None:
    assert actie["mijlpalen"]
    for mijlpaal in actie["mijlpalen"]:
        planning = mijlpaal["planning"]
        assert PERIOD.fullmatch(planning["periode"])
        assert planning["zekerheid"] in {"afgesproken", "verwacht", "onzeker"}
        # Waiting for something else is only a promise when it says for what.
        assert planning["periode"] != "na" or planning["voorwaarde"]


def test_plans_and_focusopgaven_refer_to_what_is_there() -> None:
    for plan in PLANS.values():
        assert plan["wijk"] in keys("wijken")
        assert plan["contact"] in {"", *keys("contactpersonen")}
        perspectieven = {row["key"] for row in plan["perspectieven"]}
        for focusopgave in plan["focusopgaven"]:
            assert {*focusopgave["eindverantwoordelijk"], *focusopgave["werkgroep"]} <= keys("organisaties")
            assert set(focusopgave["perspectieven"]) <= perspectieven
    assert {row["houder"] for row in DATA["budgetten"]} <= {"", *keys("organisaties")}
    assert {row["plan"] for row in DATA["terugblikken"]} <= set(PLANS)
    wijken = {"", *keys("wijken")}
    assert {meting["wijk"] for row in DATA["indicatoren"] for meting in row["metingen"]} <= wijken


def test_words_fit_and_names_are_told_apart() -> None:
    images = {picture["key"] for picture in pictures()}
    for plan in PLANS.values():
        names = [actie["naam"] for actie in plan["acties"]]
        slugs = [actie["slug"] for actie in plan["acties"]]
        assert len(set(names)) == len(names)
        assert len(set(slugs)) == len(slugs)
        for row in (plan, *plan["perspectieven"], *plan["focusopgaven"], *plan["acties"]):
            assert all(len(row[name]) <= most for name, most in MOST.items() if name in row)
            assert row.get("image", "hero") in images


def test_bodies_are_made_of_blocks_that_exist() -> None:
    known = set(BodyBlock().child_blocks)
    assert {block["type"] for body in bodies() for block in body} <= known


def test_no_person_and_only_the_number_of_the_municipality() -> None:
    for text in texts(DATA):
        assert "@" not in text
        assert not re.search(r"\b0\d{1,3}[- ]?\d{6,7}\b", text)


def test_the_first_look_back_is_half_a_year_after_the_start() -> None:
    start = date.fromisoformat(MAIN["starts_on"])
    looked_back = date.fromisoformat(DATA["terugblikken"][0]["peildatum"])
    assert (looked_back.year, looked_back.month, looked_back.day) == (start.year, start.month + 6, start.day)


def test_an_indicator_holds_its_measurements_in_order() -> None:
    for indicator in DATA["indicatoren"]:
        dates = [meting["datum"] for meting in indicator["metingen"]]
        assert all(earlier <= later for earlier, later in pairwise(dates))

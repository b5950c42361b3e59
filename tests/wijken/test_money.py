"""Every total is a sum over rows, to the euro."""

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import new_actie, new_plan
from wijken.models import Actie, Budget, Financiering, Wijk
from wijken.monitor.money import Total, budget_use, per_focusopgave

NOORD = "velsen-noord"


def acties(soort: str) -> list[Actie]:
    return list(Actie.objects.filter(actieplan__wijk__slug=NOORD, actieplan__soort=soort))


@pytest.mark.django_db
def test_the_plan_costs_what_its_source_says() -> None:
    plan = acties("actieplan")
    groups = per_focusopgave(plan)
    numbers = {actie.focusopgave_id: actie.focusopgave.nummer for actie in plan if actie.focusopgave}
    euros = {numbers.get(key): total.euros for key, total in groups.items()}
    assert euros == {1: 0, 2: 326_000, 3: 165_000, None: 200_000}
    assert {numbers.get(key): total.acties for key, total in groups.items()} == {
        1: 5,
        2: 6,
        3: 8,
        None: 1,
    }
    total = Total.of(plan)
    assert (total.euros, total.acties) == (691_000, 20)
    assert total.is_floor
    assert total.without_amount == sum(actie.kosten is None for actie in plan) > 0


@pytest.mark.django_db
def test_both_programmes_together() -> None:
    assert Total.of(acties("programma")).euros == 498_000
    assert Total.of([*acties("actieplan"), *acties("programma")]).euros == 1_189_000


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_left_of_each_budget(language: str) -> None:
    use = budget_use(wijk_id=Wijk.objects.get(slug=NOORD).pk, language_code=language)
    assert [(one.budget.bedrag, one.spent, one.left) for one in use] == [
        (1_050_000, 691_000, 359_000),
        (500_000, 498_000, 2_000),
        (80_000, 80_000, 0),
    ]
    assert [one.budget.words_language for one in use] == [language] * 3


@pytest.mark.django_db
def test_no_line_is_counted_twice() -> None:
    """An action may stand at several places, opgaven and budgets; its euros stand there once."""
    wijk = Wijk.objects.get(slug=NOORD)
    use = budget_use(wijk_id=wijk.pk, language_code="nl")
    lines = Financiering.objects.filter(actie__actieplan__wijk=wijk)
    assert sum(one.spent for one in use) == lines.aggregate(sum=Sum("bedrag"))["sum"]
    assert len({one.budget.pk for one in use}) == len(use)
    # Both lines of the same work at one place are there, and no euro stands at both.
    for actie in Actie.objects.filter(samen_met__isnull=False).distinct():
        own = {(line.budget_id, line.bedrag) for line in actie.financiering.all()}
        others = {
            (line.budget_id, line.bedrag)
            for other in actie.samen_met.all()
            for line in other.financiering.all()
        }
        assert not own & others


@pytest.mark.django_db
def test_a_budget_counts_its_use_in_every_wijk() -> None:
    wijk = Wijk.objects.get(slug=NOORD)
    budget = Budget.objects.source().get(bedrag=1_050_000)
    elsewhere = new_plan("velserbroek")
    for nummer in (1, 2):
        actie = new_actie(elsewhere, nummer, kosten=180_000)
        Financiering.objects.create(actie=actie, budget=budget, bedrag=180_000)
    use = {one.budget.pk: one for one in budget_use(wijk_id=wijk.pk, language_code="nl")}
    assert use[budget.pk].left == -1_000
    assert [one.budget for one in budget_use(wijk_id=elsewhere.wijk_id, language_code="nl")] == [budget]


def actie(kosten: int | None, reden: str, focusopgave: int | None) -> Actie:
    return Actie(
        nummer=1, kosten=kosten, kosten_reden="" if kosten is not None else reden, focusopgave_id=focusopgave
    )


some_acties = st.lists(
    st.builds(
        actie,
        st.none() | st.integers(0, 2_000_000),
        st.sampled_from(Actie.KostenReden.values),
        st.none() | st.integers(1, 4),
    ),
    max_size=40,
)


@given(some_acties)
def test_the_subtotals_add_up_to_the_total(rows: list[Actie]) -> None:
    total, groups = Total.of(rows), per_focusopgave(rows).values()
    assert sum(group.euros for group in groups) == total.euros
    assert sum(group.acties for group in groups) == total.acties == len(rows)
    assert sum(group.without_amount for group in groups) == total.without_amount
    assert any(group.is_floor for group in groups) == total.is_floor


@pytest.mark.parametrize(
    ("reden", "is_floor"), [("nvt", False), ("nnb", True), ("nvt_of_nnb", True), ("ander_budget", False)]
)
def test_a_total_is_a_floor_while_a_cost_is_not_known(reden: str, is_floor: bool) -> None:
    total = Total.of([actie(1_000, "", None), actie(None, reden, None)])
    assert (total.euros, total.without_amount, total.is_floor) == (1_000, 1, is_floor)
    # Nothing is an amount too.
    assert Total.of([actie(0, "", None)]) == Total(0, 1, 0, False)

"""Who signed up twice: found, shown side by side, decided about, and nobody lost."""

from time import process_time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import User
from participatie import actions, double_actions
from participatie.doubles import groups, looks_like_another, possible_doubles
from participatie.models import Aanmelding, Handeling, Loting, NietDubbel, Persoon, Staat
from tests.desk import allow_unknown_variables
from tests.participatie.desk import at, empty, noted, plain_text
from tests.participatie.own import sign_up
from tests.participatie.people import answers

pytestmark = pytest.mark.django_db
Soort = Handeling.Soort


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


numbers = st.integers(1, 9)
shared = st.dictionaries(numbers, st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=2), max_size=9)
pairs = st.sets(st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]), max_size=12)


@settings(max_examples=300, deadline=None)
@given(shared, pairs)
def test_numbers_hang_together_by_what_they_share_and_by_nothing_else(
    keys: dict[int, list[str]], apart: set[tuple[int, int]]
) -> None:
    def touch(one: int, other: int) -> bool:
        return (
            bool({key for key in keys[one] if key} & set(keys[other]))
            and (min(one, other), max(one, other)) not in apart
        )

    wanted, left = [], set(keys)
    while left:
        group = {min(left)}
        while more := {other for other in left - group if any(touch(one, other) for one in group)}:
            group |= more
        left -= group
        if len(group) > 1:
            wanted.append(sorted(group))
    assert groups(keys, apart) == wanted


def test_thousands_with_the_same_mail_are_not_compared_one_by_one() -> None:
    keys = {number: ["iedereen@example.nl"] for number in range(5000)}
    started = process_time()
    assert groups(keys, [(1, 2)]) == [list(range(5000))]
    assert process_time() - started < 2


def test_possible_doubles_are_those_with_a_mail_or_a_name_and_address_in_common(loting: Loting) -> None:
    empty(loting)
    one = sign_up(loting, naam="Jan de Proef", mail="jan@example.nl")
    by_mail = sign_up(loting, naam="J. Proef", mail="JAN@example.nl ", huisnummer="2")
    by_name = sign_up(loting, naam="ján de  proef", mail="", postcode="1951xa")
    alone = sign_up(loting, naam="Jan de Proef", mail="", huisnummer="3")
    nameless = sign_up(loting, naam="Piet", mail="", huisnummer="4")
    [group] = possible_doubles(loting)
    assert [row.pk for row in group.aanmeldingen] == [one.pk, by_mail.pk, by_name.pk]
    assert group.shared == ["mail", "naam_adres"]
    assert [looks_like_another(row) for row in (one, by_name, alone, nameless)] == [True, True, False, False]
    actions.withdraw(aanmelding=one)
    assert possible_doubles(loting) == []


@pytest.fixture
def twins(loting: Loting) -> list[Aanmelding]:
    empty(loting)
    return [sign_up(loting), sign_up(loting), sign_up(loting)]


def decide(client: Client, rows: list[Aanmelding], besluit: str, **more: str) -> str:
    response = client.post(
        at("doubles", rows[0].loting),
        {"besluit": besluit, "aanmelding": [str(row.pk) for row in rows], **more},
        follow=True,
    )
    assert response.status_code == 200
    return plain_text(response)


def standings(rows: list[Aanmelding]) -> list[str]:
    return [Aanmelding.objects.get(pk=row.pk).reden for row in rows]


def test_one_stays_and_it_can_be_undone(keeper: Client, loting: Loting, twins: list[Aanmelding]) -> None:
    assert "Eén aanmelding blijft" in decide(keeper, twins, "blijft", blijft=str(twins[1].pk))
    assert standings(twins) == ["dubbel", "adres_klopt", "dubbel"]
    assert possible_doubles(loting) == []
    decide(keeper, [twins[0]], "terug")
    assert standings(twins) == ["adres_klopt", "adres_klopt", "dubbel"]
    assert [row.pk for row in possible_doubles(loting)[0].aanmeldingen] == [twins[0].pk, twins[1].pk]


def test_two_who_decide_at_once_do_not_put_everybody_out(
    loting: Loting, twins: list[Aanmelding], beheerder: User
) -> None:
    first, second = twins[:2]
    double_actions.mark_doubles(kept=first, others=[second], by=beheerder)
    with pytest.raises(ValidationError):
        double_actions.mark_doubles(kept=second, others=[first], by=beheerder)
    assert standings([first, second]) == ["adres_klopt", "dubbel"]


def test_nobody_is_put_out_for_one_that_is_gone_or_withdrawn(
    keeper: Client, twins: list[Aanmelding], beheerder: User
) -> None:
    first, second, third = twins
    actions.withdraw(aanmelding=first)
    assert "Kies welke" in decide(keeper, twins, "blijft", blijft=str(first.pk))
    actions.erase(aanmelding=second)
    with pytest.raises(actions.GoneError):
        double_actions.mark_doubles(kept=second, others=[third], by=beheerder)
    for what in (double_actions.tell_apart, double_actions.undo_doubles):
        with pytest.raises(actions.GoneError):
            what(aanmeldingen=[second, third], by=beheerder)
    assert standings([third]) == ["adres_klopt"]
    assert "is er niet meer" in decide(keeper, [second, third], "twee")


def test_told_apart_is_told_apart_and_only_that_pair_is_undone(
    keeper: Client, loting: Loting, twins: list[Aanmelding]
) -> None:
    for _time in range(2):
        decide(keeper, twins, "twee")
    assert NietDubbel.objects.filter(eerste__loting=loting).count() == 3
    assert possible_doubles(loting) == []
    assert [row.toelichting for row in noted(loting, Soort.BEOORDEELD)] == ["niet_dubbel"] * 3
    decide(keeper, twins[:2], "terug")
    assert [row.pk for row in possible_doubles(loting)[0].aanmeldingen] == [row.pk for row in twins[:2]]
    assert NietDubbel.objects.filter(eerste__loting=loting).count() == 2
    assert [row.toelichting for row in noted(loting, Soort.BEOORDEELD)[3:]] == ["niet_dubbel: terug"] * 2


def test_nothing_about_doubles_changes_once_the_pool_stands(
    keeper: Client, loting: Loting, twins: list[Aanmelding]
) -> None:
    decide(keeper, twins[:2], "twee")
    Loting.objects.filter(pk=loting.pk).update(staat=Staat.BEVROREN)
    before = (standings(twins), NietDubbel.objects.count())
    for besluit in ("blijft", "twee", "terug"):
        assert "staan vast" in decide(keeper, twins, besluit, blijft=str(twins[0].pk))
    assert (standings(twins), NietDubbel.objects.count()) == before


@pytest.mark.parametrize("key", ["", "x", "\0", "-1", "9" * 30, "9" * 5000, "٣"])
def test_a_form_about_sign_ups_that_are_not_there_is_refused(
    keeper: Client, loting: Loting, twins: list[Aanmelding], key: str
) -> None:
    for besluit in ("blijft", "twee", "terug", "", "\0"):
        response = keeper.post(
            at("doubles", loting), {"besluit": besluit, "aanmelding": [str(twins[0].pk), key], "blijft": key}
        )
        assert response.status_code == 302
    assert standings(twins) == ["adres_klopt"] * 3


def test_a_decision_for_another_reason_stays_when_the_person_moves(
    loting: Loting, twins: list[Aanmelding], beheerder: User
) -> None:
    double_actions.mark_doubles(kept=twins[0], others=[twins[1]], by=beheerder)
    actions.correct(aanmelding=twins[1], answers=answers(loting, postcode="1017 AB", huisnummer="9"))
    row = Aanmelding.objects.get(pk=twins[1].pk)
    assert (row.geschiktheid, row.reden, row.adrescontrole) == ("niet_geschikt", "dubbel", "buiten")
    actions.correct(aanmelding=twins[0], answers=answers(loting, postcode="1017 AB", huisnummer="9"))
    row = Aanmelding.objects.get(pk=twins[0].pk)
    assert (row.geschiktheid, row.reden) == ("controleren", "buiten_gebied")


def test_a_long_list_is_opened_page_by_page(
    keeper: Client, loting: Loting, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty(loting)
    monkeypatch.setattr("participatie.desk.doubles.PER_PAGE", 2)
    rows = [sign_up(loting, mail=f"groep{number // 2}@example.nl") for number in range(6)]
    # One name and address each, or they would all hang together.
    for number, row in enumerate(rows):
        Persoon.objects.filter(aanmelding=row).update(naam_adres_index=f"{number}")
    first = plain_text(keeper.get(at("doubles", loting)))
    second = plain_text(keeper.get(at("doubles", loting), {"p": "2"}))
    assert [row.bonnummer in first for row in rows] == [True] * 4 + [False] * 2
    assert [row.bonnummer in second for row in rows] == [False] * 4 + [True] * 2
    assert [row.aantal for row in noted(loting, Soort.DUBBEL)] == [4, 2]
    for place in ("0", "99", "x", "\0"):
        assert keeper.get(at("doubles", loting), {"p": place}).status_code == 200


def test_of_a_large_group_the_first_are_decided_about_first(
    keeper: Client, loting: Loting, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty(loting)
    for module in ("participatie.doubles", "participatie.desk.doubles"):
        monkeypatch.setattr(f"{module}.MOST_AT_ONCE", 2)
    rows = [sign_up(loting) for _number in range(3)]
    [group] = possible_doubles(loting)
    assert (group.aanmeldingen, group.more) == (rows[:2], 1)
    assert "Hier hoort nog 1 aanmelding bij." in plain_text(keeper.get(at("doubles", loting)))
    decide(keeper, rows[:2], "blijft", blijft=str(rows[0].pk))
    [group] = possible_doubles(loting)
    assert (group.aanmeldingen, group.more) == ([rows[0], rows[2]], 0)

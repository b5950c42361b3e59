"""Filling a free seat by the published rule, and only by that."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from participatie.models import Bezetting, Lot, Zetelaanbod
from participatie.seats.actions import offer_seats, resign
from participatie.seats.rule import choice_for, fill
from tests.participatie.drawn import small_draw
from tests.participatie.seats.books import first_offer, holds_together, lines, offers, say

pytestmark = pytest.mark.django_db
# Of the lots the odd ones rent and the even ones own; of three seats each may have one or two.


def free_seat(loting):
    """The first seat, of somebody who rents, comes free; the other two stay asked."""
    return say(first_offer(loting), False).zetel


def test_who_breaks_the_fewest_quotas_comes_first_then_the_order_of_the_reserves(offered) -> None:
    free_seat(offered)
    choice = choice_for(offered)
    assert choice.seated == ["L-0002", "L-0003"]
    assert [candidate.id for candidate in choice.candidates] == ["L-0004", "L-0005", "L-0006", "L-0007"]
    say(offers(offered)[2], False)
    # Only somebody who owns is left: who rents breaks nothing, another owner leaves too few who rent.
    choice = choice_for(offered)
    assert [candidate.id for candidate in choice.candidates] == ["L-0005", "L-0007", "L-0004", "L-0006"]
    assert [len(candidate.violations) for candidate in choice.candidates] == [0, 0, 1, 1]


def test_looking_changes_nothing(offered) -> None:
    free_seat(offered)
    before = lines(offered), Zetelaanbod.objects.count()
    assert choice_for(offered) == choice_for(offered)
    assert (lines(offered), Zetelaanbod.objects.count()) == before


def test_the_first_is_asked_and_it_is_in_the_public_log(offered, by) -> None:
    zetel = free_seat(offered)
    made = fill(zetel=zetel, lot="L-0004", by=by)
    assert (made.zetel, made.lot.nummer, made.stand) == (zetel, "L-0004", "open")
    what, about = lines(offered)[-1]
    assert what == "zetel aangeboden"
    assert about["in_plaats_van"] == "L-0001"
    assert about["plek"] == 1
    assert "reden" not in about
    # Twice is once.
    assert fill(zetel=zetel, lot="L-0004", by=by) == made
    with pytest.raises(ValidationError, match="niet vrij"):
        fill(zetel=zetel, lot="L-0005", by=by)
    holds_together(offered)


@pytest.mark.parametrize("reden", ["", "  ", "\0"])
def test_nobody_is_passed_over_without_a_reason(offered, by, reden) -> None:
    zetel = free_seat(offered)
    with pytest.raises(ValidationError, match="L-0004"):
        fill(zetel=zetel, lot="L-0005", by=by, reden=reden)
    assert Zetelaanbod.objects.filter(zetel=zetel).count() == 1
    made = fill(zetel=zetel, lot="L-0005", by=by, reden="Woont niet meer in de wijk.")
    assert made.regel["overgeslagen"] == ["L-0004"]
    assert lines(offered)[-1][1]["reden"] == "Woont niet meer in de wijk."


def test_a_reason_of_any_length_and_any_lot_is_refused_in_words(offered, by) -> None:
    zetel = free_seat(offered)
    with pytest.raises(ValidationError, match="600"):
        fill(zetel=zetel, lot="L-0005", by=by, reden="x" * 601)
    for lot in ("", "L-9999", "L-0002", "L-0001", "L-0008", "'; --"):
        with pytest.raises(ValidationError, match="Dit lot kan deze zetel niet krijgen"):
            fill(zetel=zetel, lot=lot, by=by, reden="Daarom.")


def test_nobody_of_an_address_that_has_a_seat_is_a_candidate(offered) -> None:
    free_seat(offered)
    home = Lot.objects.get(nummer="L-0002", trekking__loting=offered).huishouden
    Lot.objects.filter(nummer="L-0004", trekking__loting=offered).update(huishouden=home)
    assert "L-0004" not in [candidate.id for candidate in choice_for(offered).candidates]
    say(offers(offered)[1], False)
    assert "L-0004" in [candidate.id for candidate in choice_for(offered).candidates]


def test_a_seat_on_which_somebody_sits_is_not_free(offered, by) -> None:
    """Also while another seat is, so that there is somebody to ask."""
    taken = say(first_offer(offered), True).zetel
    say(offers(offered)[1], False)
    first = choice_for(offered).candidates[0].id
    with pytest.raises(ValidationError, match="niet vrij"):
        fill(zetel=taken, lot=first, by=by)
    holds_together(offered)


def test_beyond_the_promised_reserves_only_with_a_reason(by) -> None:
    loting = small_draw(reserves=1)
    offer_seats(loting=loting, by=by)
    zetel = free_seat(loting)
    assert [candidate.id for candidate in choice_for(loting).candidates] == ["L-0004"]
    say(fill(zetel=zetel, lot="L-0004", by=by), False)
    choice = choice_for(loting)
    assert choice.is_beyond
    assert [candidate.id for candidate in choice.candidates] == ["L-0005", "L-0006", "L-0007", "L-0008"]
    with pytest.raises(ValidationError, match="op"):
        fill(zetel=zetel, lot="L-0005", by=by)
    fill(zetel=zetel, lot="L-0005", by=by, reden="De reserve wilde niet.")
    assert lines(loting)[-1][1]["reden"] == "De reserve wilde niet."


def test_a_simple_draw_has_no_quotas_only_an_order(by) -> None:
    loting = small_draw(vorm="eenvoudig", een_per_adres=False)
    offer_seats(loting=loting, by=by)
    for row in offers(loting)[:2]:
        say(row, False)
    choice = choice_for(loting)
    assert [candidate.id for candidate in choice.candidates] == ["L-0004", "L-0005", "L-0006", "L-0007"]
    assert {candidate.violations for candidate in choice.candidates} == {()}


def test_a_seat_that_was_given_up_is_filled_from_the_same_draw(offered, by) -> None:
    for row in offers(offered):
        say(row, True)
    sitting = Bezetting.objects.filter(zetel__loting=offered)[0]
    resign(bezetting=sitting, einde="gestopt", on=timezone.localdate(), by=by)
    made = fill(zetel=sitting.zetel, lot=choice_for(offered).candidates[0].id, by=by)
    say(made, True)
    assert Bezetting.objects.get(aanbod=made).termijn_tot == sitting.termijn_tot
    holds_together(offered)


def test_when_nobody_is_left_there_is_nobody_to_ask(by) -> None:
    loting = small_draw(people=3)
    offer_seats(loting=loting, by=by)
    zetel = free_seat(loting)
    assert choice_for(loting).candidates == []
    with pytest.raises(ValidationError):
        fill(zetel=zetel, lot="L-0004", by=by)

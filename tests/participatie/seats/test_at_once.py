"""Two people at the same seat at the same moment, each over a connection of its own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from core.models import OutboxMail, User
from participatie.models import Bezetting, Loting, Lotingstap, Staat, Zetel, Zetelaanbod
from participatie.seats.actions import SeatGivenError, TooLateError, offer_seats, resign
from participatie.seats.deadlines import lapse_due, remind_due
from participatie.seats.rule import choice_for, fill
from tests.desk import account
from tests.own_database import at_once
from tests.participatie.drawn import small_draw
from tests.participatie.seats.books import first_offer, holds_together, lines, offers, say, seat_url


@pytest.fixture
def fresh(database_to_lose: None) -> Iterator[tuple[Loting, User]]:
    yield small_draw(seats=2, people=6), account("lotingbeheerder", name="beheert-loting")


@pytest.fixture
def asked(fresh: tuple[Loting, User]) -> tuple[Loting, User]:
    loting, by = fresh
    assert offer_seats(loting=loting, by=by) == 2
    return fresh


def test_offering_at_once_is_offering_once(fresh) -> None:
    loting, by = fresh
    before = OutboxMail.objects.count()
    counts = at_once(*[lambda: offer_seats(loting=loting, by=by)] * 4)
    assert sorted(counts) == [0, 0, 0, 2]
    assert Zetelaanbod.objects.count() == Zetel.objects.count() == 2
    assert OutboxMail.objects.count() == before + 2
    holds_together(loting)


def test_yes_and_no_at_once_end_in_one_of_them(asked) -> None:
    loting, _by = asked
    own = seat_url(first_offer(loting))
    codes = at_once(
        *[lambda: Client().post(f"{own}aannemen/", {"genoemd": "nee"}).status_code] * 3,
        *[lambda: Client().post(f"{own}weigeren/").status_code] * 3,
    )
    assert set(codes) == {303}
    holds_together(loting)


def test_the_last_two_seats_taken_at_once_are_one_step(asked) -> None:
    loting, _by = asked
    works = [lambda row=row: say(row, True) for row in offers(loting)]
    at_once(*works, *works)
    assert Bezetting.objects.count() == 2
    assert Lotingstap.objects.filter(loting=loting, naar=Staat.BEZET).count() == 1
    holds_together(loting)


def test_an_answer_at_the_deadline_counts_or_lapses_and_never_both(asked) -> None:
    loting, _by = asked
    row = first_offer(loting)
    found = at_once(
        lambda: say(row, True, now=row.antwoord_voor - timedelta(seconds=1)),
        lambda: lapse_due(now=row.antwoord_voor),
        lambda: lapse_due(now=row.antwoord_voor),
    )
    assert {type(one) for one in found} <= {Zetelaanbod, int, TooLateError}
    holds_together(loting)


def test_a_free_seat_goes_to_one(asked) -> None:
    loting, by = asked
    zetel = say(first_offer(loting), False).zetel
    first, second = (candidate.id for candidate in choice_for(loting).candidates[:2])
    found = at_once(
        *[lambda: fill(zetel=zetel, lot=first, by=by)] * 2,
        *[lambda: fill(zetel=zetel, lot=second, by=by, reden="Andersom.")] * 2,
        lambda: say(first_offer(loting), True),
    )
    assert all(
        not isinstance(one, Exception) or isinstance(one, (ValidationError, SeatGivenError)) for one in found
    )
    assert Zetelaanbod.objects.open().filter(zetel=zetel).count() + Bezetting.objects.count() == 1
    holds_together(loting)


def test_stopping_twice_and_two_clocks_are_once(asked) -> None:
    loting, by = asked
    first, second = offers(loting)
    say(first, True)
    sitting = Bezetting.objects.get()
    at_once(*[lambda: resign(bezetting=sitting, einde="gestopt", on=timezone.localdate(), by=by)] * 3)
    assert [what for what, _about in lines(loting)].count("zetel vrijgekomen") == 1
    soon = second.antwoord_voor - timedelta(days=2)
    assert sum(at_once(*[lambda: remind_due(now=soon)] * 3)) == 1
    assert sum(at_once(*[lambda: lapse_due(now=second.antwoord_voor)] * 3)) == 1
    holds_together(loting)

"""Yes or no to a seat: once, until the deadline, by whatever way it comes in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participatie.actions import GoneError
from participatie.models import Bezetting, Loting, Lotingstap, PersoonlijkeLink, Staat, Zetelaanbod
from participatie.seats.actions import SeatGivenError, TooLateError, be_named, deadline, resign
from participatie.seats.deadlines import lapse_due
from participatie.seats.links import owner_of
from participatie.seats.naming import is_own_name
from participatie.seats.rule import choice_for, fill
from participatie.seats.term import start_of, term_ends_on
from tests.participatie.own import mails_to
from tests.participatie.seats.books import first_offer, holds_together, lines, offers, say

pytestmark = pytest.mark.django_db
Stand = Zetelaanbod.Stand
DAY = timedelta(days=1)


def test_yes_is_a_seat_until_the_end_of_the_term(offered) -> None:
    aanbod = say(first_offer(offered), True)
    assert (aanbod.stand, aanbod.kanaal, aanbod.door) == (Stand.AANVAARD, "web", None)
    sitting = Bezetting.objects.get(aanbod=aanbod)
    assert sitting.vanaf == timezone.localdate()
    assert sitting.termijn_tot == term_ends_on(offered)
    assert (sitting.wil_genoemd, sitting.genoemd_als) == (False, "")
    assert "U hebt de zetel aangenomen" in mails_to(owner_of(aanbod).persoon.mail)[-1].subject
    link = PersoonlijkeLink.objects.filter(aanmelding=owner_of(aanbod), doel="antwoorden")[0]
    assert timezone.localdate(link.verloopt_op) >= sitting.termijn_tot
    holds_together(offered)


def test_no_leaves_the_seat_free(offered) -> None:
    aanbod = say(first_offer(offered), False)
    assert aanbod.stand == Stand.GEWEIGERD
    assert not Bezetting.objects.exists()
    assert lines(offered)[-1] == ("zetel niet aangenomen", {"zetel": 1, "lot": aanbod.lot.nummer})


@pytest.mark.parametrize("accepts", [True, False])
def test_twice_is_once(offered, accepts) -> None:
    aanbod = say(first_offer(offered), accepts)
    before = len(lines(offered)), len(mails_to(owner_of(aanbod).persoon.mail))
    say(aanbod, accepts)
    say(aanbod, accepts, now=aanbod.antwoord_voor + DAY)
    assert (len(lines(offered)), len(mails_to(owner_of(aanbod).persoon.mail))) == before
    holds_together(offered)


def test_until_the_deadline_the_last_answer_counts(offered) -> None:
    aanbod = first_offer(offered)
    for accepts in (True, False, True, False):
        say(aanbod, accepts)
        assert Bezetting.objects.filter(aanbod=aanbod).exists() is accepts
        holds_together(offered)


@pytest.mark.parametrize("accepts", [True, False])
def test_after_the_deadline_nothing_changes_any_more(offered, accepts) -> None:
    aanbod = first_offer(offered)
    with pytest.raises(TooLateError):
        say(aanbod, accepts, now=aanbod.antwoord_voor)
    say(aanbod, accepts)
    with pytest.raises(TooLateError):
        say(aanbod, not accepts, now=aanbod.antwoord_voor)
    aanbod.refresh_from_db()
    assert (aanbod.stand == Stand.AANVAARD) is accepts


def test_paper_that_came_in_time_counts_after_the_deadline(offered, by) -> None:
    aanbod = first_offer(offered)
    late = aanbod.antwoord_voor + DAY
    assert lapse_due(now=late) == 3
    say(aanbod, True, kanaal="papier", by=by, received_at=aanbod.antwoord_voor - DAY, now=late)
    aanbod.refresh_from_db()
    assert (aanbod.stand, aanbod.kanaal, aanbod.door) == (Stand.AANVAARD, "papier", by)
    with pytest.raises(TooLateError):
        say(offers(offered)[1], True, kanaal="papier", by=by, received_at=late, now=late)
    holds_together(offered)


def test_paper_that_came_in_time_is_too_late_after_the_term(offered, by) -> None:
    """Also before the clock has finished the loting."""
    aanbod, over = first_offer(offered), term_ends_on(offered)
    assert over
    with pytest.raises(TooLateError):
        say(
            aanbod,
            True,
            kanaal="papier",
            by=by,
            received_at=aanbod.antwoord_voor - DAY,
            now=start_of(over),
        )
    holds_together(offered)


def test_paper_from_before_the_offer_is_no_answer_to_it(offered, by) -> None:
    aanbod = first_offer(offered)
    with pytest.raises(TooLateError):
        say(aanbod, True, kanaal="papier", by=by, received_at=aanbod.aangeboden_op - DAY)
    holds_together(offered)


@pytest.mark.parametrize("accepts", [True, False])
def test_in_a_loting_that_is_finished_nobody_answers(offered, accepts) -> None:
    Loting.objects.filter(pk=offered.pk).update(staat=Staat.AFGEROND)
    with pytest.raises(TooLateError):
        say(first_offer(offered), accepts)


def test_who_said_no_can_come_back_until_somebody_else_is_asked(offered, by) -> None:
    aanbod = say(first_offer(offered), False)
    other = fill(zetel=aanbod.zetel, lot=choice_for(offered).candidates[0].id, by=by)
    with pytest.raises(SeatGivenError):
        say(aanbod, True)
    say(other, False)
    say(aanbod, True)
    with pytest.raises(SeatGivenError):
        say(other, True)
    holds_together(offered)


def test_when_every_seat_is_taken_the_loting_says_so(offered) -> None:
    for aanbod in offers(offered):
        assert Loting.objects.get(pk=offered.pk).staat == Staat.GETROKKEN
        say(aanbod, True)
    offered.refresh_from_db()
    assert offered.staat == Staat.BEZET
    stap = Lotingstap.objects.get(loting=offered, naar=Staat.BEZET)
    assert stap.door is None
    assert stap.reden
    # Somebody thinks again: the seat is free, and the step stays.
    say(offers(offered)[0], False)
    offered.refresh_from_db()
    assert offered.staat == Staat.BEZET
    say(offers(offered)[0], True)
    assert Lotingstap.objects.filter(loting=offered, naar=Staat.BEZET).count() == 1


def test_a_name_is_shown_only_while_its_owner_wants_it(offered, by) -> None:
    aanbod = say(first_offer(offered), True, named_as="Aafke")
    sitting = Bezetting.objects.get(aanbod=aanbod)
    assert (sitting.wil_genoemd, sitting.genoemd_als) == (True, "Aafke")
    assert "Aafke" not in str(lines(offered))
    be_named(aanbod=aanbod, named_as="")
    sitting.refresh_from_db()
    assert (sitting.wil_genoemd, sitting.genoemd_als) == (False, "")
    be_named(aanbod=aanbod, named_as="Aafke L")
    resign(bezetting=sitting, einde="gestopt", on=timezone.localdate(), by=by)
    sitting.refresh_from_db()
    assert (sitting.wil_genoemd, sitting.genoemd_als) == (False, "")
    with pytest.raises(TooLateError):
        be_named(aanbod=aanbod, named_as="Aafke")


@pytest.mark.parametrize(
    ("typed", "is_own"),
    [
        ("Aafke Lindeveld", True),
        ("aafke", True),
        ("A. Lindeveld", True),
        ("Lindeveld", True),
        ("", False),
        (" ", False),
        ("Burgemeester Lindeveld", False),
        ("Aafke <b>", False),
        ("Iemand anders", False),
        ("...", False),
    ],
)
def test_only_ones_own_name_can_be_shown(typed, is_own) -> None:
    assert is_own_name(typed, "Áafke  Lindeveld") is is_own


def test_whose_data_is_gone_cannot_answer(offered) -> None:
    aanbod = first_offer(offered)
    owner_of(aanbod).delete()
    with pytest.raises(GoneError):
        say(aanbod, True)


def test_a_deadline_is_the_end_of_a_day(offered) -> None:
    now = timezone.now()
    moment = timezone.localtime(deadline(offered, now=now))
    assert (moment.hour, moment.minute) == (23, 59)
    assert moment.date() == timezone.localdate(now) + timedelta(days=offered.antwoord_dagen)

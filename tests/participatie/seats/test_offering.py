"""Offering the seats that were drawn: once to each, by mail or on paper."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.models import OutboxMail
from participatie.models import (
    Aanmelding,
    Handeling,
    Lot,
    Persoon,
    PersoonlijkeLink,
    Staat,
    Zetel,
    Zetelaanbod,
)
from participatie.seats.actions import offer_seats
from participatie.seats.links import owner_of
from tests.participatie.own import mails_to, paths_in
from tests.participatie.seats.books import holds_together, lines, offers

pytestmark = pytest.mark.django_db


def test_each_that_was_drawn_is_offered_a_seat_of_their_own(offered) -> None:
    made = offers(offered)
    assert [row.zetel.nummer for row in made] == [1, 2, 3]
    assert {row.lot.nummer for row in made} == {"L-0001", "L-0002", "L-0003"}
    for row in made:
        days = (row.antwoord_voor - row.aangeboden_op) / timedelta(days=1)
        assert offered.antwoord_dagen <= days < offered.antwoord_dagen + 1
        owner = owner_of(row)
        [mail] = mails_to(owner.persoon.mail)
        assert "Er is een zetel voor u" in mail.subject
        [path] = [path for path in paths_in(mail.text) if "/zetel/" in path]
        link = PersoonlijkeLink.objects.get(aanmelding=owner, doel="antwoorden")
        assert link.token_hash not in path
        assert link.verloopt_op > row.antwoord_voor
    assert Handeling.objects.filter(loting=offered, soort="zetel").count() == 3
    assert [what for what, _about in lines(offered)] == ["zetel aangeboden"] * 3
    holds_together(offered)


def test_pressing_twice_offers_and_mails_once(offered, by) -> None:
    mails, links = OutboxMail.objects.count(), PersoonlijkeLink.objects.count()
    assert offer_seats(loting=offered, by=by) == 0
    assert (OutboxMail.objects.count(), PersoonlijkeLink.objects.count()) == (mails, links)
    assert Zetelaanbod.objects.count() == Zetel.objects.count() == 3


def test_what_is_cut_off_half_way_leaves_nothing_and_can_be_done_again(drawn_loting, by) -> None:
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        offer_seats(loting=drawn_loting, by=by)
        raise KeyboardInterrupt
    assert not Zetel.objects.exists()
    assert not OutboxMail.objects.filter(kind="loting").exists()
    assert offer_seats(loting=drawn_loting, by=by) == 3


def test_a_lot_that_was_missed_gets_the_seat_that_is_left(drawn_loting, by) -> None:
    late = Lot.objects.get(nummer="L-0002", trekking__loting=drawn_loting)
    owner, late.aanmelding = late.aanmelding, None
    late.save()
    assert offer_seats(loting=drawn_loting, by=by) == 2
    late.aanmelding = owner
    late.save()
    assert offer_seats(loting=drawn_loting, by=by) == 1
    holds_together(drawn_loting)


@pytest.mark.parametrize("staat", [Staat.GESLOTEN, Staat.BEVROREN, Staat.AFGEROND])
def test_nothing_is_offered_before_the_draw_or_after_the_end(drawn_loting, by, staat) -> None:
    drawn_loting.staat = staat
    drawn_loting.save()
    with pytest.raises(ValidationError, match="nadat er is geloot"):
        offer_seats(loting=drawn_loting, by=by)
    assert not Zetel.objects.exists()


def test_nothing_is_offered_without_an_outcome_or_after_the_term(loting, drawn_loting, by) -> None:
    loting.staat = Staat.GETROKKEN
    loting.save()
    with pytest.raises(ValidationError, match="nadat er is geloot"):
        offer_seats(loting=loting, by=by)
    with pytest.raises(ValidationError, match="termijn"):
        offer_seats(loting=drawn_loting, by=by, now=timezone.now() + timedelta(days=800))


def test_who_has_no_mail_that_works_gets_none(drawn_loting, by) -> None:
    of = Aanmelding.objects.filter(loting=drawn_loting)
    Persoon.objects.filter(aanmelding=of.get(loten__nummer="L-0001")).update(mail="", mail_index="")
    of.filter(loten__nummer="L-0002").update(onbestelbaar_op=timezone.now())
    before = OutboxMail.objects.filter(kind="loting").count()
    assert offer_seats(loting=drawn_loting, by=by) == 3
    assert OutboxMail.objects.filter(kind="loting").count() == before + 1

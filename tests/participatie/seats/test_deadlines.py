"""What happens to seats by itself, because it is time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from participatie.actions import take_step
from participatie.models import Bezetting, Lotingstap, Persoon, Staat, Zetelaanbod
from participatie.seats.actions import offer_seats, resign
from participatie.seats.deadlines import end_terms, lapse_due, remind_due, tend
from participatie.seats.links import owner_of
from participatie.seats.rule import fill
from participatie.seats.term import start_of, term_ends_on
from tests.participatie.drawn import small_draw
from tests.participatie.own import mails_to
from tests.participatie.seats.books import first_offer, holds_together, lines, offers, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_five_days_before_the_deadline_each_is_reminded_once(offered) -> None:
    first, *_others = offers(offered)
    say(first, True)
    assert remind_due(now=first.antwoord_voor - 6 * DAY) == 0
    moment = first.antwoord_voor - 5 * DAY
    assert remind_due(now=moment) == 2
    assert remind_due(now=moment + DAY) == 0
    for row in offers(offered)[1:]:
        assert row.herinnerd_op == moment
        assert "Wij horen het graag" in mails_to(owner_of(row).persoon.mail)[-1].subject
    assert "Wij horen het graag" not in mails_to(owner_of(first).persoon.mail)[-1].subject


def test_who_cannot_be_mailed_is_not_said_to_be_reminded(offered) -> None:
    row = first_offer(offered)
    Persoon.objects.filter(aanmelding=owner_of(row)).update(mail="", mail_index="")
    assert remind_due(now=row.antwoord_voor - DAY) == 2
    row.refresh_from_db()
    assert row.herinnerd_op is None


def test_whoever_was_asked_just_now_is_not_reminded_yet(by) -> None:
    loting = small_draw(antwoord_dagen=3)
    offer_seats(loting=loting, by=by)
    assert remind_due(now=timezone.now()) == 0
    assert remind_due(now=timezone.now() + DAY) == 3


def test_an_offer_lapses_at_its_deadline_and_not_before(offered) -> None:
    row = first_offer(offered)
    say(offers(offered)[1], True)
    assert lapse_due(now=row.antwoord_voor - timedelta(seconds=1)) == 0
    assert lapse_due(now=row.antwoord_voor) == 2
    assert lapse_due(now=row.antwoord_voor) == 0
    row.refresh_from_db()
    assert (row.stand, row.beantwoord_op, row.kanaal) == ("verlopen", row.antwoord_voor, "")
    assert [what for what, _about in lines(offered)].count("geen antwoord op tijd") == 2
    holds_together(offered)


def test_at_the_end_of_the_term_everybody_leaves_and_the_loting_is_finished(offered, by) -> None:
    first, second, _third = offers(offered)
    for row in (first, second):
        say(row, True, named_as="Aafke")
    left = Bezetting.objects.get(aanbod=second)
    resign(bezetting=left, einde="verhuisd", on=timezone.localdate(), by=by)
    ends_on = term_ends_on(offered)
    assert ends_on is not None
    with pytest.raises(ValidationError, match="termijn"):
        take_step(loting=offered, naar=Staat.AFGEROND, reden="Klaar.", by=by)
    far = timezone.now() + timedelta(days=(ends_on - timezone.localdate()).days)
    assert end_terms(now=far - DAY) == 0
    with time_machine.travel(far, tick=False):
        # The third never answered: that lapses first.
        assert tend(now=far) == 2
    offered.refresh_from_db()
    assert offered.staat == Staat.AFGEROND
    sat = Bezetting.objects.get(aanbod=first)
    assert (sat.tot, sat.einde, sat.genoemd_als) == (ends_on, "termijn", "")
    left.refresh_from_db()
    assert left.einde == "verhuisd"
    assert Lotingstap.objects.get(loting=offered, naar=Staat.AFGEROND).door is None
    assert tend(now=far + DAY) == 0
    holds_together(offered)


def test_an_offer_never_outlasts_the_seat(offered, by) -> None:
    zetel = say(first_offer(offered), False).zetel
    ends_on = term_ends_on(offered)
    assert ends_on is not None
    last = start_of(ends_on)
    made = fill(zetel=zetel, lot="L-0004", by=by, now=last - 2 * DAY)
    assert made.antwoord_voor == last
    with time_machine.travel(last, tick=False):
        tend(now=last)
    made.refresh_from_db()
    offered.refresh_from_db()
    assert (made.stand, offered.staat) == ("verlopen", Staat.AFGEROND)
    holds_together(offered)


def test_why_somebody_stopped_is_nobodys_business(offered, by) -> None:
    say(first_offer(offered), True)
    sitting = Bezetting.objects.get(zetel__loting=offered)
    resign(bezetting=sitting, einde="overleden", on=timezone.localdate(), by=by)
    what, about = lines(offered)[-1]
    assert what == "zetel vrijgekomen"
    assert "overleden" not in str(about)
    # Twice is once.
    resign(bezetting=sitting, einde="verhuisd", on=timezone.localdate(), by=by)
    sitting.refresh_from_db()
    assert sitting.einde == "overleden"
    assert lines(offered)[-1] == (what, about)


@pytest.mark.parametrize(
    ("einde", "days", "field"),
    [
        ("", 0, "einde"),
        ("termijn", 0, "einde"),
        ("x", 0, "einde"),
        ("gestopt", -1, "on"),
        ("gestopt", 1, "on"),
    ],
)
def test_stopping_has_a_reason_and_a_day_that_has_come(offered, by, einde, days, field) -> None:
    say(first_offer(offered), True)
    sitting = Bezetting.objects.get(zetel__loting=offered)
    with pytest.raises(ValidationError) as refused:
        resign(bezetting=sitting, einde=einde, on=timezone.localdate() + timedelta(days=days), by=by)
    assert set(refused.value.message_dict) == {field}
    assert Bezetting.objects.get(pk=sitting.pk).tot is None
    assert Zetelaanbod.objects.get(pk=sitting.aanbod_id).stand == "aanvaard"

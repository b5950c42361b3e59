"""Mails to the redactie about days that come near: to the right people, on the right day, each once."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from core.models import OutboxMail, User
from core.outbox import deliver_due
from home.krant.reminders import Kind, due_reminder, remind_redacties
from home.management.commands import klok
from home.models import Drukwerk, Editie, Formaat
from tests.home.krant.editions import member_of, new_edition, new_kopij, wijken
from tests.mailserver import MailServer, running

pytestmark = pytest.mark.django_db
DEADLINE = date(2027, 3, 1)
DELIVERY = date(2027, 4, 12)


@pytest.fixture
def editie(db: None) -> Editie:
    # The one of the demo has days of its own.
    Editie.objects.in_the_making().update(staat=Editie.Staat.UIT)
    return new_edition(kopij_tot=DEADLINE, bezorgd_van=DELIVERY, bezorgd_tot=DELIVERY + timedelta(days=5))


@pytest.fixture
def member(editie: Editie) -> User:
    return member_of(editie.wijk)


def sent() -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind="krant_herinnering").order_by("pk"))


def on(day: date) -> int:
    with time_machine.travel(timezone.make_aware(datetime.combine(day, time(9)))):
        return remind_redacties(on=day)


def test_a_whole_year_of_days_gives_four_mails(editie: Editie, member: User) -> None:
    new_kopij(editie)
    told = {}
    day = DEADLINE - timedelta(days=100)
    while day < DELIVERY + timedelta(days=50):
        if count := on(day):
            told[day] = count
        day += timedelta(days=1)
    assert told == {
        DEADLINE - timedelta(days=14): 1,
        DEADLINE - timedelta(days=3): 1,
        DEADLINE + timedelta(days=1): 1,
        DELIVERY - timedelta(days=7): 1,
    }
    subjects = [mail.subject for mail in sent()]
    assert subjects == [
        f"Nog 14 dagen voor kopij: {editie}",
        f"Nog 3 dagen voor kopij: {editie}",
        f"De dag voor kopij is voorbij: {editie}",
        f"De krant op papier is nog niet definitief: {editie}",
    ]
    for mail in sent():
        assert mail.recipient == member.email
        for text in (mail.text, mail.html):
            assert f"/admin/krant/{editie.pk}/" in text
            assert "1 inzending" in text
            # What residents wrote stays on the desk.
            assert "bewoner@example.nl" not in text


def test_a_clock_that_stood_still_sends_only_the_newest(editie: Editie, member: User) -> None:
    assert on(DEADLINE - timedelta(days=2)) == 1
    assert [mail.subject for mail in sent()] == [f"Nog 2 dagen voor kopij: {editie}"]
    assert on(DEADLINE) == 0
    assert on(DEADLINE + timedelta(days=3)) == 1
    assert on(DEADLINE + timedelta(days=4)) == 0
    assert len(sent()) == 2


def test_too_late_is_no_use(editie: Editie, member: User) -> None:
    assert on(DEADLINE + timedelta(days=20)) == 0
    assert on(DELIVERY + timedelta(days=20)) == 0


def test_a_deadline_that_moves_is_told_again(editie: Editie, member: User) -> None:
    assert on(DEADLINE - timedelta(days=3)) == 1
    later = DEADLINE + timedelta(days=10)
    Editie.objects.filter(pk=editie.pk).update(kopij_tot=later)
    assert on(later - timedelta(days=3)) == 1


@pytest.mark.parametrize(
    ("staat", "day", "kind"),
    [
        (Editie.Staat.REDACTIE, DEADLINE - timedelta(days=3), None),
        (Editie.Staat.REDACTIE, DEADLINE + timedelta(days=1), Kind.DICHT),
        (Editie.Staat.OPMAAK, DELIVERY - timedelta(days=7), Kind.DRUK),
        (Editie.Staat.UIT, DEADLINE - timedelta(days=3), None),
        (Editie.Staat.UIT, DEADLINE + timedelta(days=1), None),
        (Editie.Staat.UIT, DELIVERY - timedelta(days=7), None),
    ],
)
def test_what_makes_no_sense_is_not_sent(
    staat: Editie.Staat, day: date, kind: Kind | None, editie: Editie
) -> None:
    editie.staat = staat
    found = due_reminder(editie, on=day)
    assert (found.kind if found else None) == kind


def test_a_print_that_is_final_needs_no_reminder(editie: Editie, member: User) -> None:
    Drukwerk.objects.create(
        editie=editie, taal="nl", formaat=Formaat.A4, paginas=8, vingerafdruk="0" * 64, inhoud=b"%PDF"
    )
    assert on(DELIVERY - timedelta(days=7)) == 0


def test_who_gets_it(editie: Editie, member: User) -> None:
    second = member_of(editie.wijk, "tweede")
    gone = member_of(editie.wijk, "weg")
    gone.is_active = False
    gone.save()
    silent = member_of(editie.wijk, "zonder-mail")
    silent.email = ""
    silent.save()
    member_of(wijken()[0], "andere-wijk")
    assert on(DEADLINE - timedelta(days=14)) == 2
    assert {mail.recipient for mail in sent()} == {member.email, second.email}


def test_the_clock_sends_them_and_they_arrive(editie: Editie, member: User, settings: Any) -> None:
    server = MailServer()
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": server.options()}
    }
    moment = timezone.make_aware(datetime.combine(DEADLINE - timedelta(days=14), time(9)))
    with running(server), time_machine.travel(moment):
        assert klok.remind_redacties() == 1
        assert klok.remind_redacties() == 0
        assert deliver_due() == 1
    (mail,) = sent()
    assert mail.sent_at is not None

"""Two who subscribe or stop at the same moment, and a mailing that is being written meanwhile."""

from typing import Any

import pytest
from django.db import connections

from core.models import OutboxMail
from home.krant import mailing, subscribing
from home.models import Abonnee
from tests.home.krant.subscribers import mails_to, many, path_in, published, subscribed, wijk_of_krant
from tests.own_database import at_once

pytestmark = pytest.mark.usefixtures("database_to_lose")
ME = "fatima@example.nl"


@pytest.fixture(autouse=True)
def nobody_works_yet(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


def test_the_same_address_at_the_same_time_is_one_subscriber() -> None:
    wijk = wijk_of_krant()
    connections.close_all()
    found = at_once(*[lambda: subscribing.ask(wijk=wijk, mail=ME, taal="nl")] * 5)
    assert found == [None] * 5
    assert Abonnee.objects.count() == 1
    links = [path_in(mail, "bevestigen").split("/")[-2] for mail in mails_to(ME)]
    assert sum(subscribing.to_confirm(link, wijk=wijk) is not None for link in links) == 1


def test_confirming_twice_at_the_same_time_is_one_receipt() -> None:
    wijk = wijk_of_krant()
    subscribing.ask(wijk=wijk, mail=ME, taal="nl")
    token = path_in(mails_to(ME)[0], "bevestigen").split("/")[-2]
    connections.close_all()
    found = at_once(*[lambda: subscribing.confirm(token, wijk=wijk)] * 4)
    assert {abonnee.pk for abonnee in found} == {Abonnee.objects.get().pk}
    assert len(mails_to(ME)) == 2


def test_starting_twice_and_writing_twice_at_the_same_time_is_once(beheerder_of_copy: Any) -> None:
    many(120)
    editie = published()
    connections.close_all()
    starts = at_once(*[lambda: mailing.start(editie=editie, per_minuut=1000, by=beheerder_of_copy).pk] * 3)
    assert len(set(starts)) == 1, starts
    written = at_once(*[mailing.write_mailings] * 3)
    assert sum(written) == 120
    assert OutboxMail.objects.filter(about=f"editie:{editie.pk}").count() == 120


def test_who_stops_while_it_is_being_written_gets_nothing(beheerder_of_copy: Any) -> None:
    many(200)
    last = subscribed(ME)
    editie = published()
    mailing.start(editie=editie, per_minuut=1000, by=beheerder_of_copy)
    connections.close_all()
    at_once(mailing.write_mailings, lambda: subscribing.stop(last.pk))
    mailing.write_mailings()
    assert mails_to(ME) == []
    assert OutboxMail.objects.filter(about=f"editie:{editie.pk}").count() == 200

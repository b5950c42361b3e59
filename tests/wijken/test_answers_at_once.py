"""Many answers at once, each over a connection of its own: none is lost, and none counts twice."""

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connections

from core.open_forms import OpenForm
from wijken.answers import Receipt, about, count_answer, receive_answer
from wijken.models import Actie, Antwoord, Terugblik

TODAY = date(2026, 11, 22)


@pytest.fixture
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[Terugblik]:
    """A look-back that other connections see too; whatever was counted goes away afterwards."""
    with django_db_blocker.unblock():
        plan = Terugblik.objects.all()[0].actieplan
        row = Terugblik.objects.create(actieplan=plan, peildatum=date(2001, 1, 1))
        try:
            yield row
        finally:
            Antwoord.objects.filter(terugblik=row).delete()
            row.delete()


def at_once(times: int, job: Any) -> None:
    """Run a job in so many threads that start together, each with its own connection."""
    start, errors = threading.Barrier(times), list[BaseException]()

    def run(number: int) -> None:
        try:
            start.wait()
            job(number)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_no_answer_is_lost(lasting: Terugblik) -> None:
    actie = Actie.objects.filter(actieplan=lasting.actieplan)[0]

    def answer(number: int) -> None:
        for _time in range(5):
            count_answer(terugblik=lasting, actie=actie if number % 2 else None, keuze="ja", dag=TODAY)

    at_once(8, answer)
    assert sorted(lasting.antwoorden.values_list("aantal", flat=True)) == [20, 20]


def test_a_form_sent_many_times_at_once_counts_once(lasting: Terugblik) -> None:
    form, found = OpenForm.new(about(lasting)), list[tuple[Receipt, bool]]()

    def send(_number: int) -> None:
        found.append(receive_answer(terugblik=lasting, form=form, actie=None, keuze="nee"))

    at_once(8, send)
    assert [is_new for _receipt, is_new in found].count(True) == 1
    assert len({receipt.at for receipt, _is_new in found}) == 1
    assert lasting.antwoorden.get().aantal == 1

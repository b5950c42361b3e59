"""`manage.py klok`: what happens by itself."""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from core.models import BasePage, ZoektermZonderResultaat
from home.management.commands import klok
from home.models import ContentPage
from tests.desk import allow_unknown_variables, first

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def dutch(model: type[Any]) -> Any:
    return first(model.objects.filter(locale__language_code="nl"))


def test_a_page_goes_live_and_off_by_itself(page_at: Callable[[str], BasePage]) -> None:
    now = timezone.now()
    home = page_at("/nl/")
    page = home.add_child(instance=ContentPage(title="Straks", slug="straks", live=False))
    page.go_live_at = now + timedelta(minutes=30)
    page.expire_at = now + timedelta(hours=2)
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    clock = klok.Command()
    clock.round()
    page.refresh_from_db()
    assert not page.live
    with time_machine.travel(now + timedelta(minutes=31)):
        clock.round()
        page.refresh_from_db()
        assert page.live
    with time_machine.travel(now + timedelta(hours=3)):
        clock.round()
        page.refresh_from_db()
        assert not page.live


def test_tidying_deletes_what_is_too_old_and_counts_it(caplog: pytest.LogCaptureFixture) -> None:
    today = timezone.localdate()
    for days in (364, 366):
        ZoektermZonderResultaat.objects.create(
            term=f"t{days}", language="nl", on=today - timedelta(days=days)
        )
    Session.objects.create(session_key="oud", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="nu", session_data="", expire_date=timezone.now() + timedelta(days=1))
    with caplog.at_level(logging.INFO, klok.__name__):
        call_command("klok", "--eenmaal")
    assert ZoektermZonderResultaat.objects.filter(term="t364").exists()
    assert not ZoektermZonderResultaat.objects.filter(term="t366").exists()
    assert not Session.objects.filter(session_key="oud").exists()
    assert Session.objects.filter(session_key="nu").exists()
    lines = [record.getMessage() for record in caplog.records if record.name == klok.__name__]
    assert "clear_sessions: 1" in lines
    assert "forget_search_terms: 1" in lines
    assert "prune_task_results: 0" in lines


def test_tidying_is_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    names = ("prune_task_results", "clear_sessions", "forget_search_terms", "make_terugblikken")
    for name in (*names, "mail_translators"):

        def job(name: str = name) -> int:
            done.append(name)
            return 0

        monkeypatch.setattr(klok, name, job)
        job.__name__ = name
    clock = klok.Command()
    with time_machine.travel("2026-11-22 10:00"):
        clock.round()
        clock.round()
    assert len(done) == 5
    with time_machine.travel("2026-11-23 10:00"):
        clock.round()
    assert len(done) == 10


def test_one_failing_job_does_not_stop_the_clock(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> int:
        raise ValueError("de naam van een bewoner")

    monkeypatch.setattr(klok, "publish_scheduled", broken)
    ZoektermZonderResultaat.objects.create(term="oud", language="nl", on=date(2020, 1, 1))
    klok.Command().round()
    assert not ZoektermZonderResultaat.objects.filter(term="oud").exists()
    assert any("broken failed" in record.getMessage() for record in caplog.records)


def test_the_clock_stops_at_once_when_told() -> None:
    code = (
        "import signal, sys\n"
        "from home.management.commands.klok import Command\n"
        "clock = Command(); clock.round = lambda: print('ronde', flush=True)\n"
        "clock.handle(eenmaal=False)\n"
        "print('klaar', flush=True)\n"
    )
    setup = f"import sys; sys.path[:0] = {sys.path!r}\nimport django; django.setup()\n"
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", setup + code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ronde\n"
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, _err = process.communicate(timeout=60)
    assert time.monotonic() - asked < 5
    assert out == "klaar\n"
    assert process.returncode == 0

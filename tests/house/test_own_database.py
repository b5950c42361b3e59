"""A copy of the demo to lose: every one is new, and nothing of it stays."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory

from tests.own_database import own_database
from tests.running_site import CountedSite, wait_until_idle
from wijken.models import Wijk


def databases() -> set[str]:
    """Every database, or file of one, that this run has now."""
    if connection.vendor != "postgresql":
        return {file.name for file in Path(settings.TEST_FOLDER).glob("*.sqlite3*")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def test_no_copy_has_the_name_of_a_former_one_and_nothing_of_it_stays(committing: None) -> None:
    before, names = databases(), set()
    for _time in range(2):
        with own_database():
            names.add(connection.settings_dict["NAME"])
            Wijk.objects.filter(slug="velsen-noord").update(naam="Weg")
    assert len(names) == 2
    assert not [name for name in databases() - before if "_own" in name]
    assert not Wijk.objects.filter(naam="Weg").exists()


@pytest.mark.django_db
def test_the_running_site_is_busy_until_it_has_closed_what_it_gave() -> None:
    site = CountedSite(get_wsgi_application())
    answer: Any = site(RequestFactory().get("/static/core/desk.css").environ, lambda *_given: None)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(wait_until_idle)
        assert not waiting.done()
        answer.close()
        assert waiting.result(timeout=5) is None

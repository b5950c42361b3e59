"""The open data of the demo's monitor, for the tests about it."""

import json
from datetime import date
from typing import Any

from django.test import Client

from tests.caches import empty_the_caches
from wijken.models import Actie, MonitorPage

TODAY = date(2026, 11, 22)
NOON = "2026-11-22 12:00:00+00:00"
WHY = "Het zit tegen."
NOORD = "velsen-noord"


def base(language: str = "nl") -> str:
    """Where the files of the monitor are."""
    page = MonitorPage.objects.get(wijk__slug=NOORD, locale__language_code=language)
    return f"{page.url}data/"


def rows_of(name: str, language: str = "nl") -> list[dict[str, Any]]:
    """The rows of a file in JSON, as the database is now."""
    empty_the_caches()
    response = Client().get(f"{base(language)}{name}.json")
    assert response.status_code == 200
    found: list[dict[str, Any]] = json.loads(response.content)["rows"]
    return found


def acties() -> Any:
    return Actie.objects.filter(actieplan__wijk__slug=NOORD)

"""The site in a pseudo-language, for what may hold no text that is not translated."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.translation import trans_real

from core.models import SiteInstellingen
from participatie.models import Loting
from tests.caches import empty_the_caches
from tests.own_database import own_database
from tests.pseudo import bracketed, write_all
from tests.untranslated import LANGUAGE, Bracketed


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    catalogues: Any = getattr(trans_real, "_translations")  # noqa: B009
    monkeypatch.setitem(catalogues, LANGUAGE, Bracketed(LANGUAGE))
    empty_the_caches()
    yield
    empty_the_caches()


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of each type and all words of registers, in the pseudo-language."""
    with django_db_blocker.unblock(), own_database():
        write_all(LANGUAGE, bracketed)
        SiteInstellingen.objects.update(
            telefoon_uren="op werkdagen overdag", storing_melding="Bellen lukt vandaag niet"
        )
        yield


@pytest.fixture
def loting(db: None) -> Iterator[Loting]:
    """The open loting of the demo, while its window is open."""
    found = Loting.objects.get(slug="velsen-noord")
    with time_machine.travel(found.opent_op + timedelta(days=20), tick=True):
        yield found

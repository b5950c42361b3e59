from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.models import User
from participatie.models import Loting
from tests.desk import account, browser


@contextmanager
def _while_it_is_open() -> Iterator[Loting]:
    found = Loting.objects.get(slug="velsen-noord")
    with time_machine.travel(found.opent_op + timedelta(days=20), tick=True):
        assert found.is_accepting(at=timezone.now())
        yield found


@pytest.fixture
def loting(db: None) -> Iterator[Loting]:
    """The open loting of the demo, while its window is open."""
    with _while_it_is_open() as found:
        yield found


@pytest.fixture
def loting_to_lose(database_to_lose: None) -> Iterator[Loting]:
    """The same in a copy of the demo, for what commits or uses threads."""
    with _while_it_is_open() as found:
        yield found


@pytest.fixture
def keeper_user(db: None) -> User:
    return account("lotingbeheerder")


@pytest.fixture
def keeper(keeper_user: User) -> Client:
    return browser(keeper_user)

"""Somebody presses Send several times at the same moment: one sign-up, one receipt."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone

from participatie.models import Aanmelding, Conceptaanmelding, Loting
from tests.own_database import at_once
from tests.participatie.signing import begin, fill_in, sending

pytestmark = pytest.mark.usefixtures("database_to_lose")


def test_pressing_at_once_is_one_sign_up() -> None:
    loting = Loting.objects.get(slug="velsen-noord")
    with time_machine.travel(loting.opent_op + timedelta(days=20), tick=True):
        client = Client()
        form = begin(client)
        fill_in(client, form)
        Conceptaanmelding.objects.update(is_mens=True)
        fields = sending(client, form)
        before = Aanmelding.objects.count()
        connections.close_all()

        def press() -> tuple[int, str]:
            response = Client().post(f"{form}controle/", fields)
            return response.status_code, response.headers.get("Location", "")

        with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=True):
            assert at_once(*[press] * 4) == [(303, f"{form}ontvangen/")] * 4
        assert Aanmelding.objects.count() == before + 1

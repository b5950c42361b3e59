"""The same person's data from two sides at once, each over a connection of its own."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from participatie import own_actions
from participatie.models import Aanmelding, Handeling, Linkverzoek, Loting, Persoon
from tests.own_database import at_once
from tests.participatie.own import mails_to, own_url, sign_up
from tests.participatie.people import filled_in


@pytest.fixture
def made(database_to_lose: None) -> Any:
    loting = Loting.objects.get(slug="velsen-noord")
    with time_machine.travel(loting.opent_op + timedelta(days=20), tick=True):
        yield sign_up(loting)


def post(path: str, **data: str) -> Any:
    return lambda: Client().post(path, data).status_code


def test_of_two_corrections_one_is_kept_and_the_other_is_asked_again(made: Aanmelding) -> None:
    path = f"{own_url(made)}wijzigen/"
    codes = at_once(
        post(path, **filled_in(naam="Een", versie="1")), post(path, **filled_in(naam="Twee", versie="1"))
    )
    assert sorted(codes) == [303, 409]
    kept = "Een" if codes[0] == 303 else "Twee"
    assert Persoon.objects.get(aanmelding=made).naam == kept
    assert Handeling.objects.filter(bonnummer=made.bonnummer, soort="gewijzigd").count() == 1


def test_erasing_during_a_correction_leaves_nothing(made: Aanmelding) -> None:
    own = own_url(made)
    codes = at_once(
        post(f"{own}wissen/"),
        *(post(f"{own}wijzigen/", **filled_in(naam=f"N{n}", versie="1")) for n in range(4)),
    )
    assert codes[0] == 303
    assert set(codes[1:]) <= {303, 404, 409}
    assert not Persoon.objects.filter(aanmelding_id=made.pk).exists()
    # Also not the mail about a correction that came just before.
    assert mails_to("aafke@example.nl") == []


def test_erasing_twice_is_once(made: Aanmelding) -> None:
    codes = at_once(*[post(f"{own_url(made)}wissen/")] * 3)
    assert set(codes) <= {303, 404}
    assert Handeling.objects.filter(bonnummer=made.bonnummer, soort="gewist").count() == 1


def test_two_workers_answer_a_request_once(made: Aanmelding) -> None:
    before = len(mails_to("aafke@example.nl"))
    Linkverzoek.objects.create(
        loting=made.loting, gegevens={"bonnummer": made.bonnummer, "mail": "aafke@example.nl"}
    )
    assert sum(at_once(*[own_actions.answer_link_requests] * 4)) == 1
    assert len(mails_to("aafke@example.nl")) == before + 1

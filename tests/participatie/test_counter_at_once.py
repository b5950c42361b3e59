"""Several people at the desk at the same moment: nothing is lost, nothing is stored twice."""

from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from core.models import User
from participatie import actions
from participatie.models import Aanmelding, Kanaal, Loting, Persoon
from tests.desk import account, allow_unknown_variables, browser
from tests.own_database import at_once
from tests.participatie.people import answers, filled_in


@pytest.fixture
def loting(loting_to_lose: Loting, monkeypatch: pytest.MonkeyPatch) -> Loting:
    allow_unknown_variables(monkeypatch)
    return loting_to_lose


def enter(user: User, loting: Loting, *, key: str, naam: str) -> Any:
    data = {**filled_in(naam=naam, mail=""), "kanaal": "balie", "sleutel": key}
    return browser(user).post(reverse("desk_counter_entry", args=[loting.pk]), data).headers.get("Location")


def test_two_people_who_enter_and_each_press_twice(loting: Loting) -> None:
    people = [account("baliemedewerker", name=name) for name in ("een", "twee")]
    before = Aanmelding.objects.count()
    found = at_once(
        *[
            partial(enter, user, loting, key="zelfde", naam=f"Bewoner van {user.username}")
            for user in people
            for _time in range(2)
        ]
    )
    assert all(isinstance(place, str) and "/bon/" in place for place in found), found
    assert len(set(found)) == 2
    made = Aanmelding.objects.order_by("-pk")[: Aanmelding.objects.count() - before]
    assert {(row.ingevoerd_door.username, row.persoon.naam) for row in made if row.ingevoerd_door} == {
        ("een", "Bewoner van een"),
        ("twee", "Bewoner van twee"),
    }


def test_of_two_who_correct_the_same_version_one_is_told(loting: Loting) -> None:
    made = actions.sign_up(loting=loting, answers=answers(loting), kanaal=Kanaal.BALIE)
    by = account("baliemedewerker")
    found = at_once(
        *[
            partial(
                actions.correct,
                aanmelding=made,
                answers=answers(loting, naam=naam),
                by=by,
                versie=made.versie,
            )
            for naam in ("Eerste Versie", "Tweede Versie")
        ]
    )
    refused = [result for result in found if isinstance(result, actions.ChangedMeanwhileError)]
    assert len(refused) == 1, found
    assert Persoon.objects.get(aanmelding=made).naam in ("Eerste Versie", "Tweede Versie")
    made.refresh_from_db()
    assert made.versie == 2

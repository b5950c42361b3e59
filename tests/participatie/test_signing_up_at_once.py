"""Many people at once: everybody is stored exactly once, and nobody after closing."""

from functools import partial

import pytest
from django.utils import timezone

from participatie import actions
from participatie.models import Aanmelding, Conceptaanmelding, Handeling, Kanaal, Loting
from participatie.signup.drafts import Draft, keep, open_draft
from tests.own_database import at_once
from tests.participatie.people import answers, filled_in

CLIENTS = 20


@pytest.fixture
def loting(loting_to_lose: Loting) -> Loting:
    return loting_to_lose


def new_draft(loting: Loting, number: int) -> Draft:
    given = filled_in(naam=f"Bewoner {number}", mail=f"nummer{number}@example.nl")
    return keep(open_draft(loting, language_code="nl", vorm="alles"), given)


def test_twenty_people_who_each_press_twice(loting) -> None:
    before = Aanmelding.objects.count()
    given = answers(loting)
    drafts = [new_draft(loting, number) for number in range(CLIENTS)]
    results = at_once(*[partial(actions.send_draft, draft=draft, answers=given) for draft in drafts * 2])
    assert all(isinstance(result, tuple) for result in results), results
    numbers = {made.bonnummer for made, _is_new in results}
    assert sum(is_new for _made, is_new in results) == len(numbers) == CLIENTS
    assert Aanmelding.objects.count() == before + CLIENTS
    assert Handeling.objects.filter(bonnummer__in=numbers, soort="aangemeld").count() == CLIENTS
    assert not Conceptaanmelding.objects.filter(gegevens__isnull=False).exists()


def test_who_comes_while_it_closes_is_in_or_is_told(loting) -> None:
    before = Aanmelding.objects.count()
    given = answers(loting)

    def close() -> None:
        actions.take_step(loting=loting, naar="gesloten", reden="De tijd is om.", by=None)

    sign_ups = [
        partial(actions.sign_up, loting=loting, answers=given, kanaal=Kanaal.WEB) for _one in range(CLIENTS)
    ]
    *results, closed = at_once(*sign_ups, close)
    assert closed is None
    stored = [result for result in results if isinstance(result, Aanmelding)]
    assert all(isinstance(result, (Aanmelding, actions.LotingClosedError)) for result in results), results
    assert Aanmelding.objects.count() == before + len(stored)
    step = loting.stappen.get(naar="gesloten")
    assert step.op <= timezone.now()


def test_withdrawing_erasing_and_correcting_at_once_leaves_one_true_state(loting) -> None:
    made = actions.sign_up(loting=loting, answers=answers(loting), kanaal=Kanaal.WEB)
    changed = answers(loting, naam="Iemand Anders", mail="anders@example.nl")
    results = at_once(
        partial(actions.withdraw, aanmelding=made),
        partial(actions.erase, aanmelding=made),
        partial(actions.correct, aanmelding=made, answers=changed),
        partial(actions.withdraw, aanmelding=made),
    )
    allowed = (actions.LotingClosedError, actions.GoneError, list, type(None))
    assert all(isinstance(result, allowed) for result in results), results
    assert not Aanmelding.objects.filter(pk=made.pk).exists()
    assert Handeling.objects.filter(bonnummer=made.bonnummer, soort="gewist").count() == 1

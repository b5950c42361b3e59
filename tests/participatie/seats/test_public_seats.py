"""What everybody sees of who represents the wijk: numbers, days, and names only of who wants that."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participatie.models import Bezetting, Staat
from participatie.seats.actions import be_named, offer_seats, resign
from participatie.seats.public import groups_on
from tests.caches import empty_the_caches
from tests.html import Document
from tests.participatie.own import page_of
from tests.participatie.seats.books import offers, say

pytestmark = pytest.mark.django_db
WIJK = "/nl/wijken/velsen-noord/"


def shown(client, path: str) -> str:
    """The part about who represents the wijk, in words; empty when it is not there."""
    empty_the_caches()
    document = Document(client.get(path).content.decode())
    found = [
        part for part in document.all("section") if part.attrs.get("aria-labelledby") == "vertegenwoordiging"
    ]
    return " ".join(found[0].all_text.split()) if found else ""


def test_before_the_draw_there_is_nothing(client, loting) -> None:
    assert shown(client, page_of(loting)) == ""
    assert shown(client, WIJK) == ""


def test_after_the_draw_the_seats_are_still_to_be_offered(client, drawn_loting) -> None:
    assert "De zetels worden nog aangeboden" in shown(client, page_of(drawn_loting))
    assert shown(client, WIJK) == ""


def test_who_sits_since_when_and_names_only_of_who_wants_that(client, drawn_loting, by) -> None:
    offer_seats(loting=drawn_loting, by=by)
    for path in (WIJK, page_of(drawn_loting)):
        text = shown(client, path)
        assert "0 van de 3 zetels zijn bezet" in text
        assert "Nog niemand" in text
    first, second, third = offers(drawn_loting)
    say(first, True, named_as="Aafke L.")
    say(second, True)
    today = timezone.localdate()
    for path in (WIJK, page_of(drawn_loting)):
        text = shown(client, path)
        assert "2 van de 3 zetels zijn bezet" in text
        assert f"<bdi>Aafke L.</bdi>, sinds <bdi>{today.day} " in client.get(path).content.decode()
        assert "een bewoner, sinds" in text
        assert "Lindeveld" not in text
        assert "L-00" not in text
    say(third, True)
    assert "Compleet" in shown(client, WIJK)
    be_named(aanbod=first, named_as="")
    assert "Aafke" not in shown(client, WIJK)
    resign(bezetting=Bezetting.objects.get(aanbod=second), einde="gestopt", on=today, by=by)
    assert "2 van de 3 zetels zijn bezet" in shown(client, page_of(drawn_loting))


def test_after_the_term_the_wijk_says_nothing_and_the_page_says_why(client, offered) -> None:
    offered.staat = Staat.AFGEROND
    offered.save()
    assert shown(client, WIJK) == ""
    assert "De termijn is voorbij" in shown(client, page_of(offered))


def test_a_change_shows_at_once(client, offered, django_capture_on_commit_callbacks) -> None:
    path = page_of(offered)
    empty_the_caches()
    assert "0 van de 3" in client.get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        say(offers(offered)[0], True)
    assert "1 van de 3" in client.get(path).content.decode()


def test_it_takes_one_query_however_many_seats(drawn_loting, by) -> None:
    offer_seats(loting=drawn_loting, by=by)
    say(offers(drawn_loting)[0], True)
    page = drawn_loting.pages.get()
    with CaptureQueriesContext(connection) as queries:
        group = groups_on([page.pk])[page.pk]
    assert len(queries) == 1
    assert (group.seats, group.free, len(group.members)) == (3, 2, 1)
    assert groups_on([]) == {}

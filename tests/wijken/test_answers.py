"""“Merkt u hier iets van?”: one answer counts once, nobody is known, and no person loses what was chosen."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.cache import content_version
from core.open_forms import OpenForm
from core.visitors import salt_of_today
from tests.caches import empty_the_caches
from tests.desk import html
from tests.html import Document, faults
from wijken.answers import about, count_answer
from wijken.models import Antwoord, Terugblik
from wijken.views import MOST_ANSWERS

pytestmark = pytest.mark.django_db
PAGE = "/nl/wijken/velsen-noord/actieplan/terugblik-2024/"
FORM = f"{PAGE}antwoord/"
NOW = "2026-11-22 12:00:00+00:00"
TODAY = date(2026, 11, 22)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def terugblik(clock: Any) -> Terugblik:
    """A look-back of which the question is open."""
    row = Terugblik.objects.get(peildatum=date(2024, 7, 1))
    row.vraag_van, row.vraag_tot = TODAY - timedelta(days=7), TODAY + timedelta(days=7)
    row.save()
    return row


def token_in(response: Any) -> str:
    fields = {field.attrs.get("name"): field.attrs for field in Document(html(response)).all("input")}
    return str(fields["formulier"]["value"])


def fill_in(client: Client, clock: Any, *, seconds: float = 10, **values: Any) -> dict[str, str]:
    """What a browser would send after so many seconds with the form."""
    token = token_in(client.get(FORM))
    clock.shift(timedelta(seconds=seconds))
    return {"keuze": "nee", "actie": "", "website": "", "formulier": token, **values}


def counted() -> dict[tuple[int | None, str], int]:
    rows = Antwoord.objects.values_list("actie__nummer", "keuze", "aantal")
    return {(nummer, keuze): aantal for nummer, keuze, aantal in rows}


def test_an_answer_is_counted_and_gets_a_receipt(terugblik: Terugblik, clock: Any, client: Client) -> None:
    response = client.post(FORM, fill_in(client, clock, keuze="beetje", actie="6"))
    assert response.status_code == 302
    assert counted() == {(6, "beetje"): 1}
    assert Antwoord.objects.get().kanaal == "web"
    assert Antwoord.objects.get().dag == TODAY
    receipt = client.get(response.headers["Location"])
    text = html(receipt)
    number = response.headers["Location"].partition("bon=")[2]
    for part in (number, "Een beetje", "22 november 2026, 13:00", "Nieuwe inrichting van de ventweg"):
        assert part in text
    assert receipt.headers["Cache-Control"] == "no-store"
    for _again in range(3):
        client.get(response.headers["Location"])
    assert counted() == {(6, "beetje"): 1}
    assert not client.cookies


def test_a_form_that_is_sent_twice_counts_once(terugblik: Terugblik, clock: Any, client: Client) -> None:
    data = fill_in(client, clock)
    first, second = client.post(FORM, data), client.post(FORM, {**data, "keuze": "ja"})
    assert first.headers["Location"] == second.headers["Location"]
    assert counted() == {(None, "nee"): 1}
    client.post(FORM, fill_in(client, clock))
    assert counted() == {(None, "nee"): 2}


@pytest.mark.parametrize(
    ("hours", "counts"), [(1, True), (23, True), (25, False)], ids=["an hour", "a day", "too long"]
)
def test_a_form_may_stay_open_for_a_day(
    hours: int, counts: bool, terugblik: Terugblik, clock: Any, client: Client
) -> None:
    data = fill_in(client, clock, seconds=hours * 3600, keuze="ja", actie="6")
    response = client.post(FORM, data)
    assert (response.status_code == 302) == counts
    if not counts:
        assert "stond te lang open" in html(response)
        assert_kept(response, keuze="ja", actie="6")
        assert counted() == {}
        # The new form works without choosing again.
        clock.shift(timedelta(seconds=5))
        assert client.post(FORM, {**data, "formulier": token_in(response)}).status_code == 302


def assert_kept(response: Any, *, keuze: str, actie: str) -> None:
    document = Document(html(response))
    chosen = [field.attrs["value"] for field in document.all("input") if "checked" in field.attrs]
    assert chosen == [keuze]
    selected = [option.attrs["value"] for option in document.all("option") if "selected" in option.attrs]
    assert selected == [actie]


@pytest.mark.parametrize(
    ("seconds", "values", "said"),
    [
        (1, {}, "wel heel snel"),
        (9, {"website": "http://example.com"}, "dat leeg moet blijven"),
        (9, {"formulier": "onzin"}, "stond te lang open"),
        (9, {"formulier": ""}, "stond te lang open"),
        (9, {"formulier": "\0"}, "stond te lang open"),
    ],
)
def test_whatever_is_wrong_nothing_chosen_is_lost(
    seconds: int, values: dict[str, str], said: str, terugblik: Terugblik, clock: Any, client: Client
) -> None:
    data = fill_in(client, clock, seconds=seconds, keuze="ja", actie="6")
    response = client.post(FORM, data | values)
    assert response.status_code == 200
    assert said in html(response)
    assert faults(html(response)) == []
    assert_kept(response, keuze="ja", actie="6")
    assert counted() == {}
    clock.shift(timedelta(seconds=5))
    again = {**data, "formulier": token_in(response)}
    assert client.post(FORM, again).status_code == 302
    assert counted() == {(6, "ja"): 1}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"keuze": ""}, "Kies een van de vier antwoorden."),
        ({"keuze": "misschien"}, "Kies een van de vier antwoorden."),
        ({"keuze": "ja\0"}, "Kies een van de vier antwoorden."),
        ({"actie": "99"}, "Deze actie staat niet in het plan."),
        ({"actie": "20"}, "Deze actie staat niet in het plan."),
        ({"actie": "x" * 5000}, "Deze actie staat niet in het plan."),
    ],
)
def test_an_error_is_named_above_and_at_the_field(
    values: dict[str, Any], said: str, terugblik: Terugblik, clock: Any, client: Client
) -> None:
    response = client.post(FORM, fill_in(client, clock, **values))
    text = html(response)
    assert text.count(said) == 2
    assert faults(text) == []
    assert counted() == {}


def test_errors_speak_the_language_of_the_page(terugblik: Terugblik, client: Client, page_at: Any) -> None:
    page = page_at(PAGE).get_translations().get(locale__language_code="en").specific
    text = html(client.post(f"{page.url}antwoord/", {}))
    assert '<html lang="en"' in text
    assert faults(text) == []


def test_the_form_of_another_look_back_does_not_count(
    terugblik: Terugblik, clock: Any, client: Client
) -> None:
    other = Terugblik.objects.create(actieplan=terugblik.actieplan, peildatum=date(2020, 1, 1))
    data = fill_in(client, clock, formulier=OpenForm.new(about(other)).token)
    assert client.post(FORM, data).status_code == 200
    assert counted() == {}


@pytest.mark.parametrize(
    ("vraag_van", "vraag_tot", "said"),
    [
        (None, None, "niet gesteld"),
        (date(2026, 11, 23), date(2026, 12, 1), "nog niet open"),
        (date(2026, 11, 1), date(2026, 11, 21), "De vraag is gesloten"),
    ],
)
def test_outside_its_days_the_question_is_closed(
    vraag_van: Any, vraag_tot: Any, said: str, terugblik: Terugblik, clock: Any, client: Client
) -> None:
    data = fill_in(client, clock)
    Terugblik.objects.filter(pk=terugblik.pk).update(vraag_van=vraag_van, vraag_tot=vraag_tot)
    empty_the_caches()
    for response, status in ((client.get(FORM), 200), (client.post(FORM, data), 409)):
        assert response.status_code == status
        assert said in html(response)
        assert "<form" not in html(response).split("<main")[1]
        assert response.headers["Cache-Control"] == "no-store"
    assert counted() == {}


@pytest.mark.parametrize("day", [TODAY - timedelta(days=7), TODAY + timedelta(days=7)])
def test_the_first_and_the_last_day_belong_to_it(
    day: date, terugblik: Terugblik, clock: Any, client: Client
) -> None:
    clock.move_to(f"{day}T12:00:00+00:00")
    assert client.post(FORM, fill_in(client, clock)).status_code == 302
    assert Antwoord.objects.get().dag == day


def test_an_action_can_be_chosen_beforehand(terugblik: Terugblik, client: Client) -> None:
    text = html(client.get(FORM, {"actie": "6"}))
    assert 'value="6" selected' in text
    for odd in ("99", "x", "\0", "20"):
        assert "selected" not in html(client.get(FORM, {"actie": odd})).replace('value="" selected', "")


def test_the_form_sets_no_cookie_and_is_not_kept(terugblik: Terugblik, client: Client) -> None:
    first, second = client.get(FORM), client.get(FORM)
    for response in (first, second):
        assert response.headers["Cache-Control"] == "no-store"
        assert "X-Cache" not in response.headers
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in html(response)
    assert token_in(first) != token_in(second)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"origin": "http://testserver"}, 302),
        ({}, 302),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://testserver"}, 403),
        ({"origin": "https://elders.example.com"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_another_site_cannot_make_its_visitors_answer(
    headers: dict[str, str], status: int, terugblik: Terugblik, clock: Any
) -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(FORM, fill_in(browser, clock), headers=headers)
    assert response.status_code == status
    assert len(counted()) == (status == 302)
    if status == 403:
        assert "van een andere website" in html(response)


def test_only_this_address_goes_without_the_csrf_cookie(terugblik: Terugblik, clock: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(PAGE, {}).status_code == 403
    assert browser.post(reverse("wagtailadmin_login"), {}).status_code == 403


def test_many_answers_from_one_address_have_to_wait(terugblik: Terugblik, clock: Any, client: Client) -> None:
    for _time in range(MOST_ANSWERS):
        assert client.post(FORM, fill_in(client, clock, seconds=4)).status_code == 302
    response = client.post(FORM, fill_in(client, clock, keuze="ja", actie="6"))
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert "het laatste uur veel antwoorden" in html(response)
    assert_kept(response, keuze="ja", actie="6")
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert elsewhere.post(FORM, fill_in(elsewhere, clock)).status_code == 302
    clock.shift(timedelta(hours=1))
    assert client.post(FORM, fill_in(client, clock)).status_code == 302


def test_the_secret_behind_the_addresses_is_another_one_each_day(clock: Any) -> None:
    first = salt_of_today("answers")
    assert first == salt_of_today("answers")
    assert first != salt_of_today("another")
    clock.shift(timedelta(days=1))
    assert salt_of_today("answers") != first


def test_an_answer_leaves_the_cached_pages_alone(
    terugblik: Terugblik, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    before = content_version()
    with django_capture_on_commit_callbacks(execute=True):
        count_answer(terugblik=terugblik, actie=None, keuze="ja", dag=TODAY)
        count_answer(terugblik=terugblik, actie=None, keuze="ja", dag=TODAY)
    assert content_version() == before
    with django_capture_on_commit_callbacks(execute=True):
        terugblik.save()
    assert content_version() != before


def test_a_receipt_that_is_not_known_says_so(terugblik: Terugblik, clock: Any, client: Client) -> None:
    location = client.post(FORM, fill_in(client, clock)).headers["Location"]
    for number in ("", "ABCDEFGHJK", "x" * 3000, "\0", "../../x"):
        response = client.get(f"{FORM}ontvangen/", {"bon": number})
        assert response.status_code == 200
        assert "kennen wij niet" in html(response)
    empty_the_caches()
    assert "kennen wij niet" in html(client.get(location))


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(method: str, terugblik: Terugblik, client: Client) -> None:
    assert getattr(client, method)(FORM).status_code == 405


def test_on_paper_stand_the_same_choices_with_their_numbers(terugblik: Terugblik, client: Client) -> None:
    text = html(client.get(f"{PAGE}papier/"))
    for keuze in Antwoord.Keuze:
        assert str(keuze.label) in text
    assert "14 0255" in text
    assert "29 november 2026" in text
    assert faults(text) == []
    numbers = [
        element.text for element in Document(text).all("bdi") if "nummer" in element.attrs.get("class", "")
    ]
    assert numbers == [str(number) for number in range(1, 20)]

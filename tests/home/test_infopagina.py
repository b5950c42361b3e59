"""Text for the infopagina: the news of a week, ready to copy into the weekly paper."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.users.models import UserProfile

from core.models import User
from home.desk.infopagina import Infopagina, monday_of, name_of, week_of
from home.models import NieuwsIndexPage, NieuwsPage
from home.plain_text import short_address
from tests.desk import allow_unknown_variables, html
from wijken.models import Wijk

pytestmark = pytest.mark.django_db
WEEK = "2031-W10"
MONDAY = date(2031, 3, 3)


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def news(title: str, day: date, *, wijken: tuple[str, ...] = (), live: bool = True) -> NieuwsPage:
    page = NieuwsPage(
        title=title,
        intro=f"Inleiding van {title}.",
        date=day,
        live=live,
        body=[("text", f"<p>De rest van {title}.</p><ul><li>soep</li><li>brood</li></ul>")],
    )
    NieuwsIndexPage.objects.get(locale__language_code="nl").add_child(instance=page)
    page.wijken.set(Wijk.objects.filter(slug__in=wijken))
    page.save()
    if live:
        page.save_revision().publish()
    return page


@pytest.fixture
def week() -> list[NieuwsPage]:
    """Three items of one week, and some that do not belong to it."""
    news("Van zondag ervoor", MONDAY - timedelta(days=1))
    news("Van maandag erna", MONDAY + timedelta(days=7))
    news("Nog een concept", MONDAY, live=False)
    return [
        news("Op maandag", MONDAY, wijken=("velsen-noord",)),
        news("Op woensdag", MONDAY + timedelta(days=2)),
        news("Op zondag", MONDAY + timedelta(days=6), wijken=("driehuis", "santpoort-noord")),
    ]


def shown(desk: Client, **asked: Any) -> Infopagina:
    response = desk.get(reverse("desk_infopagina"), {"week": WEEK, **asked})
    assert response.status_code == 200
    found: Infopagina = response.context["shown"]
    return found


def titles(page: Infopagina) -> list[str]:
    return [item.title for item in page.chosen]


def test_the_news_of_one_week_oldest_first(desk: Client, week: list[NieuwsPage]) -> None:
    assert titles(shown(desk)) == ["Op maandag", "Op woensdag", "Op zondag"]


def test_the_text_is_ready_to_copy(desk: Client, week: list[NieuwsPage]) -> None:
    lines = shown(desk).text.split("\n")
    assert lines[0] == "Nieuws uit de wijken. Week 10, 3 tot en met 9 maart 2031"
    assert lines[2:5] == [
        "Op maandag (Velsen-Noord)",
        "Inleiding van Op maandag.",
        f"Lees meer: {short_address('/nl/nieuws/op-maandag/')}",
    ]
    assert lines[6] == "Op woensdag"
    assert lines[-2:] == [f"Meer nieuws: {short_address('/nl/nieuws/')}", "Vragen? Bel 14 0255."]
    assert "De rest van" not in "".join(lines)


def test_the_whole_text_has_lists_as_dashes(desk: Client, week: list[NieuwsPage]) -> None:
    text = shown(desk, tekst="heel").text
    assert "Inleiding van Op maandag.\n\nDe rest van Op maandag.\n\n- soep\n- brood\nLees meer:" in text


def test_one_wijk_with_what_is_for_all(desk: Client, week: list[NieuwsPage]) -> None:
    assert titles(shown(desk, wijk="velsen-noord")) == ["Op maandag", "Op woensdag"]
    assert titles(shown(desk, wijk="driehuis")) == ["Op woensdag", "Op zondag"]


def test_a_choice_in_an_order(desk: Client, week: list[NieuwsPage]) -> None:
    first, second, third = week
    asked = {
        "gekozen": "1",
        "bericht": [first.pk, third.pk],
        f"plaats-{first.pk}": "9",
        f"plaats-{second.pk}": "1",
        f"plaats-{third.pk}": "2",
    }
    found = shown(desk, **asked)
    assert titles(found) == ["Op zondag", "Op maandag"]
    assert [(item.title, item.place) for item in found.items] == [
        ("Op woensdag", 1),
        ("Op zondag", 2),
        ("Op maandag", 3),
    ]


def test_nothing_chosen_and_nothing_there(desk: Client, week: list[NieuwsPage]) -> None:
    address = reverse("desk_infopagina")
    assert "Er is geen bericht gekozen" in html(desk.get(address, {"week": WEEK, "gekozen": "1"}))
    assert "Deze week staat er geen nieuws op de site" in html(desk.get(address, {"week": "2031-W20"}))
    answer = html(desk.get(address, {"week": "2031-W20", "wijk": "driehuis"}))
    assert "geen nieuws voor deze wijk" in answer


def test_it_counts_and_says_what_is_too_much(desk: Client, week: list[NieuwsPage]) -> None:
    address, text = reverse("desk_infopagina"), shown(desk).text
    for maximum, too_much in ((len(text), 0), (len(text) - 1, 1), (len(text) - 40, 40)):
        response = desk.get(address, {"week": WEEK, "maximum": str(maximum)})
        assert response.context["too_much"] == too_much
        assert ("te veel" in html(response)) is bool(too_much)
    assert shown(desk).characters == len(text)
    assert shown(desk).words == len(text.split())


@pytest.mark.parametrize("maximum", ["", "abc", "-1", "0", "99999999999"])
def test_an_impossible_maximum_is_said_and_the_text_stays(
    desk: Client, week: list[NieuwsPage], maximum: str
) -> None:
    response = desk.get(reverse("desk_infopagina"), {"week": WEEK, "maximum": str(maximum)})
    assert response.context["form"].errors["maximum"]
    assert "error-message" in html(response)
    assert response.context["shown"].text


def test_it_starts_with_this_week(desk: Client) -> None:
    with time_machine.travel("2026-11-26T12:00:00+00:00", tick=False):
        for week in ("", "2026-W99", "\x00", "volgende"):
            response = desk.get(reverse("desk_infopagina"), {"week": week})
            assert response.context["shown"].monday == date(2026, 11, 23)
            assert response.context["is_this_week"]


def test_other_weeks_keep_what_was_chosen(desk: Client) -> None:
    response = desk.get(reverse("desk_infopagina"), {"week": "2026-W53", "tekst": "heel", "maximum": "900"})
    assert response.context["previous_url"] == "?week=2026-W52&tekst=heel&maximum=900"
    assert response.context["next_url"] == "?week=2027-W01&tekst=heel&maximum=900"


@given(st.dates(date(2000, 1, 3), date(2099, 12, 20)))
def test_a_week_has_one_name(day: date) -> None:
    monday = monday_of(week_of(day), today=localdate())
    assert monday.weekday() == 0
    assert monday <= day < monday + timedelta(days=7)


@pytest.mark.parametrize(
    ("monday", "name"),
    [
        (date(2026, 11, 23), "Week 48, 23 tot en met 29 november 2026"),
        (date(2026, 11, 30), "Week 49, 30 november tot en met 6 december 2026"),
        (date(2026, 12, 28), "Week 53, 28 december tot en met 3 januari 2027"),
    ],
)
def test_the_name_of_a_week(monday: date, name: str) -> None:
    assert name_of(monday) == name


def test_the_file_opens_anywhere(desk: Client, week: list[NieuwsPage]) -> None:
    response = desk.get(reverse("desk_infopagina_file"), {"week": WEEK, "wijk": "velsen-noord"})
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="infopagina-2031-week-10.txt"'
    content = response.content.decode()
    assert content.startswith("\ufeffNieuws uit de wijken.")
    assert "\n" not in content.replace("\r\n", "")
    text = shown(desk, wijk="velsen-noord").text
    assert content.removeprefix("\ufeff").replace("\r\n", "\n") == f"{text}\n"


def test_the_text_is_dutch_at_an_english_desk(desk: Client, beheerder: User, week: list[NieuwsPage]) -> None:
    UserProfile.objects.create(user=beheerder, preferred_language="en")
    text = shown(desk).text
    assert text.startswith("Nieuws uit de wijken. Week 10, 3 tot en met 9 maart 2031")
    assert f"Lees meer: {short_address('/nl/nieuws/')}/" in text


def test_it_only_reads(desk: Client) -> None:
    for name in ("desk_infopagina", "desk_infopagina_file"):
        assert desk.post(reverse(name)).status_code == 405


def test_more_news_asks_no_more_queries(
    desk: Client, week: list[NieuwsPage], django_assert_max_num_queries: Any
) -> None:
    desk.get(reverse("desk_infopagina"), {"week": WEEK})
    for number in range(4):
        news(f"Bericht {number}", MONDAY)
    with django_assert_max_num_queries(25):
        desk.get(reverse("desk_infopagina"), {"week": WEEK, "tekst": "heel"})


class AnyQuestion(HypothesisTestCase):
    """Whatever stands in the address, a screen answers."""

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(
        asked=st.dictionaries(
            st.sampled_from(["week", "wijk", "tekst", "maximum", "bericht", "plaats-1", "gekozen"]),
            st.one_of(st.text(max_size=12), st.sampled_from(["2026-W47", "kort", "heel", "٣", "²"])),
        )
    )
    def test_it_answers(self, asked: dict[str, str]) -> None:
        user = User.objects.filter(username="vraag").first() or User.objects.create_superuser(
            "vraag", "vraag@example.nl"
        )
        self.client.force_login(user)
        for name in ("desk_infopagina", "desk_infopagina_file"):
            assert self.client.get(reverse(name), asked).status_code == 200

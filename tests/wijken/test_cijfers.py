"""The indicators of a wijk: a line with its table, one number, or the word that nothing was measured."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.caches import empty_the_caches
from tests.desk import html
from tests.html import Document, faults, fetched_urls, foreign
from tests.pages.test_every_page_type import in_arabic
from wijken.models import Indicator, Meting, Wijk
from wijken.monitor.chart import HEIGHT, WIDTH, draw
from wijken.monitor.indicators import indicators_of

pytestmark = pytest.mark.django_db
MONITOR = "/nl/wijken/velsen-noord/monitor/"
ADDRESS = f"{MONITOR}cijfers/"


@pytest.fixture
def wijk() -> Wijk:
    return Wijk.objects.get(slug="velsen-noord")


def measure(code: str, *values: tuple[int, str], wijk: Wijk | None, **more: Any) -> None:
    indicator = Indicator.objects.source().get(code=code)
    for year, value in values:
        Meting.objects.create(
            indicator=indicator, wijk=wijk, datum=date(year, 10, 1), waarde=Decimal(value), **more
        )


def section(client: Client, code: str, address: str = ADDRESS) -> str:
    empty_the_caches()
    text = html(client.get(address))
    return text.split(f'id="indicator-{code}"')[1].split("</section>")[0]


def test_two_points_make_a_line_with_the_municipality_dashed_beside_it(wijk: Wijk, client: Client) -> None:
    measure("veiligheidsmonitor", (2021, "6.1"), (2023, "6.3"), wijk=wijk, bron_url="https://example.nl/vm")
    measure("veiligheidsmonitor", (2021, "7.2"), (2023, "7"), wijk=None, is_ongeveer=True)
    part = section(client, "veiligheidsmonitor")
    assert part.count("<circle") == 3, "Two points and the key."
    assert "wijk-grafiek__lijn--gemeente" in part
    assert 'role="img"' in part
    for said in ("6,1", "6,3", "ongeveer 7,2", "ongeveer 7<", "1 oktober 2021", "https://example.nl/vm"):
        assert said in part
    assert "Hoger is beter." in part


def test_one_point_is_a_big_figure_with_its_table(client: Client) -> None:
    part = section(client, "sociale-huur")
    assert "wijk-indicator__getal" in part
    assert "<svg" not in part
    assert "50%" in part
    assert "1 december 2023" in part
    assert "<table" in part


def test_nothing_measured_is_said(client: Client) -> None:
    part = section(client, "leefbaarometer")
    assert "Nog geen meting. Wij verzinnen er geen." in part
    assert "<table" not in part


def test_a_single_point_in_the_wijk_stands_beside_the_line_of_the_municipality(
    wijk: Wijk, client: Client
) -> None:
    measure("leefbaarometer", (2023, "4.1"), wijk=wijk)
    measure("leefbaarometer", (2021, "4.3"), (2023, "4.4"), wijk=None)
    part = section(client, "leefbaarometer")
    assert part.count("<circle") == 2
    assert "niet gemeten" in part


def test_what_is_counted_is_not_drawn_beside_the_whole_municipality(wijk: Wijk, client: Client) -> None:
    measure("inwoners", (2020, "68000"), (2024, "69100"), wijk=None)
    part = section(client, "inwoners")
    assert "<svg" not in part
    assert "69.100" in part
    assert "5.300" in part


def test_other_wijken_say_nothing_here(wijk: Wijk, client: Client) -> None:
    other = Wijk.objects.exclude(pk=wijk.pk)[0]
    measure("leefbaarometer", (2021, "1"), (2022, "2"), wijk=other)
    assert "Nog geen meting." in section(client, "leefbaarometer")


@pytest.mark.parametrize(
    ("richting", "said"), [("beter", "Hoger is beter."), ("slechter", "Hoger is slechter.")]
)
def test_which_way_is_better_is_said_in_words(richting: str, said: str, client: Client) -> None:
    Indicator.objects.source().filter(code="leefbaarometer").update(richting=richting)
    assert said in section(client, "leefbaarometer")
    Indicator.objects.source().filter(code="leefbaarometer").update(richting="")
    assert "Hoger is" not in section(client, "leefbaarometer")


def test_a_wijk_without_indicators(client: Client) -> None:
    Meting.objects.all().delete()
    Indicator.objects.all().delete()
    assert "Er zijn nog geen cijfers om te volgen" in html(client.get(ADDRESS))


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_in_every_language(language: str, wijk: Wijk, client: Client, page_at: Any) -> None:
    measure("veiligheidsmonitor", (2021, "6.1"), (2023, "6.3"), wijk=wijk)
    page = page_at(MONITOR)
    if language == "ar":
        page = in_arabic(page)
    elif language == "en":
        page = page.get_translations().get(locale__language_code="en")
    empty_the_caches()
    text = html(client.get(f"{page.url}cijfers/"))
    assert f'<html lang="{language}"' in text
    assert faults(text) == []
    assert foreign(fetched_urls(Document(text))) == []


def test_queries(wijk: Wijk, client: Client, django_assert_max_num_queries: Any) -> None:
    client.get(ADDRESS)
    for code in ("veiligheidsmonitor", "leefbaarometer"):
        measure(code, *((year, "1") for year in range(2000, 2020)), wijk=wijk)
        measure(code, *((year, "2") for year in range(2000, 2020)), wijk=None)
    empty_the_caches()
    with django_assert_max_num_queries(15):
        client.get(ADDRESS)


def test_the_words_are_the_readers_and_the_facts_the_sources(
    wijk: Wijk, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        found = indicators_of(wijk.pk, language_code="en")
    assert [measured.indicator.locale.language_code for measured in found] == ["nl"] * len(found)
    assert all(measured.indicator.words_language == "en" for measured in found)


# --- the drawing ----------------------------------------------------------------------------------


def series(*values: tuple[int, str]) -> list[tuple[date, Decimal]]:
    return [(date(year, 1, 1), Decimal(value)) for year, value in values]


@pytest.mark.parametrize(
    "values",
    [
        [(2020, "7.1"), (2021, "7.2"), (2024, "6.9")],
        [(2020, "0"), (2021, "0")],
        [(2020, "-5"), (2021, "5")],
        [(2020, "7"), (2021, "7")],
        [(2020, "0.01"), (2021, "0.02")],
        [(2020, "9999999999.99"), (2021, "1")],
        [(year, str(year % 7)) for year in range(1990, 2026)],
    ],
)
def test_everything_is_inside_the_box_and_between_the_marks(values: list[tuple[int, str]]) -> None:
    chart = draw(series(*values), [])
    for x, y in chart.wijk.points:
        assert chart.left <= x <= chart.right < WIDTH
        assert chart.values[-1].at <= y <= chart.values[0].at < HEIGHT
    assert 2 <= len(chart.values) <= 7
    assert [mark.label for mark in chart.years][0] == str(values[0][0])
    assert [mark.label for mark in chart.years][-1] == str(values[-1][0])
    apart = [right.at - left.at for left, right in zip(chart.years, chart.years[1:], strict=False)]
    assert min(apart) >= 64


def test_higher_is_higher_and_marks_are_what_they_say() -> None:
    chart = draw(series((2020, "6"), (2022, "8")), series((2021, "7")))
    (first_x, first_y), (last_x, last_y) = chart.wijk.points
    assert (first_x, last_x) == (chart.left, chart.right)
    assert last_y < first_y
    ((_x, between),) = chart.gemeente.points
    assert abs(between - (first_y + last_y) / 2) <= 1
    assert chart.gemeente.path == ""
    assert [mark.label for mark in chart.values] == ["6,0", "6,5", "7,0", "7,5", "8,0"]

"""The two tracks in a real browser: answering, paper, and the numbers of research."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.open_forms import MIN_SECONDS
from tests.browser.visit import NARROW, WIDE, visitor
from wijken.answers import count_answer
from wijken.models import Antwoord, Indicator, Meting, Terugblik, Wijk

pytestmark = pytest.mark.browser
PAGE = "/nl/wijken/velsen-noord/actieplan/terugblik-2024/"
CIJFERS = "/nl/wijken/velsen-noord/monitor/cijfers/"


@pytest.fixture
def open_question(site_url: str, django_db_blocker: Any) -> Iterator[Terugblik]:
    """The question of a look-back is open and has some answers; the running site sees it."""
    today = timezone.localdate()
    with django_db_blocker.unblock():
        row = Terugblik.objects.get(peildatum=date(2024, 7, 1))
        row.vraag_van, row.vraag_tot = today - timedelta(days=7), today + timedelta(days=7)
        row.save()
        for keuze in ("nee", "nee", "beetje"):
            count_answer(terugblik=row, actie=None, keuze=keuze, dag=today - timedelta(days=1))
        try:
            yield row
        finally:
            row.antwoorden.all().delete()
            row.vraag_van = row.vraag_tot = None
            row.save()


@pytest.fixture
def measured(site_url: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        indicator = Indicator.objects.source().get(code="veiligheidsmonitor")
        wijk = Wijk.objects.get(slug="velsen-noord")
        made = [
            Meting.objects.create(
                indicator=indicator, wijk=where, datum=date(year, 10, 1), waarde=Decimal(value)
            )
            for where, year, value in (
                (wijk, 2021, "6.1"),
                (wijk, 2023, "6.3"),
                (None, 2021, "7.2"),
                (None, 2023, "7"),
            )
        ]
        try:
            yield
        finally:
            for meting in made:
                meting.delete()


def test_every_page_of_it(browser: Any, site_url: str, open_question: Terugblik, measured: None) -> None:
    with visitor(browser, site_url) as someone:
        for path in (
            PAGE,
            f"{PAGE}antwoord/",
            f"{PAGE}antwoord/?actie=6",
            f"{PAGE}antwoord/ontvangen/?bon=ABCDEFGHJK",
            f"{PAGE}papier/",
            CIJFERS,
        ):
            someone.look_at(path)
    assert someone.trouble == []


def test_a_question_that_is_closed(browser: Any, site_url: str) -> None:
    with visitor(browser, site_url) as someone:
        someone.look_at(f"{PAGE}antwoord/")
        expect(someone.page.locator("main form")).to_have_count(0)
    assert someone.trouble == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_answering_without_script_by_keyboard(
    browser: Any, site_url: str, open_question: Terugblik, django_db_blocker: Any, size: dict[str, int]
) -> None:
    with visitor(browser, site_url, java_script_enabled=False, viewport=size) as someone:
        page = someone.goto(PAGE)
        page.get_by_role("link", name="Geef uw antwoord").click()
        page.get_by_role("button", name="Versturen").click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("Kies een van de vier antwoorden.")
        expect(alert).to_be_focused()
        page.get_by_label("Nee, ik merk er niets van").focus()
        page.keyboard.press("Space")
        page.locator("select[name=actie]").select_option("6")
        page.wait_for_timeout(1000 * MIN_SECONDS)
        page.get_by_role("button", name="Versturen").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/antwoord/ontvangen/?bon=*")
        expect(page.locator("main")).to_contain_text("Uw antwoord is geteld")
        page.reload()
        expect(page.locator("main")).to_contain_text("Nee, ik merk er niets van")
        assert someone.context.cookies() == []
    assert someone.trouble == []
    with django_db_blocker.unblock():
        today = Antwoord.objects.get(dag=timezone.localdate())
    assert (today.actie and today.actie.nummer, today.keuze, today.aantal) == (6, "nee", 1)


def test_errors_and_receipt_are_accessible(browser: Any, site_url: str, open_question: Terugblik) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(f"{PAGE}antwoord/")
        page.get_by_role("button", name="Versturen").click()
        expect(page.get_by_role("alert")).to_be_visible()
        for size in (WIDE, NARROW):
            someone.at(size)
            someone.check_accessible()
            someone.check_fits()
        page.get_by_label("Een beetje").check()
        page.wait_for_timeout(1000 * MIN_SECONDS)
        page.get_by_role("button", name="Versturen").click()
        page.wait_for_url("**bon=*")
        for size in (WIDE, NARROW):
            someone.at(size)
            someone.check_accessible()
            someone.check_fits()
        someone.check_no_cookies()
    assert someone.trouble == []


def test_the_paper_fits_on_one_sheet(browser: Any, site_url: str, open_question: Terugblik) -> None:
    with visitor(browser, site_url) as someone:
        page = someone.goto(f"{PAGE}papier/")
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
        assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
        page.emulate_media(media="print")
        expect(page.locator("header")).to_be_hidden()

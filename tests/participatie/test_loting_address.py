"""Where mails, letters and receipts send a reader of a language."""

import pytest

from participatie.loting_address import address_of_loting
from participatie.models import Loting, LotingPage
from tests.caches import empty_the_caches

pytestmark = pytest.mark.django_db
PATH = "wijken/velsen-noord/loting/"


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://wijken.example"


def test_a_reader_gets_the_page_in_their_own_language_or_the_dutch_one(loting: Loting) -> None:
    english = address_of_loting(loting, "en")
    assert (english.url, english.title_language) == (f"https://wijken.example/en/{PATH}", "en")
    # Without a front door of its own.
    polish = address_of_loting(loting, "pl")
    assert (polish.url, polish.title_language) == (f"https://wijken.example/nl/{PATH}", "nl")
    assert polish.to("mijn/") == f"https://wijken.example/nl/{PATH}mijn/"


def test_without_a_dutch_page_another_will_do_and_without_any_the_front_door(loting: Loting) -> None:
    LotingPage.objects.get(loting=loting, locale__language_code="nl").unpublish()
    empty_the_caches()
    assert address_of_loting(loting, "nl").url == f"https://wijken.example/en/{PATH}"
    LotingPage.objects.get(loting=loting, locale__language_code="en").unpublish()
    empty_the_caches()
    nowhere = address_of_loting(loting, "en")
    assert (nowhere.url, nowhere.title) == ("", loting.naam)
    assert nowhere.to("aanmelden/?code=X") == "https://wijken.example/nl/"

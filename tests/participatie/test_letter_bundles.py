"""All letters of a round as one file: made in parts, sealed, fetched by one role, gone after a day."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import User
from core.pdf import PdfNotAvailable
from core.receipts import shown
from participatie import letter_actions, letter_bundles
from participatie.address_list import Address
from participatie.models import Brievenbundel, Brievendeel, Handeling, Loting, Uitnodiging
from tests.desk import account, allow_unknown_variables, browser, is_absent
from tests.participatie.desk import at, plain_text
from tests.pdfs import Pdf, needs_pango

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def round_of_five(loting: Loting, keeper_user: User, monkeypatch: pytest.MonkeyPatch) -> Loting:
    for module in ("participatie.letter_bundles", "participatie.desk.letters"):
        monkeypatch.setattr(f"{module}.PER_FILE", 2)
    addresses = [Address("Wijkstraat", str(number), "", "1951AB", "Velsen-Noord", "") for number in range(5)]
    assert letter_actions.invite(loting=loting, addresses=addresses, by=keeper_user) == 5
    return loting


@pytest.fixture
def ask(keeper: Client, django_capture_on_commit_callbacks: Any) -> Callable[[Loting], bool]:
    """Asks for the file, has the worker do what it got to do, and says whether there was any."""

    def ask(loting: Loting) -> bool:
        with django_capture_on_commit_callbacks(execute=True) as jobs:
            assert keeper.post(at("letter_bundle", loting, 1)).status_code == 302
        return bool(jobs)

    return ask


@needs_pango()
def test_one_file_holds_every_letter_once_and_fetching_it_is_written_down(
    keeper: Client, keeper_user: User, round_of_five: Loting, ask: Callable[[Loting], bool]
) -> None:
    assert "Maak alle brieven" in plain_text(keeper.get(at("letters", round_of_five)))
    assert [ask(round_of_five), ask(round_of_five)] == [True, False]
    assert "Er zijn 5 brieven gemaakt." in plain_text(keeper.get(at("letter_bundle", round_of_five, 1)))
    assert not Handeling.objects.filter(soort="geexporteerd").exists()
    response = keeper.post(at("letter_bundle_file", round_of_five, 1))
    assert "no-store" in response.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        parts = [Pdf(archive.read(name)) for name in archive.namelist()]
    assert [len(part) for part in parts] == [2, 2, 1]
    pages = [part.text(number) for part in parts for number in range(len(part))]
    letters = Uitnodiging.objects.order_by("pk")
    assert [shown(letter.code) in page for letter, page in zip(letters, pages, strict=True)] == [True] * 5
    [noted] = Handeling.objects.filter(loting=round_of_five, soort="geexporteerd")
    assert (noted.aantal, noted.door) == (5, keeper_user)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many letters each PDF would have that the worker makes; it says only that."""
    made: list[int] = []

    def invitations(loting: Loting, letters: list[Uitnodiging]) -> bytes:
        made.append(len(letters))
        return f"%PDF Wijkstraat {len(letters)}".encode()

    monkeypatch.setattr(letter_bundles, "invitations", invitations)
    return made


def test_what_came_to_a_stop_goes_on_from_there(
    keeper: Client,
    round_of_five: Loting,
    ask: Callable[[Loting], bool],
    printed: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    def stops(loting: Loting, letters: Any) -> bytes:
        if printed:
            raise PdfNotAvailable
        printed.append(len(letters))
        return b"%PDF"

    with monkeypatch.context() as patch:
        patch.setattr(letter_bundles, "invitations", stops)
        ask(round_of_five)
    text = plain_text(keeper.get(at("letter_bundle", round_of_five, 1)))
    assert "2 van 5 brieven zijn gemaakt." in text
    assert "Het maken is gestopt." in text
    assert is_absent(keeper.post(at("letter_bundle_file", round_of_five, 1)))
    assert ask(round_of_five)
    assert printed == [2, 2, 1]


def test_nobody_waits_for_a_worker_that_is_gone(
    keeper: Client, round_of_five: Loting, printed: list[int], ask: Callable[[Loting], bool]
) -> None:
    # Asked, and no worker took it up.
    keeper.post(at("letter_bundle", round_of_five, 1))
    assert "Kijk hoe ver het is" in plain_text(keeper.get(at("letter_bundle", round_of_five, 1)))
    assert not ask(round_of_five)
    long_ago = timezone.now() - Brievenbundel.STALLED_AFTER - timedelta(seconds=1)
    Brievenbundel.objects.update(bijgewerkt_op=long_ago)
    assert "Ga verder" in plain_text(keeper.get(at("letter_bundle", round_of_five, 1)))
    assert ask(round_of_five)
    assert printed == [2, 2, 1]


def test_it_lies_sealed_and_goes_after_a_day(
    keeper: Client, round_of_five: Loting, ask: Callable[[Loting], bool], printed: list[int]
) -> None:
    ask(round_of_five)
    assert Brievendeel.objects.count() == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhoud FROM participatie_brievendeel")
        stored = " ".join(row[0] for row in cursor.fetchall())
    # “%PDF” as it is, and in base64.
    assert not any(word in stored for word in ("Wijkstraat", "%PDF", "JVBER"))
    asked_at = Brievenbundel.objects.get().gevraagd_op
    assert letter_bundles.delete_letters(now=asked_at + timedelta(hours=23, minutes=59)) == 0
    assert letter_bundles.delete_letters(now=asked_at + timedelta(days=1)) == 1
    assert not Brievendeel.objects.exists()
    for name in ("letter_bundle", "letter_bundle_file"):
        assert is_absent(keeper.post(at(name, round_of_five, 2)))


def test_who_asks_for_no_letters_is_in_no_file(
    round_of_five: Loting, ask: Callable[[Loting], bool], printed: list[int]
) -> None:
    ask(round_of_five)
    letter_actions.stop_letters(loting=round_of_five, postcode="1951AB", huisnummer="99", toevoeging="")
    assert Brievenbundel.objects.exists()
    letter_actions.stop_letters(loting=round_of_five, postcode="1951AB", huisnummer="3", toevoeging="")
    assert not Brievenbundel.objects.exists()
    ask(round_of_five)
    assert Brievenbundel.objects.get().made == 4


@pytest.mark.parametrize("role", ["baliemedewerker", "redacteur"])
def test_only_the_lotingbeheerder_gets_it(
    round_of_five: Loting, ask: Callable[[Loting], bool], printed: list[int], role: str
) -> None:
    ask(round_of_five)
    other = browser(account(role))
    for name in ("letter_bundle", "letter_bundle_file"):
        response = other.post(reverse(f"desk_loting_{name}", args=[round_of_five.pk, 1]))
        assert response.status_code == 302
        assert "brieven" not in response.headers["Location"]
    assert not Handeling.objects.filter(soort="geexporteerd").exists()

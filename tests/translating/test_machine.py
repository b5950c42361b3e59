"""Suggestions of a machine, asked from a server that speaks the real APIs."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail import hooks
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from core.models import BasePage, BlijvendWoord, Stand, VasteVertaling, Vertaalopdracht
from core.translating import machine, services
from core.translating.glossary import glossary_for
from core.translating.protecting import Damaged, Glossary, check, protect, restore
from core.translating.services import BadAddress, DeepL, LibreTranslate, ServiceError, service_at
from tests.desk import allow_unknown_variables
from tests.translating.pages import Pair, block, committing, make_pair
from tests.translating.service import DATABASE_TASKS, TranslateServer, translate_server, work

pytestmark = pytest.mark.django_db

TEXT = "Bel het wijkteam van Velsen-Noord: 14 0255."


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def server() -> Iterator[TranslateServer]:
    with translate_server() as running:
        yield running


@pytest.fixture(params=["libretranslate", "deepl"])
def address(request: pytest.FixtureRequest, server: TranslateServer, settings: Any) -> str:
    """The site uses this service, with the queue it has in production."""
    address: str = getattr(server, request.param)
    settings.MACHINE_TRANSLATION_URL = address
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "core.translating.machine.MachineTranslator"}
    settings.TASKS = DATABASE_TASKS
    return address


@pytest.fixture
def pair(page_at: Callable[[str], BasePage]) -> Pair:
    return make_pair(page_at("/nl/"), block(f'{TEXT} <a href="https://example.nl/">Meer</a>', "a1"))


def ask(pair: Pair) -> Vertaalopdracht:
    with committing():
        opdracht = machine.ask(pair.translation)
    work()
    opdracht.refresh_from_db()
    return opdracht


def found(pair: Pair) -> dict[str, StringTranslation]:
    rows = StringTranslation.objects.filter(
        context__object_id=pair.dutch.translation_key, locale=pair.translation.target_locale
    )
    return {row.translation_of.data: row for row in rows.select_related("translation_of")}


# --- the whole way ---------------------------------------------------------------------------------------


def test_suggestions_come_in_the_background(pair: Pair, address: str) -> None:
    opdracht = ask(pair)
    assert opdracht.state == Stand.KLAAR
    rows = found(pair)
    assert len(rows) == opdracht.done == opdracht.total == 3
    text = next(row for dutch, row in rows.items() if "14 0255" in dutch)
    assert text.data == 'BEL HET WIJKTEAM VAN Velsen-Noord: 14 0255. <a id="a1">MEER</a>'
    assert text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    assert text.tool_name in ("LibreTranslate", "DeepL")
    assert not text.has_error


def test_nothing_goes_live_not_even_on_a_page_that_is(pair: Pair, address: str, desk: Client) -> None:
    pair.publish(desk)
    before = pair.live_texts()
    assert before
    ask(pair)
    assert pair.live_texts() == before


def test_a_persons_words_and_a_suggestion_stay(pair: Pair, address: str, desk: Client) -> None:
    pair.write(desk, "Een inleiding.", "An introduction.")
    ask(pair)
    assert found(pair)["Een inleiding."].data == "An introduction."
    pair.edit_dutch(intro="Een korte inleiding.")
    pair.resync(desk)
    ask(pair)
    row = pair.row("Een korte inleiding.")
    assert row is not None
    assert row.data == "An introduction."
    assert row.has_error


def test_asking_twice_is_asking_once(pair: Pair, address: str, server: TranslateServer) -> None:
    with committing():
        machine.ask(pair.translation)
    with committing():
        machine.ask(pair.translation)
    work()
    assert len(server.asked) == 1
    ask(pair)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (429, b"", {"Retry-After": "7"}),
        (500, b"oops", {}),
        (503, b"", {}),
        (200, b"<html>no json", {}),
        (200, b'{"translatedText": ["too few"], "translations": []}', {}),
        (200, b"[]", {}),
        (200, b'{"translatedText": 7, "translations": [1, 2, 3]}', {}),
    ],
    ids=["busy", "error", "down", "not-json", "too-few", "list", "wrong-types"],
)
def test_a_failure_that_may_pass_is_tried_again(
    pair: Pair, address: str, server: TranslateServer, answer: tuple[int, bytes, dict[str, str]]
) -> None:
    server.answers = [answer]
    opdracht = ask(pair)
    assert opdracht.state == Stand.WACHT
    assert opdracht.reason
    assert opdracht.next_try_at is not None
    work()
    assert len(server.asked) == 1
    with time_machine.travel(opdracht.next_try_at + timedelta(seconds=1)):
        work()
    opdracht.refresh_from_db()
    assert opdracht.state == Stand.KLAAR
    assert len(found(pair)) == 3


def test_waits_grow_and_then_it_is_up_to_a_person(pair: Pair, address: str, server: TranslateServer) -> None:
    server.answers = [(500, b"", {})] * 4
    with time_machine.travel(timezone.now(), tick=False) as clock:
        opdracht = ask(pair)
        waits = []
        while opdracht.state == Stand.WACHT:
            assert opdracht.next_try_at is not None
            waits.append(round((opdracht.next_try_at - timezone.now()).total_seconds() / 60))
            clock.move_to(opdracht.next_try_at + timedelta(seconds=1))
            work()
            opdracht.refresh_from_db()
        assert waits == [1, 5, 30]
        assert opdracht.state == Stand.MISLUKT
        assert "storing (500)" in opdracht.reason
        # The person asks again.
        assert ask(pair).state == Stand.KLAAR


def test_the_service_says_how_long_to_wait(pair: Pair, address: str, server: TranslateServer) -> None:
    server.answers = [(429, b"", {"Retry-After": "600"})]
    opdracht = ask(pair)
    assert opdracht.next_try_at is not None
    assert opdracht.next_try_at - timezone.now() > timedelta(minutes=9)


@pytest.mark.parametrize(
    ("status", "words"), [(403, "sleutel"), (401, "sleutel"), (456, "tegoed"), (400, "400")]
)
def test_a_failure_that_stays_is_told(
    pair: Pair, address: str, server: TranslateServer, status: int, words: str
) -> None:
    server.answers = [(status, b"", {})]
    opdracht = ask(pair)
    assert opdracht.state == Stand.MISLUKT
    assert words in opdracht.reason


def test_a_slow_service_is_not_waited_for(
    pair: Pair, address: str, server: TranslateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "TIMEOUT_SECONDS", 0.2)
    server.delay = 1
    opdracht = ask(pair)
    assert opdracht.state == Stand.WACHT
    assert "op tijd" in opdracht.reason


def test_a_service_that_is_not_there(pair: Pair, settings: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.MACHINE_TRANSLATION_URL = f"libretranslate://127.0.0.1:{port}"
    settings.TASKS = DATABASE_TASKS
    opdracht = ask(pair)
    assert opdracht.state == Stand.WACHT
    assert "bereiken" in opdracht.reason


def test_without_a_queue_that_waits_a_failure_is_told_at_once(
    pair: Pair, server: TranslateServer, settings: Any
) -> None:
    settings.MACHINE_TRANSLATION_URL = server.libretranslate
    server.answers = [(500, b"", {})]
    with committing():
        opdracht = machine.ask(pair.translation)
    opdracht.refresh_from_db()
    assert opdracht.state == Stand.MISLUKT


def test_what_came_before_a_failure_is_kept(pair: Pair, address: str, server: TranslateServer, desk) -> None:
    many = [block(f"Regel {number} " + "woord " * 80, f"r{number}") for number in range(70)]
    pair.edit_dutch(*many)
    pair.resync(desk)
    server.answers = [(200, None, {}), (503, b"", {})]
    opdracht = ask(pair)
    assert opdracht.state == Stand.WACHT
    first = len(found(pair))
    assert 0 < first < 70
    assert opdracht.next_try_at is not None
    with time_machine.travel(opdracht.next_try_at + timedelta(seconds=1)):
        work()
    assert len(found(pair)) == 72
    sent: list[list[str]] = [data.get("q") or data["text"] for data in server.asked]
    assert all(len(texts) <= 50 for texts in sent)
    assert all(sum(map(len, texts)) <= 20_000 for texts in sent)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text.replace("<a ", "<b ").replace("</a>", "</b>"), "opmaak"),
        (lambda text: text.replace("Velsen-Noord", "Velsen-North"), "Velsen-Noord"),
        (lambda text: text.replace("14 0255", "+31 255"), "14 0255"),
        (lambda text: text + "<script>alert(1)</script>", "opmaak"),
        (lambda text: text + text, "twee keer"),
    ],
    ids=["tag", "name", "phone", "script", "twice"],
)
def test_a_damaged_suggestion_is_refused_with_the_reason(
    pair: Pair, address: str, server: TranslateServer, spoil: Callable[[str], str], words: str
) -> None:
    server.translate = lambda text: spoil(text) if "Velsen" in text else text.upper()
    opdracht = ask(pair)
    assert opdracht.state == Stand.KLAAR
    assert (opdracht.done, opdracht.total) == (2, 3)
    assert [row["text"][:7] for row in opdracht.refused] == ["Bel het"]
    assert words in opdracht.refused[0]["reason"]
    assert not any("Velsen" in dutch for dutch in found(pair))


def test_a_text_that_is_too_long_is_refused_alone(pair: Pair, address: str, desk: Client) -> None:
    pair.edit_dutch(block("woord " * 5_000, "l1"))
    pair.resync(desk)
    opdracht = ask(pair)
    assert "te lang" in opdracht.refused[0]["reason"]
    assert opdracht.done == 2


# --- languages -------------------------------------------------------------------------------------------


def test_plain_dutch_is_never_for_a_machine(address: str, server: TranslateServer) -> None:
    plain, dutch, arabic = (Locale(language_code=code) for code in ("nl-x-b1", "nl", "ar"))
    with pytest.raises(machine.NotPossible, match="mens"):
        machine.codes(service_at(address), "nl", "nl-x-b1")
    translator = machine.MachineTranslator({})
    assert not translator.can_translate(dutch, plain)
    assert not translator.can_translate(dutch, dutch)
    assert translator.can_translate(dutch, arabic)
    assert translator.translate(dutch, plain, [StringValue("Dag")]) == {}
    assert translator.translate(dutch, arabic, [StringValue("Dag")]) == {
        StringValue("Dag"): StringValue("DAG")
    }
    server.answers = [(500, b"", {})]
    assert translator.translate(dutch, arabic, [StringValue("Dag")]) == {}


def test_a_language_the_service_does_not_know_is_told(server: TranslateServer) -> None:
    for address in (server.libretranslate, server.deepl):
        with pytest.raises(machine.NotPossible, match="kent deze taal niet"):
            machine.codes(service_at(address), "nl", "ti")


def test_all_languages_of_the_site_have_a_code(server: TranslateServer) -> None:
    wanted = ["en", "pl", "tr", "ar", "uk", "bg", "ro"]
    libre, deepl = service_at(server.libretranslate), service_at(server.deepl)
    assert [libre.code(code) for code in wanted] == wanted
    assert [deepl.code(code) for code in wanted] == ["EN-GB", "PL", "TR", "AR", "UK", "BG", "RO"]
    assert machine.codes(deepl, "nl", "en") == ("NL", "EN-GB")


# --- addresses -------------------------------------------------------------------------------------------


def test_an_address_names_the_service() -> None:
    libre = service_at("libretranslates://translate.example.nl/api?key=abc")
    assert isinstance(libre, LibreTranslate)
    assert (libre.connection.host, libre.connection.is_secure, libre.connection.path, libre.key) == (
        "translate.example.nl",
        True,
        "/api",
        "abc",
    )
    deepl = service_at("deepl://abc-def:fx")
    assert isinstance(deepl, DeepL)
    assert (deepl.connection.host, deepl.key) == ("api-free.deepl.com", "abc-def:fx")
    assert service_at("deepl://abc").connection.host == "api.deepl.com"


@pytest.mark.parametrize(
    "address",
    ["deepl://", "libretranslate://", "http://x", "libretranslate://x:port", "deepl://k?server=ftp://x"],
)
def test_an_address_that_is_wrong_is_told_at_the_start(address: str, settings: Any) -> None:
    from core.checks import machine_translation_has_an_address

    with pytest.raises(BadAddress):
        service_at(address)
    settings.MACHINE_TRANSLATION_URL = address
    assert [message.id for message in machine_translation_has_an_address(None)] == ["core.E005"]


def test_a_too_large_answer_is_refused(server: TranslateServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MAX_ANSWER_BYTES", 1000)
    server.translate = lambda text: text * 1000
    with pytest.raises(ServiceError, match="te groot"):
        service_at(server.libretranslate).translate(["tekst"], source="nl", target="en")


# --- words that stay -------------------------------------------------------------------------------------


def add_word(word: str, **fixed: str) -> None:
    row: Any = BlijvendWoord(word=word)
    row.fixed = [VasteVertaling(language_code=code, text=text) for code, text in fixed.items()]
    row.save()


def test_names_come_from_the_registers_and_the_desk() -> None:
    words = glossary_for("en").words
    assert words["Velsen-Noord"] == "Velsen-Noord"
    add_word("wijkteam", en="neighbourhood team")
    assert glossary_for("en").words["wijkteam"] == "neighbourhood team"
    assert glossary_for("ar").words["wijkteam"] == "wijkteam"


def test_a_room_adds_its_own_names() -> None:
    with hooks.register_temporarily("words_that_stay", lambda: ["De Stek"]):
        assert "De Stek" in glossary_for("en").words


def test_a_fixed_translation_takes_the_place_of_the_word(pair: Pair, address: str) -> None:
    add_word("wijkteam", en="neighbourhood team")
    ask(pair)
    text = next(row.data for dutch, row in found(pair).items() if "14 0255" in dutch)
    assert text.startswith("BEL HET neighbourhood team VAN Velsen-Noord")


def test_only_whole_words_are_protected() -> None:
    glossary = Glossary({"IJmuiden": "IJmuiden", "IJmuiden-Noord": "IJmuiden-Noord", "Zee": "Zee"})
    item = protect("Zeeweg in IJmuiden-Noord &amp; IJmuiden, 1951 AB", glossary)
    assert item.pieces == ("IJmuiden-Noord", "IJmuiden", "1951 AB")
    assert glossary.used_in(["<b>IJmuiden</b>", "zee"]) == ["IJmuiden"]


@given(st.text(alphabet="ab <>&%s(){}x@.14 0255", max_size=60))
def test_what_comes_back_unchanged_is_what_went_out(text: str) -> None:
    source = StringValue.from_plaintext(text).data
    item = protect(source, Glossary({"ab": "ab"}))
    try:
        assert restore(item, item.text) == source
    except Damaged:
        assert not StringValue(source).render_text().strip()


def test_a_file_or_person_may_not_lose_a_tag_or_placeholder() -> None:
    check("Dag {naam} <b>x</b>", "<b>x</b> hi {naam}")
    for wrong in ("hi {naam} x", "<b>hi</b> {name}", "<i>hi</i> {naam}"):
        with pytest.raises(Damaged):
            check("Dag {naam} <b>x</b>", wrong)

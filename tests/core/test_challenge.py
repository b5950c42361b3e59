"""The digits on a form: right once is enough, no answer counts twice, and nothing filled in is lost."""

import io
import random
import re
import wave
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import time_machine
from captcha.models import CaptchaStore
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client
from django.utils import translation
from PIL import Image

from core.challenge.forms import Challenge
from core.challenge.speech import spoken, voice_for
from core.challenge.store import DIGITS, Outcome, attempt, digits, remove_expired, typed_digits
from core.open_forms import MIN_SECONDS, OpenForm
from tests.desk import html
from tests.html import Document
from tests.html import faults as all_faults

pytestmark = pytest.mark.django_db
FORM = "/styleguide/cijfers/"
NOW = "2026-11-22 12:00:00+00:00"
WRONG, GONE = "Deze cijfers kloppen niet.", "Deze cijfers gelden niet meer."
speaks = pytest.mark.skipif(not settings.SPEECH_PROGRAM, reason="espeak-ng is er niet")


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def fields_of(response: Any) -> dict[str, str]:
    """What a browser sends of a page: every field of the last form in it, but no button."""
    return {
        field.attrs["name"]: field.attrs.get("value", "")
        for field in Document(html(response)).all("input")
        if field.attrs.get("name") and field.inside("main")
    }


def answer_to(fields: dict[str, str]) -> str:
    return CaptchaStore.objects.get(hashkey=fields["code_sleutel"]).response


def draft_in(fields: dict[str, str]) -> OpenForm:
    return OpenForm.read(fields["formulier"], about="styleguide")


def open_form(client: Client, clock: Any, **values: str) -> dict[str, str]:
    """A form that somebody had for long enough, with the right digits in it."""
    fields = fields_of(client.get(FORM))
    clock.shift(timedelta(seconds=MIN_SECONDS + 1))
    return {**fields, "code": answer_to(fields), "naam": "Sam", **values}


def faults(text: str) -> list[str]:
    """What is wrong with the page, but for the menus of the style guide: those lead nowhere."""
    return [fault for fault in all_faults(text) if not re.match("link to #(?!id_)", fault)]


def is_sent(response: Any) -> bool:
    return "Verstuurd" in html(response)


def test_the_right_digits_are_enough(clock: Any, client: Client) -> None:
    fields = open_form(client, clock)
    assert is_sent(client.post(FORM, fields))
    assert not CaptchaStore.objects.filter(hashkey=fields["code_sleutel"]).exists()
    assert not client.cookies


@pytest.mark.parametrize("write", [" ".join, "-".join, lambda text: f"  {text}\t"])
def test_how_digits_are_written_does_not_matter(write: Any, clock: Any, client: Client) -> None:
    fields = open_form(client, clock)
    assert is_sent(client.post(FORM, {**fields, "code": write(fields["code"])}))


def test_digits_of_another_keyboard_count() -> None:
    assert typed_digits("٢٣٤") == typed_digits("۲۳۴") == typed_digits("234") == "234"
    assert typed_digits("½²a") == ""


def test_once_solved_it_is_not_asked_again(clock: Any, client: Client) -> None:
    response = client.post(FORM, open_form(client, clock, naam=""))
    text = html(response)
    assert "Vul dit veld in." in text
    assert faults(text) == []
    again = fields_of(response)
    assert "code" not in again
    assert "code_sleutel" not in again
    assert CaptchaStore.objects.count() == 0
    assert is_sent(client.post(FORM, {**again, "naam": "Sam"}))


def test_solved_stays_solved_for_one_draft_only(clock: Any, client: Client) -> None:
    first = open_form(client, clock, naam="")
    client.post(FORM, first)
    # The same draft asks no more, whatever is sent for digits.
    assert is_sent(client.post(FORM, {**first, "naam": "Sam"}))
    # It is used up with that; another asks again.
    assert GONE in html(client.post(FORM, {**first, "naam": "Sam"}))
    assert "code" in fields_of(client.get(FORM))


@pytest.mark.parametrize("typed", ["00000", "1", "x", "😀", "9" * 5000])
def test_a_wrong_answer_gives_other_digits_and_keeps_the_rest(typed: str, clock: Any, client: Client) -> None:
    fields = open_form(client, clock)
    response = client.post(FORM, {**fields, "code": typed})
    text = html(response)
    assert text.count(WRONG) == 2
    assert faults(text) == []
    shown = fields_of(response)
    assert shown["naam"] == "Sam"
    assert shown["code"] == ""
    assert shown["code_sleutel"] != fields["code_sleutel"]
    # The first digits are used up, also for the right answer.
    assert GONE in html(client.post(FORM, fields))
    assert is_sent(client.post(FORM, {**shown, "code": answer_to(shown)}))


def test_without_an_answer_it_says_what_to_do(clock: Any, client: Client) -> None:
    response = client.post(FORM, open_form(client, clock, code=" "))
    assert html(response).count("Typ de vijf cijfers over.") == 2
    assert fields_of(response)["naam"] == "Sam"


def test_asking_for_other_digits_loses_nothing_and_blames_nobody(clock: Any, client: Client) -> None:
    fields = open_form(client, clock)
    for naam in ("", "Sam"):
        response = client.post(FORM, {**fields, "naam": naam, "code_nieuw": "1"})
        text = html(response)
        assert "Er staan nu andere cijfers." in text
        assert "Fout:" not in text
        assert 'role="alert"' not in text
        assert faults(text) == []
        shown = fields_of(response)
        assert shown["naam"] == naam
        # The same draft, opened at the same moment.
        assert draft_in(shown) == draft_in(fields)
        assert shown["code_sleutel"] != fields["code_sleutel"]
    assert is_sent(client.post(FORM, {**shown, "code": answer_to(shown)}))


def test_enter_sends_the_form(client: Client) -> None:
    """A browser presses the first button that can send a form."""
    buttons = [
        button.attrs
        for button in Document(html(client.get(FORM))).all("button")
        if button.attrs.get("type") == "submit" and button.inside("main")
    ]
    assert "name" not in buttons[0]
    assert [button.get("name") for button in buttons].count("code_nieuw") == 1


def test_two_tabs_do_not_get_in_each_others_way(clock: Any, client: Client) -> None:
    first, second = open_form(client, clock), open_form(client, clock)
    assert first["code_sleutel"] != second["code_sleutel"]
    assert is_sent(client.post(FORM, first))
    assert is_sent(client.post(FORM, second))


@pytest.mark.parametrize(
    "key", ["", "\0", "0" * 40, "x" * 1_000_000, "../../etc/passwd", "' OR 1=1 --", "é" * 40]
)
def test_a_key_that_was_never_given_is_refused(key: str, clock: Any, client: Client) -> None:
    response = client.post(FORM, open_form(client, clock, code_sleutel=key))
    assert response.status_code == 200
    assert GONE in html(response)
    assert fields_of(response)["naam"] == "Sam"


@pytest.mark.parametrize("typed", ["\0", "1" * 1_000_000, "<script>alert(1)</script>"])
def test_a_strange_answer_is_only_wrong(typed: str, clock: Any, client: Client) -> None:
    response = client.post(FORM, open_form(client, clock, code=typed))
    assert response.status_code == 200
    assert WRONG in html(response)
    assert "alert(1)" not in html(response)


def test_the_digits_of_another_key_do_not_fit(clock: Any, client: Client) -> None:
    mine, other = open_form(client, clock), open_form(client, clock)
    CaptchaStore.objects.filter(hashkey=mine["code_sleutel"]).update(response="22222")
    CaptchaStore.objects.filter(hashkey=other["code_sleutel"]).update(response="33333")
    assert WRONG in html(client.post(FORM, {**mine, "code": "33333"}))


@pytest.mark.parametrize(("hours", "outcome"), [(11, Outcome.RIGHT), (13, Outcome.GONE)])
def test_half_a_day_is_enough_for_everybody(hours: int, outcome: Outcome, clock: Any) -> None:
    key = Challenge().key
    answer = CaptchaStore.objects.get(hashkey=key).response
    clock.shift(timedelta(hours=hours))
    assert attempt(key, answer) is outcome


def test_what_is_too_old_goes(clock: Any) -> None:
    old = [Challenge().key for _time in range(3)]
    clock.shift(timedelta(hours=13))
    young = Challenge().key
    assert remove_expired() == 3
    assert not CaptchaStore.objects.filter(hashkey__in=old).exists()
    assert CaptchaStore.objects.filter(hashkey=young).exists()
    assert remove_expired() == 0


def test_the_digits_cannot_be_mistaken() -> None:
    made = [digits() for _time in range(200)]
    assert {len(shown) for shown, _answer in made} == {5}
    assert all(shown == answer for shown, answer in made)
    assert set("".join(shown for shown, _answer in made)) == set(DIGITS)
    assert not set(DIGITS) & set("017")
    assert len(set(made)) > 150


def image_of(client: Client, fields: dict[str, str]) -> Any:
    return client.get(f"/cijfers/{fields['code_sleutel']}.png")


def test_the_image_is_for_this_visitor_only(clock: Any, client: Client) -> None:
    fields = open_form(client, clock)
    response = image_of(client, fields)
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "no-store"
    assert "X-Cache" not in response.headers
    assert not response.cookies
    # Asking twice shows the same, or somebody with a slow line would type over what is not asked.
    assert image_of(client, fields).content == response.content
    client.post(FORM, fields)
    assert image_of(client, fields).status_code == 410


def test_the_image_is_black_on_white(clock: Any, client: Client) -> None:
    picture = Image.open(io.BytesIO(image_of(client, open_form(client, clock)).content)).convert("L")
    assert picture.size == (480, 160)
    shades: Any = picture.histogram()
    ink = sum(shades[:64])
    # Five digits, and hardly anything that is neither ink nor paper.
    assert 0.05 < ink / sum(shades) < 0.3
    assert sum(shades[64:190]) / sum(shades) < 0.03
    # Five digits that do not touch: columns without ink between them, and at both sides.
    columns: list[Any] = [picture.crop((x, 0, x + 1, 160)) for x in range(480)]
    inked = [column.getextrema()[0] < 100 for column in columns]
    digits_seen = sum(now and not before for before, now in pairwise(inked))
    assert (inked[0], inked[-1], digits_seen) == (False, False, 5)


@pytest.mark.parametrize(
    "path",
    [
        "/cijfers/x.png",
        "/cijfers/%00.png",
        f"/cijfers/{'0' * 41}.png",
        f"/cijfers/{'0' * 40}.xx.wav",
        f"/cijfers/{'0' * 40}.nl-x-b1.wav",
        "/cijfers/",
        "/cijfers/refresh/",
    ],
)
def test_other_addresses_are_not_there(path: str, client: Client) -> None:
    # Without a language in front it may be an address of a page; there is none.
    assert client.get(path, follow=True).status_code in (400, 404)


def test_drawing_leaves_the_random_numbers_of_others_alone(client: Client) -> None:
    random.seed(1)
    expected = random.random()  # noqa: S311
    random.seed(1)
    client.get(f"/cijfers/{Challenge().key}.png")
    assert random.random() == expected  # noqa: S311


def test_images_of_keys_that_are_not_there_are_gone(client: Client) -> None:
    assert client.get(f"/cijfers/{'0' * 40}.png").status_code == 410
    assert client.post(f"/cijfers/{'0' * 40}.png").status_code == 405


def sound_of(client: Client, key: str, voice: str = "nl", **headers: str) -> Any:
    return client.get(f"/cijfers/{key}.{voice}.wav", headers=headers)


@speaks
def test_the_digits_can_be_heard(client: Client) -> None:
    key = Challenge().key
    response = sound_of(client, key)
    assert response.headers["Content-Type"] == "audio/wav"
    assert response.headers["Cache-Control"] == "no-store"
    whole = b"".join(response.streaming_content)
    with wave.open(io.BytesIO(whole)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        assert 3 < seconds < 12
        assert max(sound.readframes(sound.getnframes())) > 0
    # Listening uses nothing up.
    assert b"".join(sound_of(client, key).streaming_content) == whole
    assert CaptchaStore.objects.filter(hashkey=key).exists()
    CaptchaStore.objects.all().delete()
    assert sound_of(client, key).status_code == 410


@speaks
def test_safari_gets_the_sound_in_parts(client: Client) -> None:
    key = Challenge().key
    whole = b"".join(sound_of(client, key).streaming_content)
    response = sound_of(client, key, range="bytes=100-299", accept_encoding="gzip")
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes 100-299/{len(whole)}"
    assert "Content-Encoding" not in response.headers
    assert b"".join(response.streaming_content) == whole[100:300]
    # Past the end there is nothing; what is no range is left aside (RFC 9110, 14.2), and gives all of it.
    assert sound_of(client, key, range="bytes=99999998-99999999").status_code == 416
    assert b"".join(sound_of(client, key, range="bytes=99999999-").streaming_content) == whole


@speaks
def test_every_language_of_the_site_has_its_own_voice() -> None:
    languages = [code for code, _name in settings.LANGUAGES if code != "nl-x-b1"]
    assert [voice_for(code) for code in languages] == languages
    assert voice_for("nl-x-b1") == "nl"
    assert len({spoken("23456", voice=voice) for voice in languages}) == len(languages)


@speaks
def test_a_language_without_a_voice_hears_dutch_and_is_told(client: Client, settings: Any) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ti", "ትግርኛ")]
    with translation.override("ti"):
        challenge = Challenge()
    assert challenge.audio_url.endswith(".nl.wav")
    assert not challenge.is_in_own_language


@speaks
@pytest.mark.parametrize("richting", ["", "rtl"])
def test_the_page_speaks_its_own_language(richting: str, client: Client) -> None:
    sounds = Document(html(client.get(FORM, {"richting": richting}))).all("audio")
    assert [sound.attrs["src"].rpartition(".wav")[0][-2:] for sound in sounds] == ["ar" if richting else "nl"]


def test_a_machine_that_cannot_speak_offers_no_sound(settings: Any, client: Client) -> None:
    settings.SPEECH_PROGRAM = ""
    response = client.get(FORM)
    text = html(response)
    assert "<audio" not in text
    assert "horen" not in text.partition("<main")[2].partition("</main")[0]
    assert "Neem dan contact met ons op" in text
    assert faults(text) == []
    assert sound_of(client, fields_of(response)["code_sleutel"]).status_code == 404
    assert "core.I001" in {found.id for found in run_checks(include_deployment_checks=True)}
    assert "core.I001" not in {found.id for found in run_checks()}


@speaks
def test_a_voice_that_fails_is_no_page_that_fails(settings: Any, client: Client, tmp_path: Path) -> None:
    """It speaks when asked whether it can, and fails when it has to."""
    program = tmp_path / "espeak-ng"
    program.write_text('#!/bin/sh\n[ "$1" = -q ]\n')
    program.chmod(0o700)
    settings.SPEECH_PROGRAM = str(program)
    assert "<audio" in html(client.get(FORM))
    response = sound_of(client, Challenge().key)
    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store"


def test_the_page_gives_nothing_away(clock: Any, client: Client) -> None:
    response = client.get(FORM)
    assert answer_to(fields_of(response)) not in html(response)
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    picture = next(image for image in Document(html(response)).all("img") if "cijfers" in image.attrs["src"])
    assert "Vijf cijfers" in picture.attrs["alt"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"website": "http://example.com"}, "dat leeg moet blijven"),
        ({"formulier": ""}, "stond te lang open"),
        ({"formulier": OpenForm.new("another form").token}, "stond te lang open"),
    ],
)
def test_the_steps_before_it_keep_what_was_solved(
    values: dict[str, str], said: str, clock: Any, client: Client
) -> None:
    response = client.post(FORM, open_form(client, clock, **values))
    assert said in html(response)
    shown = fields_of(response)
    assert shown["naam"] == "Sam"
    assert "code" not in shown
    clock.shift(timedelta(seconds=MIN_SECONDS + 1))
    assert is_sent(client.post(FORM, shown))


def test_who_is_too_quick_sends_it_again(clock: Any, client: Client) -> None:
    fields = open_form(client, clock)
    clock.shift(timedelta(seconds=-2))
    response = client.post(FORM, fields)
    assert "wel heel snel" in html(response)
    clock.shift(timedelta(seconds=2))
    assert is_sent(client.post(FORM, fields_of(response)))

"""Digits that are answered many times at the same moment count once."""

from functools import partial

from captcha.models import CaptchaStore

from core.challenge.forms import Challenge
from core.challenge.store import attempt
from tests.own_database import at_once


def test_one_answer_sent_many_times_at_once_counts_once(database_to_lose: None) -> None:
    for _round in range(5):
        key = Challenge().key
        answer = CaptchaStore.objects.get(hashkey=key).response
        outcomes = at_once(*[partial(attempt, key, answer)] * 8)
        assert sorted(outcome.value for outcome in outcomes) == ["gone"] * 7 + ["right"]


def test_there_is_one_guess_also_when_guesses_come_at_once(database_to_lose: None) -> None:
    key = Challenge().key
    outcomes = at_once(*[partial(attempt, key, str(guess)) for guess in range(8)])
    assert sorted(outcome.value for outcome in outcomes) == ["gone"] * 7 + ["wrong"]

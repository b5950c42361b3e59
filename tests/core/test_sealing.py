"""Personal data at rest: what the database holds, and renewing the keys."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from core.sealing import SealError, blind, reseal, seal, unseal


@given(st.text())
def test_any_text_comes_back_and_is_never_sealed_the_same_twice(text: str) -> None:
    first, second = seal(text), seal(text)
    assert unseal(first) == unseal(second) == text
    assert first != second
    assert len(text) < 8 or text not in first


def test_a_lone_surrogate_and_a_null_byte_are_texts_too() -> None:
    assert unseal(seal("\ud800\0")) == "\ud800\0"


def test_renewing_a_key(settings) -> None:
    old, new = settings.PERSONAL_DATA_KEYS[0], Fernet.generate_key().decode()
    sealed = seal("Kerkstraat 1")
    settings.PERSONAL_DATA_KEYS = [new, old]
    renewed = reseal(sealed)
    assert unseal(sealed) == unseal(renewed) == "Kerkstraat 1"
    settings.PERSONAL_DATA_KEYS = [new]
    assert unseal(renewed) == "Kerkstraat 1"
    with pytest.raises(SealError) as caught:
        unseal(sealed)
    assert "Kerkstraat" not in str(caught.value)


@pytest.mark.parametrize("sealed", ["", "geen zegel", "é", "gAAAA" + "A" * 80])
def test_what_is_no_seal_is_said_without_repeating_it(sealed: str) -> None:
    with pytest.raises(SealError) as caught:
        unseal(sealed)
    assert not sealed or sealed not in str(caught.value)


@pytest.mark.parametrize("keys", [[], ["kort"], ["é" * 44]])
def test_without_a_good_key_it_says_where_to_get_one(settings, keys: list[str]) -> None:
    settings.PERSONAL_DATA_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="sleutels"):
        seal("iets")


def test_a_blind_index_tells_parts_and_purposes_apart(settings) -> None:
    assert blind("mail", "a@example.nl") == blind("mail", "a@example.nl")
    different = {
        blind("adres", "1", "2"),
        blind("adres", "12"),
        blind("mail", "1", "2"),
        blind("adres", "1", "", "2"),
    }
    assert len(different) == 4
    before = blind("mail", "a@example.nl")
    settings.BLIND_INDEX_KEY = "another"
    assert blind("mail", "a@example.nl") != before

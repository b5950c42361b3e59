"""Personal data at rest: sealed with keys that are not in the database.

Whoever holds the database, a dump or a backup, but not the keys of the environment, reads nothing. Sealed
values cannot be searched; to find the same mail or address again there is `blind`, a keyed hash beside it.
"""

import functools
import hashlib
import hmac
import json
from typing import Any, ClassVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.db import models


class SealError(Exception):
    """A sealed value that none of the keys opens. The message holds nothing of the value."""


@functools.cache
def _keys() -> MultiFernet:
    if not settings.PERSONAL_DATA_KEYS:
        raise ImproperlyConfigured("PERSONAL_DATA_KEYS is not set; manage.py sleutels makes a key.")
    try:
        return MultiFernet([Fernet(key) for key in settings.PERSONAL_DATA_KEYS])
    except ValueError as error:
        raise ImproperlyConfigured(
            "PERSONAL_DATA_KEYS holds something that is no key; manage.py sleutels makes one."
        ) from error


def _forget_keys(*, setting: str, **_kwargs: Any) -> None:
    if setting == "PERSONAL_DATA_KEYS":
        _keys.cache_clear()


setting_changed.connect(_forget_keys)


def seal(text: str) -> str:
    """The text as it may lie in a database. With the newest key, and never twice the same."""
    return _keys().encrypt(text.encode("utf-8", "surrogatepass")).decode("ascii")


def unseal(sealed: str) -> str:
    """The text that was sealed with one of the keys. SealError when none of them opens it."""
    try:
        return _keys().decrypt(sealed.encode("ascii")).decode("utf-8", "surrogatepass")
    except (InvalidToken, UnicodeError) as error:
        raise SealError("Een bewaard gegeven is met geen van de sleutels te openen.") from error


def reseal(sealed: str) -> str:
    """The same text under the newest key. SealError when none of the keys opens it."""
    try:
        return _keys().rotate(sealed.encode("ascii")).decode("ascii")
    except (InvalidToken, UnicodeError) as error:
        raise SealError("Een bewaard gegeven is met geen van de sleutels te openen.") from error


def blind(purpose: str, *parts: str) -> str:
    """A keyed hash of parts, 64 hex digits: equal for equal parts, and of no use without the key.

    Parts are compared as they come: bring them into one form first.
    """
    if not settings.BLIND_INDEX_KEY:
        raise ImproperlyConfigured("BLIND_INDEX_KEY is not set; manage.py sleutels makes one.")
    message = json.dumps([purpose, *parts], ensure_ascii=True).encode("ascii")
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()


class SealedField(models.TextField):
    """A text that only lies sealed in the database. Empty stays empty, so that one sees it is not there.

    It can be fetched and stored, not searched or sorted on.
    """

    # What a query may ask of it: whether there is anything.
    allowed_lookups: ClassVar[set[str]] = {"isnull"}

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in self.allowed_lookups else None

    def get_prep_value(self, value: Any) -> Any:
        text = self.to_text(value)
        return seal(text) if text else text

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.from_text(unseal(value) if value else value)

    def to_text(self, value: Any) -> str | None:
        return value if value is None else str(value)

    def from_text(self, text: str | None) -> Any:
        return text


class SealedJSONField(SealedField):
    """The same for anything that JSON can hold."""

    # For mypy: what may be set, and what one gets.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def to_text(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value)

    def from_text(self, text: str | None) -> Any:
        return json.loads(text) if text else None

    def value_to_string(self, obj: Any) -> str:
        return self.to_text(self.value_from_object(obj)) or ""

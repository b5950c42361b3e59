"""An exact cache: everything remembered belongs to one version of the content.

Any change of content gives a new version, so nothing stale is ever found; old entries age out by themselves.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction

_VERSION_KEY = "content-version"
_memory: dict[str, tuple[str, Any]] = {}


def content_version() -> str:
    """The version of the content now, shared by all processes."""
    return cache.get_or_set(_VERSION_KEY, lambda: uuid.uuid4().hex, None) or ""


def _renew() -> None:
    cache.set(_VERSION_KEY, uuid.uuid4().hex, None)


def content_changed(**_kwargs: Any) -> None:
    """Give the content a new version as soon as the change is stored. Safe as a signal receiver."""
    transaction.on_commit(_renew, robust=True)


def remembered[T](key: str, build: Callable[[], T], *, version: str) -> T:
    """A small thing kept in this process for as long as the content has this version.

    The thing is shared by threads: callers must not change it.
    """
    held = _memory.get(key)
    if held is None or held[0] != version:
        held = (version, build())
        _memory[key] = held
    return held[1]


def forget() -> None:
    """Drop what this process remembers. For tests, where a rollback gives no signal."""
    _memory.clear()

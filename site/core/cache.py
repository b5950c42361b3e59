"""An exact cache: everything remembered belongs to one version of the content.

Any change of content gives a new version, so nothing stale is ever found; old entries age out by themselves.
"""

import uuid
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

MAX_DRAWN = 5000
_VERSION_KEY = "content-version"
_memory: dict[str, tuple[str, Any]] = {}
_drawn: tuple[tuple[str, date], dict[Hashable, str]] = (("", date.min), {})
_of_this_request: ContextVar[str] = ContextVar("content_version", default="")
_draws_anew: ContextVar[bool] = ContextVar("draws_anew", default=False)


def content_version() -> str:
    """The version of the content, shared by all processes; within a request it is read once."""
    return _of_this_request.get() or _read()


@contextmanager
def one_version() -> Iterator[str]:
    """Read the version once for everything inside, unless that changes the content itself."""
    version = _read()
    token = _of_this_request.set(version)
    try:
        yield version
    finally:
        _of_this_request.reset(token)


def _read() -> str:
    return cache.get_or_set(_VERSION_KEY, lambda: uuid.uuid4().hex, None) or ""


def _renew() -> None:
    version = uuid.uuid4().hex
    cache.set(_VERSION_KEY, version, None)
    if _of_this_request.get():
        _of_this_request.set(version)


def content_changed(**_kwargs: Any) -> None:
    """Give the content a new version as soon as the change is stored. Safe as a signal receiver."""
    transaction.on_commit(_renew, robust=True)


def remembered[T](key: str, build: Callable[[], T], *, variant: str = "") -> T:
    """A small thing kept in this process until the content changes; of its variants only the last one.

    The thing is shared by threads: callers must not change it.
    """
    version = f"{content_version()}:{variant}"
    held = _memory.get(key)
    if held is None or held[0] != version:
        held = (version, build())
        _memory[key] = held
    return held[1]


def drawn_once(key: Hashable, draw: Callable[[], str]) -> str:
    """A piece of HTML kept in this process until the content or the day changes; at most MAX_DRAWN of them.

    The key says all that the piece depends on beside the content, such as its language.
    """
    global _drawn
    if settings.DEBUG or _draws_anew.get():
        return draw()
    moment = (content_version(), timezone.localdate())
    held = _drawn
    if held[0] != moment or len(held[1]) >= MAX_DRAWN:
        held = _drawn = (moment, {})
    piece = held[1].get(key)
    if piece is None:
        piece = held[1][key] = draw()
    return piece


@contextmanager
def drawn_anew() -> Iterator[None]:
    """Keep no HTML of what is drawn inside and use none: it shows other content than the site has."""
    token = _draws_anew.set(True)
    try:
        yield
    finally:
        _draws_anew.reset(token)


def forget() -> None:
    """Drop what this process remembers. For tests, where a rollback gives no signal."""
    global _drawn
    _memory.clear()
    _drawn = (("", date.min), {})

"""What a form may know of whoever sends it: too often, or from another site. Never who."""

import secrets
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

DAY = 24 * 3600


def client_address(request: HttpRequest) -> str:
    """Where a request comes from. Only behind a front server of our own is its header believed."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
        if forwarded:
            return forwarded
    return request.META.get("REMOTE_ADDR", "")


class Brake:
    """How often somebody did something lately. Of who it was only a hash is kept, and only that long."""

    def __init__(self, what: str, who: str, *, most: int, seconds: int, salt: str) -> None:
        self.most, self.seconds = most, seconds
        self.key = f"{what}:" + salted_hmac(salt, who, algorithm="sha256").hexdigest()

    def _recent(self) -> list[float]:
        return [moment for moment in cache.get(self.key, []) if moment > time.time() - self.seconds]

    @property
    def are_too_many(self) -> bool:
        return len(self._recent()) >= self.most

    def add(self) -> None:
        cache.set(self.key, [*self._recent(), time.time()][-self.most :], self.seconds)

    def forget(self) -> None:
        cache.delete(self.key)


def salt_of_today(purpose: str) -> str:
    """A secret that is gone after a day; what was hashed with it can then be linked to nobody."""
    key = f"salt:{purpose}:{timezone.localdate().isoformat()}"
    return cache.get_or_set(key, lambda: secrets.token_urlsafe(32), DAY) or ""


def brake_on(form: str, request: HttpRequest, *, about: object = "", most: int, seconds: int) -> Brake:
    """How often one address sent a form lately, about one thing if it is about one."""
    who = f"{client_address(request)}\0{about}"
    return Brake(form, who, most=most, seconds=seconds, salt=salt_of_today(form))


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Did another site make the browser send this form?

    Every browser since 2020 says so with Origin, most with Sec-Fetch-Site too. What says neither is no
    browser with somebody in front of it, and needs no other site to be misled by.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()

"""Services that know addresses: what they have in common, and the Locatieserver of PDOK.

Which one is used is one address in `ADDRESS_URL`; none by default.
"""

import http.client
import json
import logging
import re
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from wijken.addresses.typed import Huisnummer, read_huisnummer

log = logging.getLogger(__name__)

# Somebody is waiting: for the whole answer, not for each part of it.
TIMEOUT_SECONDS = 3
# After a failure nobody waits for the service for so long.
PAUSE_SECONDS = 60
MAX_ANSWER_BYTES = 256 * 1024
BUURT_CODE = re.compile(r"BU[0-9]{4}[0-9A-Z]{4}")


class ServiceError(Exception):
    """The service gave no answer that can be used; the message is for the log and names no address."""


class BadAddress(ValueError):
    """ADDRESS_URL cannot be right; the message is for whoever runs the site."""


@dataclass(frozen=True)
class Found:
    """The buurten (codes) in which a service says an address lies; nearly always one."""

    source: str
    buurten: frozenset[str]


class AddressService(ABC):
    """A service that knows in which buurt an address lies."""

    # A value of `checking.Source`.
    source: ClassVar[str]
    # Where it is, for what is remembered about it.
    server: str

    @abstractmethod
    def buurten(self, postcode: str, number: Huisnummer) -> frozenset[str]:
        """Codes of the buurten of an address; none when it does not exist. ServiceError when it fails."""


class Locatieserver(AddressService):
    """The open address service of PDOK (Kadaster), which needs no key."""

    source = "pdok"
    OWN_SERVER: ClassVar[str] = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"

    def __init__(self, server: str = OWN_SERVER) -> None:
        self.server = server.rstrip("/")

    def buurten(self, postcode: str, number: Huisnummer) -> frozenset[str]:
        asked = [
            ("q", f"{postcode} {number.nummer}"),
            ("fq", "type:adres"),
            ("fq", f"postcode:{postcode}"),
            ("fq", f"huisnummer:{number.nummer}"),
            ("fl", "postcode,huisnummer,huisletter,huisnummertoevoeging,buurtcode"),
            ("rows", "100"),
        ]
        answer = get_json(f"{self.server}/free?{urlencode(asked)}")
        try:
            rows = [row for row in answer["response"]["docs"] if self._is_asked(row, postcode, number)]
        except (KeyError, TypeError, AttributeError) as error:
            raise ServiceError("an answer of another kind") from error
        exact = [row for row in rows if self._toevoeging(row) == number.toevoeging]
        return frozenset(row["buurtcode"] for row in exact or rows)

    def _is_asked(self, row: dict[str, Any], postcode: str, number: Huisnummer) -> bool:
        return (
            row.get("postcode") == postcode
            and str(row.get("huisnummer")) == str(number.nummer)
            and BUURT_CODE.fullmatch(str(row.get("buurtcode"))) is not None
        )

    def _toevoeging(self, row: dict[str, Any]) -> str:
        read = read_huisnummer(
            f"{row['huisnummer']} {row.get('huisletter') or ''}{row.get('huisnummertoevoeging') or ''}"
        )
        return read.toevoeging if read else ""


def get_json(url: str) -> Any:
    """What a service answers, within TIMEOUT_SECONDS. ServiceError when it does not."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    until = time.monotonic() + TIMEOUT_SECONDS
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.connect()
        socket = connection.sock
        socket.settimeout(_left(until))
        connection.request("GET", f"{parts.path}?{parts.query}", headers={"Accept": "application/json"})
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise ServiceError(f"status {response.status}")
        content = b""
        while not response.isclosed():
            socket.settimeout(_left(until))
            content += response.read1(MAX_ANSWER_BYTES)
            if len(content) > MAX_ANSWER_BYTES:
                raise ServiceError("too large an answer")
        return json.loads(content)
    except (OSError, http.client.HTTPException) as error:
        raise ServiceError(type(error).__name__) from error
    except (ValueError, RecursionError) as error:
        raise ServiceError("no JSON") from error
    finally:
        connection.close()


def _left(until: float) -> float:
    """Seconds until a moment. TimeoutError when it has come."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def ask(postcode: str, number: Huisnummer) -> Found | None:
    """What the service of this site says; None without one, when it does not know or does not work.

    A service that fails is left alone for a while by all processes, so that visitors do not wait for it.
    """
    if not settings.ADDRESS_URL:
        return None
    service = service_at(settings.ADDRESS_URL)
    paused = f"address-service-paused:{service.server}"
    if time.time() < cache.get(paused, 0):
        return None
    try:
        buurten = service.buurten(postcode, number)
    except ServiceError as error:
        cache.set(paused, time.time() + PAUSE_SECONDS, PAUSE_SECONDS)
        log.warning("address service left alone for %d seconds: %s", PAUSE_SECONDS, error)
        return None
    return Found(service.source, buurten) if buurten else None


NOT_AN_ADDRESS = _("ADDRESS_URL moet zijn als pdok:// of pdok://?server=https://server/pad.")


def service_at(address: str) -> AddressService:
    """The service of an address: `pdok://`, or `pdok://?server=https://host/path`. BadAddress for another."""
    try:
        parts = urlsplit(address)
        server = urlsplit(parse_qs(parts.query).get("server", [Locatieserver.OWN_SERVER])[0])
        # Reading the port is what finds a wrong one.
        is_server = server.scheme in ("http", "https") and server.hostname and server.port != 0
    except ValueError as error:
        raise BadAddress(str(NOT_AN_ADDRESS)) from error
    if parts.scheme != "pdok" or parts.netloc or not is_server:
        raise BadAddress(str(NOT_AN_ADDRESS))
    return Locatieserver(server.geturl())

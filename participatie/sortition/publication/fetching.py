"""Getting a round of drand from its public servers. Without them somebody types it in."""

import http.client
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from participatie.sortition.publication.beacon import Beacon, WrongSignature, read_signature

# Run by different organisations: https://docs.drand.love/developer/http-api
SERVERS = (
    "https://api.drand.sh",
    "https://api2.drand.sh",
    "https://api3.drand.sh",
    "https://drand.cloudflare.com",
)
TIMEOUT_SECONDS = 5.0
MAX_ANSWER_BYTES = 16 * 1024


class Reason(StrEnum):
    """Why there is no signature."""

    # The round has not appeared yet.
    TOO_EARLY = "too early"
    # No server answered.
    OFFLINE = "offline"
    # Servers answered, but none of them with the real signature.
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Signed:
    """The real signature of a round, checked, and the server it came from."""

    round: int
    signature: bytes
    server: str


@dataclass(frozen=True)
class Unavailable:
    """No signature: somebody types it in. `details` is a line per server, for the log."""

    reason: Reason
    details: tuple[str, ...] = ()


class BeaconSource(ABC):
    """Where signatures come from."""

    @abstractmethod
    def fetch(self, round: int, *, now: datetime) -> Signed | Unavailable:
        """The signature of a round, checked, or why there is none. Raises nothing for a server that fails."""


class HttpSource(BeaconSource):
    """Asks all servers of a beacon at once; the first that is right counts."""

    def __init__(
        self, beacon: Beacon, servers: Sequence[str] = SERVERS, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self.beacon = beacon
        self.servers = tuple(servers)
        self.timeout = timeout

    def fetch(self, round: int, *, now: datetime) -> Signed | Unavailable:
        """At most `timeout` seconds, whatever the servers do."""
        if now < self.beacon.time_of(round):
            return Unavailable(Reason.TOO_EARLY)
        until = time.monotonic() + self.timeout
        details = []
        reason = Reason.OFFLINE
        pool = ThreadPoolExecutor(max_workers=max(1, len(self.servers)))
        try:
            asked = {pool.submit(self._ask, server, round, until): server for server in self.servers}
            for future in as_completed(asked, timeout=self.timeout):
                server = asked[future]
                try:
                    signature = future.result()
                    self.beacon.check(round, signature)
                    return Signed(round, signature, server)
                except WrongSignature as error:
                    reason = Reason.UNVERIFIED
                    details.append(f"{server}: {error}")
                except (OSError, http.client.HTTPException, ValueError) as error:
                    details.append(f"{server}: {type(error).__name__}")
        except TimeoutError:
            details.append(f"no more answers within {self.timeout:g} seconds")
        finally:
            # A thread that still waits for a name of a server is left behind; it ends by itself.
            pool.shutdown(wait=False, cancel_futures=True)
        return Unavailable(reason, tuple(details))

    def _ask(self, server: str, round: int, until: float) -> bytes:
        parts = urlsplit(f"{server.rstrip('/')}/{self.beacon.chain_hash}/public/{round}")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=_left(until))
        try:
            connection.connect()
            socket = connection.sock
            connection.request("GET", parts.path, headers={"Accept": "application/json"})
            with connection.getresponse() as response:
                if response.status != http.client.OK:
                    raise http.client.HTTPException(response.status)
                content = b""
                while not response.isclosed():
                    socket.settimeout(_left(until))
                    content += response.read1(MAX_ANSWER_BYTES)
                    if len(content) > MAX_ANSWER_BYTES:
                        raise http.client.HTTPException("too large an answer")
        finally:
            connection.close()
        return _signature(content, round)


def _signature(content: bytes, round: int) -> bytes:
    """The signature in an answer. WrongSignature for an answer about something else."""
    try:
        answer: Any = json.loads(content)
        if answer["round"] == round:
            return read_signature(answer["signature"])
    except (KeyError, TypeError, RecursionError) as error:
        raise WrongSignature("an answer of another kind") from error
    raise WrongSignature("an answer about another round")


def _left(until: float) -> float:
    """Seconds until a moment. TimeoutError when it has come."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left

"""A server on this machine that speaks the API of PDOK's Locatieserver, and can misbehave."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATH = "/bzk/locatieserver/search/v3_1"


def adres(
    postcode: str, huisnummer: int, buurtcode: str, *, huisletter: str = "", toevoeging: str = ""
) -> dict[str, Any]:
    """A row as the service has it: what an address does not have is left out."""
    row = {"postcode": postcode, "huisnummer": huisnummer, "buurtcode": buurtcode}
    if huisletter:
        row["huisletter"] = huisletter
    if toevoeging:
        row["huisnummertoevoeging"] = toevoeging
    return row


class AddressServer(ThreadingHTTPServer):
    """Gives the rows that are asked for, or `answer` (status, body) when that is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.rows: list[dict[str, Any]] = []
        self.answer: tuple[int, bytes] | None = None
        self.asked: list[dict[str, list[str]]] = []
        self.delay = 0.0
        # Seconds between the bytes of an answer.
        self.drip = 0.0

    @property
    def address(self) -> str:
        return f"pdok://?server=http://127.0.0.1:{self.server_port}{PATH}"


class Handler(BaseHTTPRequestHandler):
    server: AddressServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query)
        self.server.asked.append(asked)
        time.sleep(self.server.delay)
        if self.server.answer:
            return self.send(*self.server.answer)
        if parts.path != f"{PATH}/free":
            return self.send(404, b"")
        wanted = dict(part.split(":") for part in asked["fq"])
        docs = [
            row
            for row in self.server.rows
            if wanted["type"] == "adres"
            and (row["postcode"], str(row["huisnummer"])) == (wanted["postcode"], wanted["huisnummer"])
        ]
        self.send(200, json.dumps({"response": {"numFound": len(docs), "docs": docs}}).encode())

    def send(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for piece in [body] if not self.server.drip else [bytes([byte]) for byte in body]:
                self.wfile.write(piece)
                time.sleep(self.server.drip)
        except (BrokenPipeError, ConnectionResetError):
            # The site did not wait for an answer that came late.
            pass

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def address_server() -> Iterator[AddressServer]:
    server = AddressServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

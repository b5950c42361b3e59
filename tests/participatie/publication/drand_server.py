"""A server on this machine that speaks drand's API, and can misbehave."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class DrandServer(ThreadingHTTPServer):
    """Gives the signatures (round → hex) of a chain, or `answer` (status, body) when that is set."""

    daemon_threads = True

    def __init__(self, chain_hash: str, signatures: dict[int, str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.rounds = {f"/{chain_hash}/public/{number}": (number, hex) for number, hex in signatures.items()}
        self.answer: tuple[int, bytes] | None = None
        # Seconds before the answer, and between its bytes.
        self.delay = 0.0
        self.drip = 0.0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: DrandServer

    def do_GET(self) -> None:
        time.sleep(self.server.delay)
        if self.server.answer:
            return self.send(*self.server.answer)
        if self.path not in self.server.rounds:
            return self.send(404, b"")
        number, signature = self.server.rounds[self.path]
        self.send(200, json.dumps({"round": number, "signature": signature, "randomness": ""}).encode())

    def send(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for piece in [body] if not self.server.drip else [bytes([byte]) for byte in body]:
                self.wfile.write(piece)
                time.sleep(self.server.drip)
        except (BrokenPipeError, ConnectionResetError):
            # Nobody waited for an answer that came late.
            pass

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def drand_server(chain_hash: str, signatures: dict[int, str]) -> Iterator[DrandServer]:
    server = DrandServer(chain_hash, signatures)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

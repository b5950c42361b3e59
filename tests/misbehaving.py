"""A server on this machine that speaks the API of an outside service, and can misbehave."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class MisbehavingServer(ThreadingHTTPServer):
    """Answers as the service would (`reply`), or with `answer` (status, body) when that is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer: tuple[int, bytes] | None = None
        # Seconds before the answer, and between its bytes.
        self.delay = 0.0
        self.drip = 0.0

    def reply(self, path: str) -> tuple[int, bytes]:
        """Status and body for a path with its query."""
        raise NotImplementedError


class Handler(BaseHTTPRequestHandler):
    server: MisbehavingServer

    def do_GET(self) -> None:
        # What the service would say is worked out in any case: a server may keep what it was asked.
        said = self.server.reply(self.path)
        time.sleep(self.server.delay)
        self.send(*(self.server.answer or said))

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
def running[S: MisbehavingServer](server: S) -> Iterator[S]:
    """The server, as long as the block lasts."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

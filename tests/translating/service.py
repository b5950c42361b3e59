"""A server on this machine that speaks the APIs of LibreTranslate and DeepL, and can misbehave."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

DATABASE_TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
KEY = "geheim"


def shout(text: str) -> str:
    """A "translation": words in capitals, tags and whatever is marked as staying as they were."""
    pieces = re.split(r"(<code[^>]*translate=\"no\"[^>]*>.*?</code>|<[^>]+>|&\w+;)", text)
    return "".join(piece if piece.startswith(("<", "&")) else piece.upper() for piece in pieces)


class TranslateServer(ThreadingHTTPServer):
    """`answers` are used up first: (status, body or None, headers); then it translates with `translate`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.translate: Callable[[str], str] = shout
        self.answers: list[tuple[int, bytes | None, dict[str, str]]] = []
        self.asked: list[dict[str, Any]] = []
        self.delay = 0.0

    @property
    def libretranslate(self) -> str:
        return f"libretranslate://127.0.0.1:{self.server_port}?key={KEY}"

    @property
    def deepl(self) -> str:
        return f"deepl://{KEY}:fx?server=http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: TranslateServer

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(data)
        time.sleep(self.server.delay)
        if self.server.answers:
            status, body, headers = self.server.answers.pop(0)
            if body is not None or status != 200:
                return self.answer(status, body or b"", headers)
        if self.path == "/translate":
            if data.get("api_key") != KEY:
                return self.answer(403, b'{"error": "Invalid API key"}')
            found: Any = {"translatedText": [self.server.translate(text) for text in data["q"]]}
        elif self.path == "/v2/translate":
            if self.headers["Authorization"] != f"DeepL-Auth-Key {KEY}:fx":
                return self.answer(403, b"")
            found = {
                "translations": [
                    {"detected_source_language": "NL", "text": self.server.translate(text)}
                    for text in data["text"]
                ]
            }
        else:
            return self.answer(404, b"")
        self.answer(200, json.dumps(found).encode())

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        try:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The site did not wait for an answer that came late.
            pass

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def translate_server() -> Iterator[TranslateServer]:
    server = TranslateServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def work() -> None:
    """Does what the worker does with everything that is due, without its closing of connections."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    while row := DBTaskResult.objects.ready().filter(backend_name="default").first():
        row.claim(worker.worker_id)
        worker.run_task(row)
        row.refresh_from_db()
        # Work that fails says so in the desk; a task that breaks is a defect.
        assert row.status == "SUCCESSFUL", row.traceback

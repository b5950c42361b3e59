"""A real mail server for tests: it keeps what it took, and can refuse, hang up or make others wait."""

import asyncio
import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class MailServer:
    """What it says to each recipient and each mail is in `answers_to` and `answers_data`, by address."""

    def __init__(self) -> None:
        self.port = free_port()
        self.received: list[EmailMessage] = []
        self.senders: list[str] = []
        self.connections = 0
        self.answers_to: dict[str, str] = {}
        self.answers_data: dict[str, str] = {}
        # Hangs up without a word as soon as the mail itself comes.
        self.hangs_up_at: set[str] = set()
        # Hangs up after so many mails over one connection.
        self.per_connection = 0
        # Nobody gets further before so many are connected.
        self.waits_for = 0
        # Never answers, but tells that somebody is waiting.
        self.is_silent = False
        self.somebody_waits = threading.Event()

    def options(self, **more: Any) -> dict[str, Any]:
        return {"host": "127.0.0.1", "port": self.port, "timeout": 5, **more}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def addresses(self) -> list[str]:
        return [str(message["To"]) for message in self.received]

    async def handle_EHLO(self, server: SMTP, session: Any, envelope: Any, hostname: str, answer: Any) -> Any:
        session.host_name = hostname
        session.mails = 0
        self.connections += 1
        for _tick in range(600):
            if self.connections >= self.waits_for:
                break
            await asyncio.sleep(0.1)
        return answer

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.answers_to.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        address = envelope.rcpt_tos[0]
        if self.is_silent:
            self.somebody_waits.set()
            await asyncio.sleep(600)
        if address in self.hangs_up_at or (self.per_connection and session.mails >= self.per_connection):
            transport: Any = server.transport
            transport.abort()
            return "421 Bye"
        answer = self.answers_data.get(address, "250 OK")
        if answer.startswith("250"):
            session.mails += 1
            message: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.received.append(message)
            self.senders.append(envelope.mail_from)
        return answer


@contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    """The server listens while this lasts."""
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()

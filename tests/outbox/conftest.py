from collections.abc import Iterator
from typing import Any

import pytest

from tests.mailserver import MailServer, running


@pytest.fixture
def down(settings: Any) -> MailServer:
    """A mail server that is not there; the site sends to it all the same."""
    server = MailServer()
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": server.options()}
    }
    return server


@pytest.fixture
def server(down: MailServer) -> Iterator[MailServer]:
    with running(down):
        yield down

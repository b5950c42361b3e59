"""The switches for the real parts, tried in processes of their own."""

import json
import socket
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.outside import environment, manage, production, python

SHOW = """
import json
import socket
from django.conf import settings
database, cache = settings.DATABASES["default"], settings.CACHES["default"]
print(json.dumps({
    "engine": database["ENGINE"], "name": str(database["NAME"]), "options": database["OPTIONS"],
    "age": database["CONN_MAX_AGE"], "cache": cache["BACKEND"], "location": str(cache["LOCATION"]),
    "mail": settings.MAILERS["default"],
}, default=str))
"""


def shown(env: dict[str, str]) -> dict[str, object]:
    done = python(SHOW, env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production_is_ready_for_the_world(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", env=production(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "PERSONAL_DATA_KEYS", "BLIND_INDEX_KEY"])
def test_production_does_not_start_without_a_secret(tmp_path: Path, name: str) -> None:
    env = production(tmp_path)
    del env[name]
    done = manage("check", env=env)
    assert done.returncode != 0
    assert name in done.stderr


def test_nothing_set_means_everything_embedded(tmp_path: Path) -> None:
    found = shown(environment(tmp_path, settings="development"))
    assert found["engine"] == "django.db.backends.sqlite3"
    assert found["name"] == str(tmp_path / "db.sqlite3")
    assert "filebased" in str(found["cache"])
    assert found["mail"] == {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(tmp_path / "mail")},
    }


def test_every_part_can_be_a_real_one(tmp_path: Path) -> None:
    found = shown(
        production(
            tmp_path,
            DATABASE_URL="postgres://wijken:geheim@db.example.nl:5433/wijken",
            CACHE_URL="redis://cache.example.nl:6379/3",
            EMAIL_URL="smtp+tls://post:geheim@mail.example.nl:587",
        )
    )
    assert found["engine"] == "django.db.backends.postgresql"
    assert found["options"]["pool"]["max_size"] >= 4  # type: ignore[index]
    # Django refuses persistent connections beside a pool.
    assert found["age"] == 0
    assert found["cache"] == "django.core.cache.backends.redis.RedisCache"
    assert found["location"] == "redis://cache.example.nl:6379/3"
    mail = found["mail"]
    assert mail["BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[index]
    options = {
        "host": "mail.example.nl",
        "port": 587,
        "username": "post",
        "password": "geheim",
        "use_tls": True,
    }
    assert options.items() <= mail["OPTIONS"].items()  # type: ignore[index]


def test_the_key_of_a_checkout_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    env = environment(tmp_path, settings="development")
    keys = {
        python("from django.conf import settings; print(settings.SECRET_KEY)", env).stdout for _ in range(2)
    }
    assert len(keys) == 1
    assert len(keys.pop()) > 50
    for name in ("secret-key", "personal-data-key", "blind-index-key"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


SEND = """
from django.core.mail import send_mail
send_mail("Wijkraadpleging", "Dag buur, u bent welkom op 9 december.", None, ["buur@example.nl"])
"""


@pytest.fixture
def mail_server():
    """A real SMTP server; what it gets is in `.received`."""

    class Keep(Message):
        def __init__(self) -> None:
            super().__init__()
            self.received: list[object] = []

        def handle_message(self, message) -> None:
            self.received.append(message)

    handler = Keep()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    yield handler, port
    server.stop()


def test_mail_leaves_through_a_real_server(mail_server, tmp_path: Path) -> None:
    handler, port = mail_server
    env = environment(
        tmp_path,
        settings="development",
        EMAIL_URL=f"smtp://127.0.0.1:{port}",
        DEFAULT_FROM_EMAIL="wijk@example.nl",
    )
    done = python(SEND, env)
    assert done.returncode == 0, done.stderr
    (message,) = handler.received
    assert (message["To"], message["From"]) == ("buur@example.nl", "wijk@example.nl")
    assert "9 december" in message.get_payload()


def test_without_a_server_mail_is_written_to_a_folder(tmp_path: Path) -> None:
    done = python(SEND, environment(tmp_path, settings="development"))
    assert done.returncode == 0, done.stderr
    (letter,) = (tmp_path / "mail").iterdir()
    assert "buur@example.nl" in letter.read_text()

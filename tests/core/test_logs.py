"""Logs that can be kept: one JSON object a line, without what people typed or who they are."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from core.logs import JSONFormatter

SECRET = "Femke van der Voorbeeldlaan 12"  # noqa: S105


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JSONFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def entries(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_the_console_writes_these_lines() -> None:
    logging_settings: Any = settings.LOGGING
    assert logging_settings["formatters"]["json"]["()"] == "core.logs.JSONFormatter"
    assert logging_settings["root"]["handlers"] == ["console"]


@given(st.text())
def test_any_message_is_one_line_of_json(message: str) -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "%s", (message,), None)
    line = JSONFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == message


def test_only_known_fields_are_written() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "request", (), None)
    record.status = 200
    record.email = "iemand@example.nl"
    entry = json.loads(JSONFormatter().format(record))
    assert entry["status"] == 200
    assert "iemand" not in json.dumps(entry)


def test_of_an_exception_only_type_and_place_are_written(log: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("x").exception("went wrong for %s", SECRET)
    (entry,) = entries(log)
    assert SECRET not in log.getvalue()
    assert entry["exception"] == "builtins.ValueError"
    assert "test_logs.py" in str(entry["at"])
    assert entry["level"] == "error"


@pytest.mark.django_db
def test_a_request_is_one_line_without_its_query(client: Client, log: io.StringIO) -> None:
    client.get(
        "/nl/zoeken/", {"q": SECRET}, headers={"user-agent": "Voorbeeldbrowser"}, REMOTE_ADDR="203.0.113.7"
    )
    requests = [entry for entry in entries(log) if entry["logger"] == "core.requests"]
    assert len(requests) == 1
    assert requests[0]["method"] == "GET"
    assert requests[0]["status"] == 200
    assert isinstance(requests[0]["ms"], float)
    for personal in (SECRET, "Femke", "Voorbeeldbrowser", "203.0.113.7"):
        assert personal not in log.getvalue()


@pytest.mark.django_db
def test_a_page_is_named_and_a_made_up_address_is_not(client: Client, log: io.StringIO) -> None:
    client.get("/nl/privacy/")
    client.get("/nl/privacy/")
    client.get("/nl/femke-van-de-straat/")
    paths = [entry["path"] for entry in entries(log) if entry["logger"] == "core.requests"]
    # The kept copy comes from before the address is resolved.
    assert paths[0] == "/nl/privacy/"
    assert len(paths) == 3
    assert "femke" not in log.getvalue()


@pytest.mark.django_db
def test_a_page_that_breaks_leaves_no_trace_of_its_visitor(log: io.StringIO, monkeypatch) -> None:
    def break_down(*args: object, **kwargs: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("home.views.search", break_down)
    response = Client(raise_request_exception=False).get("/nl/zoeken/", {"q": SECRET})
    assert response.status_code == 500
    assert "RuntimeError" in log.getvalue()
    assert SECRET not in log.getvalue()

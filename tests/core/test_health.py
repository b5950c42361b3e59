"""Alive and ready, also when a part is really broken."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests.outside import environment, python

ASK = """
import json
from django.test import Client
answers = {path: Client().get(path) for path in ("/health/live", "/health/ready")}
print(json.dumps({path: [answer.status_code, answer.json()] for path, answer in answers.items()}))
"""
NOBODY_THERE = "redis://127.0.0.1:9/0"


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "parts": {"database": "ok", "migrations": "ok", "cache": "ok"},
    }
    assert "no-store" in response.headers["Cache-Control"]


def test_live_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'wijken'")
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["parts"]["migrations"]) == (503, "not ready")


@pytest.mark.parametrize(
    ("broken", "parts"),
    [
        ({"DATABASE_URL": "sqlite:////is/er/niet/db.sqlite3"}, {"database": "unreachable", "cache": "ok"}),
        ({"CACHE_URL": NOBODY_THERE}, {"database": "ok", "cache": "unreachable"}),
        (
            {"DATABASE_URL": "sqlite:////is/er/niet/db.sqlite3", "CACHE_URL": NOBODY_THERE},
            {"database": "unreachable", "cache": "unreachable"},
        ),
    ],
    ids=["database", "cache", "both"],
)
def test_broken_parts_are_named_and_the_process_stays_alive(
    broken: dict[str, str], parts: dict[str, str], tmp_path: Path
) -> None:
    env = environment(tmp_path, settings="development", **{"ALLOWED_HOSTS": "testserver", **broken})
    done = python(ASK, env)
    assert done.returncode == 0, done.stderr[-2000:]
    answers = json.loads(done.stdout.splitlines()[-1])
    assert answers["/health/live"] == [200, {"status": "ok"}]
    status, body = answers["/health/ready"]
    assert (status, body["status"]) == (503, "not ready")
    assert parts.items() <= body["parts"].items()

"""Is the site alive, and is it ready to serve?"""

import logging
import secrets

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

log = logging.getLogger(__name__)


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and cache are all there, else 503 with which one is not."""
    parts = {"database": _database, "migrations": _migrations, "cache": _cache}
    states = {}
    for name, probe in parts.items():
        try:
            states[name] = "ok" if probe() else "not ready"
        except Exception:
            # Whatever a driver raises, the answer is the same: not ready.
            log.warning("not ready: %s", name)
            states[name] = "unreachable"
    all_ok = set(states.values()) == {"ok"}
    return JsonResponse(
        {"status": "ok" if all_ok else "not ready", "parts": states}, status=200 if all_ok else 503
    )


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache() -> bool:
    value = secrets.token_hex(4)
    cache.set("health", value, 30)
    return cache.get("health") is not None

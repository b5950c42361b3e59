"""Every test runs on the demo: the real municipality, loaded once per worker, undone after each test."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import translation

from core import cache as core_cache
from core.models import BasePage, User

TODAY = date(2026, 11, 22)


def pytest_configure() -> None:
    # Playwright keeps an event loop in the main thread; Django's ORM is used beside it, never inside it.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def own_cache_per_worker() -> None:
    """Workers share one Redis but not each other's entries."""
    settings.CACHES["default"]["KEY_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from home.demo.load import load

    with django_db_blocker.unblock():
        load(today=TODAY, progress=lambda what, done, total: None)
        call_command("rollen", verbosity=0)
        call_command("update_index", verbosity=0)
        connections.close_all()


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """A rollback gives no signal, so what was remembered goes by hand."""
    core_cache.forget()
    if "LocMem" in settings.CACHES["default"]["BACKEND"] or os.environ.get("CACHE_URL"):
        cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def page_at(db: None) -> Callable[[str], BasePage]:
    """The demo page at an address such as /nl/wijken/."""

    def find(path: str) -> BasePage:
        from wagtail.models import Page

        for page in Page.objects.live().specific().iterator():
            if page.url == path:
                return page
        raise AssertionError(f"Geen pagina op {path}.")

    return find


@pytest.fixture
def beheerder(db: None) -> User:
    return User.objects.create_superuser("beheer-test", "beheer@example.nl", "een-lang-wachtwoord")


@pytest.fixture
def desk(beheerder: User) -> Client:
    """A signed-in browser at the CMS."""
    client = Client()
    client.force_login(beheerder)
    return client


@pytest.fixture(scope="session")
def site_url(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a running site. Browser tests only read; what they see is the demo."""
    with django_db_blocker.unblock():
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
        server.terminate()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's own Chromium; a download of another build is not needed."""
    args = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    launch = {**browser_type_launch_args, "args": args}
    if path := os.environ.get("BROWSER_PATH"):
        launch["executable_path"] = path
    return launch

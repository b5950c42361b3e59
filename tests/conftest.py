"""Every test runs on the demo: the real municipality, loaded once per run, copied for each worker."""

import fcntl
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import translation

from core.models import BasePage, User
from tests.caches import empty_the_caches
from tests.checked_client import CheckedClient
from tests.order import side_by_side, workers_of_this_run
from tests.running_site import CountedSite

TODAY = date(2026, 11, 22)


def pytest_configure() -> None:
    # Playwright keeps an event loop in the main thread; Django's ORM is used beside it, never inside it.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    # After the plugins that shuffle them and that put those with a database first.
    yield
    items[:] = side_by_side(items, workers_of_this_run())


@pytest.fixture(scope="session", autouse=True)
def redis_is_left_empty() -> Iterator[None]:
    empty_the_caches()
    yield
    if "Redis" in settings.CACHES["default"]["BACKEND"]:
        redis: Any = getattr(cache, "_cache").get_client()  # noqa: B009
        for key in redis.scan_iter(match=f"{settings.TEST_FOLDER.name}-{settings.TEST_WORKER}-*"):
            redis.delete(key)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Holds the lock of this run, for what workers may not do side by side."""
    settings.TEST_FOLDER.mkdir(exist_ok=True)
    with (settings.TEST_FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def load_demo() -> None:
    """The first worker migrates and fills the database that the others copy."""
    from home.demo.load import load

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    load(today=TODAY, progress=lambda what, done, total: None)
    call_command("rollen", verbosity=0)
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    # Closing the last connection moves SQLite's write-ahead log into the file that is copied.
    connections.close_all()


def drop(database: str) -> None:
    """Away with a copy; SQLite's with its journal, which would be taken for that of another copy."""
    if connection.vendor == "postgresql":
        close_pool: Any = getattr(connection, "close_pool")  # noqa: B009
        close_pool()
        # The threads of the running site may still hold connections.
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
    else:
        for ending in ("", "-wal", "-shm"):
            Path(f"{database}{ending}").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Migrating and loading takes most of a minute; a copy takes a moment."""
    creation: Any = connection.creation
    loaded_media = settings.TEST_FOLDER / "media"
    loaded = creation._get_test_db_name()
    with django_db_blocker.unblock():
        with one_at_a_time():
            if not loaded_media.exists():
                load_demo()
                shutil.copytree(settings.MEDIA_ROOT, loaded_media)
            else:
                shutil.copytree(loaded_media, settings.MEDIA_ROOT, dirs_exist_ok=True)
            connection.settings_dict["NAME"] = loaded
            if connection.vendor == "sqlite":
                # What a run that was cut off left in a folder that is used again.
                drop(creation.get_test_db_clone_settings(settings.TEST_WORKER)["NAME"])
            creation.clone_test_db(settings.TEST_WORKER, verbosity=0)
        copy = creation.get_test_db_clone_settings(settings.TEST_WORKER)["NAME"]
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = copy
        # For a test that wants a copy of its own.
        connection.settings_dict["COPIED_FROM"] = loaded
        # SQLite is asked this once, with queries of their own: not while a test counts them.
        assert connection.features.supports_json_field
        connections.close_all()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        drop(copy)


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """A rollback gives no signal, so what was remembered goes by hand."""
    empty_the_caches()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def database_to_lose(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the demo to commit in, with threads or migrations; see tests/own_database.py."""
    from tests.own_database import own_database

    with django_db_blocker.unblock(), own_database():
        yield


@pytest.fixture
def client() -> Client:
    """A visitor. Every page it gets is checked for what no page may have."""
    return CheckedClient()


@pytest.fixture
def page_at(db: None) -> Callable[[str], BasePage]:
    """The demo page at an address such as /nl/wijken/."""

    def find(path: str) -> BasePage:
        from wagtail.models import Page

        language, _slash, tail = path.strip("/").partition("/")
        home = Page.objects.get(depth=2, locale__language_code=language)
        page = (
            Page.objects.live().filter(url_path=f"{home.url_path}{tail}/" if tail else home.url_path).first()
        )
        assert page, f"Geen pagina op {path}."
        return page.specific

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


@pytest.fixture
def as_somebody(db: None) -> Callable[..., Client]:
    """A signed-in browser at the CMS of somebody with just these permissions, such as `wijken.view_wijk`."""

    def make(*names: str) -> Client:
        user = User.objects.create_user(f"met-{len(names)}-{'-'.join(names)}"[:150], "iemand@example.nl")
        for name in ("wagtailadmin.access_admin", *names):
            app_label, _dot, codename = name.partition(".")
            user.user_permissions.add(
                Permission.objects.get(content_type__app_label=app_label, codename=codename)
            )
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture(scope="session")
def site_url(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a running site. Browser tests only read; what they see is the demo."""
    with django_db_blocker.unblock():
        server = LiveServerThread("127.0.0.1", CountedSite)
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
    args = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    launch = {**browser_type_launch_args, "args": args}
    if path := os.environ.get("BROWSER_PATH"):
        launch["executable_path"] = path
    return launch

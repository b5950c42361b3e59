"""For the tests: strict templates, the real database and cache of the environment."""

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, DATABASES, TEMPLATES


def _clean_up(folder: Path) -> None:
    """Away with the folder of a run, also when its last worker is still closing its database."""
    for _attempt in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.2)


# One folder per run, shared by its workers and gone afterwards: two runs side by side never meet.
if "TEST_FOLDER" not in os.environ:
    os.environ["TEST_FOLDER"] = tempfile.mkdtemp(prefix="wijken-test-")
    atexit.register(_clean_up, Path(os.environ["TEST_FOLDER"]))
TEST_FOLDER = Path(os.environ["TEST_FOLDER"])
TEST_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")

SECRET_KEY = "only-for-tests-" * 4  # noqa: S105
PERSONAL_DATA_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDE="]
BLIND_INDEX_KEY = "only-for-tests"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
STYLEGUIDE = True
SITE_URL = WAGTAILADMIN_BASE_URL = "http://localhost"

# An unknown variable in a template is a defect; tests/conftest.py turns this mark into a failure.
TEMPLATES[0]["OPTIONS"] |= {"string_if_invalid": "UNDEFINED[%s]"}  # type: ignore[operator]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # In a file, so that the server of the browser tests reads what the tests loaded.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_FOLDER / "demo.sqlite3")}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
MEDIA_ROOT = TEST_FOLDER / f"media-{TEST_WORKER}"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
if "Redis" not in CACHES["default"]["BACKEND"]:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
# What the worker would do, done at once.
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

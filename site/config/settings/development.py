"""For the demo and for development: everything embedded, nothing to install beside it."""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress

from cryptography.fernet import Fernet

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, BLIND_INDEX_KEY, DATA_DIR, DATABASES, PERSONAL_DATA_KEYS, env

DEBUG = env.bool("DEBUG", default=False)
STYLEGUIDE = True
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]


def _own_key(name: str, make: Callable[[], str]) -> str:
    """A key of this checkout, made once and readable by its owner only."""
    file = DATA_DIR / name
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        # Whole at once, and the first one stays: the site, its worker and its clock start side by side.
        with tempfile.NamedTemporaryFile("w", dir=DATA_DIR) as made:
            made.write(make())
            made.flush()
            with suppress(FileExistsError):
                os.link(made.name, file)
    return file.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _own_key("secret-key", lambda: secrets.token_urlsafe(50))
PERSONAL_DATA_KEYS = PERSONAL_DATA_KEYS or [
    _own_key("personal-data-key", lambda: Fernet.generate_key().decode())
]
BLIND_INDEX_KEY = BLIND_INDEX_KEY or _own_key("blind-index-key", lambda: secrets.token_urlsafe(32))

# Static files straight from the sources: nothing to collect before the first page.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3" and DEBUG:
    # The autoreloader makes a new thread for each request; each would keep its connection.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

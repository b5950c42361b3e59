"""For the demo and for development: everything embedded, nothing to install beside it."""

import secrets

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, DATA_DIR, DATABASES, env

DEBUG = env.bool("DEBUG", default=False)
STYLEGUIDE = True
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]


def _own_secret_key() -> str:
    """The key of this checkout, made once and readable by its owner only."""
    file = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _own_secret_key()

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

"""For a public server. Everything secret or local comes from the environment; see docs/productie.md."""

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, SITE_URL, env

SECRET_KEY = env.str("SECRET_KEY")
PERSONAL_DATA_KEYS = env.list("PERSONAL_DATA_KEYS")
BLIND_INDEX_KEY = env.str("BLIND_INDEX_KEY")
if not ALLOWED_HOSTS:
    ALLOWED_HOSTS = [SITE_URL.split("//")[-1].split("/")[0].split(":")[0]]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# TLS ends at the front server, which sets this header and drops it from visitors.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

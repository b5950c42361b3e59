"""What every environment shares. Each real part (database, cache, mail) is one environment variable."""

import shutil
from pathlib import Path

import environ
from django.utils.csp import CSP

from config import languages

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[3]
# Everything the site writes: database, uploads, mail. Not in version control.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "home",
    "participatie",
    "wijken",
    "core",
    "captcha",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "home.desk.apps.DeskUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "core.middleware.RequestLogMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PageCacheMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "core.middleware.AdminCSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.middleware.NumbersInOrderMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.SiteMiddleware",
    "core.routing.PageRouteMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.chrome.site_chrome",
            ],
        },
    },
]

# --- database: SQLite in WAL unless DATABASE_URL says otherwise --------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"] |= {
        # A persistent connection is worth four to ten times on small pages.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that reads before it writes waits for its turn instead of failing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # With recursive triggers a REPLACE cannot get around the rows that stay: see core/append_only.py.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; "
                "PRAGMA recursive_triggers=ON;"
            ),
        },
    }
else:
    # The pool keeps connections open; Django then wants no persistent ones of its own.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache: files shared by the workers unless CACHE_URL says otherwise -------------------------

CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # django-environ names a third-party client; Django's own is enough here.
    CACHES["default"]["BACKEND"] = "django.core.cache.backends.redis.RedisCache"
elif CACHES["default"]["BACKEND"].endswith("FileBasedCache"):
    # Django's own bound of 300 throws pages away, and the tries of who signs in with them.
    CACHES["default"]["OPTIONS"] = {**CACHES["default"].get("OPTIONS", {}), "MAX_ENTRIES": 10_000}

# Listings fetch their renditions with the pages; writing each to the cache as well costs more than it saves.
CACHES["renditions"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# --- mail: written to a folder unless EMAIL_URL says otherwise ----------------------------------

if env.str("EMAIL_URL", default=""):
    _mail = env.email_url("EMAIL_URL")
    MAILERS = {"default": {"BACKEND": _mail["EMAIL_BACKEND"], "OPTIONS": {}}}
    if _mail["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        MAILERS["default"]["OPTIONS"] = {
            "host": _mail["EMAIL_HOST"],
            "port": _mail["EMAIL_PORT"],
            "username": _mail["EMAIL_HOST_USER"],
            "password": _mail["EMAIL_HOST_PASSWORD"],
            "use_tls": _mail.get("EMAIL_USE_TLS", False),
            "use_ssl": _mail.get("EMAIL_USE_SSL", False),
            "timeout": 10,
        }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": DATA_DIR / "mail"},
        }
    }
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="wijken@example.nl")
# Where mail servers report what they could not deliver; see manage.py mail_retour.
BOUNCE_EMAIL = env.str("BOUNCE_EMAIL", default=DEFAULT_FROM_EMAIL)

# --- background work ----------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- personal data: sealed in the database with keys that are not in it ---------------------------

# The first key seals, all of them open. manage.py sleutels makes keys and renews them.
PERSONAL_DATA_KEYS: list[str] = env.list("PERSONAL_DATA_KEYS", default=[])
# Finds the same address or mail again without storing it.
BLIND_INDEX_KEY = env.str("BLIND_INDEX_KEY", default="")

# --- people who sign in -------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# Django's messages would put a cookie on public pages; the session holds them for those signed in.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "wagtailadmin_login"

# --- languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = languages.SOURCE
# Which languages, in the order of the menu: SITE_LANGUAGES=nl,en,pl,ti=ትግርኛ. Without it, all that are ready.
LANGUAGES = languages.chosen(env.list("SITE_LANGUAGES", default=[]))
LANGUAGES_BIDI = languages.right_to_left(LANGUAGES)
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [
    BASE_DIR / "site" / "core" / "locale",
    *languages.empty_catalogues(LANGUAGES, DATA_DIR / "locale"),
]
languages.introduce(LANGUAGES)
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- safety -------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
}
# Wagtail's own screens need inline styles and scripts, and show pages in a frame of their own.
ADMIN_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Previews at the desk say themselves that they may stand in a frame.
X_FRAME_OPTIONS = "DENY"

# --- Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Huis van de wijken"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
# A translation is published by a person, never by pressing "translate".
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# A machine only suggests; without an address there is none. See core.translating.services for the addresses.
MACHINE_TRANSLATION_URL = env.str("MACHINE_TRANSLATION_URL", default="")
if MACHINE_TRANSLATION_URL:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "core.translating.machine.MachineTranslator"}
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.SiteDocument"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_GLOBAL_EDIT_LOCK = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]},
    }
}
# Nothing of a third party is embedded in a page.
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
TAGGIT_CASE_INSENSITIVE = True

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- the challenge on public forms: see core.challenge ------------------------------------------

CAPTCHA_CHALLENGE_FUNCT = "core.challenge.store.digits"
# The texts say five.
CAPTCHA_LENGTH = 5
# Minutes: somebody may go and look something up, or ask a neighbour to help tonight.
CAPTCHA_TIMEOUT = 12 * 60
# Speaks the digits; without it only the image is offered.
SPEECH_PROGRAM = shutil.which("espeak-ng") or ""

# --- the site -----------------------------------------------------------------------------------

STYLEGUIDE = False
# Uploads come from this process; on a busy server the front server takes over (docs/productie.md).
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=True)
# Asked where an address lies that is not in the table of the CBS. See wijken.addresses.services.
ADDRESS_URL = env.str("ADDRESS_URL", default="")
# Asked for the round that a draw was promised on; empty: the public ones of drand.
DRAND_SERVERS: list[str] = env.list("DRAND_SERVERS", default=[])
CSRF_FAILURE_VIEW = "home.views.csrf_failure"
# The house rules this site sets itself, in days.
REVIEW_WARNING_DAYS = 30
# What a mail said, and to whom, goes so long after it was sent.
OUTBOX_WIPE_DAYS = 7
# The same for a mail that could not be sent, after it was written.
OUTBOX_WIPE_UNSENT_DAYS = 30
# That there was a mail, and how it fared.
OUTBOX_KEEP_DAYS = 180

# --- logs: one JSON object a line, no names, addresses or query strings -------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JSONFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
        "warnings": {"class": "logging.StreamHandler", "formatter": "json", "level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Its lines hold full paths; core.requests writes the safe ones.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Its lines quote titles; the CMS keeps a history of its own.
        "wagtail": {"handlers": [], "level": "WARNING", "propagate": True},
        # The worker turns these up to a line per step; the handler keeps only what went wrong.
        "django.tasks": {"handlers": ["warnings"], "level": "WARNING", "propagate": False},
        "django_tasks": {"handlers": ["warnings"], "level": "WARNING", "propagate": False},
        "django_tasks_db": {"handlers": ["warnings"], "level": "WARNING", "propagate": False},
    },
}

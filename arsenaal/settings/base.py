"""Settings shared by every environment. What differs stands in demo.py, test.py and production.py."""

import json
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from arsenaal.lib.tiles import tiles_origin

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
VAR_DIR = Path(env.str("ARSENAAL_VAR", default=str(BASE_DIR / "var")))

DEBUG = False
ROOT_URLCONF = "arsenaal.urls"
WSGI_APPLICATION = "arsenaal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "accounts",
    "people",
    "cases",
    "housing",
    "surveys",
    "cohesion",
    "safety",
    "rights",
    "reporting",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "axes",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.PersonalSettingsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "accounts.middleware.SecondWallMiddleware",
    "accounts.middleware.AccessLogMiddleware",
]

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
                "accounts.context_processors.frame",
            ],
            "builtins": ["accounts.templatetags.arsenaal"],
        },
    }
]

# Two connections to one database: `default` is the application's role, which owns nothing; `owner` runs the
# migrations. Row-level security builds on this split.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default="postgres://arsenaal_app@127.0.0.1:5432/arsenaal"),
    "owner": env.db_url(
        "DATABASE_OWNER_URL", default=env.str("DATABASE_URL", default="postgres:///arsenaal")
    ),
}
for _alias in DATABASES.values():
    _alias["CONN_MAX_AGE"] = 60
    _alias["CONN_HEALTH_CHECKS"] = True
    _alias.setdefault("OPTIONS", {})["connect_timeout"] = 3
    # The rules of the second wall make small queries look dear: compiling them takes longer than answering them.
    _alias["OPTIONS"].setdefault("options", "-c jit=off")
DATABASE_APP_ROLE = DATABASES["default"].get("USER") or "arsenaal_app"
# The role that the application takes on to count for the measures: it has no right on any column with words.
DATABASE_FIGURES_ROLE = f"{DATABASE_APP_ROLE}_figures"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")

# Only what counts requests on public pages must be shared by all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "counters": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
}
RATELIMIT_USE_CACHE = "counters"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "cases:home"
LOGOUT_REDIRECT_URL = "accounts:login"

# Lock-out after repeated failures: the pair of name and address is locked, so that nobody can lock out a
# colleague from elsewhere. Kept in the database, so it holds when Redis is down.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True

# A session ends after nine hours (one working day) or after two hours without a click.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 9 * 60 * 60
SESSION_IDLE_SECONDS = 2 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "arsenaal_session"
CSRF_COOKIE_NAME = "arsenaal_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# The map draws itself from our own drawings (record 30). A tile server puts pictures of streets below it; the browser
# then asks that address, and no other, for pictures: "https://tiles.example.org/{z}/{x}/{y}.png", and whom to thank.
MAP_TILES_URL = env.str("MAP_TILES_URL", default="")
MAP_TILES_ATTRIBUTION = env.str("MAP_TILES_ATTRIBUTION", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "media-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *([tiles_origin(MAP_TILES_URL)] if MAP_TILES_URL else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# What the database may keep but not read (arsenaal/lib/encryption.py): the first key encrypts, all of them decrypt.
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[])

# The roles that must sign in with more than a password, by code of accounts.enums.Role, or "all". It is a setting
# and no switch on a screen: who takes over an administrator's account can't turn it off. Administrators see it.
SECOND_FACTOR_ROLES = env.list("SECOND_FACTOR_ROLES", default=[])
# The name to which passkeys belong; empty is the name that people typed.
PASSKEY_DOMAIN = env.str("PASSKEY_DOMAIN", default="")
INVITATION_DAYS = 3
# Networks with a name: people recognise their devices by it. {"stadhuis": ["10.1.0.0/16"]}
KNOWN_NETWORKS = json.loads(env.str("KNOWN_NETWORKS", default="") or "{}")

# Signing in with the account of the city (OpenID Connect); off while OIDC_ISSUER is empty. See README, "Production".
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
# Instead of a secret, for providers that want a signature (private_key_jwt), such as ACM/IDM: an RSA key as PEM.
OIDC_PRIVATE_KEY = env.str("OIDC_PRIVATE_KEY", default="", multiline=True)
OIDC_PRIVATE_KEY_ID = env.str("OIDC_PRIVATE_KEY_ID", default="")
OIDC_SCOPES = env.str("OIDC_SCOPES", default="openid profile")
# Which claim holds the user name as an administrator typed it here: looked at the first time only.
OIDC_USERNAME_CLAIM = env.str("OIDC_USERNAME_CLAIM", default="preferred_username")
# Roles from a claim: {"wijkteam-jurist": [["ARS", "lawyer"]]}. Empty: roles are given by an administrator.
OIDC_ROLES_CLAIM = env.str("OIDC_ROLES_CLAIM", default="roles")
OIDC_ROLES = json.loads(env.str("OIDC_ROLES", default="") or "{}")
# What the provider must have checked (acr): asked of it, and verified in its answer. Empty: taken on trust.
OIDC_ACR_VALUES = env.list("OIDC_ACR_VALUES", default=[])

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
# Amounts ask for grouping themselves (lib/amounts.py, floatformat "g"); ids and years must never get a dot.
USE_THOUSAND_SEPARATOR = False

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", NODE_MODULES / "bootstrap" / "dist"),
    ("vendor/bootstrap-icons", NODE_MODULES / "bootstrap-icons" / "font"),
    ("vendor/source-sans-3", NODE_MODULES / "@fontsource-variable" / "source-sans-3"),
    ("vendor/noto-sans-arabic", NODE_MODULES / "@fontsource" / "noto-sans-arabic"),
    ("vendor/htmx", NODE_MODULES / "htmx.org" / "dist"),
    ("vendor/sortablejs", NODE_MODULES / "sortablejs"),
    ("vendor/leaflet", NODE_MODULES / "leaflet" / "dist"),
    ("vendor/leaflet.markercluster", NODE_MODULES / "leaflet.markercluster" / "dist"),
]
MEDIA_ROOT = VAR_DIR / "files"
MEDIA_URL = "/nowhere/"  # files are only ever served by views that check who asks
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Not FILE_UPLOAD_PERMISSIONS: an image is built by root and served by somebody else.
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
}
if env.str("S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
            "access_key": env.str("S3_ACCESS_KEY"),
            "secret_key": env.str("S3_SECRET_KEY"),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
PHOTO_MAX_BYTES = 15 * 1024 * 1024
DOCUMENT_MAX_BYTES = 25 * 1024 * 1024
AUDIO_MAX_BYTES = 25 * 1024 * 1024  # twenty minutes of talk
# Where a video of a story may stand: the page links to it, and shows nothing of it.
VIDEO_HOSTS = env.list("VIDEO_HOSTS", default=["youtu.be", "www.youtube.com", "youtube.com", "vimeo.com"])
# The virus scanner (clamd) that sees every file before it is kept. Without a name nobody is asked; with one that
# doesn't answer, no file comes in.
CLAMAV_HOST = env.str("CLAMAV_HOST", default="")
CLAMAV_PORT = env.int("CLAMAV_PORT", default=3310)
CLAMAV_TIMEOUT = 20  # seconds

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Publishing must not hang a web request while Redis is away: what was asked is kept as a row in the database
# and picked up by a sweep.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "visibility_timeout": 3600,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict] = {
    # Looking later is the same as looking now: what waited in the queue for a worker is dropped.
    "reports-resume": {"task": "reporting.resume_reports", "schedule": 15.0, "options": {"expires": 15}},
    "reports-quarterly": {
        "task": "reporting.make_quarterly_reports",
        "schedule": crontab(hour="6", minute="10"),
    },
    "looks-unusual": {
        "task": "accounts.find_unusual_looks",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 540},
    },
    "bundles-resume": {"task": "housing.resume_bundles", "schedule": 20.0, "options": {"expires": 20}},
    "radar-lapse": {"task": "cases.lapse_radar_entries", "schedule": crontab(hour="3", minute="20")},
    "drafts-tidy": {"task": "cases.tidy_visit_drafts", "schedule": crontab(hour="3", minute="40")},
    "living-room-drafts-tidy": {
        "task": "cohesion.tidy_living_room_drafts",
        "schedule": crontab(hour="3", minute="45"),
    },
    "releases-lapse": {"task": "cases.end_lapsed_releases", "schedule": crontab(hour="0", minute="10")},
    "rights-resume": {"task": "rights.resume", "schedule": 60.0, "options": {"expires": 60}},
    "rights-expire": {"task": "rights.expire_exports", "schedule": crontab(hour="3", minute="50")},
    "budget-forget": {
        "task": "cohesion.forget_budget_applicants",
        "schedule": crontab(hour="4", minute="10"),
    },
    "care-remind": {"task": "cohesion.remind_of_care", "schedule": crontab(hour="6", minute="30")},
    "sessions-tidy": {"task": "accounts.tidy_sessions", "schedule": crontab(hour="4", minute="0")},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "arsenaal.lib.logs.WordlessFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would mail an error to ADMINS, with what was typed in the form.
        "django": {"handlers": [], "level": "INFO"},
        **{name: {"level": "WARNING"} for name in ("axes", "fontTools", "weasyprint.progress")},
    },
}

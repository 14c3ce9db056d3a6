"""Settings of production. Every secret comes from the environment; demo secrets are refused."""

from django.core.exceptions import ImproperlyConfigured

from arsenaal.lib.encryption import check_keys
from arsenaal.settings.base import *
from arsenaal.settings.base import DATABASES, ENCRYPTION_KEYS, OIDC_ISSUER, env

SECRET_KEY = env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < 50 or "not-a-secret" in SECRET_KEY or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing, too short or a demo key: set 50 or more random characters."
    )
# Only the job that migrates knows the owner; web, worker and beat do without.
_wanted = ["default", *(["owner"] if env.str("DATABASE_OWNER_URL", default="") else [])]
for _alias in _wanted:
    if DATABASES[_alias].get("PASSWORD", "") in {"", "arsenaal", "arsenaal-demo", "postgres", "dev"}:
        raise ImproperlyConfigured(f"The database connection '{_alias}' has no password of its own.")
if "owner" in _wanted and DATABASES["default"]["USER"] == DATABASES["owner"]["USER"]:
    raise ImproperlyConfigured("DATABASE_URL and DATABASE_OWNER_URL must be two different roles.")
check_keys(ENCRYPTION_KEYS)
# Everybody signs in with two steps, unless the city says otherwise.
SECOND_FACTOR_ROLES = env.list("SECOND_FACTOR_ROLES", default=["all"])
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("OIDC_ISSUER must be an https address.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
IS_DEMO = False

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-arsenaal_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-arsenaal_csrf"
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_COUNT", default=1)

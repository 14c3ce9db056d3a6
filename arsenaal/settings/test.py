"""Settings of the tests: real PostgreSQL and Redis, a fast password hasher, no manifest for static files."""

import tempfile
from pathlib import Path

from arsenaal.lib.encryption import TEST_KEY
from arsenaal.settings.base import *
from arsenaal.settings.base import DATABASES, REDIS_URL, STORAGES, TEMPLATES, env

SECRET_KEY = "test-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["*"]
IS_DEMO = True
ENCRYPTION_KEYS = [TEST_KEY]
SECOND_FACTOR_ROLES: list[str] = []
OIDC_ISSUER = ""
RATELIMIT_ENABLE = False  # but where a test is about it: all tests come from one address
KNOWN_NETWORKS = {"hier": ["127.0.0.0/8"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_files = tempfile.TemporaryDirectory(prefix="arsenaal-test-files-")  # gone with the process
MEDIA_ROOT = Path(_files.name)
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Tests of two processes don't take work out of each other's queue.
CELERY_BROKER_URL = f"{REDIS_URL.rsplit('/', 1)[0]}/15"
CELERY_TASK_DEFAULT_QUEUE = "-".join(
    [env.str("ARSENAAL_TEST_DB", default="test_arsenaal"), env.str("PYTEST_XDIST_WORKER", default="gw")]
)
for _alias in DATABASES.values():
    _alias["CONN_MAX_AGE"] = 0
    _alias["TEST"] = {"NAME": env.str("ARSENAAL_TEST_DB", default="test_arsenaal")}


class UnknownVariable(str):
    """An unknown template variable fails a test, from the first day."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise LookupError(f"Unknown template variable: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")

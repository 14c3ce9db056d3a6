"""Settings of `make demo` and of development. Never for real families: production.py refuses this key."""

from arsenaal.lib.encryption import DEMO_KEY
from arsenaal.settings.base import *
from arsenaal.settings.base import env

SECRET_KEY = "demo-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
IS_DEMO = True
ENCRYPTION_KEYS = [DEMO_KEY]
KNOWN_NETWORKS = {"deze computer": ["127.0.0.0/8", "::1/128"]}

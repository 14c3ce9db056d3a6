"""Health checks from inside a container: `python -m arsenaal.probe web`, `worker` or `beat`.

Each asks after its own process only: web is not ill because the worker is. That is for /healthz to tell.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

WEB = "http://127.0.0.1:8000/healthz"
BEAT = Path("/data/beat")
BEAT_SECONDS = 600  # beat writes down what it did every three minutes


def web(url: str = WEB) -> bool:
    """Does it answer, and reach the database?"""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(url, headers={"Host": host, "X-Forwarded-Proto": "https"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return bool(json.load(answer)["database"] == "ok")
    except urllib.error.HTTPError as error:
        return error.code == 503 and json.load(error).get("database") == "ok"
    except (OSError, ValueError, KeyError):
        return False


def worker() -> bool:
    """Has the worker of this container been heard lately?"""
    from redis import RedisError

    from arsenaal import heartbeat

    try:
        with heartbeat.connect() as redis:
            return bool(redis.exists(heartbeat.host_key()))
    except RedisError:
        return False


def beat(folder: Path = BEAT) -> bool:
    """Has beat written down lately what it did?"""
    written = [path.stat().st_mtime for path in folder.glob("schedule*")]
    return bool(written) and time.time() - max(written) < BEAT_SECONDS


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]() else 1)

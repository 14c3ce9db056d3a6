"""For pytest -p: each test process has a Redis database of its own, and can empty it without harm."""

import os
import re


def number(worker: str) -> int:
    """Database 0 without xdist, then one for gw0, gw1…"""
    found = re.fullmatch(r"gw(\d+)", worker)
    return int(found[1]) + 1 if found else 0


# At import, because Django's settings are read soon after.
if "REDIS_URL" in os.environ:
    place = os.environ["REDIS_URL"].rpartition("/")[0]
    os.environ["REDIS_URL"] = f"{place}/{number(os.environ.get('PYTEST_XDIST_WORKER', ''))}"

"""Settings of a real worker that a test starts: the test's own database, queue and files."""

import os
from pathlib import Path

from arsenaal.settings.test import *  # noqa: F403
from arsenaal.settings.test import DATABASES

MEDIA_ROOT = Path(os.environ["TEST_WORKER_FILES"])
for _alias in DATABASES.values():
    _alias["NAME"] = os.environ["TEST_WORKER_DATABASE"]

"""The Celery application: worker and beat start from here."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arsenaal.settings.demo")

app = Celery("arsenaal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Let worker and beat write their log as the rest of the program does: without the words of families."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)

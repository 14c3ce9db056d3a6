"""Project package. The Celery app is loaded here so that `shared_task` finds it everywhere."""

from arsenaal.celery import app as celery_app

__all__ = ["celery_app"]

"""Background work of this package."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from accounts.actions.unusual import find_unusual
from accounts.models import DeviceSession, FormSubmission
from arsenaal.lib.wall import beyond_wall


@shared_task(name="accounts.find_unusual_looks")
def find_unusual_looks() -> None:
    """Go over the looks of today and yesterday. Safe to run twice: the same finding is told once."""
    with beyond_wall("unusual looks"):
        find_unusual()


@shared_task(name="accounts.tidy_sessions")
def tidy_sessions() -> None:
    """Remove ended sessions and form tokens older than a week. Safe to run twice."""
    DeviceSession.objects.filter(expire_date__lt=timezone.now()).delete()
    FormSubmission.objects.filter(created_at__lt=timezone.now() - dt.timedelta(days=7)).delete()

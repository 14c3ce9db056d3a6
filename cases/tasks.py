"""Background work of this package. Each task may run twice or be killed half-way."""

from celery import shared_task
from django.utils import translation

from arsenaal.lib.wall import beyond_wall
from cases.actions.radar_lapse import lapse_radar_entries as lapse
from cases.actions.releases import end_lapsed
from cases.actions.visit_drafts import tidy_drafts


@shared_task(name="cases.lapse_radar_entries")
def lapse_radar_entries() -> None:
    """Delete the signals on the radar on which nobody decided in time; only their count stays."""
    with beyond_wall("signals on the radar that lapse"):
        lapse()


@shared_task(name="cases.tidy_visit_drafts")
def tidy_visit_drafts() -> None:
    """Forget drafts that nobody came back to for thirty days, with their photos. Safe to run twice."""
    with beyond_wall("drafts that nobody came back to"):
        tidy_drafts()


@shared_task(name="cases.end_lapsed_releases")
def end_lapsed_releases() -> None:
    """Write on the timeline which releases are over; for reading they closed at midnight. Safe to run twice."""
    with translation.override("nl"), beyond_wall("releases that are over"):
        end_lapsed()

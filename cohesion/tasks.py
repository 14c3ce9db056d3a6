"""Background work of this package. Each task may run twice or be killed half-way."""

from celery import shared_task
from django.utils import translation

from arsenaal.lib.wall import beyond_wall
from cohesion.actions.place_care import remind_of_care as remind


@shared_task(name="cohesion.remind_of_care")
def remind_of_care() -> None:
    """Tell whose places will be without care soon, once for each agreement."""
    with translation.override("nl"), beyond_wall("care of places that ends soon"):
        remind()

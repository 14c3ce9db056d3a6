"""Background work of this wing. Each task may run twice or be killed half-way."""

from celery import shared_task
from django.utils import translation

from arsenaal.lib.wall import beyond_wall, program_at_work
from cohesion.actions import budget_keeping
from cohesion.actions.living_room import tidy_living_room_drafts
from cohesion.actions.place_care import remind_of_care as remind


@shared_task(name="cohesion.tidy_living_room_drafts")
def tidy_drafts() -> None:
    """Forget drafts that nobody came back to for thirty days."""
    with beyond_wall("drafts of living-room visits that nobody came back to"):
        tidy_living_room_drafts()


@shared_task(name="cohesion.forget_budget_applicants")
@program_at_work("who asked for money of the neighbourhood budget, when the term of keeping is over")
def forget_budget_applicants() -> None:
    """Empty what is known of applicants whose term is over."""
    while budget_keeping.forget_applicants() == budget_keeping.AT_ONCE:
        pass


@shared_task(name="cohesion.remind_of_care")
def remind_of_care() -> None:
    """Tell whose places will be without care soon, once for each agreement."""
    with translation.override("nl"), beyond_wall("care of places that ends soon"):
        remind()

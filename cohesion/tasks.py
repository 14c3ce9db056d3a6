"""Work for the Celery worker. Every task may run twice and may be killed half-way."""

from celery import shared_task

from arsenaal.lib.wall import program_at_work
from cohesion.actions import budget_keeping


@shared_task(name="cohesion.forget_budget_applicants")
@program_at_work("who asked for money of the neighbourhood budget, when the term of keeping is over")
def forget_budget_applicants() -> None:
    """Empty what is known of applicants whose term is over."""
    while budget_keeping.forget_applicants() == budget_keeping.AT_ONCE:
        pass

"""Work for the Celery worker. Every task takes ids, may run twice and may be killed half-way."""

from celery import shared_task

from arsenaal.lib.wall import program_at_work
from housing.actions import bundles

LONGEST_SECONDS = 15 * 60


@shared_task(name="housing.make_legal_bundle", soft_time_limit=LONGEST_SECONDS)
@program_at_work("a bundle that a lawyer asked for")
def make_legal_bundle(bundle_id: int) -> None:
    """Make one bundle."""
    bundles.compute_bundle(bundle_id=bundle_id)


@shared_task(name="housing.resume_bundles")
@program_at_work("bundles that nobody works on")
def resume_bundles() -> None:
    """Queue bundles that nobody works on."""
    bundles.resume_bundles()

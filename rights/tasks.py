"""Work for the Celery worker. Every task takes ids, may run twice and may be killed half-way."""

from celery import shared_task

from arsenaal.lib.wall import program_at_work
from rights.actions import destroy as destroying
from rights.actions import exports as exporting
from rights.actions import work as working


@shared_task(name="rights.work_on_request", soft_time_limit=15 * 60)
@program_at_work("what a resident asked")
def work_on_request(request_id: int) -> None:
    """Collect, write or erase: whatever this request waits for."""
    working.work_on_request(request_id=request_id)


@shared_task(name="rights.destroy_list")
@program_at_work("an approved list of destruction")
def destroy_list(list_id: int) -> None:
    """Destroy what is left of an approved list."""
    destroying.destroy_list(list_id=list_id)


@shared_task(name="rights.resume")
@program_at_work("requests that nobody works on")
def resume() -> None:
    """Queue what nobody works on."""
    working.resume()


@shared_task(name="rights.expire_exports")
@program_at_work("exports of which the time is over")
def expire_exports() -> None:
    """Delete the files of exports of which the time is over."""
    exporting.expire_exports()

"""Stories in a report: as their tellers agree on the day that it is made; frozen afterwards."""

import datetime as dt

from django.test import Client

from cohesion.actions.stories import withdraw_story
from reporting.actions.compute_report import compute_report
from reporting.actions.request_report import request_report
from reporting.models import Report
from tests.cohesion.neighbours import published_story, today
from tests.factories import World


def made(world: World, days_ago: int) -> Report:
    """A report over the days until today, made now."""
    report = request_report(
        by=world.manager,
        neighbourhood=world.neighbourhood,
        period_start=today() - dt.timedelta(days=days_ago),
        period_end=today(),
    )
    compute_report(report_id=report.pk)
    report.refresh_from_db()
    return report


def test_withdrawn_story_leaves_every_later_report(world: World, login) -> None:
    coach, here = world.cohesion_coach, world.neighbourhood
    story = published_story(coach, here, told={"words": "<b>Soep</b>"})
    published_story(coach, here, uses=("public",), told={"title": "Niet in het rapport"})
    before = made(world, 30)
    assert [one["title"] for one in before.snapshot["stories"]] == ["Mijn straat"]
    withdraw_story(by=coach, story=story)
    after = made(world, 31)
    assert after.snapshot["stories"] == []
    client: Client = login(world.manager)
    page = client.get(before.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Soep" in page  # a report is frozen
    assert (
        "Verhalen van bewoners"
        not in client.get(after.get_absolute_url()).content.decode().split("Bewoners bereikt")[0]
    )

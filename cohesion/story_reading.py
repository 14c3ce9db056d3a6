"""Reading the stories that may be shown: by everybody, and in a report. One rule decides (`Story.objects.shown`)."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Neighbourhood
from arsenaal.lib.wall import beyond_wall
from cohesion.enums import StoryUse
from cohesion.models import StoryVersion
from cohesion.models.story import Story

MOST_ON_PAGE = 60
MOST_IN_REPORT = 6


@dataclass(frozen=True)
class ShownStory:
    """What may be read of a story, and nothing else of it."""

    pk: int
    form: str
    icon: str
    teller_name: str
    title: str
    words: str
    alt: str
    video_url: str
    file: object
    content_type: str
    first_published_on: dt.date | None


def _shown(neighbourhood_id: int, use: str, today: dt.date) -> list[ShownStory]:
    """Return what may be shown there today, newest first. One query, beyond the wall: nobody is logged in."""
    with beyond_wall("stories that their tellers agreed to show"):
        versions = StoryVersion.objects.filter(
            published_at__isnull=False,
            story__in=Story.objects.shown(use, today).filter(neighbourhood_id=neighbourhood_id),
        )
        found = list(
            versions.select_related("story").order_by("-story__first_published_on", "-story_id")[
                :MOST_ON_PAGE
            ]
        )
    return [_as_shown(version) for version in found]


def _as_shown(version: StoryVersion) -> ShownStory:
    story = version.story
    return ShownStory(
        pk=story.pk,
        form=story.form,
        icon=story.icon,
        teller_name=story.teller_name,
        title=version.title,
        words=version.words,
        alt=version.alt,
        video_url=version.video_url,
        file=version.file,
        content_type=version.content_type,
        first_published_on=story.first_published_on,
    )


def public_stories(neighbourhood: Neighbourhood) -> list[ShownStory]:
    """Return the stories on the public page of a neighbourhood."""
    return _shown(neighbourhood.pk, StoryUse.PUBLIC, timezone.localdate())


def public_story(neighbourhood: Neighbourhood, pk: int) -> ShownStory | None:
    """Return one story of the public page, None for whatever isn't there (any more)."""
    with beyond_wall("a story that its teller agreed to show"):
        version = (
            StoryVersion.objects.filter(
                published_at__isnull=False,
                story__in=Story.objects.shown(StoryUse.PUBLIC, timezone.localdate()).filter(
                    neighbourhood=neighbourhood, pk=pk
                ),
            )
            .select_related("story")
            .first()
        )
    return _as_shown(version) if version else None


def report_stories(
    neighbourhood_id: int, start: dt.date, end: dt.date, *, today: dt.date
) -> list[ShownStory]:
    """Return the stories told in a period that may stand in a report that is made today."""
    found = [
        story
        for story in _shown(neighbourhood_id, StoryUse.REPORT, today)
        if story.first_published_on and start <= story.first_published_on <= end
    ]
    return found[:MOST_IN_REPORT]

"""Living-room visits and stories for tests, made through the real actions."""

import datetime as dt
import struct
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Neighbourhood, User
from cohesion.actions.living_room import Heard, log_living_room
from cohesion.actions.stories import (
    Told,
    approve_version,
    latest_version,
    publish_story,
    record_story_consent,
    tell_story,
)
from cohesion.models import LivingRoomVisit, Story


def today() -> dt.date:
    """The day of the test."""
    return timezone.localdate()


def visit_living_room(
    by: User, neighbourhood: Neighbourhood, *, follow_what: str = "", **heard: Any
) -> LivingRoomVisit:
    """Somebody in the Fictiestraat told us something."""
    values: dict[str, Any] = {
        "visited_on": today(),
        "street": "Fictiestraat",
        "name": "Mina",
        "themes": ("green", "lonely"),
        "loves": "De bakker kent iedereen.",
        "worries": "Ze ziet soms dagen niemand.",
    }
    return log_living_room(
        by=by,
        neighbourhood=neighbourhood,
        uuid=uuid.uuid4(),
        heard=Heard(**(values | heard)),
        follow_what=follow_what,
        follow_due_on=today() + dt.timedelta(days=7) if follow_what else None,
    ).visit


def told_story(by: User, neighbourhood: Neighbourhood, **kwargs: Any) -> Story:
    """A story of Mina, in words unless said otherwise; nobody sees it yet."""
    told = {"title": "Mijn straat", "words": "Ik kwam hier in 1974 wonen."} | kwargs.pop("told", {})
    values = {"form": "text", "teller_name": "Mina"} | kwargs
    return tell_story(by=by, neighbourhood=neighbourhood, told=Told(**told), **values)


def agree(by: User, story: Story, uses: tuple[str, ...] = ("public", "report"), days: int = 365) -> None:
    """Its teller says where it may appear, and approves the newest version."""
    record_story_consent(
        by=by, story=story, uses=uses, given_on=today(), until_on=today() + dt.timedelta(days=days)
    )
    approve_version(
        by=by,
        story=story,
        number=latest_version(story).number,
        approved_on=today(),
        approved_how="together",
    )


def published_story(by: User, neighbourhood: Neighbourhood, **kwargs: Any) -> Story:
    """A story that everybody can read."""
    uses = kwargs.pop("uses", ("public", "report"))
    story = told_story(by, neighbourhood, **kwargs)
    agree(by, story, uses)
    publish_story(by=by, story=story, number=1)
    return Story.objects.get(pk=story.pk)


def mp3(words: bytes = b"Mechelen, Verzonnenkaai") -> bytes:
    """A sound of nothing, with a note in front of it and one behind it."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    note = b"TIT2" + struct.pack(">I", len(words) + 1) + b"\0\0\0" + words
    return (
        b"ID3\x03\0\0"
        + bytes([0, 0, len(note) >> 7, len(note) & 127])
        + note
        + frame * 3
        + b"TAG"
        + words.ljust(125)
    )


def sound(content: bytes | None = None, name: str = "opname.mp3") -> SimpleUploadedFile:
    """A sound as a browser sends it."""
    return SimpleUploadedFile(name, mp3() if content is None else content, "audio/mpeg")

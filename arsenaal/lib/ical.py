"""Calendars as other programs read them: iCalendar (RFC 5545), times in their own time zone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import icalendar
from django.utils import timezone

PRODUCT = "-//Arsenaal//Kalender//NL"


@dataclass(frozen=True)
class CalendarEvent:
    """One event: a whole day, or an hour of a day in the zone of its own time."""

    uid: str  # unique in the world and the same each time
    starts: dt.date | dt.datetime
    summary: str
    minutes: int = 60  # how long, when it has an hour
    url: str = ""


def calendar_bytes(name: str, events: Iterable[CalendarEvent], *, now: dt.datetime) -> bytes:
    """Return a calendar as a file; the same events and `now` give the same bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"value": "DURATION"})
    for event in events:
        calendar.add_component(_component(event, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent, now: dt.datetime) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", now.astimezone(dt.UTC))
    if isinstance(event.starts, dt.datetime):
        starts = timezone.localtime(event.starts)
        component.add("dtstart", starts)
        component.add("dtend", starts + dt.timedelta(minutes=event.minutes))
    else:
        component.add("dtstart", event.starts)
        component.add("dtend", event.starts + dt.timedelta(days=1))
        component.add("transp", "TRANSPARENT")  # a term doesn't make anybody busy
    component.add("summary", event.summary)
    if event.url:
        component.add("url", event.url)
    return component

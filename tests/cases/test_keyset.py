"""Paging by keyset: nothing twice, nothing skipped, and nonsense refused."""

import base64
import datetime as dt
import json

import pytest
from django.utils import timezone

from arsenaal.lib.keyset import BadCursorError, decode_cursor, encode_cursor, page
from cases.enums import RadarReason, RadarSource
from cases.models import RadarEntry
from tests.factories import World


def make_entries(world: World, count: int, *, step: dt.timedelta = dt.timedelta(0)) -> list[int]:
    moment = timezone.now()
    rows = [
        RadarEntry(
            neighbourhood=world.neighbourhood,
            source=RadarSource.SELF,
            source_organisation=world.organisations["city"],
            reason=RadarReason.OTHER,
            worry="x",
            name=f"N{n}",
            review_on="2026-01-01",
            reported_by=world.coordinator,
            reported_at=moment + n * step,
        )
        for n in range(count)
    ]
    return [row.pk for row in RadarEntry.objects.bulk_create(rows)]


@pytest.mark.parametrize(
    "order", ["-reported_at", "reported_at", "name", "-name", "decided_at", "-decided_at"]
)
@pytest.mark.parametrize("step", [dt.timedelta(0), dt.timedelta(microseconds=7)])
def test_all_pages_together_hold_every_row_once(world: World, order: str, step: dt.timedelta) -> None:
    expected = make_entries(world, 23, step=step)
    seen: list[int] = []
    cursor = ""
    while True:
        found = page(RadarEntry.objects.all(), order=order, size=5, cursor=cursor)
        seen += [row.pk for row in found.rows]
        cursor = found.next_cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == set(expected)


def raw(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "é",
        "x" * 5000,
        raw([1, 2, 3]),
        raw([{"a": 1}, 2]),
        raw(["2026-01-01", "2"]),
        raw(["nul\0", 1]),
        raw(["\ud800", 1]),
        raw(["not a date", 1]),
        raw([True, 1]),
        raw([[], 1]),
        raw(5),
        raw("[" * 900),
    ],
)
def test_nonsense_cursor_is_refused(world: World, cursor: str) -> None:
    with pytest.raises(BadCursorError):
        page(RadarEntry.objects.all(), order="-reported_at", size=5, cursor=cursor)


def test_cursor_keeps_microseconds() -> None:
    moment = dt.datetime(2026, 11, 23, 10, 20, 30, 123456, tzinfo=dt.UTC)
    assert decode_cursor(encode_cursor(moment, 7)) == (moment.isoformat(), 7)

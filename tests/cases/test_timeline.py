"""The timeline: append-only, and closed to who is outside the circle."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import TimelineEntry
from cases.reading import timeline_page
from cases.timeline import record
from tests.factories import World


def test_entry_in_care_is_closed_to_inspector(world: World) -> None:
    record("cases.note", case=world.case, by=world.community_worker, title="Geheim", body="Hij huilde.")
    seen = timeline_page(world.case, world.tenancy_lead).rows[0]
    assert (seen.is_open, seen.title, seen.body) == (True, "Geheim", "Hij huilde.")
    closed = timeline_page(world.case, world.housing_inspector).rows[0]
    assert not closed.is_open
    assert (closed.title, closed.body, closed.data, closed.author_label) == ("", "", {}, "")
    assert closed.discipline == "opbouwwerker"


def test_author_reads_what_he_wrote_whatever_the_circle(world: World) -> None:
    record("cases.note", case=world.case, by=world.cohesion_coach, title="Van mij", circle="care")
    assert timeline_page(world.case, world.cohesion_coach).rows[0].is_open


@pytest.mark.parametrize("change", [{"body": "anders"}, {"title": "anders"}, {"circle": "shared"}])
def test_entry_can_not_be_changed(world: World, change: dict[str, str]) -> None:
    entry = record("cases.note", case=world.case, by=world.lawyer, title="Zo was het", body="tekst")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        TimelineEntry.objects.filter(pk=entry.pk).update(**change)


def test_entry_can_not_be_deleted(world: World) -> None:
    entry = record("cases.note", case=world.case, by=world.lawyer, title="Zo was het")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        TimelineEntry.objects.filter(pk=entry.pk).delete()


def test_redaction_takes_words_away_once(world: World) -> None:
    entry = record("cases.note", case=world.case, by=world.lawyer, title="Zo was het", body="naam")
    changed = TimelineEntry.objects.filter(pk=entry.pk).update(
        title="", body="", redacted_at=timezone.now(), redacted_by=world.lawyer, redaction_reason="vergissing"
    )
    assert changed == 1
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        TimelineEntry.objects.filter(pk=entry.pk).update(redaction_reason="nog eens")


def test_pages_never_skip_or_repeat_while_rows_are_added(world: World) -> None:
    moment = timezone.now()
    expected = {
        record("cases.note", case=world.case, by=world.lawyer, title=str(n), occurred_at=moment).pk
        for n in range(75)
    }
    seen: list[int] = []
    cursor = ""
    while True:
        page = timeline_page(world.case, world.lawyer, cursor=cursor)
        seen += [row.pk for row in page.rows]
        record("cases.note", case=world.case, by=world.lawyer, title="later")
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    assert len(seen) == len(set(seen))
    assert expected <= set(seen)

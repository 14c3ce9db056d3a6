"""What is handed to somebody who asks for his own data."""

import datetime as dt
import io
import json
from typing import Any

import pypdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.privacy import declarations
from cases.actions.set_team import set_team
from housing.actions.evidence import add_evidence
from people.actions.members import remove_member
from rights.actions.exports import CannotReview, approve_export, expire_exports, review_parts
from rights.actions.work import resume, work_on_request
from rights.enums import PartState, RequestState
from rights.models import ExportPart, RightsRequest
from tests.factories import World
from tests.rights.conftest import PLANTED_BY_SECOND, SECOND, Family, asked, consent, note


def _collected(family: Family, **more: object) -> RightsRequest:
    request = asked(family.by, family.first, "export", **more)
    assert work_on_request(request_id=request.pk)
    request.refresh_from_db()
    return request


def _text(request: RightsRequest) -> str:
    parts = ExportPart.objects.filter(export__request=request)
    return json.dumps([[part.heading, part.content] for part in parts], ensure_ascii=False)


def _read_all(world: World, request: RightsRequest, **left_out: str) -> None:
    for by in (world.coordinator, world.lawyer, world.tenancy_lead, world.housing_inspector):
        parts = ExportPart.objects.filter(export__request=request, state=PartState.PENDING)
        seen = {part.pk for part in parts.open_to(by, request.neighbourhood_id)}
        left_out = {part.pk: part.suggestion for part in parts if part.suggestion}
        review_parts(by=by, request=request, seen=seen, left_out=left_out)


def _written(world: World, request: RightsRequest) -> RightsRequest:
    _read_all(world, request)
    approve_export(by=world.coordinator, request=request)
    assert work_on_request(request_id=request.pk)
    request.refresh_from_db()
    return request


def test_export_holds_what_is_his(world: World, family: Family) -> None:
    note(world.tenancy_lead, family.case, "Hij slaapt slecht.", "care")
    consent(family, family.first, world, "Om samen te zoeken.")
    text = _text(_collected(family))
    for expected in (
        "0470 99 88 77",
        "Bel na vijf uur",
        "3 februari 1980",
        "Hij slaapt slecht.",
        "samen te zoeken",
    ):
        assert expected in text


def test_export_holds_no_planted_sentence_of_the_other(world: World, family: Family) -> None:
    """Not his housemate's telephone, consent or name, and nothing of a colleague."""
    consent(family, family.second, world, "duinpieper-toestemming")
    note(family.by, family.case, f"Zebedeus sprak met {SECOND} en met {world.lawyer}.")
    note(family.by, world.other_case, "grutto-van-een-ander-gezin")
    request = _collected(family)
    assert "duinpieper" not in _text(request)  # nor in what is read over
    text = _written(world, request).export.json.read().decode()
    for planted in (
        PLANTED_BY_SECOND,
        "0470 11 22 33",
        "duinpieper",
        "grutto",
        SECOND,
        "Nachtegaal",
        str(world.coordinator),
        str(world.community_worker),
    ):
        assert planted not in text, planted
    assert "[iemand anders]" in text


def test_export_holds_nothing_of_the_time_after_he_left(world: World, family: Family) -> None:
    """What the family told when he didn't live there any more is theirs."""
    today = timezone.localdate()
    member = family.household.members.get(person=family.first)
    remove_member(
        by=family.by, member=member, until_on=today - dt.timedelta(days=3), leave_reason="moved_out"
    )
    note(family.by, family.case, "kievit-na-zijn-vertrek")
    assert "kievit" not in _text(_collected(family))


def test_export_collected_twice_holds_each_part_once(family: Family) -> None:
    request = asked(family.by, family.first, "export")
    assert work_on_request(request_id=request.pk)
    count = ExportPart.objects.count()
    assert not work_on_request(request_id=request.pk)
    assert ExportPart.objects.count() == count > 0


def test_export_part_of_a_circle_waits_for_who_may_read_it(world: World, family: Family) -> None:
    note(world.lawyer, family.case, "Het contract is nietig.", "legal")
    request = _collected(family)
    parts = ExportPart.objects.filter(export__request=request)
    mine = parts.open_to(world.coordinator, request.neighbourhood_id)
    assert not mine.filter(circle="legal").exists()
    every = set(parts.values_list("pk", flat=True))
    assert review_parts(by=world.coordinator, request=request, seen=every, left_out={}) == mine.count()
    with pytest.raises(CannotReview, match="1 delen"):
        approve_export(by=world.coordinator, request=request)
    assert parts.open_to(world.lawyer, request.neighbourhood_id).filter(circle="legal").count() == 1


def test_export_part_of_the_lawyers_side_waits_for_the_lawyer(
    world: World, family: Family, login: Any
) -> None:
    """Evidence has no circle of its own; what a tenant brought her is not for the coordinator or the inspector."""
    add_evidence(
        by=world.lawyer,
        case=family.case,
        kind="note",
        title="bewijstitelgeheim",
        about_on=timezone.localdate(),
        body="bewijstekstgeheim",
    )
    request = _collected(family)
    review = reverse("rights:review", args=[request.pk])
    for role in ("coordinator", "housing_inspector", "tenancy_lead", "renovation_coach"):
        page = login(world.users[role]).get(review).content.decode()
        assert "geheim" not in page, role
    page = login(world.lawyer).get(review).content.decode()
    assert "bewijstitelgeheim" in page
    assert "bewijstekstgeheim" in page


def test_export_part_left_out_needs_a_reason_and_does_not_leave(world: World, family: Family) -> None:
    note(family.by, family.case, "Over de buurman.")
    request = _collected(family)
    part = ExportPart.objects.get(export__request=request, content__icontains="buurman")
    with pytest.raises(CannotReview, match="waarom"):
        review_parts(by=family.by, request=request, seen={part.pk}, left_out={part.pk: " "})
    review_parts(by=family.by, request=request, seen={part.pk}, left_out={part.pk: "gaat over de buren"})
    request = _written(world, request)
    document = json.loads(request.export.json.read())
    text = json.dumps(document, ensure_ascii=False)
    assert "Over de buurman" not in text
    assert "gaat over de buren" in text


def test_export_is_a_tagged_pdf_and_json(world: World, family: Family) -> None:
    request = _written(world, _collected(family))
    assert request.state == RequestState.DONE
    pdf = request.export.pdf.read()
    assert pdf.startswith(b"%PDF")
    root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    document = json.loads(request.export.json.read())
    assert document["verzoek"] == str(request)
    assert request.export.expires_on == timezone.localdate() + dt.timedelta(days=30)


def test_export_expires_with_its_files_and_parts(world: World, family: Family) -> None:
    request = _written(world, _collected(family))
    names = [request.export.pdf.name, request.export.json.name]
    assert expire_exports(now=timezone.now() + dt.timedelta(days=29)) == 0
    later = timezone.now() + dt.timedelta(days=32)
    assert expire_exports(now=later) == 1
    assert expire_exports(now=later) == 0
    request.export.refresh_from_db()
    assert not request.export.pdf
    assert not request.export.parts.exists()
    assert names


@pytest.mark.django_db(transaction=True)
def test_export_files_are_deleted_when_it_expires() -> None:
    world = World.build()
    from tests.rights.conftest import make_family

    request = _written(world, _collected(make_family(world)))
    names = [request.export.pdf.name, request.export.json.name]
    expire_exports(now=timezone.now() + dt.timedelta(days=32))
    assert not any(default_storage.exists(name) for name in names)


def test_export_left_by_a_dead_worker_is_queued_again(family: Family, queued: list[int]) -> None:
    request = asked(family.by, family.first, "export")
    assert resume() == 1
    assert queued == [request.pk]
    assert resume() == 0
    assert resume(now=timezone.now() + dt.timedelta(minutes=5)) == 1


def test_export_that_fails_five_times_is_left(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked(family.by, family.first, "export")
    monkeypatch.setattr("rights.actions.work.collect", lambda *args: 1 / 0)
    for _n in range(5):
        assert not work_on_request(request_id=request.pk)
    assert resume(now=timezone.now() + dt.timedelta(hours=1)) == 0


def test_export_of_a_member_of_two_teams_costs_no_query_per_part(
    world: World, family: Family, django_assert_max_num_queries: object
) -> None:
    set_team(by=family.by, case=family.case, add=[world.partner])
    for number in range(20):
        note(family.by, family.case, f"Notitie {number}")
    request = asked(family.by, family.first, "export")
    models = [found for found in declarations().values() if found.leads_to]
    with django_assert_max_num_queries(2 * len(models)):  # type: ignore[operator]
        work_on_request(request_id=request.pk)


def test_export_keeps_his_own_name_when_another_carries_a_part_of_it(family: Family) -> None:
    family.first.family_name = "Nachtegaal-Kwikstaart"
    family.first.save()
    text = _text(_collected(family))
    assert "Nachtegaal-Kwikstaart" in text
    assert "[iemand anders]-" not in text

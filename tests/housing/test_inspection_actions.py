"""Planning, tapping, signing, correcting, looking again."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.enums import Circle
from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.images import PhotoRefused
from arsenaal.lib.registries import Period
from cases.actions.block import join_block
from cases.actions.boundaries import RefusedByBoundaryError
from cases.actions.open_case import open_case
from cases.enums import Certainty
from cases.models import Case, TimelineEntry
from housing.actions.inspection_defects import (
    add_defect_photo,
    describe_defect,
    remove_defect,
    remove_defect_photo,
    set_defect,
)
from housing.actions.inspection_finish import correct_inspection, finish_inspection
from housing.actions.inspection_lists import add_norm, add_version, edit_item, load_inspection_lists
from housing.actions.inspection_rooms import add_room, remove_room, set_smoke_detectors
from housing.actions.inspections import (
    FACTS,
    CannotInspect,
    InspectionIsFrozen,
    announce_inspection,
    cancel_inspection,
    log_access_attempt,
    move_inspection,
    plan_inspection,
    set_facts,
)
from housing.actions.legal_status import CannotRecordStatus, record_legal_status
from housing.inspection_enums import Change, InspectionState, Outcome
from housing.inspection_reading import compare, defects_of
from housing.inspection_terms import planned
from housing.measures.inspections import category_three, days_to_repair, dwellings_inspected
from housing.models import (
    CaseBuilding,
    Defect,
    DefectPhoto,
    Inspection,
    LandlordContact,
    LegalStatus,
    ReportItem,
    ReportVersion,
)
from tests.cases.visits import picture, upload
from tests.factories import World
from tests.housing.factories import forbid_landlord, house, make_building, make_dwelling, make_landlord, own
from tests.housing.inspections import begin, item, note, plan, room, signed


@pytest.fixture
def dwelling(world: World) -> Any:
    """The dwelling where the family of the worker's case lives."""
    found = make_dwelling(world, make_building(world), "1")
    house(world, world.case, found)
    return found


@pytest.fixture
def inspector(world: World) -> Any:
    """Who inspects."""
    return world.housing_inspector


def entries(world: World) -> Any:
    return TimelineEntry.objects.filter(case=world.case, kind="housing.inspection").order_by("pk")


def test_plan_is_told_to_the_family_and_is_a_term(world: World, dwelling: Any, inspector: Any) -> None:
    inspection = plan(inspector, dwelling, scheduled_at=timezone.now() + dt.timedelta(days=3))
    assert entries(world).get().circle == Circle.SHARED
    today = timezone.localdate()
    found = planned([world.case.pk, world.other_case.pk], today + dt.timedelta(days=5))
    assert [(term.case_id, term.due_on) for term in found] == [(world.case.pk, today + dt.timedelta(days=3))]
    assert planned([world.case.pk], today) == []
    cancel_inspection(by=inspector, inspection=inspection, reason="ziek")
    assert planned([world.case.pk], today + dt.timedelta(days=5)) == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("day", {"scheduled_at": timezone.now() + dt.timedelta(days=4000)}),
        ("day", {"scheduled_at": timezone.now() - dt.timedelta(days=800)}),
        ("trigger", {"trigger": "zomaar"}),
        ("report_model", {"report_model": "kasteel"}),
    ],
)
def test_plan_refuses_what_cannot_be(dwelling: Any, inspector: Any, field: str, changes: Any) -> None:
    with pytest.raises(CannotInspect) as refused:
        plan(inspector, dwelling, **changes)
    assert refused.value.field == field


def test_plan_refuses_who_is_no_inspector(world: World, dwelling: Any, inspector: Any) -> None:
    load_inspection_lists()
    with pytest.raises(CannotInspect):
        plan_inspection(
            by=inspector,
            building=dwelling.building,
            dwelling=dwelling,
            scheduled_at=timezone.now(),
            inspector=world.lawyer,
            trigger="own",
        )


def test_version_of_the_day_of_the_inspection_is_used(world: World, dwelling: Any, inspector: Any) -> None:
    load_inspection_lists()
    today = timezone.localdate()
    add_version(
        by=world.administrator,
        report_model="dwelling",
        code="209901",
        valid_from=today + dt.timedelta(days=30),
        source="later",
        certainty="certain",
    )
    assert plan(inspector, dwelling).report_version.code == "202501"
    later = plan(inspector, dwelling, scheduled_at=timezone.now() + dt.timedelta(days=40))
    assert later.report_version.code == "209901"
    assert (
        later.report_version.items.count()
        == ReportVersion.objects.get(report_model="dwelling", code="202501").items.count()
    )


def test_tapping_again_changes_the_one_category(dwelling: Any, inspector: Any) -> None:
    inspection = plan(inspector, dwelling)
    living = room(inspector, inspection)
    sleeping = room(inspector, inspection, "Slaapkamer", kind="sleeping")
    note(inspector, inspection, "C-schimmel", "I", rooms=[living])
    defect = note(inspector, inspection, "C-schimmel", "III", rooms=[sleeping], note="zwart")
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.BUSY
    assert Defect.objects.get() == defect
    assert (defect.category, defect.note) == ("III", "zwart")
    assert set(defect.rooms.all()) == {living, sleeping}
    note(inspector, inspection, "C-schimmel", "II")
    assert Defect.objects.get().note == "zwart"


def test_database_holds_one_category_per_item(dwelling: Any, inspector: Any) -> None:
    inspection = begin(inspector, dwelling)
    first = note(inspector, inspection, "C-schimmel", "I")
    with pytest.raises(DatabaseError), transaction.atomic():
        Defect.objects.create(
            inspection=inspection,
            item=first.item,
            category="II",
            first_seen_on=timezone.localdate(),
            changed_by=inspector,
            changed_at=timezone.now(),
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportItem.objects.filter(pk=first.item_id).update(categories=["IV"])


def test_tap_refuses_a_category_the_item_cannot_have_and_strange_rooms(
    world: World, dwelling: Any, inspector: Any
) -> None:
    inspection = begin(inspector, dwelling)
    with pytest.raises(CannotInspect, match="enkel categorie III"):
        note(inspector, inspection, "C-co", "I")
    other = begin(inspector, make_dwelling(world, dwelling.building, "2"))
    with pytest.raises(CannotInspect):
        note(inspector, inspection, "C-schimmel", "I", rooms=[room(inspector, other)])
    of_room = begin(inspector, make_dwelling(world, dwelling.building, "3"), report_model="room")
    with pytest.raises(CannotInspect):
        set_defect(by=inspector, inspection=inspection, item=item(of_room, "D-wc"), category="I")


def test_signing_freezes_tells_and_leaves_the_legal_status(
    world: World, dwelling: Any, inspector: Any
) -> None:
    inspection = begin(inspector, dwelling)
    note(inspector, inspection, "C-co", "III")
    set_smoke_detectors(by=inspector, inspection=inspection, storeys={"gelijkvloers": False})
    done = finish_inspection(by=inspector, inspection=inspection, signed_name="W. Controleur")
    assert done.outcome == Outcome.UNINHABITABLE
    assert done.result["reasons"]
    assert done.result["occupancy"]["persons"] == "norm niet gekend"
    last = entries(world).last()
    assert last.circle == Circle.SHARED
    assert "III: Risico op CO-vergiftiging" in last.body
    assert "Geen werkende rookmelder" in last.body
    assert not LegalStatus.objects.exists()
    with pytest.raises(InspectionIsFrozen):
        note(inspector, done, "C-glas", "I")
    with pytest.raises(InspectionIsFrozen):
        finish_inspection(by=inspector, inspection=done, signed_name="nog eens")
    with pytest.raises(InspectionIsFrozen):
        remove_defect(by=inspector, inspection=done, item=item(done, "C-co"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE housing_inspection SET outcome = 'no_ground'",
        "DELETE FROM housing_inspection",
        "UPDATE housing_defect SET category = 'I'",
        "DELETE FROM housing_defect",
        "UPDATE housing_inspectionroom SET area = 99",
        "DELETE FROM housing_defect_rooms",
        "UPDATE housing_smokedetector SET is_working = true",
    ],
)
def test_database_refuses_to_change_a_signed_report(dwelling: Any, inspector: Any, statement: str) -> None:
    inspection = begin(inspector, dwelling)
    note(inspector, inspection, "C-schimmel", "II", rooms=[room(inspector, inspection)])
    set_smoke_detectors(by=inspector, inspection=inspection, storeys={"gelijkvloers": False})
    finish_inspection(by=inspector, inspection=inspection, signed_name="W")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)


def test_signing_asks_for_a_name_and_a_beginning(dwelling: Any, inspector: Any) -> None:
    inspection = plan(inspector, dwelling)
    with pytest.raises(CannotInspect):
        finish_inspection(by=inspector, inspection=inspection, signed_name="W")
    inspection = begin(inspector, dwelling)
    with pytest.raises(CannotInspect) as refused:
        finish_inspection(by=inspector, inspection=inspection, signed_name="  ")
    assert refused.value.field == "signed_name"


def test_correction_is_a_new_version_and_the_old_one_stays(
    world: World, dwelling: Any, inspector: Any
) -> None:
    old = begin(inspector, dwelling)
    defect = note(inspector, old, "C-schimmel", "II", rooms=[room(inspector, old)])
    add_defect_photo(by=inspector, defect=defect, upload=upload())
    old = finish_inspection(by=inspector, inspection=old, signed_name="W")
    with pytest.raises(CannotInspect):
        correct_inspection(by=inspector, inspection=old, reason=" ")
    new = correct_inspection(by=inspector, inspection=old, reason="Verkeerde categorie.")
    with pytest.raises(CannotInspect):
        correct_inspection(by=inspector, inspection=old, reason="Nog eens.")
    copied = new.defects.get()
    assert (copied.category, copied.rooms.get().name) == ("II", "Leefruimte")
    photo = copied.photos.get()
    remove_defect_photo(by=inspector, photo=photo)
    kept = DefectPhoto.objects.get(inspection=old)
    assert kept.file.storage.exists(kept.file.name)
    note(inspector, new, "C-schimmel", "I")
    assert list(Inspection.objects.finished()) == [old]
    new = finish_inspection(by=inspector, inspection=new, signed_name="W")
    assert (old.outcome, new.outcome, new.report_number) == (Outcome.UNFIT, Outcome.NO_GROUND, 2)
    assert list(Inspection.objects.finished()) == [new]
    assert entries(world).last().body.startswith("Verkeerde categorie.")


def test_looking_again_says_gone_worse_same_better_and_new(
    world: World, dwelling: Any, inspector: Any
) -> None:
    first = signed(
        inspector, dwelling, ("C-co", "III"), ("C-schimmel", "I"), ("C-glas", "I"), ("C-ramen", "II"),
        scheduled_at=timezone.now() - dt.timedelta(days=60),
    )  # fmt: skip
    again = begin(inspector, dwelling, previous=first, trigger="aftercare")
    note(inspector, again, "C-schimmel", "II")
    note(inspector, again, "C-glas", "I")
    note(inspector, again, "C-ramen", "I")
    note(inspector, again, "C-toilet", "I")
    again = finish_inspection(by=inspector, inspection=again, signed_name="W")
    rows = {row.item_name: row.change for row in compare(defects_of([first]), defects_of([again]))}
    assert list(rows.values()) == [Change.WORSE, Change.NEW, Change.SAME, Change.BETTER, Change.GONE]
    assert rows["Risico op CO-vergiftiging"] == Change.GONE
    assert [repair.defect.item.code for repair in again.repairs.all()] == ["C-co"]
    assert again.defects.get(item__code="C-schimmel").first_seen_on == first.defects.first().first_seen_on


def test_looking_again_works_over_versions_of_the_list(world: World, dwelling: Any, inspector: Any) -> None:
    first = signed(inspector, dwelling, ("C-co", "III"))
    today = timezone.localdate()
    add_version(
        by=world.administrator,
        report_model="dwelling",
        code="209901",
        valid_from=today,
        source="x",
        certainty="certain",
    )
    again = begin(inspector, dwelling, previous=first, scheduled_at=timezone.now())
    assert again.report_version.code == "209901"
    note(inspector, again, "C-co", "III")
    assert [row.change for row in compare(defects_of([first]), defects_of([again]))] == [Change.SAME]


def test_common_parts_count_in_each_dwelling_and_are_signed_first(
    world: World, dwelling: Any, inspector: Any
) -> None:
    common = begin(inspector, dwelling.building)
    note(inspector, common, "B-gas", "III")
    own = begin(inspector, dwelling)
    facts: dict[str, Any] = {name: getattr(own, name) for name in FACTS}
    set_facts(by=inspector, inspection=own, version=own.version, **{**facts, "common": common})
    with pytest.raises(CannotInspect, match="gemene delen"):
        finish_inspection(by=inspector, inspection=own, signed_name="W")
    finish_inspection(by=inspector, inspection=common, signed_name="W")
    done = finish_inspection(by=inspector, inspection=own, signed_name="W")
    assert done.outcome == Outcome.UNINHABITABLE
    elsewhere = begin(inspector, make_building(world, number="77"))
    other = begin(inspector, dwelling)
    with pytest.raises(CannotInspect):
        set_facts(by=inspector, inspection=other, version=other.version, **{**facts, "common": elsewhere})


def test_facts_are_not_overwritten_by_who_saw_them_earlier(dwelling: Any, inspector: Any) -> None:
    inspection = begin(inspector, dwelling)
    facts: dict[str, Any] = {name: getattr(inspection, name) for name in FACTS}
    set_facts(by=inspector, inspection=inspection, version=1, **{**facts, "present": "de huurder"})
    with pytest.raises(ChangedMeanwhileError):
        set_facts(by=inspector, inspection=inspection, version=1, **{**facts, "present": "niemand"})
    with pytest.raises(ChangedMeanwhileError):
        move_inspection(
            by=inspector, inspection=inspection, scheduled_at=timezone.now(), inspector=inspector, version=1
        )


def test_attempt_keeps_who_and_moves_the_inspection(world: World, dwelling: Any, inspector: Any) -> None:
    inspection = plan(inspector, dwelling)
    next_time = timezone.now() + dt.timedelta(days=7)
    with pytest.raises(CannotInspect) as refused:
        log_access_attempt(by=inspector, inspection=inspection, at=timezone.now(), result="refused")
    assert refused.value.field == "spoken_with"
    with pytest.raises(CannotInspect) as refused:
        log_access_attempt(
            by=inspector,
            inspection=inspection,
            at=timezone.now(),
            result="nobody",
            proposed_at=timezone.now() - dt.timedelta(days=1),
        )
    assert refused.value.field == "proposed_at"
    log_access_attempt(
        by=inspector,
        inspection=inspection,
        at=timezone.now(),
        result="refused",
        spoken_with="de broer",
        note="Te druk.",
        proposed_at=next_time,
    )
    inspection.refresh_from_db()
    assert (inspection.scheduled_at, inspection.state) == (next_time, InspectionState.PLANNED)
    assert entries(world).last().circle == Circle.ENFORCEMENT
    with pytest.raises(DatabaseError), transaction.atomic():
        inspection.attempts.update(proposed_at=timezone.now() - dt.timedelta(days=3))


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 50, picture()[:300], b"%PDF-1.7"]
)
def test_photo_that_is_none_is_refused(dwelling: Any, inspector: Any, content: bytes) -> None:
    defect = note(inspector, begin(inspector, dwelling), "C-co", "III")
    with pytest.raises(PhotoRefused):
        add_defect_photo(by=inspector, defect=defect, upload=upload(content))
    assert not DefectPhoto.objects.exists()


def test_photo_twice_is_one_and_goes_with_its_defect(
    dwelling: Any, inspector: Any, django_capture_on_commit_callbacks: Any
) -> None:
    inspection = begin(inspector, dwelling)
    defect = note(inspector, inspection, "C-co", "III")
    photo = add_defect_photo(by=inspector, defect=defect, upload=upload())
    assert add_defect_photo(by=inspector, defect=defect, upload=upload()) == photo
    with django_capture_on_commit_callbacks(execute=True):
        remove_defect(by=inspector, inspection=inspection, item=defect.item)
    assert not photo.file.storage.exists(photo.file.name)
    remove_defect(by=inspector, inspection=inspection, item=defect.item)


def test_words_of_a_defect_and_its_rooms(dwelling: Any, inspector: Any) -> None:
    inspection = begin(inspector, dwelling)
    living, cellar = room(inspector, inspection), room(inspector, inspection, "Kelder", kind="cellar")
    defect = note(inspector, inspection, "C-schimmel", "I", rooms=[living])
    describe_defect(by=inspector, defect=defect, note="‏مرحبا 🦔 <b>", rooms=[cellar])
    defect.refresh_from_db()
    assert (defect.note, list(defect.rooms.all())) == ("‏مرحبا 🦔 <b>", [cellar])
    with pytest.raises(CannotInspect):
        remove_room(by=inspector, room=cellar)
    remove_room(by=inspector, room=living)


def test_room_with_the_same_name_or_mad_measures_is_refused(dwelling: Any, inspector: Any) -> None:
    inspection = begin(inspector, dwelling)
    made = room(inspector, inspection)
    assert add_room(by=inspector, inspection=inspection, name="x", kind="living", uuid=made.uuid) == made
    for changes in (
        {},
        {"name": " "},
        {"name": "y", "kind": "troon"},
        {"name": "z", "area": 10**9},
        {"name": "q", "height": 3},
    ):
        with pytest.raises(CannotInspect):
            room(inspector, inspection, **{"name": "Leefruimte", **changes})


def test_item_in_signed_reports_keeps_its_name(world: World, dwelling: Any, inspector: Any) -> None:
    done = signed(inspector, dwelling, ("C-co", "III"))
    row = item(done, "C-co")
    fields = {
        name: getattr(row, name)
        for name in ("official_code", "part", "group", "help", "categories", "certainty", "source")
    }
    with pytest.raises(Exception, match="getekende verslagen"):
        edit_item(by=world.administrator, item=row, version=1, is_active=True, name="Iets anders", **fields)
    edit_item(by=world.administrator, item=row, version=1, is_active=False, name=row.name, **fields)
    assert load_inspection_lists() == 0


def test_filled_table_gives_the_number_of_persons(world: World, dwelling: Any, inspector: Any) -> None:
    for measure, at_least, persons in (("area", 18, 2), ("rooms", 1, 3)):
        add_norm(
            by=world.administrator,
            measure=measure,
            at_least=at_least,
            persons=persons,
            valid_from=dt.date(2021, 1, 1),
            source="proef",
            certainty=Certainty.TO_CONFIRM,
        )
    inspection = begin(inspector, dwelling)
    room(inspector, inspection)
    facts: dict[str, Any] = {name: getattr(inspection, name) for name in FACTS}
    inspection = set_facts(by=inspector, inspection=inspection, version=1, **{**facts, "persons_living": 3})
    done = finish_inspection(by=inspector, inspection=inspection, signed_name="W")
    occupancy = done.result["occupancy"]
    assert (occupancy["persons"], occupancy["is_overcrowded"], occupancy["is_table_sure"]) == (
        "2",
        True,
        False,
    )


def test_legal_status_is_a_history_that_only_a_decision_writes(world: World, dwelling: Any) -> None:
    today = timezone.localdate()
    wanted = {
        "by": world.lawyer,
        "dwelling": dwelling,
        "source": "Besluit 12",
        "decided_on": today - dt.timedelta(days=3),
    }
    row = record_legal_status(status="both", **wanted)
    assert record_legal_status(status="both", **wanted) == row
    lifted = record_legal_status(
        by=world.lawyer, dwelling=dwelling, status="none", decided_on=today, source="Opheffing 13"
    )
    assert list(LegalStatus.objects.on(today - dt.timedelta(days=1))) == [row]
    assert list(LegalStatus.objects.on(today)) == [lifted]
    assert TimelineEntry.objects.filter(case=world.case, kind="housing.legal_status").count() == 2
    for changes in ({"status": "stuk"}, {"decided_on": today + dt.timedelta(days=2)}, {"source": " "}):
        with pytest.raises(CannotRecordStatus):
            record_legal_status(**{"status": "unfit", **wanted, **changes})


def test_measures_count_dwellings_dangers_and_days(world: World, dwelling: Any, inspector: Any) -> None:
    first = signed(
        inspector,
        dwelling,
        ("C-co", "III"),
        ("C-gaslek", "III"),
        scheduled_at=timezone.now() - dt.timedelta(days=20),
    )
    again = begin(inspector, dwelling, previous=first)
    note(inspector, again, "C-gaslek", "III")
    finish_inspection(by=inspector, inspection=again, signed_name="W")
    today = timezone.localdate()
    period = Period(today - dt.timedelta(days=30), today)
    inspected = dwellings_inspected(world.neighbourhood.pk, period)
    assert (inspected.count, inspected.parts["ongeschikt én onbewoonbaar"]) == (1, 1)
    dangers = category_three(world.neighbourhood.pk, period)
    assert (dangers.count, dangers.parts) == (2, {"weg bij heronderzoek": 1, "nog niet weg": 1})
    assert days_to_repair(world.neighbourhood.pk, period).count == 1
    assert dwellings_inspected(world.elsewhere.pk, period).count == 0


@pytest.mark.django_db(transaction=True)
def test_taps_at_the_same_moment_leave_one_defect(transactional_db: None) -> None:
    world = World.build()
    dwelling = make_dwelling(world, make_building(world), "1")
    inspector = world.housing_inspector
    inspection = begin(inspector, dwelling)
    wanted = item(inspection, "C-schimmel")
    failed: list[BaseException] = []
    start = threading.Barrier(6)

    def tap(category: str) -> None:
        try:
            start.wait()
            set_defect(by=inspector, inspection=inspection, item=wanted, category=category)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    taps = [threading.Thread(target=tap, args=(category,)) for category in ("I", "II", "III") * 2]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert not failed
    assert Defect.objects.filter(inspection=inspection).count() == 1


def test_announcing_common_parts_is_stopped_by_any_family_of_the_building(world: World, case: Case) -> None:
    building = make_building(world)
    own(world, flat := make_dwelling(world, building, "1"), landlord := make_landlord(world))
    house(world, case, flat)
    open_case(by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.lawyer, title="Blok")
    join_block(by=world.coordinator, case=case, parent=Case.objects.get(title="Blok"))
    CaseBuilding.objects.create(
        case=Case.objects.get(title="Blok"), building=building, linked_by=world.coordinator
    )
    inspection = plan(world.housing_inspector, building)
    forbid_landlord(case)
    with pytest.raises(RefusedByBoundaryError):
        announce_inspection(
            by=world.housing_inspector,
            inspection=inspection,
            landlord=landlord,
            channel="phone",
            summary="We komen langs.",
        )
    assert not LandlordContact.objects.exists()

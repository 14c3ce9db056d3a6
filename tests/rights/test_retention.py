"""What may go by the rules, two people who approve it, and a destruction that happens once."""

import datetime as dt

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection, transaction
from django.utils import timezone

from arsenaal.lib.registries import RetentionHold, retention_holds
from cases.models import Case, HelpRequest, RadarEntry, TimelineEntry, VisitPhoto
from people.models import Person
from rights.actions.destroy import destroy_list
from rights.actions.holds import hold_case, lift_hold
from rights.actions.lists import CannotMakeList, approve_list, make_list, take_out, withdraw_list
from rights.actions.rules import CannotChangeRule, change_rule, load_usual_rules
from rights.engine.wall import destroy_case, destruction_statements
from rights.enums import ListState
from rights.models import DestructionLine, DestructionList, Export, RetentionRule, RightsRequest
from tests.factories import World, make_household
from tests.grid.scene import Scene
from tests.rights.conftest import Family, approved, asked, close, make_family, note

pytestmark = pytest.mark.django_db


def _list(world: World) -> DestructionList:
    return make_list(by=world.privacy_officer, neighbourhood=world.neighbourhood)


def _labels(wanted: DestructionList) -> set[str]:
    return set(wanted.lines.values_list("label", flat=True))


@pytest.fixture
def old(world: World, family: Family, rules: list[RetentionRule]) -> Family:
    """A case that was closed eleven years ago."""
    close(family.case, world.coordinator)
    return family


def test_list_holds_what_is_beyond_its_term(world: World, old: Family) -> None:
    recent = make_family(world, "Boomklever")
    close(recent.case, world.coordinator, years_ago=9.9)
    assert _labels(_list(world)) == {old.case.number}


def test_list_is_empty_without_anything_due(world: World, rules: list[RetentionRule]) -> None:
    with pytest.raises(CannotMakeList, match="niets"):
        _list(world)


def test_list_never_holds_a_case_that_is_held(world: World, old: Family) -> None:
    hold = hold_case(by=world.coordinator, case=old.case, reason="Zaak bij de vrederechter")
    with pytest.raises(CannotMakeList):
        _list(world)
    lift_hold(by=world.coordinator, hold=hold)
    assert old.case.number in _labels(_list(world))


@pytest.mark.parametrize("kind", ["export", "restrict", "rectify"])
def test_list_never_holds_a_case_with_a_running_right(world: World, old: Family, kind: str) -> None:
    asked(world.coordinator, old.first, kind)
    with pytest.raises(CannotMakeList):
        _list(world)


def test_list_never_holds_a_case_with_a_procedure_elsewhere(
    world: World, old: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = RetentionHold("test.procedure", "procedure", lambda ids: set(ids))
    monkeypatch.setitem(retention_holds._items, hold.code, hold)
    with pytest.raises(CannotMakeList):
        _list(world)


def test_list_keeps_what_the_rule_keeps(world: World, old: Family) -> None:
    RetentionRule.objects.filter(category="case").update(destination="keep")
    with pytest.raises(CannotMakeList):
        _list(world)


def test_list_of_persons_without_case(world: World, family: Family, rules: list[RetentionRule]) -> None:
    household = make_household("Fuutmans", world.coordinator, world.neighbourhood)
    long_ago = timezone.now() - dt.timedelta(days=1000)
    Person.objects.update(created_at=long_ago)
    household.members.model.objects.update(created_at=long_ago)
    person = household.members.get().person
    wanted = approved(world, _list(world))
    assert _labels(wanted) == {f"P-{person.pk}"}
    assert destroy_list(list_id=wanted.pk) == 1
    assert not Person.objects.filter(pk=person.pk).exists()
    assert Person.objects.filter(pk=family.first.pk).exists()


def test_list_of_signals_that_led_nowhere(world: World, rules: list[RetentionRule]) -> None:
    long_ago = timezone.now() - dt.timedelta(days=600)
    signal = RadarEntry.objects.create(
        neighbourhood=world.neighbourhood,
        source="school",
        source_organisation=world.organisations["community"],
        reason="dwelling",
        worry="Koud",
        name="Roerdomp",
        review_on=long_ago.date(),
        state="closed",
        reported_by=world.coordinator,
        reported_at=long_ago,
        decided_by=world.coordinator,
        decided_at=long_ago,
        decision_reason="Opgelost",
    )
    wanted = approved(world, _list(world))
    assert destroy_list(list_id=wanted.pk) == 1
    assert not RadarEntry.objects.filter(pk=signal.pk).exists()


def test_list_two_people_approve_and_one_can_not_be_both(world: World, old: Family) -> None:
    wanted = _list(world)
    wanted = approve_list(by=world.privacy_officer, wanted=wanted, version=wanted.version)
    assert wanted.state == ListState.APPROVED_ONCE
    assert destroy_list(list_id=wanted.pk) == 0
    with pytest.raises(CannotMakeList, match="Iemand anders"):
        approve_list(by=world.privacy_officer, wanted=wanted, version=wanted.version)
    with pytest.raises(Error), transaction.atomic():
        DestructionList.objects.filter(pk=wanted.pk).update(
            state="running", second_by=world.privacy_officer, second_at=timezone.now()
        )
    wanted = approve_list(by=world.coordinator, wanted=wanted, version=wanted.version)
    assert wanted.state == ListState.RUNNING


def test_list_approved_by_nobody_who_may_not(world: World, old: Family) -> None:
    wanted = _list(world)
    for by in (world.lawyer, world.manager, world.outsider, world.administrator):
        with pytest.raises(CannotMakeList):
            approve_list(by=by, wanted=wanted, version=wanted.version)


def test_list_that_changed_after_it_was_shown_is_not_approved(world: World, old: Family) -> None:
    second = make_family(world, "Boomklever")
    close(second.case, world.coordinator)
    wanted = _list(world)
    shown = wanted.version
    wanted = approve_list(by=world.privacy_officer, wanted=wanted, version=shown)
    after_first = wanted.version
    take_out(by=world.coordinator, line=wanted.lines.get(label=second.case.number), reason="Nog nodig")
    wanted.refresh_from_db()
    assert wanted.state == ListState.DRAFT
    assert wanted.first_by is None
    with pytest.raises(CannotMakeList, match="veranderde"):
        approve_list(by=world.coordinator, wanted=wanted, version=after_first)


def test_list_line_is_taken_out_with_a_reason_before_it_is_approved(world: World, old: Family) -> None:
    wanted = _list(world)
    line = wanted.lines.get()
    with pytest.raises(CannotMakeList) as caught:
        take_out(by=world.coordinator, line=line, reason=" ")
    assert caught.value.field == "reason"
    approved(world, wanted)
    with pytest.raises(CannotMakeList):
        take_out(by=world.coordinator, line=line, reason="Te laat")


def test_withdrawn_list_destroys_nothing(world: World, old: Family) -> None:
    wanted = withdraw_list(by=world.privacy_officer, wanted=_list(world))
    assert destroy_list(list_id=wanted.pk) == 0
    assert Case.objects.filter(pk=old.case.pk).exists()


def test_destruction_takes_the_case_with_everything_in_it_and_nothing_else(world: World, old: Family) -> None:
    others = TimelineEntry.objects.exclude(case=old.case).count()
    wanted = approved(world, _list(world))
    assert destroy_list(list_id=wanted.pk) == 1
    assert not Case.objects.filter(pk=old.case.pk).exists()
    assert not TimelineEntry.objects.filter(case_id=old.case.pk).exists()
    assert TimelineEntry.objects.count() == others
    assert Person.objects.filter(pk=old.first.pk).exists()
    wanted.refresh_from_db()
    assert wanted.state == ListState.DONE
    assert destroy_list(list_id=wanted.pk) == 0


def test_destruction_of_a_case_with_one_of_everything() -> None:
    """The scene of the permission grid has a row in nearly every table: all of it goes, and nothing breaks."""
    scene = Scene.build(with_reports=False)
    world, case = scene.world, scene.places["own"].case
    withdraw_list(by=world.privacy_officer, wanted=scene.places["own"].going)
    Export.objects.all().delete()  # nobody of the family waits for an answer
    RightsRequest.objects.all().delete()
    load_usual_rules(by=world.privacy_officer, neighbourhood=world.neighbourhood)
    HelpRequest.objects.filter(case=case).update(step=scene.places["own"].step)
    Case.objects.filter(pk=case.pk).update(
        state="closed",
        closed_by=world.coordinator,
        closed_at=timezone.now() - dt.timedelta(days=4018),
        outcome="goal_reached",
    )
    wanted = approved(world, _list(world))
    assert destroy_list(list_id=wanted.pk) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing refers to what is gone
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert not Case.objects.filter(pk=case.pk).exists()


def test_destruction_certificate_names_nobody(world: World, old: Family) -> None:
    wanted = approved(world, _list(world))
    destroy_list(list_id=wanted.pk)
    wanted.refresh_from_db()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(wanted.certificate.open("rb")).pages)
    assert old.case.number in text
    assert wanted.digest[:20] in text.replace("\n", "")
    assert str(world.coordinator) in text
    assert str(world.privacy_officer) in text
    for name in ("Zebedeus", "Kwikstaart", "Ottoline"):
        assert name not in text
    assert len(wanted.certificate_sha256) == 64


def test_destruction_held_meanwhile_stays_and_is_said(world: World, old: Family) -> None:
    wanted = approved(world, _list(world))
    hold_case(by=world.coordinator, case=old.case, reason="Klacht")
    assert destroy_list(list_id=wanted.pk) == 0
    assert Case.objects.filter(pk=old.case.pk).exists()
    line = wanted.lines.get()
    assert line.destroyed_at is None
    assert line.blocked_reason
    wanted.refresh_from_db()
    assert wanted.state == ListState.DONE


def test_destruction_stopped_half_way_goes_on_where_it_was(
    world: World, old: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies after the first of three lines; what is gone stays gone, the rest goes later, each once."""
    for name in ("Boomklever", "Roerdomp"):
        close(make_family(world, name).case, world.coordinator)
    wanted = approved(world, _list(world))
    from rights.actions import destroy

    real, calls = destroy._destroy_line, []

    class Killed(BaseException):
        pass

    def dies_at_second(line_id: int, now: dt.datetime) -> bool:
        calls.append(line_id)
        if len(calls) == 2:
            raise Killed
        return real(line_id, now)

    with monkeypatch.context() as patch:
        patch.setattr(destroy, "_destroy_line", dies_at_second)
        with pytest.raises(Killed):
            destroy_list(list_id=wanted.pk)
    assert wanted.lines.filter(destroyed_at__isnull=False).count() == 1
    wanted.refresh_from_db()
    assert wanted.state == ListState.RUNNING
    assert destroy_list(list_id=wanted.pk) == 2
    wanted.refresh_from_db()
    assert wanted.state == ListState.DONE
    assert wanted.lines.filter(destroyed_at__isnull=True).count() == 0


def test_destruction_deletes_files_also_when_killed_before_it_came_to_them(
    world: World, old: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [default_storage.save(f"visits/x-{n}.jpg", ContentFile(b"x")) for n in range(2)]
    VisitPhoto.objects.create(
        case=old.case,
        visit_uuid="0b0b0b0b-0000-4000-8000-000000000001",
        file=names[0],
        thumbnail=names[1],
        source_digest="d",
        width=1,
        height=1,
        added_by=world.coordinator,
    )
    wanted = approved(world, _list(world))
    from rights.actions import destroy

    with monkeypatch.context() as patch:
        patch.setattr(destroy, "forget_files", lambda files: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            destroy_list(list_id=wanted.pk)
    assert set(wanted.lines.get().files) == set(names)
    destroy_list(list_id=wanted.pk)
    assert wanted.lines.get().files == []
    assert not any(default_storage.exists(name) for name in names)


# --- the wall in the database ------------------------------------------------------------------------------------


_REFUSALS = (
    "append-only",
    "kept",
    "was approved",
    "nothing is added",
    "must be owner",
    "unapproved",
    "denied",
)


def _refused(statement: str, *parameters: object) -> bool:
    """Tell whether the database refuses it, and for a reason of ours."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
    except Error as error:
        return any(reason in str(error) for reason in _REFUSALS)
    return False


def test_wall_refuses_every_line_that_is_not_approved(world: World, old: Family) -> None:
    wanted = _list(world)
    line = wanted.lines.get()
    for state in ("draft", "approved1"):
        with pytest.raises(Error, match="not approved"), transaction.atomic():
            destroy_case(line.pk)
        if state == "draft":
            approve_list(by=world.coordinator, wanted=wanted, version=wanted.version)
    with pytest.raises(Error, match="not about a case"), transaction.atomic():
        destroy_case(10**12)
    assert TimelineEntry.objects.filter(case=old.case).exists()


def test_wall_refuses_a_case_of_which_the_term_is_not_over(world: World, old: Family) -> None:
    wanted = approved(world, _list(world))
    line = wanted.lines.get()
    Case.objects.filter(pk=old.case.pk).update(closed_at=timezone.now())
    with pytest.raises(Error, match="term is not over"), transaction.atomic():
        destroy_case(line.pk)
    assert Case.objects.filter(pk=old.case.pk).exists()


def test_wall_refuses_a_held_case(world: World, old: Family) -> None:
    wanted = approved(world, _list(world))
    hold_case(by=world.coordinator, case=old.case, reason="Klacht")
    with pytest.raises(Error, match="is held"), transaction.atomic():
        destroy_case(wanted.lines.get().pk)


def test_wall_refuses_sql_of_the_application(world: World, old: Family) -> None:
    """Neither the timeline, nor an approved list, nor the function itself can be touched by arbitrary SQL."""
    wanted = approved(world, _list(world))
    entry = TimelineEntry.objects.filter(case=old.case).first()
    assert entry is not None
    assert _refused("DELETE FROM cases_timelineentry WHERE id = %s", entry.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('arsenaal.destroying', %s, true)", [str(old.case.pk)])
        assert _refused("DELETE FROM cases_timelineentry WHERE id = %s", entry.pk)
    assert _refused("DELETE FROM rights_destructionline WHERE destruction_list_id = %s", wanted.pk)
    assert _refused("DELETE FROM rights_destructionlist WHERE id = %s", wanted.pk)
    assert _refused("UPDATE rights_destructionline SET subject_id = %s", world.case.pk)
    assert _refused("UPDATE rights_destructionlist SET digest = 'x' WHERE id = %s", wanted.pk)
    assert _refused(
        "INSERT INTO rights_destructionline (destruction_list_id, rule_id, category, subject_id, label,"
        " counted_from_on, due_on, taken_out_reason, blocked_reason, files)"
        " SELECT destruction_list_id, rule_id, category, %s, %s, counted_from_on, due_on, '', '', '[]'"
        " FROM rights_destructionline LIMIT 1",
        world.case.pk,
        world.case.number,
    )
    assert _refused("ALTER TABLE cases_timelineentry DISABLE TRIGGER ALL")
    assert _refused("DROP FUNCTION rights_destroy_case(bigint)")
    assert _refused(
        "CREATE OR REPLACE FUNCTION rights_destroy_case(line bigint) RETURNS void LANGUAGE sql AS ''"
    )
    columns = [field.column for field in DestructionList._meta.local_fields if not field.primary_key]
    listed = ", ".join(f'"{column}"' for column in columns)
    copied = f"INSERT INTO rights_destructionlist ({listed}) SELECT {listed} FROM rights_destructionlist"  # noqa: S608
    assert _refused(copied)


def test_wall_a_line_put_on_a_list_between_the_approvals_stops_the_second(world: World, old: Family) -> None:
    """Somebody who writes past the program can't slip a case onto a list that one person approved."""
    wanted = _list(world)
    wanted = approve_list(by=world.coordinator, wanted=wanted, version=wanted.version)
    line = wanted.lines.get()
    assert _refused("UPDATE rights_destructionline SET label = 'X' WHERE id = %s", line.pk)
    DestructionLine.objects.filter(pk=line.pk).update(
        taken_out_by=world.coordinator, taken_out_at=timezone.now(), taken_out_reason="stiekem"
    )
    with pytest.raises((Error, CannotMakeList)), transaction.atomic():
        approve_list(by=world.privacy_officer, wanted=wanted, version=wanted.version)


def test_wall_is_written_from_the_declarations() -> None:
    """Every table with rows of a case is in it, the case itself last; nothing that refers to a case is forgotten."""
    statements = destruction_statements()
    deletes = [statement for statement in statements if statement.startswith("DELETE")]
    assert deletes[-1].startswith('DELETE FROM "cases_case"')
    for table in ("cases_timelineentry", "cases_visit_visitors", "cases_decision", "housing_casebuilding"):
        assert any(f'"{table}"' in statement.split("WHERE")[0] for statement in deletes)


# --- rules -------------------------------------------------------------------------------------------------------


def test_rule_changed_is_a_new_version_and_the_old_one_stays(
    world: World, rules: list[RetentionRule]
) -> None:
    rule = rules[0]
    day = timezone.localdate() + dt.timedelta(days=10)
    fields = {
        "name": "X",
        "months": 60,
        "ground": "beslissing",
        "destination": "sample",
        "certainty": "approved",
    }
    new = change_rule(by=world.privacy_officer, rule=rule, from_on=day, **fields)
    rule.refresh_from_db()
    assert rule.until_on == day - dt.timedelta(days=1)
    assert new.from_on == day
    with pytest.raises(CannotChangeRule, match="intussen"):
        change_rule(by=world.privacy_officer, rule=rule, from_on=day, **fields)
    with pytest.raises(CannotChangeRule) as caught:
        change_rule(by=world.privacy_officer, rule=new, from_on=day, **fields)
    assert caught.value.field == "from_on"
    with pytest.raises(CannotChangeRule):
        change_rule(by=world.coordinator, rule=new, from_on=day + dt.timedelta(days=1), **fields)


def test_rules_start_to_be_confirmed(rules: list[RetentionRule]) -> None:
    assert {rule.certainty for rule in rules} == {"to_confirm"}


def test_list_is_made_by_who_sets_the_rules(world: World, old: Family) -> None:
    with pytest.raises(CannotMakeList):
        make_list(by=world.coordinator, neighbourhood=world.neighbourhood)
    _list(world)
    with pytest.raises(CannotMakeList, match="in behandeling"):
        _list(world)


def test_note_in_other_case_is_untouched(world: World, old: Family) -> None:
    entry = note(world.coordinator, world.other_case, "Blijft.")
    destroy_list(list_id=approved(world, _list(world)).pk)
    entry.refresh_from_db()
    assert entry.body == "Blijft."

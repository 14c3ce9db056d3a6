"""The second wall: whatever SQL runs on the program's connection, it meets only what the acting user may read."""

import datetime as dt
import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, models, transaction
from django.utils import timezone

from accounts.models import User
from accounts.wall import PACKAGES, acting_as, figures_columns, figures_only, walls
from arsenaal.lib.privacy import Kind, class_of
from arsenaal.lib.wall import (
    SETTING,
    acting,
    stamp,
)
from cases.actions.change_trust import change_trust
from cases.actions.set_team import set_team
from cases.actions.visit_drafts import save_draft
from cases.actions.write_note import write_note
from cases.models import Case, Document, EntryEnvelope, TimelineEntry, Visit, VisitPhoto
from cases.perms import can_see_photo, documents_open_to, open_to, sees_team_work
from housing.models import (
    AccessAttempt,
    DwellingProcedure,
    Inspection,
    InspectionNote,
    RehousingMember,
    RehousingPlan,
)
from people.models import HouseholdMember
from tests.cases.visits import log
from tests.factories import World
from tests.grid.scene import Scene
from tests.grid.standing import standing_scene

WALLED = sorted(walls(), key=lambda model: model._meta.label)
STORIES = [
    apps.get_model(package, one.model)
    for package in PACKAGES
    for one in (
        import_module(f"{package}.privacy").PRIVACY if list(apps.get_app_config(package).get_models()) else ()
    )
    if one.holds_stories
]


def label(model: type[models.Model]) -> str:
    """The name of a test for a model."""
    return model._meta.label


def rows(model: type[models.Model]) -> set[object]:
    """What the database shows of a table, asked with bare SQL."""
    assert model._meta.pk is not None
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"')  # noqa: S608 names of our own
        return {row[0] for row in cursor.fetchall()}


def _tell_more(scene: Scene) -> None:
    """What the other tests need no row of: stories in every circle, what was seen, a draft, trust that rose."""
    world = scene.world
    log(world.tenancy_lead, world.case, narrative="In de zorg", observations={"co_gas": 3})
    write_note(by=world.lawyer, case=world.case, body="Voor de jurist")
    write_note(by=world.housing_inspector, case=world.case, body="Voor de handhaving")
    write_note(
        by=world.community_worker, case=world.other_case, body="Uit een dossier van een ander", circle="care"
    )
    save_draft(
        by=world.community_worker, case=world.case, visit_uuid=uuid.uuid4(), payload={"narrative": ["half"]}
    )
    inspector, now = world.housing_inspector, timezone.now()
    inspection = Inspection.objects.exclude(state="finished").earliest("pk")
    InspectionNote.objects.create(inspection=inspection, text="Voor mij alleen", by=inspector, written_at=now)
    AccessAttempt.objects.create(
        inspection=inspection, at=now, result="refused", note="Deur dicht", by=inspector
    )
    part = DwellingProcedure.objects.earliest("pk")
    member = HouseholdMember.objects.filter(household=world.case.household).earliest("pk")
    plan = RehousingPlan.objects.create(
        part=part, household=member.household, where_to="bij zijn zus", written_by=inspector
    )
    RehousingMember.objects.create(plan=plan, member=member, school="geen")
    change_trust(by=world.community_worker, case=world.case, to_stage=2, event="liet ons binnen")


_scene_once, scene = standing_scene(more=_tell_more)


@pytest.mark.parametrize("model", STORIES, ids=label)
def test_every_table_with_a_story_is_behind_both_walls(model: type[models.Model]) -> None:
    assert model in walls(), f"{model._meta.label} holds stories: say in walls.py who may meet its rows"


@pytest.mark.parametrize("model", WALLED, ids=label)
def test_wall_stands_in_the_database(model: type[models.Model], db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, pg_get_userbyid(relowner) FROM pg_class WHERE oid = %s::regclass",
            [model._meta.db_table],
        )
        is_on, owner = cursor.fetchone()
        cursor.execute("SELECT cmd FROM pg_policies WHERE tablename = %s", [model._meta.db_table])
        assert cursor.fetchall() == [("ALL",)]
    assert is_on
    assert owner != settings.DATABASE_APP_ROLE


@pytest.mark.parametrize("model", WALLED, ids=label)
def test_without_anybody_acting_no_row_is_met(model: type[models.Model], scene: Scene) -> None:
    assert rows(model), f"the scene has no {model._meta.label}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, '', true)", [SETTING])
    assert rows(model) == set()


@pytest.mark.parametrize(
    "forged",
    [
        "user|1|2026-01-01|2026-01-01T10:00:00+00:00",
        f"{'0' * 64}|user|1|2026-01-01|2026-01-01T10:00:00+00:00",
        f"{'0' * 64}|system|x|2026-01-01|2026-01-01T10:00:00+00:00",
        "system",
        "|",
    ],
)
def test_who_acts_cannot_be_made_up(forged: str, scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, forged])
    assert rows(Case) == set()


def test_a_signature_holds_for_its_own_words_alone(scene: Scene) -> None:
    told = stamp("user", str(scene.world.partner.pk), connection=connection)
    *_, process, until = told.split("|")
    for other in (
        told.replace("user|", "system|"),
        told.replace(f"|{scene.world.partner.pk}|", "|1|"),
        told.replace(f"|{process}|", f"|{int(process) + 1}|"),
        told.replace(until, f"{float(until) + 3600:.3f}"),
        told.removesuffix(f"|{process}|{until}"),
    ):
        assert other != told
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, other])
        assert rows(Case) == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, told])
    met = rows(Case)
    assert scene.world.case.pk in met
    assert scene.world.other_case.pk not in met


@pytest.mark.parametrize("name", ["key", "role_permission", "role_circle", "state"])
def test_program_cannot_read_or_write_what_the_wall_stands_on(name: str, db: None) -> None:
    for statement in (f"SELECT * FROM wall.{name}", f"DELETE FROM wall.{name}"):  # noqa: S608 names of our own
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "DROP POLICY second_wall ON cases_case",
        "CREATE FUNCTION public.peek(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "SET row_security = off; SELECT count(*) FROM cases_case",
        "SET ROLE arsenaal_owner",
    ],
)
def test_program_cannot_take_the_wall_down(statement: str, db: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _everybody(world: World) -> list[User]:
    return list(world.users.values())


@pytest.mark.parametrize("model", [m for m in WALLED if hasattr(m.objects, "visible_to")], ids=label)
def test_both_walls_show_the_same(model: type[models.Model], scene: Scene) -> None:
    """A row that the first wall hides is never met, and nothing is missing that the first wall shows."""
    for user in _everybody(scene.world):
        first = set(model.objects.visible_to(user).values_list("pk", flat=True))
        with acting_as(user):
            second = rows(model)
        if model is Visit:  # that a block was visited is met through its shared entry
            assert first <= second
            continue
        assert second == first, f"{user.username}: {model._meta.label}"


def test_entries_are_met_as_the_rule_of_the_circles_says(scene: Scene) -> None:
    for user in _everybody(scene.world):
        allowed: set[object] = set()
        for case in Case.objects.visible_to(user):
            allowed |= set(case.entries.filter(open_to(user, case)).values_list("pk", flat=True))
            if case.parent_id and sees_team_work(user, case):
                shared = TimelineEntry.objects.filter(case_id=case.parent_id, circle="shared")
                allowed |= set(shared.values_list("pk", flat=True))
        with acting_as(user):
            assert rows(TimelineEntry) == allowed, user.username


def test_that_something_happened_is_met_by_the_whole_team(scene: Scene) -> None:
    for user in _everybody(scene.world):
        cases = Case.objects.visible_to(user).values("pk")
        own = set(EntryEnvelope.objects.filter(case__in=cases).values_list("pk", flat=True))
        with acting_as(user):
            met = set(EntryEnvelope.objects.filter(case__in=cases).values_list("pk", flat=True))
            closed = rows(EntryEnvelope) - rows(TimelineEntry)
        assert met == own
        if user == scene.world.housing_inspector:
            assert closed, "the inspector should meet closed envelopes"


def test_documents_are_met_as_the_first_wall_says(scene: Scene) -> None:
    for user in _everybody(scene.world):
        allowed: set[object] = set()
        for case in Case.objects.visible_to(user):
            allowed |= set(case.documents.filter(documents_open_to(user, case)).values_list("pk", flat=True))
        with acting_as(user):
            assert rows(Document) == allowed, user.username


def test_photos_are_met_as_the_first_wall_says(scene: Scene) -> None:
    for user in _everybody(scene.world):
        allowed = {photo.pk for photo in VisitPhoto.objects.all() if can_see_photo(user, photo)}
        with acting_as(user):
            assert rows(VisitPhoto) == allowed, user.username


def test_words_follow_the_entry_of_their_visit(scene: Scene) -> None:
    for user in _everybody(scene.world):
        with acting_as(user):
            entries = rows(TimelineEntry)
            words = set(Visit.objects.filter(words__isnull=False).values_list("entry_id", flat=True))
        assert words <= entries, user.username


def test_who_leaves_a_team_meets_nothing_from_that_day(scene: Scene) -> None:
    case, worker = scene.world.case, scene.world.youth_coach
    set_team(by=scene.world.coordinator, case=case, add=[worker])
    with acting_as(worker):
        assert case.pk in rows(Case)
    case.members.filter(user=worker).update(
        from_on=timezone.localdate() - dt.timedelta(days=9),
        until_on=timezone.localdate() - dt.timedelta(days=1),
    )
    with acting_as(worker):
        assert case.pk not in rows(Case)


# --- counting -------------------------------------------------------------------------------------------------------


def _columns() -> list[tuple[type[models.Model], str, str]]:
    found = []
    for package in PACKAGES:
        for model in apps.get_app_config(package).get_models(include_auto_created=True):
            declared = {
                name: field_class
                for one in import_module(f"{package}.privacy").PRIVACY
                for name, field_class in one.items()
            }
            for field in model._meta.local_fields:
                kind = class_of(field, declared)
                is_words = (
                    isinstance(field, models.CharField | models.TextField | models.JSONField)
                    and not field.choices
                )
                if kind is not None and (
                    kind.kind == Kind.SENSITIVE or (kind.kind == Kind.PERSONAL and is_words)
                ):
                    found.append((model, field.column, kind.kind))
    return found


def test_counting_has_no_right_on_any_column_with_words(db: None) -> None:
    role = settings.DATABASE_FIGURES_ROLE
    columns = _columns()
    assert len(columns) > 50
    with connection.cursor() as cursor:
        for model, column, _kind in columns:
            cursor.execute(
                "SELECT has_column_privilege(%s, %s, %s, 'SELECT')", [role, model._meta.db_table, column]
            )
            assert not cursor.fetchone()[0], f"{role} may read {model._meta.db_table}.{column}"
            assert column not in figures_columns(model)


def test_counting_reads_all_rows_and_no_word(scene: Scene) -> None:
    with figures_only():
        assert Case.objects.count() >= 3
        assert TimelineEntry.objects.filter(circle="care").count()
        with pytest.raises(ProgrammingError), transaction.atomic():
            list(TimelineEntry.objects.values_list("body"))
        with pytest.raises(ProgrammingError), transaction.atomic():
            list(Case.objects.values_list("title"))
    assert list(TimelineEntry.objects.values_list("body")[:1])


def test_taking_on_the_counting_role_shows_a_user_nothing_more(scene: Scene) -> None:
    with acting_as(scene.world.partner), connection.cursor() as cursor:
        before = rows(Case)
        cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_FIGURES_ROLE}")
        assert rows(Case) == before
        cursor.execute("RESET ROLE")


def test_counting_writes_nothing(scene: Scene) -> None:
    with figures_only(), pytest.raises(ProgrammingError), transaction.atomic():
        Case.objects.update(trust_stage=5)


# --- around it ------------------------------------------------------------------------------------------------------


def test_an_envelope_is_written_with_its_entry_alone(scene: Scene) -> None:
    envelope = EntryEnvelope.objects.first()
    assert envelope is not None
    for statement in (
        "UPDATE cases_entryenvelope SET circle = 'shared'",
        "DELETE FROM cases_entryenvelope",
        "INSERT INTO cases_entryenvelope SELECT * FROM cases_entryenvelope LIMIT 1",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_every_entry_has_its_envelope(scene: Scene) -> None:
    names = ("pk", "case_id", "kind", "circle", "occurred_at", "author_id", "redacted_at", "supersedes_id")
    assert sorted(TimelineEntry.objects.values_list(*names)) == sorted(
        EntryEnvelope.objects.values_list(*names)
    )


def test_stamp_of_an_unknown_kind_is_nobody_special(scene: Scene) -> None:
    with acting("visitor", "1"):
        assert rows(Case) == set()

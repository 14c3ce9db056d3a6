"""Erasing a person: two people, the number typed over, and no name left anywhere."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.actions.plan import add_step
from cases.actions.review import add_case_to_agenda, close_review, decide, start_review
from cases.actions.tasks import add_task
from cases.models import TimelineEntry
from people.models import HouseholdMember, Person
from rights.actions.ask import CannotAsk, expected_number
from rights.actions.decide import CannotDecide, agree, refuse
from rights.actions.work import work_on_request
from rights.enums import RequestState
from rights.models import ExportPart, RightsRequest
from tests.factories import World, make_household
from tests.rights.conftest import FIRST, SECOND, Family, asked, consent, note


def _tables() -> list[tuple[str, str]]:
    """Every column of text, JSON or text[] of every table of the program, as the database knows them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY')"
        )
        return list(cursor.fetchall())


def _found(words: list[str]) -> list[str]:
    """Return the columns in which one of the words still stands."""
    found = []
    with connection.cursor() as cursor:
        for table, column in _tables():
            for word in words:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s',  # noqa: S608
                    [f"%{word}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}: {word}")
    return found


def _erased(world: World, person: Person, **more: object) -> RightsRequest:
    request = asked(world.coordinator, person, "erase", **more)
    agree(by=world.privacy_officer, request=request, number=expected_number(person))
    assert work_on_request(request_id=request.pk)
    request.refresh_from_db()
    return request


def _plant(world: World, family: Family) -> None:
    """Write the name wherever somebody could."""
    by, case, day = family.by, family.case, timezone.localdate()
    note(world.lawyer, case, f"{FIRST} Kwikstaart tekende het contract.", "legal")
    note(by, world.other_case, f"De buur, {FIRST} Kwikstaart, klaagt.")
    note(by, case, f"{FIRST.upper()} belt niet terug.")
    add_step(by=by, case=case, title=f"Brief voor {FIRST}", assignee=by, due_on=day)
    add_task(by=by, case=case, title=f"{FIRST}s huurcontract opvragen", assignee=by, due_on=day)
    consent(family, family.first, world, f"Zodat {FIRST} kan verhuizen")
    asked(by, family.first, "rectify", subject=f"{FIRST} heet anders.", asked_by=f"{FIRST} zelf")
    assert work_on_request(request_id=asked(by, family.first, "export").pk)
    review = start_review(by=by, neighbourhood=world.neighbourhood)
    item = review.items.filter(case=case).first() or add_case_to_agenda(by=by, review=review, case=case)
    decide(by=by, item=item, text=f"{FIRST} opbellen", assignee=by, due_on=day)
    close_review(by=by, review=review)


def test_erase_leaves_no_name_in_any_text_column_of_any_table(world: World, family: Family) -> None:
    _plant(world, family)
    words = [FIRST, "Kwikstaart", "0470 99 88 77", "Bel na vijf uur"]
    assert len(_found(words)) >= 8
    _erased(world, family.first)
    assert _found(words) == []


def test_erase_keeps_what_happened_and_the_other(world: World, family: Family) -> None:
    note(family.by, family.case, "De verwarming is hersteld.")
    entries = TimelineEntry.objects.filter(case=family.case).count()
    request = _erased(world, family.first)
    assert request.state == RequestState.DONE
    person = Person.objects.get(pk=family.first.pk)
    assert str(person) == f"Persoon {person.pk}"
    assert (person.born_on, person.phone, person.reach_note, person.languages) == (None, "", "", [])
    assert person.erased_at is not None
    assert TimelineEntry.objects.filter(case=family.case).count() >= entries
    assert TimelineEntry.objects.filter(case=family.case, body="De verwarming is hersteld.").exists()
    assert Person.objects.get(pk=family.second.pk).given_name == SECOND
    family.case.refresh_from_db()
    assert family.case.title == f"Dossier {family.case.number}"


def test_erase_makes_the_search_index_again(world: World, family: Family) -> None:
    _erased(world, family.first)
    assert not Person.objects.all().like_name(f"{FIRST} Kwikstaart").exists()
    assert not type(family.case).objects.all().like_name("Kwikstaart").exists()
    assert not type(family.household).objects.all().like_name("Kwikstaart").exists()


def test_erase_with_all_words_takes_every_story(world: World, family: Family) -> None:
    note(world.tenancy_lead, family.case, "De verwarming is hersteld.", "care")
    _erased(world, family.first, all_words=True)
    left = TimelineEntry.objects.filter(case=family.case, redacted_at__isnull=True)
    assert not left.exclude(body="").filter(kind="cases.note").exists()


def test_erase_deletes_who_has_no_case(world: World) -> None:
    household = make_household("Fuutmans", world.coordinator, world.neighbourhood)
    person = household.members.get().person
    assert expected_number(person) == f"P-{person.pk}"
    request = _erased(world, person)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not HouseholdMember.objects.filter(household=household.pk).exists()
    assert not type(household).objects.filter(pk=household.pk).exists()
    assert request.person_id is None
    assert _found(["Fuutmans"]) == []


def test_erase_needs_the_number_of_the_case(family: Family) -> None:
    with pytest.raises(CannotAsk) as caught:
        asked(family.by, family.first, "erase", number="ARS-2026-9999")
    assert caught.value.field == "number"
    assert asked(family.by, family.first, "erase", number=family.case.number.lower()).pk


def test_erase_is_never_approved_by_who_asked(world: World, family: Family) -> None:
    """Also not when he has both roles, and the database refuses it as well."""
    from accounts.models import Membership

    Membership.objects.create(
        user=world.coordinator,
        neighbourhood=world.neighbourhood,
        role="privacy_officer",
        from_on="2020-01-01",
    )
    both = type(world.coordinator).objects.get(pk=world.coordinator.pk)
    request = asked(both, family.first, "erase")
    with pytest.raises(CannotDecide, match="Jij vroeg dit zelf"):
        agree(by=both, request=request, number=family.case.number)
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsRequest.objects.filter(pk=request.pk).update(
            state="erasing", decided_by=both, decided_at=timezone.now()
        )
    with pytest.raises(CannotDecide):
        agree(by=world.lawyer, request=request, number=family.case.number)
    with pytest.raises(CannotDecide):
        agree(by=world.privacy_officer, request=request, number="fout")


def test_erase_can_be_refused_with_a_ground(world: World, family: Family) -> None:
    request = asked(family.by, family.first, "erase")
    refuse(by=world.privacy_officer, request=request, ground="claim", answer="Er loopt een procedure.")
    assert not work_on_request(request_id=request.pk)
    assert Person.objects.get(pk=family.first.pk).given_name == FIRST


def test_erase_done_twice_changes_nothing_more(world: World, family: Family) -> None:
    request = _erased(world, family.first)
    version = Person.objects.get(pk=family.first.pk).version
    assert not work_on_request(request_id=request.pk)
    assert Person.objects.get(pk=family.first.pk).version == version
    with pytest.raises(CannotAsk, match="gewist"):
        asked(family.by, family.first, "export")


def test_erase_that_fails_half_way_leaves_everything(
    world: World, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(family.by, family.first, "erase")
    agree(by=world.privacy_officer, request=request, number=family.case.number)
    monkeypatch.setattr("rights.engine.erase._take_names_out", lambda words: 1 / 0)
    assert not work_on_request(request_id=request.pk)
    assert Person.objects.get(pk=family.first.pk).given_name == FIRST
    request.refresh_from_db()
    assert request.state == RequestState.ERASING


def test_erase_takes_what_was_collected_before(world: World, family: Family) -> None:
    assert work_on_request(request_id=asked(family.by, family.first, "export").pk)
    assert ExportPart.objects.exists()
    _erased(world, family.first)
    assert not ExportPart.objects.exists()


def test_the_scan_looks_at_every_table_of_the_program(db: None) -> None:
    """The scan above is only worth something when it misses no table."""
    scanned = {table for table, _column in _tables()}
    for model in apps.get_app_config("cases").get_models():
        if any(re.search("Char|Text|JSON", field.get_internal_type()) for field in model._meta.local_fields):
            assert model._meta.db_table in scanned

"""What every package declares is enough to export, erase and destroy; the register of processing follows."""

import pytest
from django.db.models import FileField, Model

from accounts.enums import Circle
from arsenaal.lib.privacy import Erase, FieldClass, Kind, Own, declarations
from cases.models import Case, TimelineEntry
from people.models import Household, Person
from rights.engine.paths import PathLeadsNowhere, about_people, declared_fields, paths, rows_of
from rights.engine.wall import destruction_statements
from rights.register import FILE, renewed
from tests.factories import World

OWNERS = sorted(declarations(), key=lambda owner: owner._meta.label)


def _said(found: FieldClass) -> bool:
    """Tell whether a class says what an export and an erasure do, and why what is held back or kept is."""
    if found.own is None or found.erase is None:
        return False
    return bool(found.why) or (found.own == Own.YES and found.erase != Erase.KEEP)


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner._meta.label)
def test_every_personal_field_says_how_it_is_exported_and_erased(owner: type[Model]) -> None:
    wanting = [
        field.name
        for field, found in declared_fields(owner)
        if found.kind != Kind.PLAIN
        and not _said(found)
        and not (found.erase == Erase.NAMES_OUT and found.own)
    ]
    assert wanting == []


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner._meta.label)
def test_what_the_lawyers_read_is_read_over_by_them_alone(owner: type[Model]) -> None:
    """In an export a row without a circle is read over by whoever may see the person."""
    told = [found for _field, found in declared_fields(owner) if found.own == Own.YES]
    is_theirs = any(found.readers.startswith("the lawyers") for found in told)
    circle = declarations()[owner].circle
    assert circle in ("", *Circle)
    assert circle == Circle.LEGAL or not is_theirs


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner._meta.label)
def test_every_model_about_people_leads_to_a_resident_or_says_why_not(owner: type[Model]) -> None:
    declared = declarations()[owner]
    if declared.is_about_people:
        assert bool(declared.leads_to) != bool(declared.nobody), "give it leads_to or nobody in privacy.py"


def test_every_path_can_be_walked() -> None:
    for owner, declared in about_people():
        assert len(paths(owner)) == len(declared.leads_to)
        assert {path.end for path in paths(owner)} <= {Case, Household, Person}


def test_path_that_leads_nowhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from arsenaal.lib.privacy import model

    for lookup in ("kind", "author", "no_such_field"):
        monkeypatch.setitem(declarations(), TimelineEntry, model("TimelineEntry", leads_to=lookup))
        with pytest.raises(PathLeadsNowhere):
            paths(TimelineEntry)


def test_every_row_with_a_file_is_found_from_its_case_or_person() -> None:
    """A file that nothing leads to would stay on disk when its case is destroyed."""
    alone = {
        owner._meta.label
        for owner in OWNERS
        if any(isinstance(field, FileField) for field in owner._meta.local_fields)
        and not declarations()[owner].leads_to
    }
    # A photo of a defect belongs to a signed report about a dwelling, and stays with it.
    # Who asks for money of the neighbourhood budget stands in no register; a term of its own empties the quote.
    budget = {"cohesion.BudgetApplicant", "cohesion.BudgetPhoto"}
    # A photo of a defect belongs to a signed report about a dwelling, and stays with it. One of a place or of the hub
    # belongs to no case: it is removed for good by whoever works there (cohesion.actions.photos.remove_photo).
    assert alone == {
        "reporting.Report",
        "rights.DestructionList",
        "housing.DefectPhoto",
        "cohesion.PlacePhoto",
        "cohesion.ActivityPhoto",
        *budget,
    }


def test_destruction_can_be_written_for_every_model() -> None:
    """A new model that refers to a case must say how it leads to it: otherwise this raises."""
    assert len(destruction_statements()) > 20


def test_rows_of_a_person_are_not_those_of_another_case(world: World) -> None:
    person = world.case.household.members.get().person  # type: ignore[union-attr]
    for owner, _declared in about_people():
        for row in rows_of(person, owner):
            assert getattr(row, "case_id", world.case.pk) in (world.case.pk, None)
    assert list(rows_of(person, Case)) == [world.case]


def test_register_of_processing_is_not_stale() -> None:
    """Run `make register` when a declaration changed."""
    text = FILE.read_text()
    assert renewed(text) == text


def test_register_without_its_marks_is_told() -> None:
    with pytest.raises(ValueError, match="no place"):
        renewed("# Register")

"""How rows lead to a resident, read from the declarations in every package's privacy.py."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, FileField, Model, Q, QuerySet

from arsenaal.lib.privacy import Declaration, FieldClass, Kind, class_of, declarations
from cases.models import Case
from people.enums import LeaveReason
from people.models import Household, HouseholdMember, Person

# How one goes on from where a path ends to the person.
_ENDS: dict[type[Model], str] = {
    Case: "household__members__person",
    Household: "members__person",
    Person: "",
}


class PathLeadsNowhere(LookupError):
    """A path in a privacy.py ends at something that is no case, household or person."""


@dataclass(frozen=True)
class Path:
    """One way from a row to a resident: the lookup to its end, and what stands there."""

    lookup: str  # "" for a case, household or person itself
    end: type[Model]

    def to(self, target: type[Model]) -> str | None:
        """Return the lookup from the row to a case, household or person; None when it doesn't pass there."""
        if target is self.end:
            return self.lookup or "pk"
        on = {
            (Case, Household): "household",
            (Case, Person): _ENDS[Case],
            (Household, Person): _ENDS[Household],
        }
        further = on.get((self.end, target))
        if further is None:
            return None
        return "__".join(filter(None, (self.lookup, further)))


def paths(owner: type[Model]) -> list[Path]:
    """Return the paths that a model declares. Raises PathLeadsNowhere for one that can't be walked."""
    found = []
    for lookup in declarations()[owner].leads_to:
        end: type[Model] = owner
        for step in lookup.split("__") if lookup != "self" else ():
            try:
                end = end._meta.get_field(step).related_model  # type: ignore[assignment]
            except FieldDoesNotExist as error:
                raise PathLeadsNowhere(f"{owner.__name__}: {lookup}") from error
        if end not in _ENDS:
            raise PathLeadsNowhere(f"{owner.__name__}: {lookup} ends at {end}")
        found.append(Path("" if lookup == "self" else lookup, end))
    return found


def about_people() -> Iterator[tuple[type[Model], Declaration]]:
    """Yield every model of which a row leads to a resident."""
    for owner, declared in declarations().items():
        if declared.leads_to:
            yield owner, declared


def _windows(person: Person) -> list[HouseholdMember]:
    return list(person.memberships.exclude(leave_reason=LeaveReason.MISTAKE).select_related("household"))


def _within(member: HouseholdMember, dated: str, owner: type[Model]) -> Q:
    """What happened while somebody belonged to a household; what has no date belongs to him as well."""
    if not dated:
        return Q()
    last = owner
    for step in dated.split("__"):
        field = last._meta.get_field(step)
        last = field.related_model or last  # type: ignore[assignment]
    day = f"{dated}__date" if field.get_internal_type() == "DateTimeField" else dated  # type: ignore[union-attr]
    rule = Q(**{f"{day}__gte": member.from_on})
    if member.until_on is not None:
        rule &= Q(**{f"{day}__lte": member.until_on})
    return rule | Q(**{f"{dated}__isnull": True})


def rows_of(person: Person, owner: type[Model]) -> QuerySet[Model]:
    """Return the rows of a model that are about this person: his own, and those of his household while he was there.

    A row that names another person is that person's, whatever case it stands in. A case or a household that was
    opened before he came is his too: he lives there.
    """
    declared = declarations()[owner]
    mine, rule = Q(), Q(pk__in=[])
    own_paths = [path for path in paths(owner) if path.end is Person]
    for path in own_paths:
        mine |= Q(**{path.to(Person): person.pk})
    if own_paths:
        rule |= mine
    nobodys = Q(**{f"{path.lookup}__isnull": True for path in own_paths}) if own_paths else Q()
    dated = "" if owner in (Case, Household) else declared.dated
    for path in paths(owner):
        if path.end is Person:
            continue
        lookup = path.to(Household)
        for member in _windows(person):
            rule |= nobodys & Q(**{lookup: member.household_id}) & _within(member, dated, owner)
    return owner._base_manager.filter(rule).distinct()


def declared_fields(owner: type[Model]) -> Iterator[tuple["Field", FieldClass]]:
    """Yield each field of a model with its class."""
    named = dict(declarations()[owner].items())
    for field in owner._meta.local_fields:
        found = class_of(field, named)
        if found is not None:
            yield field, found


def file_fields(owner: type[Model]) -> list[str]:
    """Return the names of the fields that hold a file."""
    return [field.name for field in owner._meta.local_fields if isinstance(field, FileField)]


def personal_fields(owner: type[Model]) -> list[tuple["Field", FieldClass]]:
    """Return the fields of a model that say something of people."""
    return [(field, found) for field, found in declared_fields(owner) if found.kind != Kind.PLAIN]

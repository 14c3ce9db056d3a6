"""Finding people by a name that is spelled differently, within what the user may see."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.search_pick import Option
from arsenaal.lib.registries import SearchHit, SearchKind
from people.models import Household, HouseholdMember, Person

_MOST = 8
_ALIKE = 0.5
_SURELY_ALIKE = 0.7  # worth stopping somebody for who is about to register the same person


def _household_names(user: User) -> ArraySubquery:
    """The names of the visible households to which the person in the outer query belongs today."""
    return ArraySubquery(
        HouseholdMember.objects.on(timezone.localdate())
        .filter(person=OuterRef("pk"), household__in=Household.objects.visible_to(user))
        .order_by("pk")
        .values("household__name")
    )


def _member_names(user: User) -> ArraySubquery:
    """The given names of the visible persons who belong today to the household in the outer query."""
    return ArraySubquery(
        HouseholdMember.objects.on(timezone.localdate())
        .filter(household=OuterRef("pk"), person__in=Person.objects.visible_to(user))
        .order_by("pk")
        .values("person__given_name")
    )


def persons_like(user: User, text: str, *, at_least: float = _ALIKE, limit: int = _MOST) -> list[Person]:
    """Return visible persons of nearly this name, best first, each with `household_names`. One query."""
    found = Person.objects.visible_to(user).like_name(text, at_least=at_least)
    return list(found.annotate(household_names=_household_names(user))[:limit])


def same_persons(user: User, text: str, *, born: int | None = None) -> list[Person]:
    """Return visible persons who are probably the same: nearly this name, and not born in another year."""
    return [
        person
        for person in persons_like(user, text, at_least=_SURELY_ALIKE)
        if not (born and person.born and abs(born - person.born) > 1)
    ]


def households_like(user: User, text: str, *, limit: int = _MOST) -> list[Household]:
    """Return visible households of nearly this name, or of which a visible member has it. Two queries."""
    visible = Household.objects.visible_to(user).annotate(member_names=_member_names(user))
    found = list(visible.like_name(text, at_least=_ALIKE)[:limit])
    people = Person.objects.visible_to(user).like_name(text, at_least=_ALIKE).values_list("pk", flat=True)
    through = HouseholdMember.objects.on(timezone.localdate()).filter(person_id__in=list(people[:limit]))
    known = {household.pk for household in found}
    more = visible.filter(pk__in=through.values("household_id")).exclude(pk__in=known).order_by("pk")
    return [*found, *more[: limit - len(found)]] if len(found) < limit else found


def person_detail(person: Person) -> str:
    """Say what tells a person from another of that name: year of birth and household."""
    born = _("geboren %(year)d") % {"year": person.born} if person.born else ""
    return " · ".join(filter(None, [born, *getattr(person, "household_names", [])]))


def person_option(person: Person) -> Option:
    """Describe a person to choose."""
    return Option(person.pk, str(person), person_detail(person))


def _search_persons(user: Any, query: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(str(person), person_detail(person), person.get_absolute_url(), person.likeness)
        for person in persons_like(user, query, limit=limit)
    ]


def _search_households(user: Any, query: str, limit: int) -> Sequence[SearchHit]:
    found = Household.objects.visible_to(user).like_name(query, at_least=_ALIKE)
    return [
        SearchHit(
            household.name,
            ", ".join(household.member_names),
            household.get_absolute_url(),
            household.likeness,
        )
        for household in found.annotate(member_names=_member_names(user))[:limit]
    ]


SEARCH_KINDS = (
    SearchKind("people.household", gettext_lazy("Gezinnen"), "people", _search_households),
    SearchKind("people.person", gettext_lazy("Mensen"), "person", _search_persons),
)

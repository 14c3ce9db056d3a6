"""Finding the household or person that a page is about, within what the user may see."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from accounts.looks import Look, Subject, look_at
from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from people.models import Household, Person
from people.perms import can_edit_household, can_edit_person


def neighbourhoods_where(user: User, permission: Permission) -> QuerySet[Neighbourhood]:
    """Return the neighbourhoods in which the permission holds, the user's first role first."""
    ids = user.access.where(permission)
    position = Case(
        *(When(pk=pk, then=Value(n)) for n, pk in enumerate(ids)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return Neighbourhood.objects.filter(pk__in=ids).order_by(position, "pk")


class HouseholdMixin(PermissionMixin):
    """A page of one household: 404 outside the user's scope."""

    permission = Permission.CASE_READ
    subject = Subject.HOUSEHOLD
    household: Household

    def load(self, **kwargs: Any) -> None:
        """Find the household."""
        households = Household.objects.visible_to(self.request.user).select_related("neighbourhood")
        self.household = get_object_or_404(households, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The household."""
        return [
            look_at(Subject.HOUSEHOLD, self.household.pk, neighbourhood_id=self.household.neighbourhood_id)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its household."""
        return super().get_context_data(household=self.household, **kwargs)


class HouseholdActionView(HouseholdMixin, ActionFormView):
    """A form that changes a household: 403 for who may only read it."""

    permission = Permission.CASE_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the household and check that one may change it."""
        super().load(**kwargs)
        if not can_edit_household(self.request.user, self.household):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the household."""
        return super().get_context_data(cancel_url=self.household.get_absolute_url(), **kwargs)


class PersonMixin(PermissionMixin):
    """A page of one person: 404 outside the user's scope."""

    permission = Permission.CASE_READ
    subject = Subject.PERSON
    person: Person

    def load(self, **kwargs: Any) -> None:
        """Find the person."""
        persons = Person.objects.visible_to(self.request.user).select_related("neighbourhood")
        self.person = get_object_or_404(persons, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The person."""
        return [look_at(Subject.PERSON, self.person.pk, neighbourhood_id=self.person.neighbourhood_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its person."""
        return super().get_context_data(person=self.person, **kwargs)


class PersonActionView(PersonMixin, ActionFormView):
    """A form that changes a person: 403 for who may only read."""

    permission = Permission.CASE_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the person and check that one may change him."""
        super().load(**kwargs)
        if not can_edit_person(self.request.user, self.person):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the person."""
        return super().get_context_data(cancel_url=self.person.get_absolute_url(), **kwargs)

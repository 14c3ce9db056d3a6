"""A fixed cast: everybody who works in two neighbourhoods, and a few cases, made through the real actions."""

import copy
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Neighbourhood, Organisation, User
from cases.actions.open_case import open_case
from cases.models import Case, CaseCounter, CaseMember, TimelineEntry
from people.enums import MemberRole
from people.models import Household, HouseholdMember, Person

PASSWORD = "arsenaal-demo"


def make_user(username: str, role: Role, neighbourhood: Neighbourhood, organisation: Organisation) -> User:
    """Make a user with one role in one neighbourhood, since the start of 2020."""
    user = User.objects.create_user(
        username, PASSWORD, first_name=username.capitalize(), last_name="Test", organisation=organisation
    )
    Membership.objects.create(user=user, neighbourhood=neighbourhood, role=role, from_on="2020-01-01")
    return user


def make_household(name: str, by: User, neighbourhood: Neighbourhood) -> Household:
    """Make a household of one adult of the same name."""
    household = Household.objects.create(neighbourhood=neighbourhood, name=f"Gezin {name}", created_by=by)
    person = Person.objects.create(
        neighbourhood=neighbourhood, given_name="Jef", family_name=name, created_by=by, languages=["nl"]
    )
    HouseholdMember.objects.create(
        household=household, person=person, role=MemberRole.ADULT, from_on="2020-01-01", created_by=by
    )
    return household


@dataclass
class World:
    """Everything a test about rights needs. `users` holds one user per role, by role value, and "outsider"."""

    neighbourhood: Neighbourhood
    elsewhere: Neighbourhood
    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    case: Case = None  # type: ignore[assignment]  # the community worker and the partner are on its team
    other_case: Case = None  # type: ignore[assignment]  # they are not
    outside_case: Case = None  # type: ignore[assignment]  # of the other neighbourhood

    def __getattr__(self, name: str) -> User:
        """world.lawyer is the user with the role lawyer."""
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None

    @classmethod
    def build(cls) -> "World":
        """Make the cast: through the actions the first time, as a copy of those rows for every test after it."""
        if (
            _memory is not None
            and timezone.now() - dt.timedelta(minutes=20) < _memory.made_at <= timezone.now()
        ):
            return _memory.again()
        before = {model: set(model.objects.values_list("pk", flat=True)) for model in _MODELS}
        world = cls._make()
        _Memory.keep(world, before)
        return world

    @classmethod
    def _make(cls) -> "World":
        arsenaal = Neighbourhood.objects.create(code="ARS", slug="arsenaal", name="Arsenaal")
        elsewhere = Neighbourhood.objects.create(code="TIV", slug="tivoli", name="Tivoli")
        world = cls(arsenaal, elsewhere)
        for kind in OrganisationKind:
            world.organisations[kind] = Organisation.objects.create(name=f"Organisatie {kind}", kind=kind)
        city = world.organisations["city"]
        for role in Role:
            organisation = world.organisations["partner"] if role == Role.PARTNER else city
            world.users[role] = make_user(role.value, role, arsenaal, organisation)
        world.users["outsider"] = make_user("outsider", Role.COORDINATOR, elsewhere, city)
        coordinator, worker = world.users["coordinator"], world.users["community_worker"]
        world.case = open_case(
            by=coordinator,
            neighbourhood=arsenaal,
            lead=worker,
            title="Alleenstaande man, studio",
            household=make_household("Proefman", worker, arsenaal),
        )
        CaseMember.objects.create(
            case=world.case,
            user=world.users["partner"],
            from_on=world.case.opened_at.date(),
            added_by=coordinator,
        )
        world.other_case = open_case(
            by=coordinator,
            neighbourhood=arsenaal,
            lead=world.users["tenancy_lead"],
            title="Gezin in rijwoning",
            household=make_household("Andersson", coordinator, arsenaal),
        )
        outsider = world.users["outsider"]
        world.outside_case = open_case(
            by=outsider,
            neighbourhood=elsewhere,
            lead=outsider,
            title="Gezin elders",
            household=make_household("Elders", outsider, elsewhere),
        )
        return world


# In the order in which they need each other.
_MODELS: tuple[type[models.Model], ...] = (
    Neighbourhood,
    Organisation,
    User,
    Membership,
    Household,
    Person,
    HouseholdMember,
    CaseCounter,
    Case,
    CaseMember,
    TimelineEntry,
)


@dataclass
class _Memory:
    """The rows of the cast as the actions made them. Copying them takes a tenth of the time."""

    made_at: dt.datetime
    rows: dict[type[models.Model], list[dict[str, Any]]]
    world: World

    @classmethod
    def keep(cls, world: World, before: dict[type[models.Model], set[Any]]) -> None:
        """Remember what was made beyond what stood there before."""
        global _memory
        rows = {
            model: list(model.objects.exclude(pk__in=before[model]).order_by("pk").values())
            for model in _MODELS
        }
        _memory = cls(timezone.now(), rows, world)

    def again(self) -> World:
        """Write the same rows again and return a cast of fresh objects."""
        made: dict[type[models.Model], dict[Any, Any]] = {}
        for model in _MODELS:
            objects = [model(**copy.deepcopy(row)) for row in self.rows[model]]
            model.objects.bulk_create(objects)
            made[model] = {row.pk: row for row in objects}
        for user in made[User].values():
            user.organisation = made[Organisation][user.organisation_id]
        for case in made[Case].values():
            case.neighbourhood = made[Neighbourhood][case.neighbourhood_id]
            case.household = made[Household][case.household_id]
            case.lead = made[User][case.lead_id]
        old = self.world
        return World(
            neighbourhood=made[Neighbourhood][old.neighbourhood.pk],
            elsewhere=made[Neighbourhood][old.elsewhere.pk],
            users={name: made[User][user.pk] for name, user in old.users.items()},
            organisations={
                name: made[Organisation][organisation.pk] for name, organisation in old.organisations.items()
            },
            case=made[Case][old.case.pk],
            other_case=made[Case][old.other_case.pk],
            outside_case=made[Case][old.outside_case.pk],
        )


_memory: _Memory | None = None

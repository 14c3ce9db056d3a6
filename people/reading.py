"""Reading a household and a person as one user may see them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.registries import household_links
from people.ages import years_old
from people.enums import LeaveReason, LinkVerdict
from people.models import Household, HouseholdMember, Person, PersonLink


@dataclass(frozen=True)
class MemberRow:
    """One membership; `person` is empty when this reader may not see who it is."""

    member: HouseholdMember
    person: Person | None
    age: str

    @property
    def is_now(self) -> bool:
        """Tell whether this person belongs to the household today."""
        return self.member.until_on is None or self.member.until_on >= timezone.localdate()


@dataclass(frozen=True)
class HouseholdEvent:
    """Somebody who came or left."""

    on: dt.date
    icon: str
    text: str


@dataclass(frozen=True)
class LinkRow:
    """What hangs on a household in another package: its cases, its dwelling."""

    label: str
    icon: str
    entries: list[tuple[str, str]]


def member_rows(household: Household, user: User) -> list[MemberRow]:
    """Return who belongs or belonged to the household, oldest membership first, in two queries."""
    members = list(household.members.order_by("from_on", "pk"))
    visible = Person.objects.visible_to(user).in_bulk({member.person_id for member in members})
    rows = []
    for member in members:
        person = visible.get(member.person_id)
        rows.append(MemberRow(member, person, years_old(person.born_on, person.birth_year) if person else ""))
    return rows


def household_history(rows: list[MemberRow]) -> list[HouseholdEvent]:
    """Return who came and left, newest first."""
    found = []
    for row in rows:
        who = str(row.person) if row.person else _("een gezinslid")
        member = row.member
        came = {
            "start": _("%(who)s hoort erbij"),
            "birth": _("%(who)s is geboren"),
            "moved_in": _("%(who)s kwam erbij wonen"),
        }
        found.append(HouseholdEvent(member.from_on, "person-plus", came[member.join_reason] % {"who": who}))
        if member.until_on:
            left = {
                LeaveReason.MOVED_OUT: _("%(who)s verhuisde"),
                LeaveReason.DECEASED: _("%(who)s is overleden"),
                LeaveReason.MISTAKE: _("%(who)s hoorde er niet bij (vergissing)"),
            }
            found.append(
                HouseholdEvent(
                    member.until_on, "person-dash", left[LeaveReason(member.leave_reason)] % {"who": who}
                )
            )
    return sorted(found, key=lambda event: event.on, reverse=True)


def household_link_rows(user: User, household: Household) -> list[LinkRow]:
    """Return what other packages know of this household, one query each."""
    rows = [
        LinkRow(str(link.label), link.icon, list(link.fetch(user, household))) for link in household_links
    ]
    return [row for row in rows if row.entries]


@dataclass(frozen=True)
class VerdictRow:
    """A verdict that stands, seen from one of the two persons."""

    link: PersonLink
    other: Person


def verdicts(person: Person, user: User) -> dict[str, list[VerdictRow]]:
    """Return who is the same and who isn't, as far as this reader may see them. Two queries."""
    links = list(
        PersonLink.objects.filter(Q(first=person) | Q(second=person), undone_at__isnull=True)
        .select_related("decided_by")
        .order_by("-decided_at", "-pk")
    )
    others = {link.second_id if link.first_id == person.pk else link.first_id for link in links}
    visible = Person.objects.visible_to(user).in_bulk(others)
    found: dict[str, list[VerdictRow]] = {verdict.value: [] for verdict in LinkVerdict}
    for link in links:
        other = visible.get(link.second_id if link.first_id == person.pk else link.first_id)
        if other is not None:
            found[link.verdict].append(VerdictRow(link, other))
    return found


def memberships(person: Person, user: User) -> list[dict[str, Any]]:
    """Return the visible households to which this person belongs or belonged, newest first. Two queries."""
    members = list(person.memberships.order_by("-from_on", "-pk"))
    visible = Household.objects.visible_to(user).in_bulk({member.household_id for member in members})
    return [
        {"member": member, "household": visible[member.household_id]}
        for member in members
        if member.household_id in visible
    ]

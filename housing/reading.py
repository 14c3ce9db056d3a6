"""Reading the registers: names of families only for who may see them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.search_pick import Option
from cases.models import Case, Intervention
from housing.models import Building, Dwelling, Landlord, LandlordContact, Occupancy, Ownership
from people.models import Household
from people.search import households_like

_MOST = 8


@dataclass(frozen=True)
class OccupancyRow:
    """A household in a dwelling as this reader may see it: without name or amounts when the family isn't his to see."""

    occupancy: Occupancy
    household: Household | None
    case: Case | None

    @property
    def is_now(self) -> bool:
        """Tell whether they live there today."""
        today = timezone.localdate()
        until = self.occupancy.until_on
        return self.occupancy.from_on <= today and (until is None or until >= today)


@dataclass(frozen=True)
class HistoryRow:
    """One thing that happened to a dwelling."""

    on: dt.date
    icon: str
    text: str
    url: str = ""


def occupancy_rows(occupancies: Iterable[Occupancy], user: User) -> list[OccupancyRow]:
    """Return the occupancies as this reader may see them, in two queries whatever their number."""
    occupancies = list(occupancies)
    ids = {occupancy.household_id for occupancy in occupancies}
    if not ids:
        return []
    households = Household.objects.visible_to(user).in_bulk(ids)
    cases = {
        case.household_id: case
        for case in Case.objects.visible_to(user).open().filter(household_id__in=list(households))
    }
    return [
        OccupancyRow(occupancy, households.get(occupancy.household_id), cases.get(occupancy.household_id))
        for occupancy in occupancies
    ]


def _where(dwelling: Dwelling) -> str:
    return _("Bus %(box)s: ") % {"box": dwelling.box} if dwelling.box else ""


def history(
    rows: Sequence[OccupancyRow], ownerships: Sequence[Ownership], *, with_box: bool = False
) -> list[HistoryRow]:
    """Return who came, left, bought and sold, newest first. `with_box` for pages of several dwellings."""
    found = []
    for row in rows:
        where = _where(row.occupancy.dwelling) if with_box else ""
        who = str(row.household) if row.household else _("een gezin")
        url = row.household.get_absolute_url() if row.household else ""
        found.append(
            HistoryRow(
                row.occupancy.from_on,
                "box-arrow-in-right",
                where + _("%(who)s komt er wonen") % {"who": who},
                url,
            )
        )
        if row.occupancy.until_on:
            found.append(
                HistoryRow(
                    row.occupancy.until_on,
                    "box-arrow-right",
                    where + _("%(who)s vertrekt") % {"who": who},
                    url,
                )
            )
    for ownership in ownerships:
        where = _where(ownership.dwelling) if with_box else ""
        text = _("%(who)s wordt eigenaar (%(share)s)") % {
            "who": ownership.landlord,
            "share": ownership.share_label,
        }
        url = ownership.landlord.get_absolute_url()
        found.append(HistoryRow(ownership.from_on, "key", where + text, url))
        if ownership.until_on:
            found.append(
                HistoryRow(
                    ownership.until_on,
                    "key",
                    where + _("%(who)s is geen eigenaar meer") % {"who": ownership.landlord},
                    url,
                )
            )
    return sorted(found, key=lambda row: row.on, reverse=True)


@dataclass(frozen=True)
class ContactRow:
    """A contact with a landlord; without its words when it is about a case the reader may not see."""

    contact: LandlordContact
    is_open: bool


def contact_rows(contacts: Sequence[LandlordContact], user: User) -> list[ContactRow]:
    """Return contacts as this reader may see them, in one query."""
    ids = {contact.case_id for contact in contacts if contact.case_id}
    visible = (
        set(Case.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    )
    return [
        ContactRow(contact, contact.case_id is None or contact.case_id in visible or contact.by_id == user.pk)
        for contact in contacts
    ]


def interventions_for(user: User, **subject: Dwelling | Landlord) -> list[Intervention]:
    """Return what is done for this dwelling or landlord, newest first, as far as this reader may see it. One query."""
    found = Intervention.objects.visible_to(user).filter(
        **{f"place__{name}": it for name, it in subject.items()}
    )
    return list(
        found.select_related("instrument", "provider", "case").order_by("-created_at", "-pk")[: _MOST * 3]
    )


def find_dwellings(user: User, text: str) -> list[Dwelling]:
    """Return visible dwellings at an address that looks like this, street by street. Two queries."""
    buildings = Building.objects.visible_to(user).like_name(text, at_least=0.6).values_list("pk", flat=True)
    return list(
        Dwelling.objects.filter(building_id__in=list(buildings[:_MOST]))
        .select_related("building")
        .order_by("building__sort_key", "box", "pk")[: _MOST * 3]
    )


def find_landlords(user: User, text: str) -> list[Landlord]:
    """Return visible landlords whose name looks like this. One query."""
    return list(Landlord.objects.visible_to(user).like_name(text)[:_MOST])


def find_households(user: User, text: str) -> list[Household]:
    """Return visible households whose name, or that of who belongs to it, looks like this."""
    return households_like(user, text)[:_MOST]


def dwelling_option(dwelling: Dwelling) -> Option:
    """Describe a dwelling to choose."""
    return Option(dwelling.pk, str(dwelling), str(dwelling.get_kind_display()))


def landlord_option(landlord: Landlord) -> Option:
    """Describe a landlord to choose."""
    return Option(landlord.pk, landlord.name, landlord.phone or landlord.email)


def household_option(household: Household) -> Option:
    """Describe a household to choose."""
    return Option(household.pk, household.name)


def streets_known(user: User, limit: int = 300) -> list[str]:
    """Return the streets that stand in the registers of this user's neighbourhoods, to pick from while typing."""
    return list(
        Building.objects.visible_to(user)
        .order_by("street")
        .values_list("street", flat=True)
        .distinct()[:limit]
    )

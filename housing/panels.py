"""What the case page shows of the dwelling: where they live, what it costs, whose it is, and who must not be rung."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import CasePanel
from cases.enums import BOUNDARY_STOPS, CaseKind, Reach
from cases.models import Boundary, Case
from cases.perms import can_manage_case
from housing.models import CaseBuilding, Dwelling, Occupancy, Ownership, SinglePointOfContact
from housing.perms import can_house_case
from housing.reading import OccupancyRow, occupancy_rows

_KINDS = [kind for kind, stops in BOUNDARY_STOPS.items() if Reach.LANDLORD in stops]


def _owners_today() -> Prefetch:
    """Who owns a dwelling today, each with who alone talks to him, as `owning`."""
    today = timezone.localdate()
    voices = Prefetch(
        "landlord__points_of_contact",
        queryset=SinglePointOfContact.objects.on(today).select_related("user", "organisation"),
        to_attr="voices",
    )
    owners = Ownership.objects.on(today).select_related("landlord").prefetch_related(voices).order_by("pk")
    return Prefetch("ownerships", queryset=owners, to_attr="owning")


def _household_context(case: Case, user: User) -> dict[str, Any]:
    """Where the family lives and lived."""
    occupancies = list(
        Occupancy.objects.filter(household_id=case.household_id)
        .select_related("dwelling__building")
        .order_by("-from_on", "-pk")
    )
    today = timezone.localdate()
    current = next(
        (o for o in occupancies if o.from_on <= today and (o.until_on is None or o.until_on >= today)), None
    )
    owners: list[Ownership] = []
    if current is not None:
        dwelling = Dwelling.objects.prefetch_related(_owners_today()).get(pk=current.dwelling_id)
        owners = dwelling.owning
    return {
        "occupancy": current,
        "others": [occupancy for occupancy in occupancies if occupancy is not current],
        "owners": owners,
    }


def _block_context(case: Case, user: User) -> dict[str, Any]:
    """The building of a block case, with its dwellings and the families one may see."""
    link = CaseBuilding.objects.filter(case=case).select_related("building").first()
    if link is None:
        return {"building": None, "dwellings": []}
    dwellings = list(
        Dwelling.objects.filter(building=link.building)
        .prefetch_related(_owners_today())
        .order_by("floor", "box", "pk")
    )
    living = Occupancy.objects.on(timezone.localdate()).filter(dwelling__building=link.building)
    rows = occupancy_rows(living.order_by("pk"), user)
    return {
        "building": link.building,
        "dwellings": [
            {
                "dwelling": dwelling,
                "living": [
                    _in_block(row, case, user) for row in rows if row.occupancy.dwelling_id == dwelling.pk
                ],
                "owners": [ownership.landlord for ownership in dwelling.owning],
            }
            for dwelling in dwellings
        ],
    }


def _in_block(row: OccupancyRow, block: Case, user: User) -> dict[str, Any]:
    """Who lives there, whether the case hangs under another block or none, and whether this user may hang it here."""
    is_loose = row.case is not None and row.case.parent_id != block.pk
    may_join = row.case is not None and is_loose and block.is_open and can_manage_case(user, row.case)
    return {"row": row, "is_loose": is_loose, "may_join": may_join}


def dwelling_context(case: Case, user: User) -> dict[str, Any]:
    """Gather the panel in a fixed number of queries."""
    is_block = case.kind == CaseKind.BUILDING
    own = _block_context(case, user) if is_block else _household_context(case, user)
    cases = [pk for pk in (case.pk, case.parent_id) if pk]
    boundary = (
        Boundary.objects.standing()
        .filter(case__in=cases, kind__in=_KINDS)
        .select_related("set_by")
        .order_by("set_at")
        .first()
    )
    return {
        **own,
        "is_block": is_block,
        "landlord_boundary": boundary,
        "hint": case.address_hint,
        "may_house": can_house_case(user, case),
        "may_read_register": user.access.can(Permission.REGISTER_READ, case.neighbourhood_id),
        "may_log": user.access.can(Permission.LANDLORD_CONTACT, case.neighbourhood_id),
    }


def _reads_case(user: User, case: Case) -> bool:
    """Whoever reads the case reads where it is about."""
    return user.access.can(Permission.CASE_READ, case.neighbourhood_id)


PANELS = (
    CasePanel(
        "housing.dwelling",
        _("De woning"),
        35,
        "housing/panels/dwelling.html",
        _reads_case,
        dwelling_context,
        goal=Goal.HOUSING.value,
    ),
)

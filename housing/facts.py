"""What this package knows of a case for headers and rows: its address, its dwelling, its landlords. One query each."""

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from arsenaal.lib.addresses import address_line
from arsenaal.lib.registries import CaseFact, HouseholdLink
from housing.enums import DwellingKind
from housing.models import CaseBuilding, Occupancy
from people.models import Household


def _living(case_ids: Sequence[int]) -> QuerySet[Occupancy]:
    """Where the households of these cases live today."""
    return Occupancy.objects.on(timezone.localdate()).filter(household__cases__in=case_ids)


def addresses(case_ids: Sequence[int]) -> dict[int, str]:
    """The registered dwelling of a household's case, or the building of a block case."""
    nothing = Value("", output_field=CharField())
    living = _living(case_ids).values_list(
        "household__cases", "dwelling__building__street", "dwelling__building__house_number", "dwelling__box"
    )
    blocks = (
        CaseBuilding.objects.filter(case__in=case_ids)
        .annotate(no_box=nothing)
        .values_list("case_id", "building__street", "building__house_number", "no_box")
    )
    return {
        case_id: address_line(street, number, box)
        for case_id, street, number, box in living.union(blocks, all=True)
    }


def dwellings(case_ids: Sequence[int]) -> dict[int, str]:
    """What sort of dwelling it is, and how big."""
    rows = _living(case_ids).values_list("household__cases", "dwelling__kind", "dwelling__area")
    return {
        case_id: str(DwellingKind(kind).label).capitalize()
        + (f", {number_format(area.normalize(), use_l10n=True)} m²" if area else "")
        for case_id, kind, area in rows
    }


def landlords(case_ids: Sequence[int]) -> dict[int, str]:
    """Who owns the dwelling, or something in the building, today."""
    today = timezone.localdate()

    def owned(path: str) -> Q:
        return Q(**{f"{path}from_on__lte": today}) & (
            Q(**{f"{path}until_on__isnull": True}) | Q(**{f"{path}until_on__gte": today})
        )

    of_dwelling = _living(case_ids).filter(owned("dwelling__ownerships__"))
    of_building = CaseBuilding.objects.filter(owned("building__dwellings__ownerships__"), case__in=case_ids)
    pairs = of_dwelling.values_list("household__cases", "dwelling__ownerships__landlord__name").union(
        of_building.values_list("case_id", "building__dwellings__ownerships__landlord__name")
    )
    found: dict[int, list[str]] = {}
    for case_id, name in pairs:
        if name:
            found.setdefault(case_id, []).append(name)
    return {case_id: ", ".join(sorted(names)) for case_id, names in found.items()}


def dwelling_of_household(user: Any, household: Household) -> list[tuple[str, str]]:
    """Where this household lives today, with its page for who may read the registers."""
    may_read = user.access.can(Permission.REGISTER_READ, household.neighbourhood_id)
    living = Occupancy.objects.on(timezone.localdate()).filter(household=household)
    return [
        (str(occupancy.dwelling), occupancy.dwelling.get_absolute_url() if may_read else "")
        for occupancy in living.select_related("dwelling__building").order_by("pk")
    ]


FACTS = (
    CaseFact("housing.address", _("Adres"), "geo-alt", addresses),
    CaseFact("housing.dwelling", _("Woning"), "house-door", dwellings),
    CaseFact("housing.landlord", _("Verhuurder"), "person-badge", landlords),
)
HOUSEHOLD_LINK = HouseholdLink("housing.dwelling", _("Woont in"), "house-door", dwelling_of_household)

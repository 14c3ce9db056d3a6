"""Finding what is already in a register under another spelling."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Neighbourhood
from arsenaal.lib.addresses import box_key, number_key, street_key
from arsenaal.lib.errors import ActionError
from housing.models import Building, Dwelling, Landlord

_MOST = 5


@dataclass(frozen=True)
class Lookalike:
    """A record that may be the same, with its page."""

    pk: int
    text: str
    detail: str
    url: str


class LooksLikeExisting(ActionError):
    """Something like this stands in the register already; `matches` says what. Can be overruled."""

    def __init__(self, message: str, *, matches: Sequence[Lookalike], field: str = "keep_anyway") -> None:
        super().__init__(message, field=field)
        self.matches = list(matches)


def similar_buildings(
    *, neighbourhood: Neighbourhood, street: str, house_number: str, leave_out: int | None = None
) -> list[Building]:
    """Buildings that are probably at this address: the same street spelled differently, and the same number."""
    number = number_key(house_number)
    others = Building.objects.filter(neighbourhood=neighbourhood).exclude(pk=leave_out)
    same = list(others.filter(street_key=street_key(street), number_key=number).order_by("pk")[:_MOST])
    if same:
        return same
    return list(
        others.filter(number_key=number).like_name(f"{street} {street_key(street)}", at_least=0.7)[:_MOST]
    )


def similar_dwellings(*, building: Building, box: str, leave_out: int | None = None) -> list[Dwelling]:
    """Dwellings of the building whose box reads the same: "bus 03" and "3"."""
    wanted = box_key(box)
    dwellings = building.dwellings.exclude(pk=leave_out).select_related("building").order_by("box", "pk")
    return [dwelling for dwelling in dwellings if box_key(dwelling.box) == wanted]


def similar_landlords(
    *, neighbourhood: Neighbourhood, name: str, leave_out: int | None = None
) -> list[Landlord]:
    """Landlords with nearly the same name, whatever the order of the words."""
    others = Landlord.objects.filter(neighbourhood=neighbourhood).exclude(pk=leave_out)
    return list(others.like_name(name, at_least=0.7)[:_MOST])


def building_lookalike(building: Building) -> Lookalike:
    """Describe a building for whoever is about to add it again."""
    return Lookalike(
        building.pk, str(building), f"{building.postcode} {building.city}", building.get_absolute_url()
    )


def dwelling_lookalike(dwelling: Dwelling) -> Lookalike:
    """Describe a dwelling for whoever is about to add it again."""
    return Lookalike(
        dwelling.pk, str(dwelling), str(dwelling.get_kind_display()), dwelling.get_absolute_url()
    )


def landlord_lookalike(landlord: Landlord) -> Lookalike:
    """Describe a landlord for whoever is about to add him again."""
    detail = " · ".join(filter(None, [str(landlord.get_kind_display()), landlord.phone, landlord.email]))
    return Lookalike(landlord.pk, landlord.name, detail, landlord.get_absolute_url())

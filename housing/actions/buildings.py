"""Adding and correcting a building."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from housing.lookalikes import LooksLikeExisting, building_lookalike, similar_buildings
from housing.models import Building


class CannotSaveBuilding(ActionError):
    """The building can't be saved like this; the message says why."""


def _check_lookalikes(
    *, neighbourhood: Neighbourhood, street: str, house_number: str, leave_out: int | None, keep_anyway: bool
) -> None:
    if keep_anyway:
        return
    found = similar_buildings(
        neighbourhood=neighbourhood, street=street, house_number=house_number, leave_out=leave_out
    )
    if found:
        raise LooksLikeExisting(
            _("Dit pand staat er misschien al: %(address)s. Open het, of vink aan dat dit een ander pand is.")
            % {"address": found[0]},
            matches=[building_lookalike(building) for building in found],
        )


def _save(building: Building) -> Building:
    try:
        with transaction.atomic():
            building.save()
    except IntegrityError as error:
        raise CannotSaveBuilding(
            _("%(address)s staat al in het register. Open dat pand in plaats van een tweede te maken.")
            % {"address": building},
            field="house_number",
        ) from error
    return building


@transaction.atomic
def create_building(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    street: str,
    house_number: str,
    postcode: str = "",
    city: str = "",
    address_uri: str = "",
    keep_anyway: bool = False,
) -> Building:
    """Add a building; postcode and city are those of the neighbourhood when left out.

    Raises LooksLikeExisting when the address stands there under another spelling, unless `keep_anyway`, and
    CannotSaveBuilding when exactly this address is there.
    """
    if not street.strip() or not house_number.strip():
        raise CannotSaveBuilding(_("Vul straat en nummer in."), field="street")
    _check_lookalikes(
        neighbourhood=neighbourhood,
        street=street,
        house_number=house_number,
        leave_out=None,
        keep_anyway=keep_anyway,
    )
    return _save(
        Building(
            neighbourhood=neighbourhood,
            street=street.strip(),
            house_number=house_number.strip(),
            postcode=postcode or neighbourhood.postcode,
            city=city.strip() or neighbourhood.city,
            address_uri=address_uri,
            created_by=by,
        )
    )


@transaction.atomic
def edit_building(
    *, by: User, building: Building, version: int, keep_anyway: bool = False, **fields: Any
) -> Building:
    """Correct the address. Raises ChangedMeanwhileError, and what `create_building` raises."""
    building = (
        Building.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=building.pk)
    )
    if building.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste dit pand net aan."),
            current={_("Adres"): f"{building}, {building.postcode} {building.city}"},
        )
    before = (building.street, building.house_number)
    for name in ("street", "house_number", "postcode", "city", "address_uri"):
        setattr(building, name, str(fields[name]).strip())
    if before != (building.street, building.house_number):
        _check_lookalikes(
            neighbourhood=building.neighbourhood,
            street=building.street,
            house_number=building.house_number,
            leave_out=building.pk,
            keep_anyway=keep_anyway,
        )
    building.version += 1
    return _save(building)

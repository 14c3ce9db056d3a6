"""Where the family of a case lives, or which building a block case is about, in one go."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_open_case
from cases.enums import CaseKind
from cases.models import Case
from cases.timeline import record
from housing.actions.buildings import create_building
from housing.actions.dwellings import create_dwelling
from housing.actions.occupancies import move_in
from housing.enums import DwellingKind, Tenure
from housing.models import Building, CaseBuilding, Dwelling, Occupancy


class CannotHouseCase(ActionError):
    """The case can't be linked like this; the message says why."""


@dataclass(frozen=True)
class Address:
    """A new address as it was typed."""

    street: str
    house_number: str
    postcode: str = ""


@transaction.atomic
def house_case(
    *,
    by: User,
    case: Case,
    from_on: dt.date,
    dwelling: Dwelling | None = None,
    building: Building | None = None,
    address: Address | None = None,
    box: str = "",
    kind: str = DwellingKind.APARTMENT,
    floor: int | None = None,
    area: Decimal | None = None,
    tenure: str = Tenure.UNKNOWN,
    rent: Decimal | None = None,
    charges: Decimal | None = None,
    moved: bool = False,
    keep_anyway: bool = False,
    now: dt.datetime | None = None,
) -> Occupancy:
    """Record where the household of a case lives: in a known dwelling, a new one in a known building, or a new address.

    Raises CannotHouseCase for a block case, LooksLikeExisting for an address or box that stands there under another
    spelling, and what `create_building`, `create_dwelling` and `move_in` raise.
    """
    case = lock_open_case(case)
    if case.household is None:
        raise CannotHouseCase(_("Een blokdossier hoort bij een pand, niet bij een woning."))
    if dwelling is None:
        if building is None:
            if address is None:
                raise CannotHouseCase(_("Vul een adres in, of kies een woning."), field="street")
            building = create_building(
                by=by,
                neighbourhood=case.neighbourhood,
                street=address.street,
                house_number=address.house_number,
                postcode=address.postcode,
                keep_anyway=keep_anyway,
            )
        dwelling = create_dwelling(
            by=by, building=building, kind=kind, box=box, floor=floor, area=area, keep_anyway=keep_anyway
        )
    return move_in(
        by=by,
        household=case.household,
        dwelling=dwelling,
        from_on=from_on,
        tenure=tenure,
        rent=rent,
        charges=charges,
        moved=moved,
        now=now,
    )


@transaction.atomic
def link_case_building(
    *,
    by: User,
    case: Case,
    building: Building | None = None,
    address: Address | None = None,
    keep_anyway: bool = False,
    now: dt.datetime | None = None,
) -> CaseBuilding:
    """Say which building a block case is about: a known one, or a new address. Another building replaces the first.

    Raises CannotHouseCase for a household's case or a building of another neighbourhood, and what `create_building`
    raises.
    """
    case = lock_open_case(case)
    if case.kind != CaseKind.BUILDING:
        raise CannotHouseCase(_("Alleen een blokdossier hoort bij een pand."))
    if building is None:
        if address is None:
            raise CannotHouseCase(_("Vul een adres in, of kies een pand."), field="street")
        building = create_building(
            by=by,
            neighbourhood=case.neighbourhood,
            street=address.street,
            house_number=address.house_number,
            postcode=address.postcode,
            keep_anyway=keep_anyway,
        )
    if building.neighbourhood_id != case.neighbourhood_id:
        raise CannotHouseCase(_("Dit pand ligt in een andere wijk."), field="building")
    link = CaseBuilding.objects.filter(case=case).first()
    if link is not None and link.building_id == building.pk:
        return link
    if link is None:
        link = CaseBuilding(case=case)
    link.building, link.linked_by = building, by
    link.save()
    record(
        "housing.linked",
        case=case,
        by=by,
        title=_("Pand: %(address)s") % {"address": building},
        body=_("Dit blokdossier gaat over dit pand."),
        goal="housing",
        occurred_at=now,
    )
    return link

"""Adding and correcting a dwelling."""

from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from housing.lookalikes import LooksLikeExisting, dwelling_lookalike, similar_dwellings
from housing.models import Building, Dwelling


class CannotSaveDwelling(ActionError):
    """The dwelling can't be saved like this; the message says why."""


def _check_lookalikes(*, building: Building, box: str, leave_out: int | None, keep_anyway: bool) -> None:
    found = similar_dwellings(building=building, box=box, leave_out=leave_out)
    exact = [dwelling for dwelling in found if dwelling.box.lower() == box.lower()]
    if exact:
        raise CannotSaveDwelling(
            _("Bus %(box)s staat al bij dit pand.") % {"box": box}
            if box
            else _("Dit pand heeft al een woning zonder bus. Vul de bus in."),
            field="box",
        )
    if found and not keep_anyway:
        raise LooksLikeExisting(
            _("Deze woning staat er misschien al: %(address)s. Open ze, of vink aan dat dit een andere is.")
            % {"address": found[0]},
            matches=[dwelling_lookalike(dwelling) for dwelling in found],
        )


def _save(dwelling: Dwelling) -> Dwelling:
    try:
        with transaction.atomic():
            dwelling.save()
    except IntegrityError as error:
        raise CannotSaveDwelling(_("Deze bus staat al bij dit pand."), field="box") from error
    return dwelling


@transaction.atomic
def create_dwelling(
    *,
    by: User,
    building: Building,
    kind: str,
    box: str = "",
    floor: int | None = None,
    area: Decimal | None = None,
    keep_anyway: bool = False,
) -> Dwelling:
    """Add a dwelling to a building; `area` in m².

    Raises CannotSaveDwelling when the box is there already, and LooksLikeExisting when it reads the same as another
    ("bus 03" and "3"), unless `keep_anyway`.
    """
    box = box.strip()
    building = Building.objects.select_for_update().get(pk=building.pk)
    _check_lookalikes(building=building, box=box, leave_out=None, keep_anyway=keep_anyway)
    return _save(Dwelling(building=building, kind=kind, box=box, floor=floor, area=area, created_by=by))


@transaction.atomic
def edit_dwelling(
    *, by: User, dwelling: Dwelling, version: int, keep_anyway: bool = False, **fields: Any
) -> Dwelling:
    """Correct a dwelling. Raises ChangedMeanwhileError, and what `create_dwelling` raises."""
    dwelling = Dwelling.objects.select_for_update(of=("self",)).select_related("building").get(pk=dwelling.pk)
    if dwelling.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste deze woning net aan."),
            current={
                _("Bus"): dwelling.box,
                _("Soort"): str(dwelling.get_kind_display()),
                _("Verdieping"): dwelling.floor_label,
                _("Oppervlakte"): f"{dwelling.area} m²" if dwelling.area else "",
            },
        )
    box = str(fields["box"]).strip()
    if box != dwelling.box:
        _check_lookalikes(building=dwelling.building, box=box, leave_out=dwelling.pk, keep_anyway=keep_anyway)
    dwelling.box, dwelling.kind = box, fields["kind"]
    dwelling.floor, dwelling.area = fields["floor"], fields["area"]
    dwelling.version += 1
    return _save(dwelling)

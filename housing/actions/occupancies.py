"""Who moves in, moves, and leaves."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.dates import EARLIEST
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.models import Case
from cases.timeline import record
from housing.enums import Tenure
from housing.models import Dwelling, Occupancy
from people.models import Household

_FURTHEST = dt.timedelta(days=366)  # a move is known at most a year ahead


class CannotMoveIn(ActionError):
    """The household can't live there in that period; the message says why."""


class LivesElsewhere(CannotMoveIn):
    """The household lives somewhere else already in that period. `occupancy` says where."""

    def __init__(self, message: str, *, occupancy: Occupancy) -> None:
        super().__init__(message, field="moved")
        self.occupancy = occupancy


class CannotEndOccupancy(ActionError):
    """The occupancy can't end like this; the message says why."""


def _say(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _check_days(from_on: dt.date, until_on: dt.date | None) -> None:
    """Refuse days in the wrong order, from before 1900, or more than a year ahead."""
    limit = timezone.localdate() + _FURTHEST
    for field, day in (("from_on", from_on), ("until_on", until_on)):
        if day is not None and not EARLIEST <= day <= limit:
            raise CannotMoveIn(_("Deze datum kan niet. Kijk het jaartal na."), field=field)
    if until_on is not None and until_on < from_on:
        raise CannotMoveIn(_("De einddatum ligt voor de begindatum."), field="until_on")


def _overlapping(household: Household, from_on: dt.date, until_on: dt.date | None) -> list[Occupancy]:
    found = (
        Occupancy.objects.select_for_update(of=("self",))
        .filter(household=household)
        .select_related("dwelling__building")
    )
    return [
        occupancy
        for occupancy in found.order_by("from_on")
        if (occupancy.until_on is None or occupancy.until_on >= from_on)
        and (until_on is None or occupancy.from_on <= until_on)
    ]


def _tell_case(
    kind: str, *, by: User, occupancy: Occupancy, title: str, body: str, now: dt.datetime | None
) -> None:
    """Write it on the timeline of the household's open case, if there is one."""
    case = (
        Case.objects.open()
        .filter(household_id=occupancy.household_id)
        .select_for_update(of=("self",))
        .first()
    )
    if case is None:
        return
    chips = [str(occupancy.get_tenure_display())]
    if occupancy.rent is not None:
        chips.append(_("%(amount)s per maand") % {"amount": euro(occupancy.rent)})
    record(
        kind, case=case, by=by, title=title, body=body, data={"chips": chips}, goal="housing", occurred_at=now
    )


def _close_day_before(occupancy: Occupancy, from_on: dt.date) -> None:
    """End where they lived the day before they start elsewhere. Raises CannotMoveIn when they'd never have lived."""
    last_day = from_on - dt.timedelta(days=1)
    if last_day < occupancy.from_on:
        raise CannotMoveIn(
            _("Dit gezin woont pas sinds %(day)s in %(where)s. Kies een latere dag.")
            % {"day": _say(occupancy.from_on), "where": occupancy.dwelling},
            field="from_on",
        )
    occupancy.until_on = last_day
    occupancy.version += 1
    occupancy.save(update_fields=["until_on", "version"])


def _save(occupancy: Occupancy) -> Occupancy:
    try:
        with transaction.atomic():
            occupancy.save()
    except IntegrityError as error:
        raise CannotMoveIn(
            _(
                "Een gezin kan niet in twee woningen tegelijk wonen. Een collega was je net voor: kijk even na."
            ),
            field="from_on",
        ) from error
    return occupancy


@transaction.atomic
def move_in(
    *,
    by: User,
    household: Household,
    dwelling: Dwelling,
    from_on: dt.date,
    until_on: dt.date | None = None,
    tenure: str = Tenure.UNKNOWN,
    rent: Decimal | None = None,
    charges: Decimal | None = None,
    moved: bool = False,
    now: dt.datetime | None = None,
) -> Occupancy:
    """Record that a household lives in a dwelling, both days included; `rent` and `charges` in euro per month.

    With `moved`, where they lived ends the day before. Raises LivesElsewhere when they live somewhere else then and
    nobody said that they moved, CannotMoveIn for dates that can't be or a dwelling of another neighbourhood.
    """
    _check_days(from_on, until_on)
    household = Household.objects.select_for_update().get(pk=household.pk)
    if dwelling.building.neighbourhood_id != household.neighbourhood_id:
        raise CannotMoveIn(_("Deze woning ligt in een andere wijk."), field="dwelling")
    for occupancy in _overlapping(household, from_on, until_on):
        if occupancy.dwelling_id == dwelling.pk:
            raise CannotMoveIn(
                _("Dit gezin staat hier al sinds %(day)s. Pas die bewoning aan.")
                % {"day": _say(occupancy.from_on)},
                field="from_on",
            )
        if not moved or occupancy.until_on is not None:
            raise LivesElsewhere(
                _(
                    "Dit gezin woont in die periode al in %(where)s, sinds %(day)s. Zijn ze verhuisd? "
                    "Vink dat aan: dan eindigt het daar de dag ervoor."
                )
                % {"where": occupancy.dwelling, "day": _say(occupancy.from_on)},
                occupancy=occupancy,
            )
        _close_day_before(occupancy, from_on)
    occupancy = _save(
        Occupancy(
            household=household,
            dwelling=dwelling,
            from_on=from_on,
            until_on=until_on,
            tenure=tenure,
            rent=rent,
            charges=charges,
            created_by=by,
        )
    )
    _tell_case(
        "housing.moved_in",
        by=by,
        occupancy=occupancy,
        title=_("Woont in %(where)s") % {"where": dwelling},
        body=_("Van %(from)s tot en met %(until)s.") % {"from": _say(from_on), "until": _say(until_on)}
        if until_on
        else _("Sinds %(day)s.") % {"day": _say(from_on)},
        now=now,
    )
    return occupancy


@transaction.atomic
def end_occupancy(
    *, by: User, occupancy: Occupancy, until_on: dt.date, now: dt.datetime | None = None
) -> Occupancy:
    """Record the last day on which a household lives somewhere. Raises CannotEndOccupancy for a day that can't be."""
    Household.objects.select_for_update().get(pk=occupancy.household_id)
    occupancy = (
        Occupancy.objects.select_for_update(of=("self",))
        .select_related("dwelling__building")
        .get(pk=occupancy.pk)
    )
    if occupancy.until_on is not None:
        raise CannotEndOccupancy(
            _("Hier staat al een einddatum: %(day)s. Pas de bewoning aan als dat niet klopt.")
            % {"day": _say(occupancy.until_on)},
            field="until_on",
        )
    if until_on < occupancy.from_on:
        raise CannotEndOccupancy(
            _("Het gezin woont hier sinds %(day)s. Kies die dag of later.")
            % {"day": _say(occupancy.from_on)},
            field="until_on",
        )
    if until_on > timezone.localdate() + _FURTHEST:
        raise CannotEndOccupancy(_("Deze datum kan niet. Kijk het jaartal na."), field="until_on")
    occupancy.until_on = until_on
    occupancy.version += 1
    occupancy.save(update_fields=["until_on", "version"])
    _tell_case(
        "housing.moved_out",
        by=by,
        occupancy=occupancy,
        title=_("Vertrekt uit %(where)s") % {"where": occupancy.dwelling},
        body=_("Laatste dag: %(day)s.") % {"day": _say(until_on)},
        now=now,
    )
    return occupancy


@transaction.atomic
def edit_occupancy(
    *,
    by: User,
    occupancy: Occupancy,
    version: int,
    from_on: dt.date,
    until_on: dt.date | None,
    tenure: str,
    rent: Decimal | None,
    charges: Decimal | None,
) -> Occupancy:
    """Correct an occupancy. Raises ChangedMeanwhileError, or CannotMoveIn when the days can't be."""
    _check_days(from_on, until_on)
    Household.objects.select_for_update().get(pk=occupancy.household_id)
    occupancy = Occupancy.objects.select_for_update().get(pk=occupancy.pk)
    if occupancy.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste deze bewoning net aan."),
            current={
                _("Sinds"): _say(occupancy.from_on),
                _("Tot en met"): _say(occupancy.until_on) if occupancy.until_on else "",
                _("Woont er als"): str(occupancy.get_tenure_display()),
                _("Huur"): euro(occupancy.rent),
                _("Kosten"): euro(occupancy.charges),
            },
        )
    for other in _overlapping(occupancy.household, from_on, until_on):
        if other.pk != occupancy.pk:
            raise CannotMoveIn(
                _("In die periode woont dit gezin in %(where)s, sinds %(day)s.")
                % {"where": other.dwelling, "day": _say(other.from_on)},
                field="from_on",
            )
    occupancy.from_on, occupancy.until_on, occupancy.tenure = from_on, until_on, tenure
    occupancy.rent, occupancy.charges = rent, charges
    occupancy.version += 1
    return _save(occupancy)

"""Crisis dwellings: which dwellings they are, what they cost, and when works keep them from being used."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.dates import EARLIEST
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import FURTHEST_DAYS
from housing.agreement_enums import PeriodKind
from housing.models import CrisisDwelling, CrisisFee, Dwelling, UnitPeriod

_EDITABLE = ("operator", "capacity", "is_accessible", "allows_pets", "notes")


class CrisisDwellingError(ActionError):
    """This can't be; the message says why."""


class TakenError(ActionError):
    """The dwelling is taken in that period, or the household stays somewhere else then."""


def _say(day: dt.date) -> str:
    return date_format(day, "j F Y")


@transaction.atomic
def add_crisis_dwelling(
    *, by: User, dwelling: Dwelling, fee: Decimal, fee_from_on: dt.date | None = None, **fields: Any
) -> CrisisDwelling:
    """Flag a dwelling of the register as a crisis dwelling, with its stay fee per month in euro.

    `fields` holds all of `_EDITABLE`. Raises CrisisDwellingError when it is one already.
    """
    Dwelling.objects.select_for_update().get(pk=dwelling.pk)
    if CrisisDwelling.objects.filter(dwelling=dwelling).exists():
        raise CrisisDwellingError(_("Deze woning is al een crisiswoning."), field="dwelling")
    unit = CrisisDwelling.objects.create(
        dwelling=dwelling, created_by=by, **{name: fields[name] for name in _EDITABLE}
    )
    CrisisFee.objects.create(
        crisis_dwelling=unit, from_on=fee_from_on or timezone.localdate(), amount=fee, set_by=by
    )
    return unit


@transaction.atomic
def edit_crisis_dwelling(
    *, by: User, unit: CrisisDwelling, version: int, is_active: bool, **fields: Any
) -> CrisisDwelling:
    """Change what is known of it, or take it out of use: stays go on.

    Raises ChangedMeanwhileError when somebody saved it since `version`.
    """
    unit = CrisisDwelling.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste deze crisiswoning net aan. Vergelijk en bewaar opnieuw."),
            current={
                _("plaats voor"): str(unit.capacity),
                _("goed om te weten"): unit.notes,
                _("in gebruik"): _("ja") if unit.is_active else _("nee"),
            },
        )
    for name in _EDITABLE:
        setattr(unit, name, fields[name])
    unit.is_active = is_active
    unit.version += 1
    unit.save()
    return unit


@transaction.atomic
def set_fee(*, by: User, unit: CrisisDwelling, from_on: dt.date, amount: Decimal) -> CrisisFee:
    """Set the stay fee per month from a day on, in euro. Stays that are agreed keep theirs.

    Raises CrisisDwellingError when there is an amount from that day already.
    """
    CrisisDwelling.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.fees.filter(from_on=from_on).exists():
        raise CrisisDwellingError(_("Vanaf die dag staat er al een bedrag."), field="from_on")
    return CrisisFee.objects.create(crisis_dwelling=unit, from_on=from_on, amount=amount, set_by=by)


def check_period(from_on: dt.date, until_on: dt.date, *, field: str = "until_on") -> None:
    """Refuse a period in the wrong order or far away. Raises CrisisDwellingError beside `field`."""
    furthest = timezone.localdate() + dt.timedelta(days=FURTHEST_DAYS)
    if not EARLIEST <= from_on <= furthest or until_on > furthest:
        raise CrisisDwellingError(_("Deze datum kan niet. Kijk het jaartal na."), field=field)
    if until_on <= from_on:
        raise CrisisDwellingError(_("De einddatum moet na de begindatum liggen."), field=field)


def save_period(period: UnitPeriod, *, field: str = "from_on") -> UnitPeriod:
    """Save a period; the database decides who was first. Raises TakenError, which says what stands in the way."""
    try:
        with transaction.atomic():
            period.save()
    except IntegrityError as error:
        raise TakenError(_what_stands_in_the_way(period), field=field) from error
    return period


def _what_stands_in_the_way(period: UnitPeriod) -> str:
    others = UnitPeriod.objects.between(period.from_on, period.until_on).exclude(pk=period.pk)
    if found := others.filter(crisis_dwelling=period.crisis_dwelling_id).order_by("from_on").first():
        words = {"from": _say(found.from_on), "until": _say(found.until_on)}
        if found.kind == PeriodKind.WORKS:
            return (
                _(
                    "Er zijn werken in deze crisiswoning van %(from)s tot %(until)s. Kies een andere periode of woning."
                )
                % words
            )
        return (
            _(
                "Deze crisiswoning is bezet van %(from)s tot %(until)s. Misschien was een collega je net voor. "
                "Kies een andere periode of woning."
            )
            % words
        )
    if period.household_id and (
        found := others.filter(household=period.household_id).order_by("from_on").first()
    ):
        return _("Dit gezin heeft al een verblijf van %(from)s tot %(until)s.") % {
            "from": _say(found.from_on),
            "until": _say(found.until_on),
        }
    return _("Deze periode lukt niet meer: een collega was je net voor. Kijk even na.")


@transaction.atomic
def block_for_works(
    *, by: User, unit: CrisisDwelling, from_on: dt.date, until_on: dt.date, reason: str
) -> UnitPeriod:
    """Keep a dwelling free for works, `until_on` itself not counted. Raises TakenError, CrisisDwellingError."""
    check_period(from_on, until_on)
    return save_period(
        UnitPeriod(
            crisis_dwelling=unit,
            kind=PeriodKind.WORKS,
            from_on=from_on,
            until_on=until_on,
            reason=reason.strip(),
            created_by=by,
        )
    )


@transaction.atomic
def unblock(*, by: User, period: UnitPeriod) -> UnitPeriod:
    """Call works off; what stood there stays readable. Raises CrisisDwellingError for a stay."""
    period = UnitPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if period.kind != PeriodKind.WORKS:
        raise CrisisDwellingError(_("Dit is een verblijf. Stop het bij het verblijf zelf."))
    period.is_cancelled = True
    period.save(update_fields=["is_cancelled"])
    return period

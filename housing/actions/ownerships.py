"""Who owns a dwelling."""

import datetime as dt
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.dates import EARLIEST
from arsenaal.lib.errors import ActionError
from housing.models import Dwelling, Landlord, Ownership
from housing.models.ownership import MAX_DENOMINATOR

_FURTHEST = dt.timedelta(days=366)


class CannotOwn(ActionError):
    """This share can't be; the message says why."""


class SharesExceedOne(CannotOwn):
    """Together the owners would have more than the whole."""


def _check_days(from_on: dt.date, until_on: dt.date | None) -> None:
    limit = timezone.localdate() + _FURTHEST
    for field, day in (("from_on", from_on), ("until_on", until_on)):
        if day is not None and not EARLIEST <= day <= limit:
            raise CannotOwn(_("Deze datum kan niet. Kijk het jaartal na."), field=field)
    if until_on is not None and until_on < from_on:
        raise CannotOwn(_("De einddatum ligt voor de begindatum."), field="until_on")


def fullest_day(ownerships: list[Ownership]) -> tuple[Fraction, dt.date | None]:
    """Return the largest sum of shares on any day, and the first day on which it holds."""
    most, on = Fraction(0), None
    for day in sorted({ownership.from_on for ownership in ownerships}):
        total = sum(
            (o.share for o in ownerships if o.from_on <= day and (o.until_on is None or o.until_on >= day)),
            Fraction(0),
        )
        if total > most:
            most, on = total, day
    return most, on


@transaction.atomic
def add_ownership(
    *,
    by: User,
    dwelling: Dwelling,
    landlord: Landlord,
    from_on: dt.date,
    until_on: dt.date | None = None,
    share_numerator: int = 1,
    share_denominator: int = 1,
) -> Ownership:
    """Record that a landlord owns a share of a dwelling, both days included.

    Raises SharesExceedOne when the owners together would have more than the whole on some day, and CannotOwn for a
    share or dates that can't be, a landlord of another neighbourhood, or one who is there already.
    """
    _check_days(from_on, until_on)
    if not 0 < share_numerator <= share_denominator <= MAX_DENOMINATOR:
        raise CannotOwn(
            _("Een deel ligt tussen nul en het geheel, zoals 1 van de 2."), field="share_numerator"
        )
    dwelling = (
        Dwelling.objects.select_for_update(of=("self",), no_key=True)
        .select_related("building")
        .get(pk=dwelling.pk)
    )
    if landlord.neighbourhood_id != dwelling.building.neighbourhood_id:
        raise CannotOwn(_("Deze verhuurder hoort bij een andere wijk."), field="landlord")
    ownership = Ownership(
        dwelling=dwelling,
        landlord=landlord,
        from_on=from_on,
        until_on=until_on,
        share_numerator=share_numerator,
        share_denominator=share_denominator,
        created_by=by,
    )
    total, day = fullest_day([*dwelling.ownerships.all(), ownership])
    if total > 1 and day is not None:
        raise SharesExceedOne(
            _(
                "Samen hebben de eigenaars dan %(total)s van de woning op %(day)s. Dat kan niet meer zijn dan het "
                "geheel. Zet eerst een einddatum bij wie geen eigenaar meer is, of kijk het deel na."
            )
            % {"total": total, "day": date_format(day, "j F Y")},
            field="share_numerator",
        )
    try:
        with transaction.atomic():
            ownership.save()
    except IntegrityError as error:
        raise CannotOwn(
            _("%(name)s staat in die periode al bij deze woning.") % {"name": landlord}, field="landlord"
        ) from error
    return ownership


@transaction.atomic
def end_ownership(*, by: User, ownership: Ownership, until_on: dt.date) -> Ownership:
    """Record the last day on which somebody owns his share. Raises CannotOwn for a day that can't be."""
    Dwelling.objects.select_for_update(no_key=True).get(pk=ownership.dwelling_id)
    ownership = Ownership.objects.select_for_update().get(pk=ownership.pk)
    if ownership.until_on is not None:
        raise CannotOwn(
            _("Hier staat al een einddatum: %(day)s.") % {"day": date_format(ownership.until_on, "j F Y")},
            field="until_on",
        )
    _check_days(ownership.from_on, until_on)
    ownership.until_on = until_on
    ownership.save(update_fields=["until_on"])
    return ownership

"""What many actions of a case check before they change anything."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from cases.models import Case

# No deadline of a plan, a task or a question lies further away than this: beyond it, it is a slip of the
# finger.
FURTHEST_DAYS = 3 * 366
# Nothing that is written down about a case happened longer ago than this.
LONGEST_AGO_DAYS = 10 * 366


class BadDateError(ActionError):
    """A date that can't be right."""


class WrongColleagueError(ActionError):
    """The chosen colleague can't do this here."""


def day_of(now: dt.datetime | None) -> dt.date:
    """Return the day in local time of this moment, or of this very moment."""
    return timezone.localtime(now or timezone.now()).date()


def check_due(day: dt.date | None, *, today: dt.date, field: str = "due_on") -> None:
    """Refuse a deadline in the past or absurdly far ahead. Raises BadDateError beside `field`."""
    if day is None:
        return
    if day < today:
        raise BadDateError(_("Deze datum is al voorbij. Kies vandaag of later."), field=field)
    check_not_far(day, today=today, field=field)


def check_not_far(day: dt.date, *, today: dt.date, field: str) -> None:
    """Refuse a day absurdly far ahead. Raises BadDateError beside `field`."""
    if (day - today).days > FURTHEST_DAYS:
        raise BadDateError(_("Deze datum ligt meer dan drie jaar ver. Kijk het jaartal na."), field=field)


def check_past(day: dt.date | None, *, today: dt.date, field: str, not_before: dt.date | None = None) -> None:
    """Refuse a day that must have been: not in the future, not absurdly long ago, not before `not_before`.

    Raises BadDateError beside `field`.
    """
    if day is None:
        return
    if day > today:
        raise BadDateError(_("Deze datum moet nog komen. Kies vandaag of vroeger."), field=field)
    if (today - day).days > LONGEST_AGO_DAYS:
        raise BadDateError(_("Deze datum ligt meer dan tien jaar terug. Kijk het jaartal na."), field=field)
    if not_before is not None and day < not_before:
        raise BadDateError(
            _("Dit kan niet voor %(day)s zijn.") % {"day": date_format(not_before, "j F Y")}, field=field
        )


def check_colleague(user: User, *, neighbourhood_id: int, case: Case | None, field: str = "assignee") -> None:
    """Refuse a colleague who doesn't work in this neighbourhood or can't see the case.

    Raises WrongColleagueError beside `field`.
    """
    if not User.objects.with_permission(Permission.CASE_WORK, neighbourhood_id).filter(pk=user.pk).exists():
        raise WrongColleagueError(_("Deze collega werkt niet aan dossiers in deze wijk."), field=field)
    if case is not None and not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        raise WrongColleagueError(
            _("%(name)s zit niet in het team van dit dossier. Kies een teamlid, of vraag de trekker.")
            % {"name": user},
            field=field,
        )

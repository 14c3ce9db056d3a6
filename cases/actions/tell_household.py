"""The timeline of a family's open case tells who came and who went."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.registries import HouseholdListener
from cases.models import Case
from cases.timeline import record
from people.enums import JoinReason, LeaveReason, MemberChange
from people.models import HouseholdMember


def tell_member_change(member: HouseholdMember, by: User, change: str) -> None:
    """Write on the timeline of each open case of this household that a member came or went.

    In the transaction of the change itself. Everybody who reads the case reads this, also partners who may know
    nobody of the family by name: it tells the role and the day. The page of the household tells the name.
    """
    cases = Case.objects.open().filter(household=member.household_id)
    for case in cases.select_for_update().order_by("pk"):
        record(
            "cases.household",
            case=case,
            by=by,
            title=_title(member, change),
            body=_day(member, change),
            data={"chips": [_how(member, change)]} if _how(member, change) else {},
        )


def _title(member: HouseholdMember, change: str) -> str:
    if change == MemberChange.BACK:
        words = _("Gezin: %(role)s hoort er toch nog bij")
    elif change == MemberChange.JOINED:
        words = (
            _("Gezin: %(role)s toegevoegd")
            if member.join_reason == JoinReason.START
            else _("Gezin: %(role)s kwam erbij")
        )
    elif member.leave_reason == LeaveReason.DECEASED:
        words = _("Gezin: %(role)s overleden")
    elif member.leave_reason == LeaveReason.MISTAKE:
        words = _("Gezin: %(role)s weggehaald")
    else:
        words = _("Gezin: %(role)s vertrok")
    return words % {"role": member.get_role_display()}


def _day(member: HouseholdMember, change: str) -> str:
    if change == MemberChange.LEFT and member.until_on is not None:
        return _("Tot en met %(day)s.") % {"day": date_format(member.until_on, "j F Y")}
    return _("Sinds %(day)s.") % {"day": date_format(member.from_on, "j F Y")}


def _how(member: HouseholdMember, change: str) -> str:
    if change == MemberChange.JOINED:
        return str(member.get_join_reason_display())
    return str(member.get_leave_reason_display()) if change == MemberChange.LEFT else ""


LISTENER = HouseholdListener("cases.timeline", tell_member_change)

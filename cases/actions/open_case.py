"""Opening a case."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.roles import CORE_TEAM
from arsenaal.lib.errors import ActionError
from cases.enums import CaseKind, CaseState
from cases.models import Case, CaseCounter, CaseMember, RadarEntry
from cases.timeline import record
from people.models import Household


class CannotOpenCase(ActionError):
    """The case can't be opened; the message says why."""


def take_case_number(*, neighbourhood: Neighbourhood, year: int) -> str:
    """Return the next number, like ARS-2026-0001. The counter's row stays locked until the transaction ends."""
    CaseCounter.objects.bulk_create(
        [CaseCounter(neighbourhood=neighbourhood, year=year)], ignore_conflicts=True
    )
    counter = CaseCounter.objects.select_for_update().get(neighbourhood=neighbourhood, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{neighbourhood.code}-{year}-{counter.last:04d}"


@transaction.atomic
def open_case(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    lead: User,
    title: str,
    household: Household | None = None,
    parent: Case | None = None,
    radar_entry: RadarEntry | None = None,
    address_hint: str = "",
    now: dt.datetime | None = None,
) -> Case:
    """Open a case of a household, or of a building when there is no household; the core team is on it at once.

    Raises CannotOpenCase when the household has an open case already, when the lead doesn't work in this
    neighbourhood, or when the block case is not an open one of the same neighbourhood.
    """
    now = now or timezone.now()
    if not User.objects.with_permission(Permission.CASE_WORK, neighbourhood.pk).filter(pk=lead.pk).exists():
        raise CannotOpenCase(_("Deze collega werkt niet aan dossiers in deze wijk."), field="lead")
    if household is not None:
        Household.objects.select_for_update().get(pk=household.pk)
        existing = Case.objects.open().filter(household=household).first()
        if existing:
            raise CannotOpenCase(
                _("Dit gezin heeft al een open dossier: %(number)s.") % {"number": existing.number},
                field="household",
            )
    if parent is not None:
        parent = Case.objects.select_for_update().get(pk=parent.pk)
        if (
            parent.kind != CaseKind.BUILDING
            or not parent.is_open
            or parent.neighbourhood_id != neighbourhood.pk
        ):
            raise CannotOpenCase(_("Kies een open blokdossier van deze wijk."), field="parent")
    case = Case.objects.create(
        number=take_case_number(neighbourhood=neighbourhood, year=timezone.localtime(now).year),
        neighbourhood=neighbourhood,
        kind=CaseKind.HOUSEHOLD if household else CaseKind.BUILDING,
        title=title,
        household=household,
        parent=parent,
        radar_entry=radar_entry,
        address_hint=address_hint or (radar_entry.address_line if radar_entry else ""),
        state=CaseState.EXPLORING,
        lead=lead,
        opened_at=now,
        opened_by=by,
    )
    core = User.objects.in_neighbourhood(neighbourhood.pk).filter(
        memberships__role__in=CORE_TEAM, memberships__neighbourhood=neighbourhood
    )
    team = {user.pk: user for user in [lead, *core]}
    if radar_entry is not None:
        reporter = radar_entry.reported_by
        if reporter.access.can(Permission.CASE_READ, neighbourhood.pk):
            team.setdefault(reporter.pk, reporter)
    today = timezone.localtime(now).date()
    CaseMember.objects.bulk_create(
        CaseMember(case=case, user=user, from_on=today, added_by=by) for user in team.values()
    )
    record(
        "cases.opened",
        case=case,
        by=by,
        title=_("Dossier geopend"),
        body=_("Trekker: %(lead)s.") % {"lead": lead},
        data={"chips": [str(user) for user in team.values()]},
        occurred_at=now,
    )
    return case

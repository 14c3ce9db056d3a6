"""Starting to work: a case of a known household, of a new one, or of a building."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Circle
from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError
from cases.actions.open_case import open_case
from cases.actions.radar_lock import lock_undecided
from cases.enums import RadarState
from cases.models import Case, RadarEntry
from cases.timeline import record
from people.actions.create_household import create_household
from people.models import Household


class CannotStartCase(ActionError):
    """The case can't be started for this household or address; the message says why."""


@dataclass(frozen=True)
class NewHousehold:
    """A household that isn't registered yet, with its first member when known by name."""

    name: str
    given_name: str = ""
    family_name: str = ""
    phone: str = ""
    reach_by: str = ""
    reach_note: str = ""


@transaction.atomic
def start_case(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    lead: User,
    title: str,
    about: Household | NewHousehold | None,
    address_hint: str = "",
    parent: Case | None = None,
    radar_entry: RadarEntry | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Open a case; `about` is the household, or None for a block case, which then needs an address.

    Raises CannotStartCase, CannotCreateHousehold or CannotOpenCase.
    """
    if about is None and not address_hint.strip():
        raise CannotStartCase(_("Vul het adres van het pand in."), field="address_hint")
    if isinstance(about, Household) and about.neighbourhood_id != neighbourhood.pk:
        raise CannotStartCase(_("Dit gezin hoort bij een andere wijk."), field="household")
    if isinstance(about, NewHousehold):
        about = create_household(
            by=by,
            neighbourhood=neighbourhood,
            name=about.name,
            given_name=about.given_name,
            family_name=about.family_name,
            phone=about.phone,
            reach_by=about.reach_by,
            reach_note=about.reach_note,
            from_on=timezone.localtime(now).date() if now else None,
        )
    return open_case(
        by=by,
        neighbourhood=neighbourhood,
        lead=lead,
        title=title.strip(),
        household=about,
        parent=parent,
        radar_entry=radar_entry,
        address_hint=address_hint.strip(),
        now=now,
    )


@transaction.atomic
def open_case_from_radar(
    *,
    by: User,
    entry: RadarEntry,
    lead: User,
    title: str,
    about: Household | NewHousehold | None,
    address_hint: str = "",
    parent: Case | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Decide that a signal becomes a case. What was told becomes the first line of its timeline.

    Raises AlreadyDecided when somebody was first, and what `start_case` raises.
    """
    now = now or timezone.now()
    entry = lock_undecided(entry)
    case = start_case(
        by=by,
        neighbourhood=entry.neighbourhood,
        lead=lead,
        title=title,
        about=about,
        address_hint=address_hint,
        parent=parent,
        radar_entry=entry,
        now=now,
    )
    entry.state, entry.household = RadarState.CASE, case.household
    entry.decided_by, entry.decided_at = by, now
    entry.version += 1
    entry.save()
    _tell_the_worry(case, entry)
    return case


def _tell_the_worry(case: Case, entry: RadarEntry) -> None:
    """Write the worry on the timeline, in the name of who told it and in the circle of his role.

    Somebody who no longer works here has no role to take the circle from: then it goes to care.
    """
    reporter = entry.reported_by
    has_role = entry.neighbourhood_id in reporter.access.roles
    record(
        "cases.radar",
        case=case,
        by=reporter,
        title=_("Op de radar gezet"),
        body=entry.worry,
        data={"chips": [str(entry.get_reason_display()), str(entry.source_organisation)]},
        circle=None if has_role else Circle.CARE,
        occurred_at=entry.reported_at,
    )

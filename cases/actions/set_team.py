"""Who works on a case, and who leads it."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.user import UserQuerySet
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from cases.actions.locking import lock_case
from cases.models import Case, CaseMember
from cases.timeline import record


class CannotSetTeam(ActionError):
    """The team can't be like this; the message says why."""


def team_candidates(case: Case) -> UserQuerySet:
    """Return everybody who can be on the team: who may read cases in this neighbourhood, partners
    included."""
    return User.objects.with_permission(Permission.CASE_READ, case.neighbourhood_id).distinct()


def _end_access(case: Case, users: Collection[User], *, today: dt.date) -> None:
    """End memberships so that access stops at once: until yesterday, and gone when it began only today.

    "Until" includes its day, so a membership that ended today would still open the case tonight. That it
    existed stays on the timeline.
    """
    leaving = CaseMember.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), case=case)
    leaving.filter(user__in=users, from_on__gte=today).delete()
    leaving.filter(user__in=users, from_on__lt=today).update(until_on=today - dt.timedelta(days=1))


@transaction.atomic
def set_team(
    *,
    by: User,
    case: Case,
    add: Collection[User] = (),
    remove: Collection[User] = (),
    lead: User | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Add and remove members and change the lead in one go. Who isn't named stays: the core team too.

    Says what changes rather than how the team should be, so that two who change it at once don't undo each
    other. A new lead is on the team from now on. Raises CannotSetTeam for somebody who can't read cases
    here, a lead who can't work on them, or a lead who is removed. A closed case can get another lead, so
    that it can be reopened.
    """
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    case = lock_case(case)
    lead = lead or case.lead
    on_team = set(CaseMember.objects.filter(case=case).current().values_list("user_id", flat=True))
    wanted = {user.pk: user for user in [*add, lead]}
    leaving = {user.pk: user for user in remove if user.pk in on_team}
    joining = {pk: user for pk, user in wanted.items() if pk not in on_team}
    if lead.pk in leaving:
        raise CannotSetTeam(
            _("%(lead)s is de trekker. Kies eerst een andere trekker, of houd hem of haar in het team.")
            % {"lead": lead},
            field="members",
        )
    workers = User.objects.with_permission(Permission.CASE_WORK, case.neighbourhood_id)
    if lead.pk != case.lead_id and not workers.filter(pk=lead.pk).exists():
        raise CannotSetTeam(_("Deze collega werkt niet aan dossiers in deze wijk."), field="lead")
    unknown = set(joining) - set(team_candidates(case).filter(pk__in=joining).values_list("pk", flat=True))
    if unknown:
        raise CannotSetTeam(
            _("%(who)s kan niet in dit team: geen dossiers in deze wijk.") % {"who": joining[min(unknown)]},
            field="members",
        )
    said = []
    if joining:
        said.append(_("Erbij: %(who)s") % {"who": ", ".join(map(str, joining.values()))})
    if leaving:
        said.append(_("Niet meer in het team: %(who)s") % {"who": ", ".join(map(str, leaving.values()))})
    if lead.pk != case.lead_id:
        said.append(_("Trekker: %(new)s (was: %(old)s)") % {"new": lead, "old": case.lead})
    if not said:
        return case
    with beyond_wall("changing a team, also by who takes himself off it"):
        _end_access(case, leaving.values(), today=today)
        CaseMember.objects.bulk_create(
            CaseMember(case=case, user=user, from_on=today, added_by=by) for user in joining.values()
        )
        case.lead = lead
        case.save(update_fields=["lead"])
    record(
        "cases.team",
        case=case,
        by=by,
        title=_("Nieuwe trekker") if len(said) == 1 and not joining and not leaving else _("Team gewijzigd"),
        body="\n".join(said),
        occurred_at=now,
    )
    return case

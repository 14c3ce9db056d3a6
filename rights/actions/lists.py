"""A destruction list: worked out from the rules, looked at, approved by two. Nothing is ever deleted without one."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from rights.engine.due import lines_due
from rights.enums import UNDECIDED_LISTS, ListState
from rights.models import DestructionLine, DestructionList, RetentionRule
from rights.perms import can_approve_list
from rights.queueing import queue_list


class CannotMakeList(ActionError):
    """A list can't be made, changed or approved like this; the message says why."""


def _locked(wanted: DestructionList) -> DestructionList:
    return DestructionList.objects.select_for_update(of=("self",)).get(pk=wanted.pk)


@transaction.atomic
@beyond_wall("what may go by the rules")
def make_list(*, by: User, neighbourhood: Neighbourhood, now: dt.datetime | None = None) -> DestructionList:
    """Work out what may go today by the rules that hold.

    Raises CannotMakeList for whoever may not, while another list waits, and when nothing may go.
    """
    now = now or timezone.now()
    if not by.access.can(Permission.RETENTION_MANAGE, neighbourhood.pk):
        raise CannotMakeList(_("Je maakt geen lijsten voor deze wijk."))
    Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
    waiting = [*UNDECIDED_LISTS, ListState.RUNNING]
    if DestructionList.objects.filter(neighbourhood=neighbourhood, state__in=waiting).exists():
        raise CannotMakeList(_("Er is al een lijst in behandeling. Rond die eerst af, of trek ze in."))
    today = timezone.localtime(now).date()
    rules = RetentionRule.objects.on(today).filter(neighbourhood=neighbourhood).order_by("category")
    lines = [line for rule in rules for line in lines_due(rule, today)]
    if not lines:
        raise CannotMakeList(_("Er is niets waarvan de termijn voorbij is. Er hoeft dus niets te gebeuren."))
    made = DestructionList.objects.create(neighbourhood=neighbourhood, made_by=by, made_at=now, as_of=today)
    for line in lines:
        line.destruction_list = made
    DestructionLine.objects.bulk_create(lines, batch_size=1000)
    return made


@transaction.atomic
def take_out(
    *, by: User, line: DestructionLine, reason: str, now: dt.datetime | None = None
) -> DestructionLine:
    """Leave something out of a list, with a reason. An approval that was given already no longer counts.

    Raises CannotMakeList without a reason, and when the list was approved by two meanwhile.
    """
    now = now or timezone.now()
    wanted = _locked(line.destruction_list)
    line = DestructionLine.objects.select_for_update().get(pk=line.pk)
    if not can_approve_list(by, wanted):
        raise CannotMakeList(_("Je kijkt deze lijst niet na."))
    if not wanted.is_undecided:
        raise CannotMakeList(_("Deze lijst is intussen %(state)s.") % {"state": wanted.get_state_display()})
    if line.taken_out_at is not None:
        raise CannotMakeList(_("Dit staat al niet meer op de lijst."))
    if not reason.strip():
        raise CannotMakeList(_("Schrijf op waarom dit blijft."), field="reason")
    line.taken_out_by, line.taken_out_at, line.taken_out_reason = by, now, reason.strip()
    line.save(update_fields=["taken_out_by", "taken_out_at", "taken_out_reason"])
    wanted.state, wanted.digest = ListState.DRAFT, ""
    wanted.first_by = wanted.first_at = None
    wanted.version += 1
    wanted.save()
    return line


@transaction.atomic
def approve_list(
    *, by: User, wanted: DestructionList, version: int, now: dt.datetime | None = None
) -> DestructionList:
    """Approve the list as it was shown. After the second of two people, a worker destroys what is on it.

    Two different people, and one of them sets the rules. Raises CannotMakeList when the list changed after it was
    shown, for the same person twice, when neither sets the rules, and when a rule is no longer what it was.
    """
    now = now or timezone.now()
    wanted = _locked(wanted)
    if not can_approve_list(by, wanted):
        raise CannotMakeList(_("Je keurt deze lijst niet goed."))
    if not wanted.is_undecided:
        raise CannotMakeList(_("Deze lijst is intussen %(state)s.") % {"state": wanted.get_state_display()})
    if version != wanted.version:
        raise CannotMakeList(_("De lijst veranderde nadat je ze opende. Kijk ze opnieuw na."))
    if not wanted.lines.filter(taken_out_at__isnull=True).exists():
        raise CannotMakeList(_("Er staat niets meer op deze lijst. Trek ze in."))
    wanted.version += 1
    if wanted.state == ListState.DRAFT:
        wanted.state, wanted.first_by, wanted.first_at = ListState.APPROVED_ONCE, by, now
        wanted.digest = wanted.current_digest()
        wanted.save()
        return wanted
    if wanted.first_by_id == by.pk:
        raise CannotMakeList(_("Jij keurde deze lijst al goed. Iemand anders doet de tweede keer."))
    manages = Permission.RETENTION_MANAGE
    first = wanted.first_by
    if not any(who and who.access.can(manages, wanted.neighbourhood_id) for who in (by, first)):
        raise CannotMakeList(_("Een van de twee moet de functionaris voor gegevensbescherming zijn."))
    if wanted.digest != wanted.current_digest():
        raise CannotMakeList(_("De lijst veranderde na de eerste goedkeuring. Kijk ze opnieuw na."))
    wanted.state, wanted.second_by, wanted.second_at = ListState.RUNNING, by, now
    wanted.save()
    transaction.on_commit(partial(queue_list, wanted.pk))
    return wanted


@transaction.atomic
def withdraw_list(*, by: User, wanted: DestructionList) -> DestructionList:
    """Give up a list: nothing on it is destroyed. Raises CannotMakeList once it was approved by two."""
    wanted = _locked(wanted)
    if not by.access.can(Permission.RETENTION_MANAGE, wanted.neighbourhood_id):
        raise CannotMakeList(_("Je trekt deze lijst niet in."))
    if not wanted.is_undecided:
        raise CannotMakeList(_("Deze lijst is intussen %(state)s.") % {"state": wanted.get_state_display()})
    wanted.state = ListState.WITHDRAWN
    wanted.version += 1
    wanted.save()
    return wanted

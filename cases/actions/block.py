"""Household cases in one building hang under one block case, so that what concerns all is told once."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_open_case
from cases.enums import CaseKind
from cases.models import Case
from cases.timeline import record


class CannotJoinBlock(ActionError):
    """This case can't hang under that one; the message says why."""


def _tell(case: Case, block: Case, *, by: User, now: dt.datetime, joins: bool) -> None:
    """Tell it on both timelines; on the block's own only the number, as every family in it shares that
    one."""
    names = {"number": block.number, "title": block.title, "case": case.number}
    mine = (
        _("Hoort nu bij blokdossier %(number)s: %(title)s")
        if joins
        else _("Hoort niet meer bij blokdossier %(number)s: %(title)s")
    )
    theirs = _("Gezinsdossier %(case)s komt erbij") if joins else _("Gezinsdossier %(case)s gaat eruit")
    record("cases.block", case=case, by=by, title=mine % names, occurred_at=now)
    record("cases.block", case=block, by=by, title=theirs % names, occurred_at=now)


@transaction.atomic
def join_block(*, by: User, case: Case, parent: Case, now: dt.datetime | None = None) -> Case:
    """Hang a household case under a block case, or move it from another one; from now on it shares its
    timeline.

    Raises CannotJoinBlock unless it is a household case and an open block case of the same neighbourhood, or
    when it hangs there already; CaseIsClosed. A block case never hangs under another, so a circle can't
    arise.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    if case.kind != CaseKind.HOUSEHOLD:
        raise CannotJoinBlock(_("Een blokdossier kan niet in een ander blokdossier zitten."), field="parent")
    if parent.pk == case.pk:
        raise CannotJoinBlock(_("Een dossier kan niet in zichzelf zitten."), field="parent")
    parent = Case.objects.select_for_update().get(pk=parent.pk)
    if (
        parent.kind != CaseKind.BUILDING
        or not parent.is_open
        or parent.neighbourhood_id != case.neighbourhood_id
    ):
        raise CannotJoinBlock(_("Kies een open blokdossier van deze wijk."), field="parent")
    if case.parent_id == parent.pk:
        raise CannotJoinBlock(_("Dit dossier hoort al bij dat blok."), field="parent")
    if case.parent is not None:
        _tell(case, case.parent, by=by, now=now, joins=False)
    case.parent = parent
    case.save(update_fields=["parent"])
    _tell(case, parent, by=by, now=now, joins=True)
    return case


@transaction.atomic
def leave_block(*, by: User, case: Case, now: dt.datetime | None = None) -> Case:
    """Take a household case out of its block case. Raises CannotJoinBlock when it isn't in one;
    CaseIsClosed."""
    case = lock_open_case(case)
    if case.parent is None:
        raise CannotJoinBlock(_("Dit dossier hoort niet bij een blok."))
    block, case.parent = case.parent, None
    case.save(update_fields=["parent"])
    _tell(case, block, by=by, now=now or timezone.now(), joins=False)
    return case

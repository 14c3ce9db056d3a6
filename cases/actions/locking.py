"""Holding a case while something is written in it, so that two colleagues can't cross each other."""

from django.utils.translation import gettext as _

from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from cases.models import Case


class CaseIsClosed(ActionError):
    """Nobody writes in a closed case; reopening it comes first."""


def lock_case(case: Case) -> Case:
    """Return the case as it is now, its row locked until the transaction ends."""
    # What somebody may do with it was decided before; a case to which he only adds something is locked as well.
    with beyond_wall("locking a case"):
        return Case.objects.select_for_update().get(pk=case.pk)


def lock_open_case(case: Case) -> Case:
    """Return the case as it is now, locked. Raises CaseIsClosed when somebody closed it meanwhile."""
    locked = lock_case(case)
    if not locked.is_open:
        raise CaseIsClosed(_("Dit dossier is afgesloten. Heropen het eerst, dan kun je verder schrijven."))
    return locked

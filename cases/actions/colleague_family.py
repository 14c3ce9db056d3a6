"""Flagging a case of a colleague's own family, so that looks at it stand out."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases.actions.locking import lock_case
from cases.models import Case, ColleagueFamily


@transaction.atomic
def flag_colleague_family(*, by: User, case: Case, now: dt.datetime | None = None) -> None:
    """Have every look at this case by somebody outside its team told to the privacy officer. Twice is once.

    Not on the timeline: the whole team reads that, and it would say of whom the case is.
    """
    case = lock_case(case)
    ColleagueFamily.objects.get_or_create(
        case=case, defaults={"flagged_by": by, "flagged_at": now or timezone.now()}
    )


@transaction.atomic
def unflag_colleague_family(*, by: User, case: Case) -> None:
    """Take the flag away. Twice is once."""
    ColleagueFamily.objects.filter(case=lock_case(case)).delete()

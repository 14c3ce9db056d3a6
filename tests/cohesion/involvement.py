"""What people do in their neighbourhood, for tests, made through the real actions."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Case
from cohesion.actions.involvement import note_involvement, record_yes
from cohesion.models import Involvement


def involved(
    by: User, case: Case, *, what: str = "Herstelt fietsen", says_yes: bool = False, **kwargs: Any
) -> Involvement:
    """Somebody of the household of this case takes part; with his yes when asked for."""
    assert case.household is not None
    values = {"kind": "volunteer", "since": timezone.localdate() - dt.timedelta(days=30)} | kwargs
    noted = note_involvement(
        by=by,
        neighbourhood=case.neighbourhood,
        person=case.household.members.earliest("pk").person,
        what=what,
        **values,
    )
    return record_yes(by=by, involvement=noted) if says_yes else noted
